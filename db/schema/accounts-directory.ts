import { integer, pgView, text } from 'drizzle-orm/pg-core'
import { env, instant } from '#db/columns.ts'

/** Accounts with whose they are and what they have. */
export const accountDirectory = pgView('account_directory', {
  env: env(),
  account: integer('i_account').notNull(),
  accountId: text('account_id').notNull(),
  customer: integer('i_customer').notNull(),
  customerName: text('customer_name').notNull(),
  product: integer('i_product').notNull(),
  productName: text('product_name').notNull(),
  kind: text('kind', { enum: ['line', 'extension', 'auto_attendant', 'sim'] }).notNull(),
  name: text('name').notNull(),
  status: text('status', { enum: ['inactive', 'active', 'blocked', 'terminated'] }).notNull(),
  blockedBy: text('blocked_by', { enum: ['customer', 'admin'] }),
  imsi: text('imsi'),
  rejection: text('rejection'),
  createdAt: instant('created_at').notNull(),
  activatedAt: instant('activated_at'),
  terminatedAt: instant('terminated_at'),
}).existing()
