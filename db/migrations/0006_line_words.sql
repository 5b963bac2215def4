-- A line says of what it is in the provider's own word (a subscription, a promo code, a tax) or by an
-- invoice's number; what it is for, its kind and period say, in the language of whoever reads it.
-- Sentences written in English until now become that word. The walls bind the owner, too.
alter table invoice_lines no force row level security;
alter table ledger_entries no force row level security;

update invoice_lines
   set description = regexp_replace(description, '^Promo code |: (activation|first month)$', '')
 where description ~ '^Promo code |: (activation|first month)$';
update ledger_entries
   set description = regexp_replace(description, '^Promo code |: (activation|first month)$', '')
 where kind in ('activation', 'periodic', 'discount')
   and description ~ '^Promo code |: (activation|first month)$';
update ledger_entries
   set description = regexp_replace(description, '^Card payment of .*, invoice ([^,]+).*$', '\1')
 where kind = 'payment';

alter table invoice_lines force row level security;
alter table ledger_entries force row level security;
