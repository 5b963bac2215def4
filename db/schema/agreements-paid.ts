import { integer, pgView } from 'drizzle-orm/pg-core'
import { env } from '#db/columns.ts'

/** Subscriptions that run and are paid for: not those of accounts that wait for approval. */
export const paidSubscriptions = pgView('paid_subscriptions', {
  env: env(),
  id: integer('id').notNull(),
  customer: integer('i_customer').notNull(),
  account: integer('i_account'),
  subscription: integer('i_subscription').notNull(),
}).existing()
