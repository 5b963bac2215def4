-- Lists of extensions that a customer uploads: read, checked, applied in the background, undone.

create table bulk_batches (
  i_env integer not null,
  id uuid not null,
  i_customer integer not null,
  -- Who uploaded it, as audit rows name people.
  by_name text not null,
  file_name text not null,
  state text not null,
  -- How it was asked to be applied; null before.
  mode text,
  -- The dry run: counts, headroom, price, headings that are not read.
  report jsonb not null,
  total integer not null,
  -- Rows worked on so far, in the state it is in.
  done integer not null default 0,
  made integer not null default 0,
  -- Whose work it is in the background: realm, name, user, customer.
  actor jsonb,
  -- Times it was begun; what is told of an earlier one is not believed.
  attempt integer not null default 0,
  failure jsonb,
  -- The batch whose rows beyond the agreement these are.
  i_origin uuid,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  applied_at timestamptz,
  undo_until timestamptz,
  undone_at timestamptz,
  decided_by text,
  decided_at timestamptz,
  reason text,
  primary key (i_env, id),
  constraint bulk_batches_customer_of unique (i_env, id, i_customer),
  foreign key (i_env, i_customer) references customers (i_env, id),
  constraint bulk_batches_origin_of
    foreign key (i_env, i_origin, i_customer) references bulk_batches (i_env, id, i_customer),
  constraint bulk_batches_applied check ((state in ('applied', 'undoing', 'undone')) = (applied_at is not null)),
  constraint bulk_batches_rejected check ((state = 'rejected') = (reason is not null)),
  constraint bulk_batches_done check (done between 0 and total and made between 0 and total)
);
-- What a customer uploaded, newest first.
create index bulk_batches_customer on bulk_batches (i_env, i_customer, created_at desc);
-- What the worker has to do, and what administrators have to decide.
create index bulk_batches_open on bulk_batches (i_env, state, changed_at)
  where state in ('applying', 'undoing', 'waiting');

create table bulk_rows (
  i_env integer not null,
  i_batch uuid not null,
  i_customer integer not null,
  -- As the spreadsheet numbers it.
  n integer not null,
  cells jsonb not null,
  extra text,
  state text not null,
  faults jsonb not null default '[]',
  -- What was made of it.
  i_account integer,
  primary key (i_env, i_batch, n),
  constraint bulk_rows_batch_of
    foreign key (i_env, i_batch, i_customer) references bulk_batches (i_env, id, i_customer),
  constraint bulk_rows_account_of
    foreign key (i_env, i_account, i_customer) references accounts (i_env, id, i_customer),
  constraint bulk_rows_made check ((state in ('made', 'undone')) = (i_account is not null))
);

-- Rows of a customer, as in 0002; what is of an account its user sees, too.
do $$ declare name text; own text; begin
  foreach name in array array['bulk_batches', 'bulk_rows'] loop
    own := case name when 'bulk_batches' then 'false'
      else '(select app_scope()) = ''account'' and i_account = (select app_account())' end;
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format($policy$
      create policy wall on %I using (i_env = (select app_env()) and (
        (select app_scope()) = 'all'
        or ((select app_scope()) in ('customer', 'reseller') and i_customer = (select app_customer()))
        or ((select app_scope()) = 'reseller' and i_customer in
             (select c.id from customers c where c.i_env = (select app_env()) and c.i_parent = (select app_customer())))
        or (%s)))
      $policy$, name, own);
    execute format('grant select, insert, update, delete on %I to portico_app', name);
  end loop;
end $$;
