import type { Invariant } from '#db/verify.ts'

/** Usage records, and what they come to. */
export const usage: readonly Invariant[] = [
  {
    name: 'I8',
    sentence: 'what was used is counted once: totals are the sums of their records',
    find: `
      select coalesce(t.i_env, x.i_env) as i_env, coalesce(t.i_customer, x.i_customer) as i_customer,
             coalesce(t.period_from, x.period_from) as period_from,
             coalesce(t.i_account, x.i_account) as i_account,
             coalesce(t.i_service, x.i_service) as i_service,
             t.records, x.records as found, t.amount, x.amount as sum
        from usage_totals t
        full join (
          select i_env, i_customer, period_from, i_account, i_service, count(*) as records,
                 sum(quantity) as quantity, sum(amount) as amount
            from xdrs group by 1, 2, 3, 4, 5) x
          on x.i_env = t.i_env and x.i_customer = t.i_customer and x.period_from = t.period_from
         and x.i_account = t.i_account and x.i_service = t.i_service
       where (t.records, t.quantity, t.amount) is distinct from (x.records, x.quantity, x.amount)`,
  },
  {
    name: 'I8',
    sentence: 'a usage record is in its customer’s currency',
    find: `
      select x.i_env, x.id as record, x.i_customer, x.currency
        from xdrs x join customers c on c.i_env = x.i_env and c.id = x.i_customer
       where x.currency <> c.currency`,
  },
]
