import { boolean, integer, pgView, text } from 'drizzle-orm/pg-core'
import { citext, env, instant, money } from '#db/columns.ts'

/** Customers as administrators list them, with how many accounts they have. */
export const customerDirectory = pgView('customer_directory', {
  env: env(),
  customer: integer('i_customer').notNull(),
  parent: integer('i_parent'),
  parentName: text('parent_name'),
  isReseller: boolean('is_reseller').notNull(),
  name: text('name').notNull(),
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
  timeZone: text('time_zone').notNull(),
  locale: text('locale').notNull(),
  status: text('status', { enum: ['active', 'suspended', 'closed'] }).notNull(),
  currency: text('currency').notNull(),
  balance: money('balance').notNull(),
  creditLimit: money('credit_limit'),
  customerClass: text('customer_class').notNull(),
  createdAt: instant('created_at').notNull(),
  /** Live ones; of those, how many wait and how many are blocked. */
  accounts: integer('accounts').notNull(),
  waiting: integer('waiting').notNull(),
  blocked: integer('blocked').notNull(),
}).existing()

/** What a customer is found by: names, addresses, logins, phone numbers, account ids. */
export const customerWords = pgView('customer_words', {
  env: env(),
  customer: integer('i_customer').notNull(),
  word: text('word').notNull(),
}).existing()
