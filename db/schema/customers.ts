import { sql } from 'drizzle-orm'
import {
  boolean,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import { citext, civilDate, env, instant, money } from '#db/columns.ts'

/** Defaults that customers share. */
export const customerClasses = pgTable(
  'customer_classes',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    name: text('name').notNull(),
    currency: text('currency').notNull(),
    taxName: text('tax_name').notNull(),
    /** Percent, as a decimal: 8.25 is 8.25 %. */
    taxRate: numeric('tax_rate', { precision: 7, scale: 4 }).notNull(),
    taxInclusive: boolean('tax_inclusive').notNull().default(false),
    creditLimit: money('credit_limit'),
    /** Bills on this day of the month; null: on the anniversary of a customer's start. */
    billingDay: smallint('billing_day'),
    /** From the invoice's day to the day it is to be paid by. */
    dueDays: smallint('due_days').notNull().default(14),
    /** Days after the due day on which a card that was declined is tried again. */
    retryDays: smallint('retry_days').array().notNull().default([3, 8, 15]),
    /** Days after the due day on which service is suspended; null: it isn't. */
    suspendDays: smallint('suspend_days').default(14),
    suspendOverLimit: boolean('suspend_over_limit').notNull().default(false),
    /** A balance above it is told to the customer. */
    balanceWarning: money('balance_warning'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('customer_classes_name').on(t.env, t.name),
  ],
)

/** Who pays. A reseller is a customer whose sub-customers name it as parent. */
export const customers = pgTable(
  'customers',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity({ startWith: 50_000 }),
    parent: integer('i_parent'),
    isReseller: boolean('is_reseller').notNull().default(false),
    customerClass: integer('i_customer_class').notNull(),
    /** How lists show it: the company, else the person. */
    name: text('name').notNull(),
    companyName: text('company_name'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    email: citext('email'),
    phone: text('phone'),
    line1: text('line1'),
    line2: text('line2'),
    city: text('city'),
    state: text('state'),
    postalCode: text('postal_code'),
    country: text('country'),
    vatId: text('vat_id'),
    currency: text('currency').notNull(),
    timeZone: text('time_zone').notNull(),
    locale: text('locale').notNull().default('en'),
    /** What is owed: positive is to be paid. Always the sum of the customer's ledger. */
    balance: money('balance').notNull().default(sql`0`),
    creditLimit: money('credit_limit'),
    status: text('status', { enum: ['active', 'suspended', 'closed'] })
      .notNull()
      .default('active'),
    suspendedFor: text('suspended_for', { enum: ['overdue', 'credit_limit', 'admin'] }),
    suspendedAt: instant('suspended_at'),
    /** What an administrator wrote when suspending it. */
    suspendedNote: text('suspended_note'),
    /** Whether what is due is taken from the card on file by itself. */
    autoPay: boolean('auto_pay').notNull().default(true),
    /** When it was told that its balance is high; null once it isn't any more. */
    balanceWarnedAt: instant('balance_warned_at'),
    /** When it was told that its credit limit is reached; null once it isn't any more. */
    limitToldAt: instant('limit_told_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** The day billing cycles are counted from, by class and start unless given. */
    billingAnchor: civilDate('billing_anchor').notNull().default(sql`null`),
    /** First day of the next cycle: the next invoice's. Given by the database at the start. */
    nextInvoiceOn: civilDate('next_invoice_on').notNull().default(sql`null`),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    foreignKey({ columns: [t.env, t.parent], foreignColumns: [t.env, t.id] }),
    foreignKey({
      columns: [t.env, t.customerClass],
      foreignColumns: [customerClasses.env, customerClasses.id],
    }),
    // A reseller's list of its own customers.
    index('customers_parent').on(t.env, t.parent),
    // The list by name, a page of it.
    index('customers_by_name').on(t.env, t.name, t.id),
    // Whose invoice is due.
    index('customers_due').on(t.env, t.nextInvoiceOn, t.id),
    // Few owe, and few are suspended: who is told of it is looked for daily.
    index('customers_owing').on(t.env, t.id).where(sql`balance > 0`),
    index('customers_suspended').on(t.env, t.id).where(sql`status = 'suspended'`),
  ],
)
