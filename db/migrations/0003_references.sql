-- What an account has belongs to the account's customer, so a row that names both can't name two
-- that don't go together: the wall goes by the customer, and would show it to somebody else.
alter table accounts add constraint accounts_customer_of unique (i_env, id, i_customer);
alter table invoices add constraint invoices_customer_of unique (i_env, id, i_customer);

create function pg_temp.of_account(name text) returns void language plpgsql as $body$
begin
  execute format('alter table %I drop constraint if exists %I', name, name || '_i_env_i_account_accounts_i_env_id_fk');
  execute format('alter table %I add constraint %I foreign key (i_env, i_account, i_customer) references accounts (i_env, id, i_customer)',
    name, name || '_account_of');
end $body$;

select pg_temp.of_account(t) from unnest(array[
  'account_addons', 'account_aliases', 'account_devices', 'auto_attendants', 'extensions', 'numbers',
  'users', 'customer_subscriptions', 'invoice_lines', 'ledger_entries']) t;

alter table invoice_lines drop constraint invoice_lines_i_env_i_invoice_invoices_i_env_id_fk;
alter table invoice_lines add constraint invoice_lines_invoice_of
  foreign key (i_env, i_invoice, i_customer) references invoices (i_env, id, i_customer);
alter table ledger_entries drop constraint ledger_entries_i_env_i_invoice_invoices_i_env_id_fk;
alter table ledger_entries add constraint ledger_entries_invoice_of
  foreign key (i_env, i_invoice, i_customer) references invoices (i_env, id, i_customer);

alter table ledger_entries add constraint ledger_entries_payment
  foreign key (i_env, i_payment) references payments (i_env, id);
alter table customer_subscriptions add constraint customer_subscriptions_product
  foreign key (i_env, i_product) references products (i_env, id);
alter table mails add constraint mails_customer
  foreign key (i_env, i_customer) references customers (i_env, id);

-- What is on sale is everybody's to read in its environment, and the provider's alone to change.
create function pg_temp.kept_by_provider(name text) returns void language plpgsql as $body$
begin
  execute format($q$ create policy provider_adds on %I as restrictive for insert with check ((select app_scope()) = 'all') $q$, name);
  execute format($q$ create policy provider_changes on %I as restrictive for update using ((select app_scope()) = 'all') $q$, name);
  execute format($q$ create policy provider_removes on %I as restrictive for delete using ((select app_scope()) = 'all') $q$, name);
end $body$;

select pg_temp.kept_by_provider(t) from unnest(array[
  'services', 'products', 'product_services', 'subscriptions', 'product_subscriptions',
  'customer_classes', 'device_models', 'signup_sites', 'signup_plans', 'signup_plan_items',
  'signup_site_devices', 'promo_codes']) t;

-- Kept answers are for whoever asked.
drop policy wall on idempotency_keys;
create policy wall on idempotency_keys using (
  i_env = (select app_env()) and ((select app_scope()) = 'all'
    or caller in ('user:' || (select app_actor()), 'draft:' || (select app_door()))));
