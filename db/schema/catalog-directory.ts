import { boolean, integer, pgView, smallint, text } from 'drizzle-orm/pg-core'
import { citext, env, instant, money } from '#db/columns.ts'

/** Products with what they cost and how much they are used, sold or archived. */
export const productDirectory = pgView('product_directory', {
  env: env(),
  product: integer('i_product').notNull(),
  name: citext('name').notNull(),
  role: text('role', { enum: ['main', 'addon'] }).notNull(),
  accountKind: text('account_kind', {
    enum: ['line', 'extension', 'auto_attendant', 'sim'],
  }).notNull(),
  description: text('description').notNull(),
  newAccounts: text('new_accounts', { enum: ['active', 'inactive'] }).notNull(),
  archivedAt: instant('archived_at'),
  subscription: integer('i_subscription'),
  currency: text('currency'),
  activationFee: money('activation_fee'),
  periodicFee: money('periodic_fee'),
  /** Agreements that have it, and accounts in them that use it. */
  agreements: integer('agreements').notNull(),
  used: integer('used').notNull(),
  /** When its fee is due; null where it has none of its own. */
  period: text('period', { enum: ['day', 'week', 'month'] }),
  periodCount: smallint('period_count'),
  anchored: text('anchored', { enum: ['customer', 'start'] }),
  inAdvance: boolean('in_advance'),
  proration: text('proration', { enum: ['both', 'start', 'none'] }),
  term: smallint('term'),
}).existing()
