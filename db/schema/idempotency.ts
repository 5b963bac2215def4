import { index, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { env, instant } from '#db/columns.ts'

/** The answer to a keyed mutation, written in the transaction that did it; kept 72 hours. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    env: env(),
    /** Whose key it is: keys of two callers never meet. */
    caller: text('caller').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    answer: json('answer').$type<unknown>(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.caller, t.key] }),
    index('idempotency_keys_age').on(t.createdAt),
  ],
)
