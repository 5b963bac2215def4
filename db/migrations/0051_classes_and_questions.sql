-- What administrators say of a customer's billing, and how long a bank's question has stood.

alter table payments
  -- By the machine's clock, as the bank's is: a sandbox's clock that moves lets no question lapse.
  add column begun_at timestamptz not null default now();
-- The walls bind the owner, too.
alter table payments no force row level security;
update payments set begun_at = created_at where created_at < begun_at;
alter table payments force row level security;

alter table refunds
  add column begun_at timestamptz not null default now();
alter table refunds no force row level security;
update refunds set begun_at = created_at where created_at < begun_at;
alter table refunds force row level security;

alter table customers
  -- What an administrator wrote when suspending it.
  add column suspended_note text,
  add constraint customers_suspended_note check (suspended_note is null or suspended_for = 'admin');
-- Whether a class is in use, and by how many.
create index customers_class on customers (i_env, i_customer_class, id);
