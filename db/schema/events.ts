import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import { env, instant } from '#db/columns.ts'

/** One row an entity; its lock gives events a gapless number in commit order. */
export const eventStreams = pgTable(
  'event_streams',
  {
    env: env(),
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.env, t.entity, t.entityId] })],
)

/** The outbox: a fact, written in the transaction that made it true. */
export const events = pgTable(
  'events',
  {
    env: env(),
    id: bigint('id', { mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    customer: integer('i_customer'),
    actor: text('actor').notNull(),
    requestId: text('request_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('events_order').on(t.env, t.entity, t.entityId, t.seq),
    // "What happened", newest first, on a customer's home page.
    index('events_customer').on(t.env, t.customer, t.id),
  ],
)
