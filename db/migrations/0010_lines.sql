-- Lines are changed, ended and brought back; and the page that lists ten thousand of them.

-- An account keeps the name it was made with when its extension gets another number; null while the
-- two still say the same.
alter table extensions add named_after text;

-- What an account was when it ended: enough to bring it back while nobody has taken its place.
create table account_endings (
  i_env integer not null,
  i_account integer not null,
  i_customer integer not null,
  at timestamptz not null,
  status text not null,
  blocked_by text,
  numbers text[] not null,
  subscriptions integer[] not null,
  users integer[] not null,
  primary key (i_env, i_account),
  constraint account_endings_account_of
    foreign key (i_env, i_account, i_customer) references accounts (i_env, id, i_customer)
);
alter table account_endings enable row level security;
alter table account_endings force row level security;
create policy wall on account_endings using (
  i_env = (select app_env()) and (
    (select app_scope()) = 'all'
    or ((select app_scope()) in ('customer', 'reseller') and i_customer = (select app_customer()))
    or ((select app_scope()) = 'reseller' and i_customer in
         (select c.id from customers c where c.i_env = (select app_env()) and c.i_parent = (select app_customer())))
    or ((select app_scope()) = 'account' and i_account = (select app_account()))));
grant select, insert, update, delete on account_endings to portico_app;

-- An extension lives as long as its account, whoever ends that: said here, where nobody can forget it.
create function extension_follows_account() returns trigger language plpgsql as $body$
begin
  update extensions set live = new.status <> 'terminated'
   where i_env = new.i_env and i_account = new.id;
  return null;
end $body$;
create trigger extension_follows after update of status on accounts
  for each row when ((old.status = 'terminated') <> (new.status = 'terminated'))
  execute function extension_follows_account();

-- The lines of a PBX as its administrator reads them. Each reader sees through its own walls.
create view extension_lines with (security_invoker = true) as
  select e.i_env, e.i_customer, e.i_account, e.extension, e.published,
         a.account_id, a.name, a.email, a.time_zone, a.status, a.blocked_by, a.created_at,
         a.i_product, p.name as product
    from extensions e
    join accounts a on a.i_env = e.i_env and a.id = e.i_account
    join products p on p.i_env = a.i_env and p.id = a.i_product
   where e.live;

create view extension_line_numbers with (security_invoker = true) as
  select l.i_env, l.i_customer, l.i_account, l.alias as number from account_aliases l;

create view extension_line_addons with (security_invoker = true) as
  select o.i_env, o.i_customer, o.i_account, o.i_product, p.name as product
    from account_addons o
    join products p on p.i_env = o.i_env and p.id = o.i_product;

grant select on extension_lines, extension_line_numbers, extension_line_addons to portico_app;

-- A page of extensions in the order people count, 99 before 100, without sorting all of them.
create index extensions_in_order on extensions (i_env, i_customer, length(extension), extension) where live;
-- A customer's numbers that contain what was typed.
create index account_aliases_customer on account_aliases (i_env, i_customer);
-- What was done to one account, newest first.
create index audit_rows_entity on audit_rows (i_env, entity, entity_id, id);
-- The users of accounts that end.
create index users_account on users (i_env, i_account) where i_account is not null;
-- Whether an account still has the name of a number that somebody wants.
create index extensions_named_after on extensions (i_env, i_customer, named_after) where named_after is not null;
