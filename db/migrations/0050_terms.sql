-- Terms of plans and discounts, as administrators set them.

alter table subscriptions
  -- Not sold any more; whoever has it keeps it.
  add column archived_at timestamptz,
  -- The one that is sold since under its name, at another price or on other terms.
  add column i_replaced_by integer,
  add constraint subscriptions_replaced_by
    foreign key (i_env, i_replaced_by) references subscriptions (i_env, id);

create or replace view product_directory with (security_invoker = true) as
  select p.i_env, p.id as i_product, p.name, p.role, p.account_kind, p.description, p.new_accounts,
         p.archived_at, s.id as i_subscription, s.currency, s.activation_fee, s.periodic_fee,
         (select count(*)::int from agreement_items i
           where i.i_env = p.i_env and i.i_product = p.id) as agreements,
         (select coalesce(sum(i.used), 0)::int from agreement_items i
           where i.i_env = p.i_env and i.i_product = p.id) as used,
         s.period, s.period_count, s.anchored, s.in_advance, s.proration, s.term
    from products p
    left join product_subscriptions ps on ps.i_env = p.i_env and ps.i_product = p.id
    left join subscriptions s on s.i_env = ps.i_env and s.id = ps.i_subscription;

alter table subscription_discounts
  -- Periods before it, which stay charged as they were: of those from there on, so many cost less.
  add column after_periods smallint not null default 0 check (after_periods >= 0),
  -- Why an administrator gave it; null where a promo code did.
  add column reason text,
  -- Ended: the periods it had by then are the last.
  add column ended_at timestamptz,
  drop constraint if exists subscription_discounts_periods_check,
  add constraint subscription_discounts_periods check (periods between 0 and 600);

-- A code takes off a part or an amount, of the activation or of so many periods (null: of all).
-- The walls bind the owner, too.
alter table promo_codes no force row level security;
alter table promo_codes
  alter column percent drop not null,
  add column amount numeric(20,5) check (amount > 0),
  add column periods smallint check (periods between 1 and 600);
update promo_codes set applies_to = 'periodic', periods = 1 where applies_to = 'first_period';
alter table promo_codes
  add constraint promo_codes_one_way check (num_nulls(percent, amount) = 1),
  add constraint promo_codes_applies_to check (applies_to in ('activation', 'periodic'));
alter table promo_codes force row level security;
