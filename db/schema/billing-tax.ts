import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { civilDate, env } from '#db/columns.ts'
import { customerClasses } from '#db/schema/customers.ts'

/** Taxes by class, country, state and day; null is any. */
export const taxRates = pgTable(
  'tax_rates',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    customerClass: integer('i_customer_class'),
    country: text('country'),
    region: text('region'),
    validFrom: civilDate('valid_from').notNull(),
    /** The first day it doesn't hold any more. */
    validUntil: civilDate('valid_until'),
    name: text('name').notNull(),
    /** Percent, as a decimal. */
    rate: numeric('rate', { precision: 7, scale: 4 }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    foreignKey({
      columns: [t.env, t.customerClass],
      foreignColumns: [customerClasses.env, customerClasses.id],
    }),
    // Nulls not distinct, which the builder has no word for; see the migration.
    uniqueIndex('tax_rates_one')
      .on(t.env, t.customerClass, t.country, t.region, t.validFrom)
      .where(sql`valid_until is distinct from valid_from`),
    check('tax_rates_region', sql`region is null or country is not null`),
    check('tax_rates_days', sql`valid_until is null or valid_until >= valid_from`),
    check('tax_rates_rate', sql`rate >= 0`),
  ],
)

/** Who issues the invoices of an environment, as stands on them. */
export const issuers = pgTable('issuers', {
  env: env().primaryKey(),
  legalName: text('legal_name').notNull(),
  line1: text('line1').notNull(),
  line2: text('line2'),
  city: text('city').notNull(),
  state: text('state'),
  postalCode: text('postal_code'),
  country: text('country').notNull(),
  vatId: text('vat_id'),
  registration: text('registration'),
  email: text('email'),
  bankDetails: text('bank_details'),
  paymentTerms: text('payment_terms'),
})
