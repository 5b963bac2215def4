import { bigint, integer, jsonb, pgView, text } from 'drizzle-orm/pg-core'
import { env, instant } from '#db/columns.ts'

/** Audit rows with the names of what they are about. */
export const activity = pgView('activity', {
  env: env(),
  id: bigint('id', { mode: 'number' }).notNull(),
  at: instant('at').notNull(),
  customer: integer('i_customer'),
  realm: text('realm').notNull(),
  onBehalfOf: text('on_behalf_of'),
  action: text('action').notNull(),
  entity: text('entity').notNull(),
  entityId: text('entity_id').notNull(),
  before: jsonb('before').$type<Record<string, unknown>>(),
  after: jsonb('after').$type<Record<string, unknown>>(),
  outcome: text('outcome', { enum: ['done', 'denied'] }).notNull(),
  actor: text('actor').notNull(),
  /** The user who did it; of a sign-in, who signed in. */
  person: integer('i_person'),
  /** What it was done to, as people call it. */
  subject: text('subject'),
  /** Whose it is: the name of a line. */
  name: text('name'),
}).existing()
