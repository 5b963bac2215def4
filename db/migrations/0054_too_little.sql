-- Invoices of which less is open than a card is charged for at once: they wait for another.

alter table invoices
  -- Its gateway doesn't take so little: not tried by itself, not overdue, taken along with another invoice.
  add column waits boolean not null default false,
  -- The payment of another invoice that takes it along, or tried to.
  add column i_taken_along integer,
  add constraint invoices_taken_along_of
    foreign key (i_env, i_taken_along, i_customer) references payments (i_env, id, i_customer);
