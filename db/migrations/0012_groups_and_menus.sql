-- Hunt groups ring their members in an order, auto attendants have a menu; and where each number is.

alter table hunt_groups
  add mode text not null default 'simultaneous',
  add ring_seconds smallint not null default 20,
  add constraint hunt_groups_mode check (mode in ('simultaneous', 'sequential')),
  add constraint hunt_groups_ring_seconds check (ring_seconds between 5 and 120),
  add constraint hunt_groups_customer_of unique (i_env, id, i_customer);

create table hunt_group_members (
  i_env integer not null,
  i_hunt_group integer not null,
  i_account integer not null,
  i_customer integer not null,
  position integer not null,
  live boolean not null default true,
  primary key (i_env, i_hunt_group, i_account),
  -- Looked at when a statement ends: a new order is written at once, and passes through doubles.
  constraint hunt_group_members_position unique (i_env, i_hunt_group, position) deferrable,
  constraint hunt_group_members_group_of
    foreign key (i_env, i_hunt_group, i_customer) references hunt_groups (i_env, id, i_customer) on delete cascade,
  constraint hunt_group_members_account_of
    foreign key (i_env, i_account, i_customer) references accounts (i_env, id, i_customer)
);
-- The groups of an account: for its drawer, and for its end.
create index hunt_group_members_account on hunt_group_members (i_env, i_account);
alter table hunt_group_members enable row level security;
alter table hunt_group_members force row level security;
create policy wall on hunt_group_members using (
  i_env = (select app_env()) and (
    (select app_scope()) = 'all'
    or ((select app_scope()) in ('customer', 'reseller') and i_customer = (select app_customer()))
    or ((select app_scope()) = 'reseller' and i_customer in
         (select c.id from customers c where c.i_env = (select app_env()) and c.i_parent = (select app_customer())))
    or ((select app_scope()) = 'account' and i_account = (select app_account()))));
grant select, insert, update, delete on hunt_group_members to portico_app;

-- Whoever ends an account takes it out of its hunt groups, and whoever brings it back puts it in its
-- old places: said here, where nobody can forget it.
create function hunt_groups_follow_account() returns trigger language plpgsql as $body$
begin
  update hunt_group_members set live = new.status <> 'terminated'
   where i_env = new.i_env and i_account = new.id;
  return null;
end $body$;
create trigger hunt_groups_follow after update of status on accounts
  for each row when ((old.status = 'terminated') <> (new.status = 'terminated'))
  execute function hunt_groups_follow_account();

-- What a caller hears and where each key leads. It ends somewhere: who presses nothing is connected or
-- told goodbye, never left to listen for ever.
alter table auto_attendants
  add menu jsonb not null default '{"greeting": "", "keys": {}, "plays": 3, "otherwise": {"to": "goodbye"}}',
  add constraint auto_attendants_menu_ends check (coalesce(
    jsonb_typeof(menu -> 'keys') = 'object'
    and (menu ->> 'plays')::int between 1 and 5
    and menu -> 'otherwise' ->> 'to' in ('extension', 'group', 'voicemail', 'goodbye'), false));

-- What of a PBX callers can be connected to, and a number be put on.
create view pbx_lines with (security_invoker = true) as
  select e.i_env, e.i_customer, e.i_account, a.kind, e.extension, a.account_id, a.name, a.status, a.blocked_by
    from extensions e
    join accounts a on a.i_env = e.i_env and a.id = e.i_account
   where e.live
   union all
  select t.i_env, t.i_customer, t.i_account, a.kind, null, a.account_id, a.name, a.status, a.blocked_by
    from auto_attendants t
    join accounts a on a.i_env = t.i_env and a.id = t.i_account
   where a.status <> 'terminated';

-- A customer's numbers, and whom each one reaches.
create view number_places with (security_invoker = true) as
  select n.i_env, n.i_customer, n.number, n.city, n.region, n.i_account,
         a.account_id, a.kind, a.name, a.status, a.blocked_by, e.extension
    from numbers n
    left join accounts a on a.i_env = n.i_env and a.id = n.i_account
    left join extensions e on e.i_env = n.i_env and e.i_account = n.i_account
   where n.i_customer is not null;

grant select on pbx_lines, number_places to portico_app;

-- A customer's numbers in order, a page of them without sorting all.
create index numbers_of_customer on numbers (i_env, i_customer, number) where i_customer is not null;
drop index numbers_customer;
