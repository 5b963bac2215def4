import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { citext, env, instant } from '#db/columns.ts'
import { products } from '#db/schema/catalog.ts'
import { customers } from '#db/schema/customers.ts'

/** One user of a service: a phone line, an extension, an auto attendant, a SIM. */
export const accounts = pgTable(
  'accounts',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity({ startWith: 100_000 }),
    /** What the outside calls it, `ph46170x4665`. */
    accountId: text('account_id').notNull(),
    customer: integer('i_customer').notNull(),
    product: integer('i_product').notNull(),
    kind: text('kind', { enum: ['line', 'extension', 'auto_attendant', 'sim'] }).notNull(),
    name: text('name').notNull().default(''),
    email: citext('email'),
    timeZone: text('time_zone').notNull(),
    status: text('status', { enum: ['inactive', 'active', 'blocked', 'terminated'] }).notNull(),
    blockedBy: text('blocked_by', { enum: ['customer', 'admin'] }),
    sipUsername: text('sip_username').notNull(),
    /** AES-256-GCM, key outside the database. */
    sipPasswordSealed: text('sip_password_sealed').notNull(),
    createdAt: instant('created_at').notNull(),
    activatedAt: instant('activated_at'),
    terminatedAt: instant('terminated_at'),
    /** Why an administrator didn't let it begin; its customer reads it. */
    rejection: text('rejection'),
    /** What the network knows a SIM card by; its ICCID is its account id. */
    imsi: text('imsi'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    // What belongs to an account names its customer, too, and can name no other.
    unique('accounts_customer_of').on(t.env, t.id, t.customer),
    // Of live accounts: an extension that was given up may be given again.
    uniqueIndex('accounts_account_id').on(t.env, t.accountId).where(sql`status <> 'terminated'`),
    uniqueIndex('accounts_one_imsi')
      .on(t.env, t.imsi)
      .where(sql`imsi is not null and status <> 'terminated'`),
    // The queue of those who wait, oldest first.
    index('accounts_waiting').on(t.env, t.createdAt, t.id).where(sql`status = 'inactive'`),
    // A customer's list; the key of account counts by product.
    index('accounts_customer').on(t.env, t.customer, t.product),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    foreignKey({ columns: [t.env, t.product], foreignColumns: [products.env, products.id] }),
    check('accounts_blocked_by', sql`(status = 'blocked') = (blocked_by is not null)`),
    check('accounts_terminated', sql`(status = 'terminated') = (terminated_at is not null)`),
    check(
      'accounts_rejection',
      sql`rejection is null or (status = 'terminated' and activated_at is null)`,
    ),
    check('accounts_imsi', sql`imsi is null or (kind = 'sim' and imsi ~ '^[0-9]{14,15}$')`),
  ],
)

/** Add-on products beside the main one. */
export const accountAddons = pgTable(
  'account_addons',
  {
    env: env(),
    account: integer('i_account').notNull(),
    customer: integer('i_customer').notNull(),
    product: integer('i_product').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.account, t.product] }),
    index('account_addons_customer').on(t.env, t.customer, t.product),
    foreignKey({
      name: 'account_addons_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
    foreignKey({ columns: [t.env, t.product], foreignColumns: [products.env, products.id] }),
  ],
)

/** Another number that reaches an account; on one live account at most. */
export const accountAliases = pgTable(
  'account_aliases',
  {
    env: env(),
    alias: text('alias').notNull(),
    account: integer('i_account').notNull(),
    customer: integer('i_customer').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.alias] }),
    index('account_aliases_account').on(t.env, t.account),
    // A customer's numbers that contain what was typed.
    index('account_aliases_customer').on(t.env, t.customer),
    foreignKey({
      name: 'account_aliases_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
  ],
)

/** What an account was when it ended: enough to bring it back while nobody has taken its place. */
export const accountEndings = pgTable(
  'account_endings',
  {
    env: env(),
    account: integer('i_account').notNull(),
    customer: integer('i_customer').notNull(),
    at: instant('at').notNull(),
    status: text('status', { enum: ['inactive', 'active', 'blocked'] }).notNull(),
    blockedBy: text('blocked_by', { enum: ['customer', 'admin'] }),
    /** Its aliases, back in the customer's pool since. */
    numbers: text('numbers').array().notNull(),
    /** Of `customer_subscriptions`, those that ended with it. */
    subscriptions: integer('subscriptions').array().notNull(),
    /** Who could sign in as it, and can't since. */
    users: integer('users').array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.account] }),
    foreignKey({
      name: 'account_endings_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
  ],
)
