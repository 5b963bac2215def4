import type { Invariant } from '#db/verify.ts'

/** Money given back, and cards on file. */
export const payments: readonly Invariant[] = [
  {
    name: 'I4',
    sentence:
      'what a payment counts as given back is the sum of its refunds, and never more than was taken',
    find: `
      select p.i_env, p.id as payment, p.amount, p.refunded, coalesce(sum(r.amount), 0) as refunds
        from payments p
        left join refunds r on r.i_env = p.i_env and r.i_payment = p.id and r.state <> 'failed'
       group by p.i_env, p.id
      having p.refunded <> coalesce(sum(r.amount), 0) or p.refunded > p.amount
          or (p.refunded > 0 and p.state <> 'captured')`,
  },
  {
    name: 'I4',
    sentence: 'a customer with cards on file has one that pays what is due',
    find: `
      select i_env, i_customer, count(*) filter (where is_default) as paying
        from payment_methods where removed_at is null or is_default
       group by i_env, i_customer
      having count(*) filter (where is_default) <> 1
          or count(*) filter (where is_default and removed_at is not null) > 0`,
  },
  {
    name: 'I5',
    sentence: 'no refund stands still for two days',
    find: `
      select i_env, id as refund, state, created_at, next_try_at from refunds
       where state in ('intended', 'pending')
         and (next_try_at is null or next_try_at < now() - interval '2 days')`,
  },
]
