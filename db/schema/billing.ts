import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { civilDate, env, instant, money } from '#db/columns.ts'
import { accounts } from '#db/schema/accounts.ts'
import { customerSubscriptions } from '#db/schema/agreements.ts'
import { customers } from '#db/schema/customers.ts'
import { payments } from '#db/schema/payments.ts'

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
    number: text('number').notNull(),
    customer: integer('i_customer').notNull(),
    state: text('state', { enum: ['issued', 'paid'] }).notNull(),
    issuedOn: civilDate('issued_on').notNull(),
    dueOn: civilDate('due_on').notNull(),
    currency: text('currency').notNull(),
    net: money('net').notNull(),
    tax: money('tax').notNull(),
    total: money('total').notNull(),
    paid: money('paid').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('invoices_number').on(t.env, t.number),
    unique('invoices_customer_of').on(t.env, t.id, t.customer),
    index('invoices_customer').on(t.env, t.customer),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    check('invoices_sum', sql`net + tax = total`),
    check('invoices_paid', sql`(state = 'paid') = (paid = total)`),
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
    kind: text('kind', { enum: ['activation', 'periodic', 'discount'] }).notNull(),
    /** Of what, in a word of the provider's own; kind and period are said in the reader's language. */
    description: text('description').notNull(),
    periodFrom: civilDate('period_from'),
    periodUntil: civilDate('period_until'),
    net: money('net').notNull(),
    taxRate: numeric('tax_rate', { precision: 7, scale: 4 }).notNull(),
    tax: money('tax').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.invoice, t.line] }),
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
    kind: text('kind', {
      enum: ['activation', 'periodic', 'discount', 'tax', 'payment'],
    }).notNull(),
    amount: money('amount').notNull(),
    /** The rule that made it, and of what: as on an invoice's lines, or an invoice's number. */
    rule: text('rule').notNull(),
    description: text('description').notNull(),
    customerSubscription: integer('i_customer_subscription'),
    periodFrom: civilDate('period_from'),
    periodUntil: civilDate('period_until'),
    invoice: integer('i_invoice'),
    payment: integer('i_payment'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    index('ledger_entries_customer').on(t.env, t.customer),
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
