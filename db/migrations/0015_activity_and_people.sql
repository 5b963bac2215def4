-- Who did what, for the customer it concerns; several people for one customer, each with a role.

-- Activity, newest first, a page of it. Takes the place of the index by id alone: identity order is
-- not the order of time.
create index audit_rows_activity on audit_rows (i_env, i_customer, at desc, id desc);
drop index audit_rows_customer;

-- What a customer's person may do. Other realms have no roles yet, hence all that their realm may.
alter table users add column role text not null default 'administrator';
alter table users add constraint users_role check (
  role in ('administrator', 'billing', 'read_only') and (role = 'administrator' or realm = 'customer'));

-- When somebody was asked to join; they have, once they have a password of their own.
alter table users add column invited_at timestamptz;
-- When access last ended: sessions and tokens from before stand no more, even if it begins again.
alter table users add column ended_at timestamptz;
-- Kinds of mails that somebody doesn't want.
alter table users add column mails_off text[] not null default '{}';
alter table users add constraint users_mails_off check (
  mails_off <@ array['bulk_applied', 'line_decided', 'line_blocked', 'agreement_changed']);

-- Somebody who can sign in and look after a customer. An invitation may never be taken up.
create function is_acting_administrator(u users) returns boolean language sql immutable as $$
  select u.realm = 'customer' and u.status = 'active' and u.role = 'administrator'
     and (u.invited_at is null or u.password_changed_at is not null)
$$;

-- A customer never loses its last administrator. The customer's row is locked first, so that of two
-- who take access from each other at the same moment the second sees what the first did.
create function keep_an_administrator() returns trigger language plpgsql as $$
begin
  perform from customers where i_env = old.i_env and id = old.i_customer for no key update;
  if not exists (
    select from users u
     where u.i_env = old.i_env and u.i_customer = old.i_customer and u.id <> old.id
       and is_acting_administrator(u))
  then
    raise exception 'The last administrator of customer % stays.', old.i_customer
      using errcode = 'check_violation', constraint = 'users_last_administrator', table = 'users';
  end if;
  return new;
end $$;
create trigger users_last_administrator before update on users
  for each row when (is_acting_administrator(old) and not is_acting_administrator(new))
  execute function keep_an_administrator();

-- A read model. It sees what its reader may see: the policies of the tables beneath hold.
create view activity with (security_invoker = true) as
  select r.i_env, r.id, r.at, r.i_customer, r.realm, r.i_user, r.on_behalf_of, r.action, r.entity,
         r.entity_id, r.before, r.after, r.outcome,
         -- A sign-in is written by the system, before anybody is known.
         case when r.realm = 'system' and u.id is not null then u.name else r.actor end as actor,
         case when r.realm = 'system' and u.id is not null then u.id else r.i_user end as i_person,
         coalesce(r.after ->> 'id', r.before ->> 'id', a.account_id, u.name,
                  r.after ->> 'name', r.before ->> 'name', r.after ->> 'fileName') as subject,
         coalesce(nullif(r.after ->> 'name', ''), nullif(r.before ->> 'name', ''), a.name) as name
    from audit_rows r
    left join accounts a
      on r.entity = 'account' and a.i_env = r.i_env
     and a.id = case when r.entity_id ~ '^[0-9]{1,9}$' then r.entity_id::int end
    left join users u
      on r.entity = 'user' and u.i_env = r.i_env
     and u.id = case when r.entity_id ~ '^[0-9]{1,9}$' then r.entity_id::int end;
grant select on activity to portico_app;
