import { sql } from 'drizzle-orm'
import { bigint, boolean, check, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '#db/columns.ts'

/** One provider's isolated virtual billing environment. */
export const environments = pgTable(
  'environments',
  {
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
    /** Where things are tried out: its clock can be moved. Said when it is made, by its operator. */
    sandbox: boolean('sandbox').notNull().default(false),
    /** Milliseconds its clock is ahead of the machine's. It only ever grows. */
    clockAhead: bigint('clock_ahead', { mode: 'number' }).notNull().default(0),
    /** While it is being moved: from when, and to when. */
    clockFrom: instant('clock_from'),
    clockTarget: instant('clock_target'),
    /** Who is at it, by a token of its own, and until when nobody else may; in the database's time. */
    clockLease: uuid('clock_lease'),
    clockLeasedUntil: instant('clock_leased_until'),
    /** The work of a day that failed last, and is tried again. */
    clockTrouble: text('clock_trouble'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  () => [
    check(
      'environments_clock_of_sandbox',
      sql`sandbox or (clock_ahead = 0 and clock_target is null)`,
    ),
    check('environments_clock_ahead', sql`clock_ahead between 0 and 7320::bigint * 86400000`),
    check('environments_clock_move', sql`(clock_from is null) = (clock_target is null)`),
  ],
)
