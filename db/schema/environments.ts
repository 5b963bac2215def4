import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '#db/columns.ts'

/** One provider's isolated virtual billing environment. */
export const environments = pgTable('environments', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  currency: text('currency').notNull(),
  timeZone: text('time_zone').notNull(),
  /** Domain that phones register with. */
  sipDomain: text('sip_domain').notNull(),
  hostNames: text('host_names').array().notNull(),
  accent: text('accent').notNull(),
  supportEmail: text('support_email').notNull(),
  supportPhone: text('support_phone').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
})
