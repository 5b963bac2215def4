import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import { env, instant, money } from '#db/columns.ts'
import { customers } from '#db/schema/customers.ts'

/** A card on file: what a person recognises it by, and the gateway's name for it. */
export const paymentMethods = pgTable(
  'payment_methods',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    customer: integer('i_customer').notNull(),
    gateway: text('gateway', { enum: ['simulator'] }).notNull(),
    gatewayRef: text('gateway_ref').notNull(),
    brand: text('brand').notNull(),
    last4: text('last4').notNull(),
    expMonth: smallint('exp_month').notNull(),
    expYear: smallint('exp_year').notNull(),
    fingerprint: text('fingerprint').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    index('payment_methods_customer').on(t.env, t.customer),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    check('payment_methods_last4', sql`last4 ~ '^[0-9]{4}$'`),
  ],
)

/** One attempt to take an amount; recorded before the gateway hears of it. */
export const payments = pgTable(
  'payments',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    /** Known once there is a customer. */
    customer: integer('i_customer'),
    gateway: text('gateway', { enum: ['simulator'] }).notNull(),
    /** Our idempotency key: the gateway gives the same answer to the same key. */
    key: text('key').notNull(),
    intentRef: text('intent_ref'),
    amount: money('amount').notNull(),
    currency: text('currency').notNull(),
    state: text('state', {
      enum: [
        'intended',
        'requires_action',
        'authorized',
        'captured',
        'declined',
        'canceled',
        'failed',
      ],
    }).notNull(),
    declineCode: text('decline_code'),
    brand: text('brand'),
    last4: text('last4'),
    expMonth: smallint('exp_month'),
    expYear: smallint('exp_year'),
    fingerprint: text('fingerprint'),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('payments_key').on(t.env, t.key),
    index('payments_customer').on(t.env, t.customer),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    check('payments_captured_has_owner', sql`state <> 'captured' or i_customer is not null`),
    check('payments_amount', sql`amount >= 0`),
  ],
)
