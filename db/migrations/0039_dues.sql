-- Money that is due: taken by itself from the card on file, tried again, missed, and what follows.

alter table customer_classes
  -- Days after the due day on which a card that was declined is tried again.
  add column retry_days smallint[] not null default '{3,8,15}',
  -- Days after the due day on which service is suspended; null: it isn't.
  add column suspend_days smallint default 14 check (suspend_days between 1 and 365),
  -- Whether a balance above the credit limit suspends service, too.
  add column suspend_over_limit boolean not null default false;

alter table customers
  add column auto_pay boolean not null default true,
  add column suspended_for text,
  add column suspended_at timestamptz,
  -- When the customer was told that its balance is high; null once it isn't any more.
  add column balance_warned_at timestamptz;
alter table customers no force row level security;
update customers set suspended_for = 'admin', suspended_at = now() where status = 'suspended';
alter table customers force row level security;
alter table customers
  add constraint customers_suspended_for check (suspended_for in ('overdue', 'credit_limit', 'admin')),
  add constraint customers_suspended check (
    (status = 'suspended') = (suspended_for is not null) and (suspended_for is null) = (suspended_at is null));

alter table invoices
  -- How often the card on file was tried, and the day of the next time; null: never again by itself.
  add column attempts smallint not null default 0,
  add column next_attempt_on date;
create index invoices_attempt on invoices (i_env, next_attempt_on)
  where state in ('issued', 'overdue') and next_attempt_on is not null;
-- Mails to be written: of what is issued from now on, each once.
alter table invoices no force row level security;
update invoices set mailed_at = created_at;
alter table invoices force row level security;
create index invoices_to_mail on invoices (i_env, id) where mailed_at is null and state <> 'draft';

-- Of one invoice one payment is under way, whoever wants to take it: nobody pays twice.
create unique index payments_one_live on payments (i_env, i_invoice)
  where purpose = 'invoice' and state in ('intended', 'requires_action', 'authorized');

-- What isn't paid, with the rules that hold for it and the day it is for its customer.
create view open_invoices with (security_invoker = true) as
  select i.i_env, i.id as i_invoice, i.i_customer, i.number, i.state, i.currency, i.total, i.paid,
         i.due_on, i.attempts, i.next_attempt_on, c.time_zone, c.status as customer_status, c.auto_pay,
         k.retry_days, k.suspend_days
    from invoices i
    join customers c on c.i_env = i.i_env and c.id = i.i_customer
    join customer_classes k on k.i_env = c.i_env and k.id = c.i_customer_class
   where i.state in ('issued', 'overdue');
grant select on open_invoices to portico_app;
