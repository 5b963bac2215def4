import { boolean, integer, pgView, text } from 'drizzle-orm/pg-core'
import { instant } from '#db/columns.ts'

/** The live lines of a PBX as its administrator reads them: extension, account and product in a row. */
export const extensionLines = pgView('extension_lines', {
  env: integer('i_env').notNull(),
  customer: integer('i_customer').notNull(),
  account: integer('i_account').notNull(),
  extension: text('extension').notNull(),
  published: boolean('published').notNull(),
  accountId: text('account_id').notNull(),
  name: text('name').notNull(),
  email: text('email'),
  timeZone: text('time_zone').notNull(),
  status: text('status', { enum: ['inactive', 'active', 'blocked'] }).notNull(),
  blockedBy: text('blocked_by', { enum: ['customer', 'admin'] }),
  createdAt: instant('created_at').notNull(),
  product: integer('i_product').notNull(),
  productName: text('product').notNull(),
}).existing()

/** DID numbers that reach an account. */
export const extensionLineNumbers = pgView('extension_line_numbers', {
  env: integer('i_env').notNull(),
  customer: integer('i_customer').notNull(),
  account: integer('i_account').notNull(),
  number: text('number').notNull(),
}).existing()

/** Add-on products of an account, by name. */
export const extensionLineAddons = pgView('extension_line_addons', {
  env: integer('i_env').notNull(),
  customer: integer('i_customer').notNull(),
  account: integer('i_account').notNull(),
  product: integer('i_product').notNull(),
  productName: text('product').notNull(),
}).existing()
