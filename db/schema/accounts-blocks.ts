import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  pgView,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { civilDate, days, env, instant, money } from '#db/columns.ts'
import { accounts } from '#db/schema/accounts.ts'

/**
 * A stretch of time for which an account is blocked. Two exclusion constraints, which drizzle has no
 * words for, keep stretches apart: `account_blocks_days` and `account_blocks_plans`.
 */
export const accountBlocks = pgTable(
  'account_blocks',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    account: integer('i_account').notNull(),
    customer: integer('i_customer').notNull(),
    placedBy: text('placed_by', { enum: ['customer', 'admin'] }).notNull(),
    reason: text('reason').notNull().default(''),
    startsAt: instant('starts_at').notNull(),
    /** Null: until somebody unblocks it. */
    endsAt: instant('ends_at'),
    /** The end somebody asked for; `ends_at` may have come sooner. */
    plannedUntil: instant('planned_until'),
    /** The first day that is blocked from its first moment, by this stretch and those it follows. */
    freeFrom: civilDate('free_from').notNull(),
    /** Wholly blocked days, hence free. Each belongs to the stretch in force at its end. */
    days: days('days').notNull(),
    /** Whose days these are: the customer's zone when the stretch was placed. */
    timeZone: text('time_zone').notNull(),
    state: text('state', { enum: ['planned', 'running', 'over', 'cancelled'] }).notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    // An account is blocked by one stretch at a time, and its status follows that one.
    uniqueIndex('account_blocks_running').on(t.env, t.account).where(sql`state = 'running'`),
    // One account's history, newest first.
    index('account_blocks_account').on(t.env, t.account, t.startsAt),
    // A customer's month: what ended before it began is never read.
    index('account_blocks_customer')
      .on(t.env, t.customer, sql`(coalesce(ends_at, 'infinity'))`)
      .where(sql`state <> 'cancelled'`),
    // What is due to begin, and to end, however long the history.
    index('account_blocks_to_begin').on(t.env, t.startsAt).where(sql`state = 'planned'`),
    index('account_blocks_to_end').on(t.env, t.endsAt).where(sql`state = 'running'`),
    foreignKey({
      name: 'account_blocks_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
    check('account_blocks_placed_by', sql`placed_by in ('customer', 'admin')`),
    check('account_blocks_state', sql`state in ('planned', 'running', 'over', 'cancelled')`),
    check('account_blocks_over', sql`state <> 'over' or ends_at is not null`),
    check('account_blocks_order', sql`ends_at >= starts_at`),
  ],
)

/** A stretch with the line it is of. */
export const accountBlockLines = pgView('account_block_lines', {
  env: env(),
  id: integer('id').notNull(),
  customer: integer('i_customer').notNull(),
  account: integer('i_account').notNull(),
  placedBy: text('placed_by', { enum: ['customer', 'admin'] }).notNull(),
  reason: text('reason').notNull(),
  startsAt: instant('starts_at').notNull(),
  endsAt: instant('ends_at'),
  plannedUntil: instant('planned_until'),
  days: days('days').notNull(),
  timeZone: text('time_zone').notNull(),
  state: text('state', { enum: ['planned', 'running', 'over', 'cancelled'] }).notNull(),
  accountId: text('account_id').notNull(),
  name: text('name').notNull(),
  status: text('status', { enum: ['inactive', 'active', 'blocked', 'terminated'] }).notNull(),
  blockedBy: text('blocked_by', { enum: ['customer', 'admin'] }),
  extension: text('extension'),
}).existing()

/** What the line of a stretch pays each period, and the day its periods are counted from. */
export const accountBlockFees = pgView('account_block_fees', {
  env: env(),
  block: integer('i_block').notNull(),
  customer: integer('i_customer').notNull(),
  account: integer('i_account').notNull(),
  days: days('days').notNull(),
  state: text('state', { enum: ['planned', 'running', 'over', 'cancelled'] }).notNull(),
  endsAt: instant('ends_at'),
  startedOn: civilDate('started_on').notNull(),
  periodicFee: money('periodic_fee').notNull(),
  currency: text('currency').notNull(),
  anchor: civilDate('anchor').notNull(),
  period: text('period', { enum: ['day', 'week', 'month'] }).notNull(),
  periodCount: smallint('period_count').notNull(),
}).existing()
