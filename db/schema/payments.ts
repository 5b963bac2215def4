import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { env, instant, money } from '#db/columns.ts'
import { customers } from '#db/schema/customers.ts'
import { zero } from '#server/kernel/money.ts'

/** A card on file: what a person recognises it by, and the gateway's name for it. */
export const paymentMethods = pgTable(
  'payment_methods',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    customer: integer('i_customer').notNull(),
    gateway: text('gateway', { enum: ['simulator', 'stripe'] }).notNull(),
    gatewayRef: text('gateway_ref').notNull(),
    brand: text('brand').notNull(),
    last4: text('last4').notNull(),
    expMonth: smallint('exp_month').notNull(),
    expYear: smallint('exp_year').notNull(),
    fingerprint: text('fingerprint').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Pays what is due. */
    isDefault: boolean('is_default').notNull().default(false),
    /** Off the file: what it paid stays paid by it. */
    removedAt: instant('removed_at'),
    /** When its holder was told that it expires. */
    expiryToldAt: instant('expiry_told_at'),
    /** Since when its gateway has forgotten it; only one that is off the file is forgotten. */
    forgottenAt: instant('forgotten_at'),
    /** When the gateway is asked again, by the machine's clock; null: it was never asked. */
    forgetNextAt: instant('forget_next_at'),
    forgetTries: smallint('forget_tries').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('payment_methods_customer_of').on(t.env, t.id, t.customer),
    unique('payment_methods_ref').on(t.env, t.customer, t.gateway, t.gatewayRef),
    // One card a customer pays what is due.
    uniqueIndex('payment_methods_one_default').on(t.env, t.customer).where(sql`is_default`),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    check('payment_methods_last4', sql`last4 ~ '^[0-9]{4}$'`),
    check('payment_methods_removed', sql`not (is_default and removed_at is not null)`),
    check('payment_methods_forgotten', sql`forgotten_at is null or removed_at is not null`),
    index('payment_methods_to_forget')
      .on(t.env, t.id)
      .where(sql`removed_at is not null and forgotten_at is null`),
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
    /** Whose word counts: `manual` is that of an administrator who has seen the money. */
    gateway: text('gateway', { enum: ['simulator', 'stripe', 'manual'] }).notNull(),
    purpose: text('purpose', { enum: ['signup', 'invoice', 'verification', 'manual'] })
      .notNull()
      .default('signup'),
    /** What it is to pay, and the card on file it is paid with. */
    invoice: integer('i_invoice'),
    method: integer('i_payment_method'),
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
    /** By the machine's clock, as the gateway's is; `createdAt` is by the business's. */
    begunAt: instant('begun_at').notNull().defaultNow(),
    settledAt: instant('settled_at'),
    /** Given back, or about to be: refused ones are taken off again. */
    refunded: money('refunded').notNull().default(zero),
    /** Times somebody took it up, and who is older than that changes nothing. */
    fence: integer('fence').notNull().default(0),
    /** When recovery shall look; null: never. */
    nextTryAt: instant('next_try_at'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('payments_key').on(t.env, t.key),
    unique('payments_customer_of').on(t.env, t.id, t.customer),
    index('payments_due').on(t.env, t.nextTryAt).where(sql`next_try_at is not null`),
    index('payments_invoice').on(t.env, t.invoice).where(sql`i_invoice is not null`),
    foreignKey({
      name: 'payments_method_of',
      columns: [t.env, t.method, t.customer],
      foreignColumns: [paymentMethods.env, paymentMethods.id, paymentMethods.customer],
    }),
    index('payments_customer').on(t.env, t.customer),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    check('payments_captured_has_owner', sql`state <> 'captured' or i_customer is not null`),
    check('payments_amount', sql`amount >= 0`),
    check('payments_refunded', sql`refunded between 0 and amount`),
    check('payments_refunded_captured', sql`refunded = 0 or state = 'captured'`),
    check(
      'payments_of_somebody',
      sql`(i_invoice is null and i_payment_method is null) or i_customer is not null`,
    ),
  ],
)

/** Money given back of a payment; recorded before the gateway hears of it. */
export const refunds = pgTable(
  'refunds',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    payment: integer('i_payment').notNull(),
    customer: integer('i_customer').notNull(),
    amount: money('amount').notNull(),
    reason: text('reason').notNull(),
    /** Our idempotency key, at the gateway too. */
    key: text('key').notNull(),
    state: text('state', { enum: ['intended', 'pending', 'refunded', 'failed'] }).notNull(),
    gatewayRef: text('gateway_ref'),
    failureCode: text('failure_code'),
    createdAt: instant('created_at').notNull(),
    /** By the machine's clock, as of a payment. */
    begunAt: instant('begun_at').notNull().defaultNow(),
    settledAt: instant('settled_at'),
    /** When recovery shall look; null: never. */
    nextTryAt: instant('next_try_at'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('refunds_key').on(t.env, t.key),
    index('refunds_payment').on(t.env, t.payment),
    index('refunds_due').on(t.env, t.nextTryAt).where(sql`next_try_at is not null`),
    foreignKey({
      name: 'refunds_payment_of',
      columns: [t.env, t.payment, t.customer],
      foreignColumns: [payments.env, payments.id, payments.customer],
    }),
    check('refunds_amount', sql`amount > 0`),
    check('refunds_settled', sql`(settled_at is not null) = (state in ('refunded', 'failed'))`),
    check('refunds_failed', sql`(failure_code is not null) = (state = 'failed')`),
  ],
)

/** Word from a gateway that something happened, each kept once; it says "look", and is not believed. */
export const gatewayEvents = pgTable(
  'gateway_events',
  {
    env: env(),
    gateway: text('gateway', { enum: ['simulator', 'stripe'] }).notNull(),
    event: text('event').notNull(),
    type: text('type').notNull(),
    payment: integer('i_payment').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** Null while nobody has looked to the end. */
    lookedAt: instant('looked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.gateway, t.event] }),
    index('gateway_events_age').on(t.env, t.receivedAt),
    foreignKey({
      name: 'gateway_events_payment',
      columns: [t.env, t.payment],
      foreignColumns: [payments.env, payments.id],
    }),
  ],
)
