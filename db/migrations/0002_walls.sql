-- The lower wall. What the queries say above (environment first, then what is visible) is said again
-- here, for every table that has an environment; a query that forgets gets nothing, not everything.
-- `server/runtime/actor.ts` and `db/client.ts` set the six settings at the start of each transaction.

create function app_env() returns int language sql stable as
  $$ select nullif(current_setting('app.env', true), '')::int $$;
create function app_scope() returns text language sql stable as
  $$ select coalesce(nullif(current_setting('app.scope', true), ''), 'none') $$;
create function app_actor() returns int language sql stable as
  $$ select coalesce(nullif(current_setting('app.actor', true), '')::int, 0) $$;
create function app_customer() returns int language sql stable as
  $$ select coalesce(nullif(current_setting('app.customer', true), '')::int, 0) $$;
create function app_account() returns int language sql stable as
  $$ select coalesce(nullif(current_setting('app.account', true), '')::int, 0) $$;
create function app_door() returns text language sql stable as
  $$ select coalesce(current_setting('app.door', true), '') $$;

create function pg_temp.wall(name text, sees text, may_write text default null) returns void
language plpgsql as $body$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy wall on %I using (%s) with check (%s)', name, sees, coalesce(may_write, sees));
end $body$;

-- `(select …)` is worked out once a query, not once a row.
create function pg_temp.in_env() returns text language sql as
  $$ select 'i_env = (select app_env())' $$;

-- Rows of one customer: seen by it, by its reseller, and by the provider.
create function pg_temp.of_customer(col text default 'i_customer') returns text language sql as $$
  select format($q$ i_env = (select app_env()) and (
    (select app_scope()) = 'all'
    or ((select app_scope()) in ('customer', 'reseller') and %1$I = (select app_customer()))
    or ((select app_scope()) = 'reseller' and %1$I in
         (select c.id from customers c where c.i_env = (select app_env()) and c.i_parent = (select app_customer())))) $q$, col)
$$;

-- Rows of one account: as above, and by its user.
create function pg_temp.of_account(col text default 'i_account') returns text language sql as $$
  select pg_temp.of_customer() || format(
    $q$ or (i_env = (select app_env()) and (select app_scope()) = 'account' and %I = (select app_account())) $q$, col)
$$;

create function pg_temp.system_only() returns text language sql as
  $$ select 'i_env = (select app_env()) and (select app_scope()) = ''all''' $$;

-- The front desk (environment 0) sees the row whose token it was shown, and no other.
create function pg_temp.by_door() returns text language sql as
  $$ select '((select app_env()) = 0 and token_hash = (select app_door()))' $$;

select pg_temp.wall(t, pg_temp.in_env()) from unnest(array[
  'services', 'products', 'product_services', 'subscriptions', 'product_subscriptions',
  'customer_classes', 'device_models', 'signup_plans', 'signup_plan_items', 'signup_site_devices',
  'promo_codes', 'event_streams', 'idempotency_keys']) t;

-- Which environment a site belongs to is asked before anything else is known.
select pg_temp.wall('signup_sites', pg_temp.in_env() || ' or (select app_env()) = 0', pg_temp.in_env());

select pg_temp.wall(t, pg_temp.of_customer()) from unnest(array[
  'agreement_items', 'pbx_counters', 'hunt_groups', 'customer_subscriptions', 'invoices',
  'invoice_lines', 'ledger_entries', 'payment_methods', 'payments']) t;

select pg_temp.wall('customers',
  replace(pg_temp.of_customer('id'), 'in
         (select c.id from customers c where c.i_env = (select app_env()) and c.i_parent = (select app_customer()))',
         'is not null and i_parent = (select app_customer())')
  || $q$ or (i_env = (select app_env()) and (select app_scope()) = 'account' and id = (select app_customer())) $q$);

select pg_temp.wall(t, pg_temp.of_account()) from unnest(array[
  'account_addons', 'account_aliases', 'extensions', 'auto_attendants', 'account_devices']) t;
select pg_temp.wall('accounts', pg_temp.of_account('id'));

select pg_temp.wall('numbers', pg_temp.of_account()
  || $q$ or (i_env = (select app_env()) and (select app_scope()) = 'signup' and i_customer is null) $q$);

select pg_temp.wall('users', pg_temp.of_account() || $q$
  or ((select app_env()) = 0 and (
    exists (select 1 from sessions s where s.token_hash = (select app_door()) and s.i_env = users.i_env and s.i_user = users.id)
    or exists (select 1 from api_tokens a where a.token_hash = (select app_door()) and a.i_env = users.i_env and a.i_user = users.id))) $q$);

-- One's own sessions and tokens.
select pg_temp.wall(t, pg_temp.by_door() || $q$
  or (i_env = (select app_env()) and ((select app_scope()) = 'all' or i_user = (select app_actor()))) $q$)
  from unnest(array['sessions', 'api_tokens']) t;
select pg_temp.wall('one_time_tokens', pg_temp.by_door() || ' or (' || pg_temp.system_only() || ')',
  pg_temp.by_door() || ' or ' || pg_temp.in_env());

select pg_temp.wall('signup_drafts', pg_temp.system_only() || $q$
  or (i_env = (select app_env()) and (select app_scope()) = 'signup' and token_hash = (select app_door())) $q$);
select pg_temp.wall('signup_orders', pg_temp.system_only() || $q$
  or (i_env = (select app_env()) and (select app_scope()) = 'signup'
      and i_draft in (select d.id from signup_drafts d where d.token_hash = (select app_door()))) $q$);

select pg_temp.wall(t, pg_temp.system_only()) from unnest(array[
  'sign_in_failures', 'invoice_counters', 'signup_counters', 'spent_proofs']) t;

-- Whoever acts may write what happened; reading it is for whom it concerns.
select pg_temp.wall(t, pg_temp.of_customer(), pg_temp.in_env()) from unnest(array['events', 'audit_rows']) t;
select pg_temp.wall('mails', pg_temp.system_only(), pg_temp.in_env());

-- The application owns nothing: it reads and writes rows, and that is all.
grant select, insert, update, delete on all tables in schema public to portico_app;
grant usage on all sequences in schema public to portico_app;
revoke all on schema_migrations from portico_app;
-- History is appended to and never changed.
revoke update, delete on ledger_entries, events, audit_rows, invoice_lines from portico_app;
revoke delete on invoices, payments, customers, accounts, event_streams from portico_app;
revoke update, delete on environments from portico_app;
