import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { civilDate, env, instant, money } from '#db/columns.ts'
import { accounts } from '#db/schema/accounts.ts'
import { customerSubscriptions } from '#db/schema/agreements.ts'
import { customers } from '#db/schema/customers.ts'
import { payments } from '#db/schema/payments.ts'
import type { EntryKind, LineDetails, LineKind, Parties } from '#server/billing/schema.kinds.ts'

/** The last number given in an environment: invoices are numbered without gaps. */
export const invoiceCounters = pgTable('invoice_counters', {
  env: env().primaryKey(),
  last: integer('last').notNull(),
})

export const invoices = pgTable(
  'invoices',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    /** Null while it is a draft. */
    number: text('number'),
    customer: integer('i_customer').notNull(),
    state: text('state', { enum: ['draft', 'issued', 'overdue', 'paid', 'void'] }).notNull(),
    issuedOn: civilDate('issued_on').notNull(),
    dueOn: civilDate('due_on').notNull(),
    currency: text('currency').notNull(),
    net: money('net').notNull(),
    tax: money('tax').notNull(),
    total: money('total').notNull(),
    paid: money('paid').notNull(),
    createdAt: instant('created_at').notNull(),
    /** The cycle it closes; null outside of the run. */
    cycleFrom: civilDate('cycle_from'),
    cycleUntil: civilDate('cycle_until'),
    voidedAt: instant('voided_at'),
    voidReason: text('void_reason'),
    /** Who asks whom, as it was then: names, addresses, tax numbers. */
    parties: jsonb('parties').$type<Parties>(),
    taxName: text('tax_name').notNull().default(''),
    taxRate: numeric('tax_rate', { precision: 7, scale: 4 }).notNull().default('0'),
    /** What the law wants said beside the tax: a key of the messages. */
    taxNote: text('tax_note'),
    mailedAt: instant('mailed_at'),
    /** How often the card on file was tried, and the next day; null: never again by itself. */
    attempts: smallint('attempts').notNull().default(0),
    nextAttemptOn: civilDate('next_attempt_on'),
    /** Less is open of it than a card is charged for at once: it waits to be taken along with another. */
    waits: boolean('waits').notNull().default(false),
    /** The payment of another invoice that takes it along, or tried to. */
    takenAlong: integer('i_taken_along'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('invoices_number').on(t.env, t.number),
    unique('invoices_customer_of').on(t.env, t.id, t.customer),
    index('invoices_customer').on(t.env, t.customer),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    foreignKey({
      name: 'invoices_taken_along_of',
      columns: [t.env, t.takenAlong, t.customer],
      foreignColumns: [payments.env, payments.id, payments.customer],
    }),
    check('invoices_sum', sql`net + tax = total`),
    // One invoice a customer and cycle, whoever bills it and however often.
    uniqueIndex('invoices_one_cycle')
      .on(t.env, t.customer, t.cycleUntil)
      .where(sql`cycle_until is not null`),
    // What isn't paid, oldest first.
    index('invoices_open')
      .on(t.env, t.customer, t.dueOn, t.id)
      .where(sql`state in ('issued', 'overdue')`),
    // By the day first: for one customer's invoices it would be as good as all of them, and isn't taken.
    index('invoices_due').on(t.dueOn, t.env).where(sql`state in ('issued', 'overdue')`),
    check('invoices_numbered', sql`state = 'draft' or number is not null`),
    check(
      'invoices_paid',
      sql`case state when 'paid' then paid = total when 'void' then paid = 0
            when 'draft' then paid = 0 else paid >= 0 and paid < total end`,
    ),
    check('invoices_void', sql`(state = 'void') = (voided_at is not null)`),
    check('invoices_cycle', sql`num_nulls(cycle_from, cycle_until) in (0, 2)`),
  ],
)

export const invoiceLines = pgTable(
  'invoice_lines',
  {
    env: env(),
    invoice: integer('i_invoice').notNull(),
    line: integer('line').notNull(),
    customer: integer('i_customer').notNull(),
    account: integer('i_account'),
    kind: text('kind').$type<LineKind>().notNull(),
    /** The rule that made it. */
    rule: text('rule').notNull().default(''),
    /** The ledger's line that was there before the invoice. */
    entry: integer('i_entry'),
    /** Of what, in a word of the provider's own; kind and period are said in the reader's language. */
    description: text('description').notNull(),
    periodFrom: civilDate('period_from'),
    periodUntil: civilDate('period_until'),
    net: money('net').notNull(),
    taxRate: numeric('tax_rate', { precision: 7, scale: 4 }).notNull(),
    tax: money('tax').notNull(),
    /** What else there is to say: who the line is, days, quantities. */
    details: jsonb('details').$type<LineDetails>(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.invoice, t.line] }),
    uniqueIndex('invoice_lines_one_entry').on(t.env, t.entry).where(sql`i_entry is not null`),
    foreignKey({
      name: 'invoice_lines_invoice_of',
      columns: [t.env, t.invoice, t.customer],
      foreignColumns: [invoices.env, invoices.id, invoices.customer],
    }),
    foreignKey({
      name: 'invoice_lines_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
  ],
)

/**
 * Every change of a balance, one immutable line each: the application's role can insert and read,
 * never update or delete. Positive is owed, negative is paid or credited.
 */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    customer: integer('i_customer').notNull(),
    account: integer('i_account'),
    at: instant('at').notNull(),
    /** The day in the customer's time zone. */
    day: civilDate('day').notNull(),
    kind: text('kind').$type<EntryKind>().notNull(),
    amount: money('amount').notNull(),
    /** The rule that made it, and of what: as on an invoice's lines, or an invoice's number. */
    rule: text('rule').notNull(),
    description: text('description').notNull(),
    customerSubscription: integer('i_customer_subscription'),
    periodFrom: civilDate('period_from'),
    periodUntil: civilDate('period_until'),
    invoice: integer('i_invoice'),
    payment: integer('i_payment'),
    /** Why an administrator wrote it. */
    reason: text('reason'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    // A customer's ledger, newest first.
    index('ledger_entries_customer').on(t.env, t.customer, t.id),
    // What an invoice brought.
    index('ledger_entries_invoice').on(t.env, t.invoice).where(sql`i_invoice is not null`),
    // What differs from "charged up to a day": a few lines of a customer.
    index('ledger_entries_exceptions')
      .on(t.env, t.customer, t.periodUntil)
      .where(sql`kind in ('blocked', 'ended', 'adjustment')`),
    // What an administrator wrote outside of an invoice: looked for by each bill and each payment, among
    // all the lines of years.
    index('ledger_entries_written')
      .on(t.env, t.customer)
      .where(sql`kind in ('charge', 'credit') and i_invoice is null`),
    // What was received a month.
    index('ledger_entries_received').on(t.env, t.day).where(sql`kind in ('payment', 'refund')`),
    // One charge a subscription and period, whoever bills it and however often.
    uniqueIndex('ledger_entries_one_charge')
      .on(t.env, t.customerSubscription, t.periodFrom)
      .where(sql`kind = 'periodic'`),
    uniqueIndex('ledger_entries_one_activation')
      .on(t.env, t.customerSubscription)
      .where(sql`kind = 'activation'`),
    // A captured payment is entered once.
    uniqueIndex('ledger_entries_one_payment').on(t.env, t.payment).where(sql`kind = 'payment'`),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    foreignKey({
      columns: [t.env, t.customerSubscription],
      foreignColumns: [customerSubscriptions.env, customerSubscriptions.id],
    }),
    foreignKey({
      name: 'ledger_entries_invoice_of',
      columns: [t.env, t.invoice, t.customer],
      foreignColumns: [invoices.env, invoices.id, invoices.customer],
    }),
    foreignKey({
      name: 'ledger_entries_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
    foreignKey({
      name: 'ledger_entries_payment',
      columns: [t.env, t.payment],
      foreignColumns: [payments.env, payments.id],
    }),
  ],
)

/** A customer whose bill can't be right: left out of runs until somebody has looked. */
export const billingParked = pgTable(
  'billing_parked',
  {
    env: env(),
    customer: integer('i_customer').notNull(),
    onDay: civilDate('on_day').notNull(),
    code: text('code').notNull(),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
    parkedAt: instant('parked_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.customer] }),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
  ],
)

/** What runs did: one row each time there was something to do. */
export const billingRuns = pgTable(
  'billing_runs',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    beganAt: instant('began_at').notNull(),
    endedAt: instant('ended_at'),
    customers: integer('customers').notNull().default(0),
    invoices: integer('invoices').notNull().default(0),
    parked: integer('parked').notNull().default(0),
    /** By currency. */
    totals: jsonb('totals').$type<Record<string, string>>().notNull().default({}),
  },
  (t) => [primaryKey({ columns: [t.env, t.id] })],
)
