import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core'
import { civilDate, env, instant, money } from '#db/columns.ts'
import { accounts } from '#db/schema/accounts.ts'
import { products, subscriptions } from '#db/schema/catalog.ts'
import { customers } from '#db/schema/customers.ts'

/**
 * The products a customer may assign, and to how many accounts. `used` moves only by a conditional
 * UPDATE, and the CHECK is the last word under any concurrency.
 */
export const agreementItems = pgTable(
  'agreement_items',
  {
    env: env(),
    customer: integer('i_customer').notNull(),
    product: integer('i_product').notNull(),
    /** Null is unlimited. */
    quantity: integer('quantity'),
    used: integer('used').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.customer, t.product] }),
    // Whose agreements have a product.
    index('agreement_items_product').on(t.env, t.product),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    foreignKey({ columns: [t.env, t.product], foreignColumns: [products.env, products.id] }),
    check('agreement_items_limit', sql`used >= 0 and (quantity is null or used <= quantity)`),
    check('agreement_items_quantity', sql`quantity is null or quantity >= 0`),
  ],
)

/** A subscription somebody has: through an account's product, or the customer directly. */
export const customerSubscriptions = pgTable(
  'customer_subscriptions',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    customer: integer('i_customer').notNull(),
    /** Null: held by the customer directly. */
    account: integer('i_account'),
    product: integer('i_product'),
    subscription: integer('i_subscription').notNull(),
    /** First day. */
    startedOn: civilDate('started_on').notNull(),
    /** First day it isn't there any more. */
    endedOn: civilDate('ended_on'),
    /** The day its periods are counted from. */
    anchor: civilDate('anchor').notNull(),
    /** First day not yet charged. */
    chargedUntil: civilDate('charged_until').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    index('customer_subscriptions_customer').on(t.env, t.customer),
    index('customer_subscriptions_account').on(t.env, t.account),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    foreignKey({
      name: 'customer_subscriptions_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
    foreignKey({
      columns: [t.env, t.subscription],
      foreignColumns: [subscriptions.env, subscriptions.id],
    }),
    foreignKey({
      name: 'customer_subscriptions_product',
      columns: [t.env, t.product],
      foreignColumns: [products.env, products.id],
    }),
    check('customer_subscriptions_order', sql`ended_on >= started_on`),
  ],
)

/** What a subscription costs less: of its activation fee, or of so many periods. */
export const subscriptionDiscounts = pgTable(
  'subscription_discounts',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    customerSubscription: integer('i_customer_subscription').notNull(),
    customer: integer('i_customer').notNull(),
    code: text('code').notNull(),
    appliesTo: text('applies_to', { enum: ['activation', 'periodic'] }).notNull(),
    percent: numeric('percent', { precision: 7, scale: 4 }),
    amount: money('amount'),
    /** Periods before it, which stay charged as they were. */
    afterPeriods: smallint('after_periods').notNull().default(0),
    /** So many from there on; null: as long as it runs. */
    periods: smallint('periods'),
    /** Why an administrator gave it; null where a promo code did. */
    reason: text('reason'),
    endedAt: instant('ended_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    index('subscription_discounts_of').on(t.env, t.customerSubscription),
    foreignKey({
      columns: [t.env, t.customerSubscription],
      foreignColumns: [customerSubscriptions.env, customerSubscriptions.id],
    }),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    check('subscription_discounts_one_way', sql`num_nulls(percent, amount) = 1`),
  ],
)
