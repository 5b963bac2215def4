import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { env, instant } from '#db/columns.ts'

/** Who did what, one row a mutation, in its transaction; denied attempts too. */
export const auditRows = pgTable(
  'audit_rows',
  {
    env: env(),
    id: bigint('id', { mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    at: instant('at').notNull(),
    realm: text('realm').notNull(),
    actor: text('actor').notNull(),
    user: integer('i_user'),
    /** Set when an administrator acts for a customer. */
    onBehalfOf: text('on_behalf_of'),
    customer: integer('i_customer'),
    action: text('action').notNull(),
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull(),
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    outcome: text('outcome', { enum: ['done', 'denied'] }).notNull(),
    ip: text('ip').notNull(),
    requestId: text('request_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    // Activity, newest first, a page of it.
    index('audit_rows_activity').on(t.env, t.customer, t.at.desc(), t.id.desc()),
    // The history of one thing, newest first: an agreement's, a product's.
    index('audit_rows_entity').on(t.env, t.entity, t.entityId, t.id),
  ],
)
