-- Kinds of mails that people can do without: those about bills, too. What service depends on can't be
-- switched off, by no code.
alter table users drop constraint users_mails_off;
alter table users add constraint users_mails_off check (mails_off <@ array[
  'bulk_applied', 'line_decided', 'line_blocked', 'agreement_changed',
  'invoice_issued', 'invoice_paid', 'card_expiring', 'balance_warning']);
