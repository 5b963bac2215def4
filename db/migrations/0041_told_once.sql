-- What is told once, until it is true again.
alter table customers
  -- When it was told that its credit limit is reached; null once it isn't any more.
  add column limit_told_at timestamptz;
alter table payment_methods
  -- When its holder was told that it expires.
  add column expiry_told_at timestamptz;
-- Balances that somebody has to be told of are few; looked for by who owes.
create index customers_owing on customers (i_env, id) where balance > 0;
create index customers_suspended on customers (i_env, id) where status = 'suspended';
