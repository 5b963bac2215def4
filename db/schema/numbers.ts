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
  uuid,
} from 'drizzle-orm/pg-core'
import { env, instant } from '#db/columns.ts'
import { accounts } from '#db/schema/accounts.ts'
import { customers } from '#db/schema/customers.ts'

/**
 * The provider's inventory. A number's state is read from its columns, so it can't be in two:
 * assigned (an account), provided (a customer), held (a live hold), else free. A hold that has
 * lapsed counts as free in every predicate, by the database's clock; nothing has to sweep it.
 */
export const numbers = pgTable(
  'numbers',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    /** E.164 digits without the plus. */
    number: text('number').notNull(),
    country: text('country').notNull(),
    region: text('region').notNull(),
    city: text('city').notNull(),
    /** Signup sites sell from a pool. */
    pool: text('pool').notNull(),
    /** How easy it is to remember: 0 to 3. */
    pleasant: smallint('pleasant').notNull().default(0),
    customer: integer('i_customer'),
    account: integer('i_account'),
    holdId: uuid('hold_id'),
    holdDraft: uuid('hold_draft'),
    holdIp: text('hold_ip'),
    holdUntil: instant('hold_until'),
    holdExtended: boolean('hold_extended').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('numbers_number').on(t.env, t.number),
    // The picker: free numbers of a pool by city.
    index('numbers_free').on(t.env, t.pool, t.city, t.pleasant).where(sql`i_customer is null`),
    // "ends in 55" and "contains 555" by trigrams.
    index('numbers_digits').using('gin', sql`number gin_trgm_ops`),
    // A customer's numbers in order, a page of them without sorting all.
    index('numbers_of_customer').on(t.env, t.customer, t.number).where(sql`i_customer is not null`),
    index('numbers_account').on(t.env, t.account).where(sql`i_account is not null`),
    index('numbers_hold').on(t.env, t.holdDraft).where(sql`hold_draft is not null`),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    foreignKey({
      name: 'numbers_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
    check('numbers_assigned', sql`i_account is null or i_customer is not null`),
    check('numbers_hold_whole', sql`num_nulls(hold_id, hold_draft, hold_until) in (0, 3)`),
    check('numbers_one_state', sql`i_customer is null or hold_id is null`),
    check('numbers_digits_only', sql`number ~ '^[1-9][0-9]{6,14}$'`),
  ],
)
