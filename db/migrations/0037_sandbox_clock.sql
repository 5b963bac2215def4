-- The clock of a sandbox: how far it is ahead of the machine's, and where it is being moved to.
-- Its business time is read with the settings of every transaction (db/client.ts), by primary key.

alter table environments
  add column sandbox boolean not null default false,
  add column clock_ahead bigint not null default 0,
  add column clock_from timestamptz,
  add column clock_target timestamptz,
  add column clock_lease uuid,
  add column clock_leased_until timestamptz,
  add column clock_trouble text,
  add constraint environments_clock_of_sandbox
    check (sandbox or (clock_ahead = 0 and clock_target is null)),
  -- Twenty years, and a little for the days between.
  add constraint environments_clock_ahead check (clock_ahead between 0 and 7320::bigint * 86400000),
  add constraint environments_clock_move check ((clock_from is null) = (clock_target is null));

-- Time goes forward: what was billed, blocked and told has happened.
create function clock_goes_forward() returns trigger language plpgsql as $$
begin
  if new.clock_ahead < old.clock_ahead then
    raise exception 'The clock of environment % can''t go back.', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger clock_goes_forward before update of clock_ahead on environments
  for each row execute function clock_goes_forward();

-- Everybody reads environments, before anything else is known; moving a clock is for the system and
-- administrators, in their own. Whether an environment is a sandbox no part of the application changes.
alter table environments enable row level security;
alter table environments force row level security;
create policy read on environments for select using (true);
create policy make on environments for insert with check (true);
create policy clock on environments for update
  using (id = (select app_env()) and (select app_scope()) = 'all');

grant update (clock_ahead, clock_from, clock_target, clock_lease, clock_leased_until, clock_trouble)
  on environments to portico_app;
