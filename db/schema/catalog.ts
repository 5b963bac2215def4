import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { citext, env, instant, money } from '#db/columns.ts'

/** What a product is made of: voice, PBX, messaging, data, call recording, auto attendant. */
export const services = pgTable(
  'services',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    code: text('code').notNull(),
    name: text('name').notNull(),
  },
  (t) => [primaryKey({ columns: [t.env, t.id] }), unique('services_code').on(t.env, t.code)],
)

/** What an account may use and what it costs. */
export const products = pgTable(
  'products',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    name: citext('name').notNull(),
    role: text('role', { enum: ['main', 'addon'] }).notNull(),
    /** The kind of account a main product makes; an add-on names the kind it goes beside. */
    accountKind: text('account_kind', {
      enum: ['line', 'extension', 'auto_attendant', 'sim'],
    }).notNull(),
    description: text('description').notNull().default(''),
    /** Whether a new account works at once or waits for an administrator. */
    newAccounts: text('new_accounts', { enum: ['active', 'inactive'] })
      .notNull()
      .default('active'),
    archivedAt: instant('archived_at'),
  },
  (t) => [primaryKey({ columns: [t.env, t.id] }), unique('products_name').on(t.env, t.name)],
)

export const productServices = pgTable(
  'product_services',
  { env: env(), product: integer('i_product').notNull(), service: integer('i_service').notNull() },
  (t) => [
    primaryKey({ columns: [t.env, t.product, t.service] }),
    foreignKey({ columns: [t.env, t.product], foreignColumns: [products.env, products.id] }),
    foreignKey({ columns: [t.env, t.service], foreignColumns: [services.env, services.id] }),
  ],
)

/** A plan of fees: activation once, then a fee a period. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    name: citext('name').notNull(),
    currency: text('currency').notNull(),
    activationFee: money('activation_fee').notNull(),
    periodicFee: money('periodic_fee').notNull(),
    period: text('period', { enum: ['day', 'week', 'month'] })
      .notNull()
      .default('month'),
    /** So many of these units are one period. */
    periodCount: smallint('period_count').notNull().default(1),
    /** Periods follow the customer's billing cycle, or begin on the day it was started. */
    anchored: text('anchored', { enum: ['customer', 'start'] })
      .notNull()
      .default('customer'),
    /** By days at both ends; only at the start; not at all: a period begun is paid as a whole. */
    proration: text('proration', { enum: ['both', 'start', 'none'] })
      .notNull()
      .default('both'),
    /** Periods after which it ends by itself. */
    term: smallint('term'),
    inAdvance: boolean('in_advance').notNull().default(true),
    /** Since when another one of its name is sold; whoever has this one keeps it. */
    replacedAt: instant('replaced_at'),
    /** That other one; null where nothing is sold for it any more. */
    replacedBy: integer('i_replaced_by'),
    /** Not sold any more; whoever has it keeps it. */
    archivedAt: instant('archived_at'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    uniqueIndex('subscriptions_name').on(t.env, t.name).where(sql`replaced_at is null`),
    check('subscriptions_period', sql`period in ('day', 'week', 'month')`),
    check('subscriptions_fees', sql`activation_fee >= 0 and periodic_fee >= 0`),
  ],
)

/** Every account with the product carries the subscription. */
export const productSubscriptions = pgTable(
  'product_subscriptions',
  {
    env: env(),
    product: integer('i_product').notNull(),
    subscription: integer('i_subscription').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.product, t.subscription] }),
    foreignKey({ columns: [t.env, t.product], foreignColumns: [products.env, products.id] }),
    foreignKey({
      columns: [t.env, t.subscription],
      foreignColumns: [subscriptions.env, subscriptions.id],
    }),
  ],
)
