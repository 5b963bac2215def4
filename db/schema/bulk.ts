import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { env, instant } from '#db/columns.ts'
import { accounts } from '#db/schema/accounts.ts'
import { customers } from '#db/schema/customers.ts'

/** A list of extensions that a customer uploaded, and what became of it. */
export const bulkBatches = pgTable(
  'bulk_batches',
  {
    env: env(),
    id: uuid('id').notNull(),
    customer: integer('i_customer').notNull(),
    byName: text('by_name').notNull(),
    fileName: text('file_name').notNull(),
    state: text('state', {
      enum: [
        'checked',
        'applying',
        'applied',
        'undoing',
        'undone',
        'waiting',
        'rejected',
        'ordered',
      ],
    }).notNull(),
    /** How it was asked to be applied; null before. */
    mode: text('mode', { enum: ['all', 'good', 'order'] }),
    /** The dry run: counts, headroom, price, headings that are not read. */
    report: jsonb('report').notNull(),
    total: integer('total').notNull(),
    done: integer('done').notNull().default(0),
    made: integer('made').notNull().default(0),
    /** Whose work it is in the background. */
    actor: jsonb('actor'),
    /** Times it was begun; what is told of an earlier one is not believed. */
    attempt: integer('attempt').notNull().default(0),
    failure: jsonb('failure'),
    /** The batch whose rows beyond the agreement these are. */
    origin: uuid('i_origin'),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    appliedAt: instant('applied_at'),
    undoUntil: instant('undo_until'),
    undoneAt: instant('undone_at'),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    reason: text('reason'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('bulk_batches_customer_of').on(t.env, t.id, t.customer),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    foreignKey({
      name: 'bulk_batches_origin_of',
      columns: [t.env, t.origin, t.customer],
      foreignColumns: [t.env, t.id, t.customer],
    }),
    // What a customer uploaded, newest first.
    index('bulk_batches_customer').on(t.env, t.customer, t.createdAt.desc()),
    // What the worker has to do, and what administrators have to decide.
    index('bulk_batches_open')
      .on(t.env, t.state, t.changedAt)
      .where(sql`state in ('applying', 'undoing', 'waiting')`),
    check(
      'bulk_batches_applied',
      sql`(state in ('applied', 'undoing', 'undone')) = (applied_at is not null)`,
    ),
    check('bulk_batches_rejected', sql`(state = 'rejected') = (reason is not null)`),
    check('bulk_batches_done', sql`done between 0 and total and made between 0 and total`),
  ],
)

/** A row of the file, as it was read or mended, and the account that was made of it. */
export const bulkRows = pgTable(
  'bulk_rows',
  {
    env: env(),
    batch: uuid('i_batch').notNull(),
    customer: integer('i_customer').notNull(),
    /** As the spreadsheet numbers it. */
    n: integer('n').notNull(),
    cells: jsonb('cells').notNull(),
    extra: text('extra'),
    state: text('state', {
      enum: ['good', 'unchanged', 'over', 'faulty', 'made', 'undone'],
    }).notNull(),
    faults: jsonb('faults').notNull().default([]),
    account: integer('i_account'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.batch, t.n] }),
    foreignKey({
      name: 'bulk_rows_batch_of',
      columns: [t.env, t.batch, t.customer],
      foreignColumns: [bulkBatches.env, bulkBatches.id, bulkBatches.customer],
    }),
    foreignKey({
      name: 'bulk_rows_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
    check('bulk_rows_made', sql`(state in ('made', 'undone')) = (i_account is not null)`),
  ],
)
