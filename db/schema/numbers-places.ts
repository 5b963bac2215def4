import { integer, pgView, text } from 'drizzle-orm/pg-core'

/** A customer's numbers, and whom each one reaches; all of an account is null where there is none. */
export const numberPlaces = pgView('number_places', {
  env: integer('i_env').notNull(),
  customer: integer('i_customer').notNull(),
  number: text('number').notNull(),
  city: text('city').notNull(),
  region: text('region').notNull(),
  account: integer('i_account'),
  accountId: text('account_id'),
  kind: text('kind', { enum: ['line', 'extension', 'auto_attendant', 'sim'] }),
  name: text('name'),
  status: text('status', { enum: ['inactive', 'active', 'blocked', 'terminated'] }),
  blockedBy: text('blocked_by', { enum: ['customer', 'admin'] }),
  extension: text('extension'),
}).existing()
