-- What an administrator wrote outside of an invoice is looked for by each bill and each payment, and would
-- be searched among all the lines of years.
create index ledger_entries_written on ledger_entries (i_env, i_customer)
  where kind in ('charge', 'credit') and i_invoice is null;

-- What was received a month stands among all the charges of that month.
create index ledger_entries_received on ledger_entries (i_env, day) where kind in ('payment', 'refund');
