import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { citext, env } from '#db/columns.ts'
import { accounts } from '#db/schema/accounts.ts'
import { customers } from '#db/schema/customers.ts'
import type { Menu } from '#server/pbx/schema.menus.ts'

/** The short number of an account in a customer's PBX. */
export const extensions = pgTable(
  'extensions',
  {
    env: env(),
    account: integer('i_account').notNull(),
    customer: integer('i_customer').notNull(),
    extension: text('extension').notNull(),
    /** The number its account is called after, where it has another one by now. */
    namedAfter: text('named_after'),
    /** Whether it can be dialled by name. */
    published: boolean('published').notNull().default(false),
    /** False once its account is terminated: the short number may be given again. */
    live: boolean('live').notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.account] }),
    uniqueIndex('extensions_number').on(t.env, t.customer, t.extension).where(sql`live`),
    // In the order people count, 99 before 100: a page needs no sorting.
    index('extensions_in_order')
      .on(t.env, t.customer, sql`length(${t.extension})`, t.extension)
      .where(sql`live`),
    // Whether an account still has the name of a number that somebody wants.
    index('extensions_named_after')
      .on(t.env, t.customer, t.namedAfter)
      .where(sql`named_after is not null`),
    foreignKey({
      name: 'extensions_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
    check('extensions_digits', sql`extension ~ '^[0-9]{2,6}$'`),
  ],
)

/** The customer's next auto attendant number; never reused. */
export const pbxCounters = pgTable(
  'pbx_counters',
  {
    env: env(),
    customer: integer('i_customer').notNull(),
    nextAutoAttendant: integer('next_auto_attendant').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.customer] }),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
  ],
)

export const autoAttendants = pgTable(
  'auto_attendants',
  {
    env: env(),
    account: integer('i_account').notNull(),
    customer: integer('i_customer').notNull(),
    n: integer('n').notNull(),
    /** What callers hear, and where each key leads them. */
    menu: jsonb('menu')
      .$type<Menu>()
      .notNull()
      .default(sql`'{"greeting": "", "keys": {}, "plays": 3, "otherwise": {"to": "goodbye"}}'`),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.account] }),
    unique('auto_attendants_n').on(t.env, t.customer, t.n),
    foreignKey({
      name: 'auto_attendants_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
    check(
      'auto_attendants_menu_ends',
      sql`coalesce(jsonb_typeof(menu -> 'keys') = 'object' and (menu ->> 'plays')::int between 1 and 5 and menu -> 'otherwise' ->> 'to' in ('extension', 'group', 'voicemail', 'goodbye'), false)`,
    ),
  ],
)

export const huntGroups = pgTable(
  'hunt_groups',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    customer: integer('i_customer').notNull(),
    name: citext('name').notNull(),
    mode: text('mode', { enum: ['simultaneous', 'sequential'] })
      .notNull()
      .default('simultaneous'),
    /** How long it rings: all of them, or one after the other each. */
    ringSeconds: smallint('ring_seconds').notNull().default(20),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('hunt_groups_name').on(t.env, t.customer, t.name),
    // Its members name its customer, too, and can name no other.
    unique('hunt_groups_customer_of').on(t.env, t.id, t.customer),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    check('hunt_groups_mode', sql`mode in ('simultaneous', 'sequential')`),
    check('hunt_groups_ring_seconds', sql`ring_seconds between 5 and 120`),
  ],
)

export const huntGroupMembers = pgTable(
  'hunt_group_members',
  {
    env: env(),
    group: integer('i_hunt_group').notNull(),
    account: integer('i_account').notNull(),
    customer: integer('i_customer').notNull(),
    position: integer('position').notNull(),
    /** False once its account is terminated: brought back, it has its place again. */
    live: boolean('live').notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.group, t.account] }),
    // Deferrable in the migration: a new order passes through doubles.
    unique('hunt_group_members_position').on(t.env, t.group, t.position),
    // The groups of an account: for its drawer, and for its end.
    index('hunt_group_members_account').on(t.env, t.account),
    foreignKey({
      name: 'hunt_group_members_group_of',
      columns: [t.env, t.group, t.customer],
      foreignColumns: [huntGroups.env, huntGroups.id, huntGroups.customer],
    }).onDelete('cascade'),
    foreignKey({
      name: 'hunt_group_members_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
  ],
)
