import { customType, integer, timestamp } from 'drizzle-orm/pg-core'
import { type CivilDate, civilDate as parseDay } from '#server/kernel/civil.ts'
import { type Money, money as parseMoney, toDecimal } from '#server/kernel/money.ts'

/** The environment a row belongs to: first column of every key, first condition of every query. */
export const env = () => integer('i_env').notNull()

/** Exact money, five places, in the row's currency. */
export const money = customType<{ data: Money; driverData: string }>({
  dataType: () => 'numeric(20,5)',
  fromDriver: (text) => parseMoney(text),
  toDriver: (amount) => toDecimal(amount),
})

/** A day on the customer's calendar, without a time. */
export const civilDate = customType<{ data: CivilDate; driverData: string }>({
  dataType: () => 'date',
  fromDriver: (text) => parseDay(text),
})

/** Days of a calendar, `until` null for all that come; null for none at all. */
export type Days = Readonly<{ from: CivilDate; until: CivilDate | null }> | null

/** As PostgreSQL writes a range of days: half-open, or empty. */
export const days = customType<{ data: Days; driverData: string }>({
  dataType: () => 'daterange',
  fromDriver: parseDays,
  toDriver: writeDays,
})

export function parseDays(range: string): Days {
  const [, from, until] = /^\[([^,]+),([^)]*)\)$/.exec(range) ?? []
  return from ? { from: parseDay(from), until: until ? parseDay(until) : null } : null
}

export function writeDays(range: Days): string {
  return range ? `[${range.from},${range.until ?? ''})` : 'empty'
}

/** Text compared without regard to case: logins, e-mail addresses, promo codes. */
export const citext = customType<{ data: string }>({ dataType: () => 'citext' })

/** A moment, in microseconds, with zone. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
