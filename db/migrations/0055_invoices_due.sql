-- By the day first. Where nothing is known of the table yet, an index that begins with the environment looks as
-- good for one customer's open invoices as the one made for them, and a first billing run read all of
-- them for each customer.
drop index invoices_due;
create index invoices_due on invoices (due_on, i_env) where state in ('issued', 'overdue');
