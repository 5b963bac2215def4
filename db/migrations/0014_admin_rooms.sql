-- What administrators look after: agreements with their history, prices that change, accounts that
-- wait, SIM cards, and lists of customers and accounts.

-- The history of one thing, newest first: an agreement's, a product's.
create index if not exists audit_rows_entity on audit_rows (i_env, entity, entity_id, id);

-- A new price is a new subscription of the same name; whoever has the old one keeps it.
alter table subscriptions add column replaced_at timestamptz;
alter table subscriptions drop constraint subscriptions_name;
create unique index subscriptions_name on subscriptions (i_env, name) where replaced_at is null;

-- Why an administrator didn't let an account begin; its customer reads it.
alter table accounts add column rejection text;
alter table accounts add constraint accounts_rejection
  check (rejection is null or (status = 'terminated' and activated_at is null));

-- A SIM card is called by its ICCID, as any account by its id; the network knows it by its IMSI.
alter table accounts add column imsi text;
alter table accounts add constraint accounts_imsi
  check (imsi is null or (kind = 'sim' and imsi ~ '^[0-9]{14,15}$'));
create unique index accounts_one_imsi on accounts (i_env, imsi)
  where imsi is not null and status <> 'terminated';

-- The queue of those who wait, oldest first.
create index accounts_waiting on accounts (i_env, created_at, id) where status = 'inactive';

-- The list of customers by name, a page of it.
create index customers_by_name on customers (i_env, name, id);

-- Who may add to an agreement, or take from it: the provider, and a reseller for its own customers
-- but not for itself. Everybody's accounts count in it, so its rows are anybody's to update.
create policy granted on agreement_items as restrictive for insert with check (
  (select app_scope()) = 'all'
  or ((select app_scope()) = 'reseller' and i_customer <> (select app_customer())));
create policy withdrawn on agreement_items as restrictive for delete using (
  (select app_scope()) = 'all'
  or ((select app_scope()) = 'reseller' and i_customer <> (select app_customer())));

-- Read models. They see what their reader may see: the policies of the tables beneath hold.

create view customer_directory with (security_invoker = true) as
  select c.i_env, c.id as i_customer, c.i_parent, p.name as parent_name, c.is_reseller, c.name,
         c.first_name, c.last_name, c.email, c.phone, c.line1, c.line2, c.city, c.state,
         c.postal_code, c.country, c.vat_id, c.time_zone, c.locale, c.status, c.currency, c.balance,
         coalesce(c.credit_limit, k.credit_limit) as credit_limit, k.name as customer_class,
         c.created_at,
         (select count(*)::int from accounts a
           where a.i_env = c.i_env and a.i_customer = c.id and a.status <> 'terminated') as accounts,
         (select count(*)::int from accounts a
           where a.i_env = c.i_env and a.i_customer = c.id and a.status = 'inactive') as waiting,
         (select count(*)::int from accounts a
           where a.i_env = c.i_env and a.i_customer = c.id and a.status = 'blocked') as blocked
    from customers c
    join customer_classes k on k.i_env = c.i_env and k.id = c.i_customer_class
    left join customers p on p.i_env = c.i_env and p.id = c.i_parent;

-- What a customer is found by, besides its number.
create view customer_words with (security_invoker = true) as
  select i_env, id as i_customer, name as word from customers
  union all
  select i_env, id, concat_ws(' ', first_name, last_name) from customers
  union all
  select i_env, id, email::text from customers where email is not null
  union all
  select i_env, i_customer, login::text from users where i_customer is not null
  union all
  select i_env, i_customer, email::text from users where i_customer is not null and email is not null
  union all
  select i_env, i_customer, number from numbers where i_customer is not null
  union all
  select i_env, i_customer, account_id from accounts where status <> 'terminated';

create view account_directory with (security_invoker = true) as
  select a.i_env, a.id as i_account, a.account_id, a.i_customer, c.name as customer_name,
         a.i_product, p.name as product_name, a.kind, a.name, a.status, a.blocked_by, a.imsi,
         a.rejection, a.created_at, a.activated_at, a.terminated_at
    from accounts a
    join customers c on c.i_env = a.i_env and c.id = a.i_customer
    join products p on p.i_env = a.i_env and p.id = a.i_product;

create view product_directory with (security_invoker = true) as
  select p.i_env, p.id as i_product, p.name, p.role, p.account_kind, p.description, p.new_accounts,
         p.archived_at, s.id as i_subscription, s.currency, s.activation_fee, s.periodic_fee,
         (select count(*)::int from agreement_items i
           where i.i_env = p.i_env and i.i_product = p.id) as agreements,
         (select coalesce(sum(i.used), 0)::int from agreement_items i
           where i.i_env = p.i_env and i.i_product = p.id) as used
    from products p
    left join product_subscriptions ps on ps.i_env = p.i_env and ps.i_product = p.id
    left join subscriptions s on s.i_env = ps.i_env and s.id = ps.i_subscription;

-- Whose agreements have a product.
create index agreement_items_product on agreement_items (i_env, i_product);

grant select on customer_directory, customer_words, account_directory, product_directory
  to portico_app;
