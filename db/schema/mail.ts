import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { env, instant } from '#db/columns.ts'
import { customers } from '#db/schema/customers.ts'

/** Mail to go out, written with what it tells of; without SMTP settings it stays here to be read. */
export const mails = pgTable(
  'mails',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    customer: integer('i_customer'),
    to: text('to_address').notNull(),
    kind: text('kind').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    html: text('html').notNull(),
    /** What goes with it, by name: 'invoice:42'. It is made when the mail goes out. */
    attachments: text('attachments').array().notNull().default(sql`'{}'`),
    state: text('state', { enum: ['queued', 'sent', 'kept', 'failed'] }).notNull(),
    tries: integer('tries').notNull().default(0),
    nextTryAt: instant('next_try_at').notNull(),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    foreignKey({
      name: 'mails_customer',
      columns: [t.env, t.customer],
      foreignColumns: [customers.env, customers.id],
    }),
    index('mails_due').on(t.nextTryAt).where(sql`state = 'queued'`),
  ],
)
