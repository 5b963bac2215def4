import type { Invariant } from '#db/verify.ts'

/** What is sold, at which price. */
export const catalog: readonly Invariant[] = [
  {
    name: 'I8',
    sentence: 'a product is sold at today’s price: no subscription of it was replaced',
    find: `
      select ps.i_env, ps.i_product, s.name from product_subscriptions ps
        join subscriptions s on s.i_env = ps.i_env and s.id = ps.i_subscription
       where s.replaced_at is not null`,
  },
]
