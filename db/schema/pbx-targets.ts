import { integer, pgView, text } from 'drizzle-orm/pg-core'

/** What of a PBX callers can be connected to, and a number be put on; an attendant has no extension. */
export const pbxLines = pgView('pbx_lines', {
  env: integer('i_env').notNull(),
  customer: integer('i_customer').notNull(),
  account: integer('i_account').notNull(),
  kind: text('kind', { enum: ['extension', 'auto_attendant'] }).notNull(),
  extension: text('extension'),
  accountId: text('account_id').notNull(),
  name: text('name').notNull(),
  status: text('status', { enum: ['inactive', 'active', 'blocked'] }).notNull(),
  blockedBy: text('blocked_by', { enum: ['customer', 'admin'] }),
}).existing()
