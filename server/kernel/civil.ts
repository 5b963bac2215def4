import * as instants from 'temporal-polyfill/fns/Instant'
import * as plainDates from 'temporal-polyfill/fns/PlainDate'
import * as zoned from 'temporal-polyfill/fns/ZonedDateTime'
import { refuse } from './errors.ts'
import type { Brand, Instant } from './ids.ts'

/** A day on somebody's calendar, 'YYYY-MM-DD': no time, no zone. Text order is calendar order. */
export type CivilDate = Brand<string, 'CivilDate'>

/** Half-open, so periods that touch do not overlap: `until` is the first day not covered. */
export type Period = Readonly<{ from: CivilDate; until: CivilDate }>

const units = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
} as const

export type PeriodUnit = keyof typeof units

/** How long a period is: 2 weeks, 12 months. */
export type Cycle = Readonly<{ unit: 'day' | 'week' | 'month'; count: number }>

export const everyMonth: Cycle = { unit: 'month', count: 1 }

const msPerDay = 86_400_000

// Days are counted in UTC, where each has 24 hours, so no clock change can touch the arithmetic.
const toCount = (day: string): number => Date.parse(`${day}T00:00:00Z`) / msPerDay

function fromCount(count: number): CivilDate {
  const day = new Date(count * msPerDay).toISOString().slice(0, -'T00:00:00.000Z'.length)
  if (!/^(?!0000)\d{4}-/.test(day)) throw new RangeError('Days are of the years 1 to 9999.')
  return day as CivilDate
}

const isDay = (text: string): boolean =>
  /^(?!0000)\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(toCount(text)) &&
  // The parser lets February 30 pass for March 2.
  parts(text)[2] === new Date(toCount(text) * msPerDay).getUTCDate()

/** The day written as '2026-11-21'. Refuses any other writing, and days no calendar has. */
export function civilDate(text: string): CivilDate {
  if (!isDay(text)) throw dateMalformed()
  return text as CivilDate
}

const dateMalformed = () =>
  refuse('invalid', 'date.malformed', 'A date is written like 2026-11-21 and is on the calendar.')

/** A zone of the IANA database, by which people's calendars differ: 'America/Vancouver', 'UTC'. */
export function isZone(text: string): boolean {
  // '+03:00' is a formatter's idea of a zone, but nobody lives in one: it knows no summer.
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }))
  } catch {
    return false
  }
}

/** Which day it is there at that instant: the only road from clock to calendar. */
export const dayIn = (zone: string, instant: Date): CivilDate =>
  plainDates.toBasicString(
    zoned.toPlainDate(
      instants.toZonedDateTimeISO(instants.fromEpochMilliseconds(instant.getTime()), zone),
    ),
  ) as CivilDate

/**
 * The first instant of a day there, which is not midnight where clocks skip it. A day that a zone
 * left out (Apia, 2011-12-30) starts, without lasting, when the next one does.
 */
export function startOfDay(zone: string, day: CivilDate): Instant {
  const [year, month, date] = parts(day)
  const start = zoned.toInstant(
    plainDates.toZonedDateTime(plainDates.create(year, month, date), zone),
  )
  return new Date(start.epochMilliseconds) as Instant
}

const parts = (day: string): [year: number, month: number, date: number] => [
  Number(day.slice(0, 4)),
  Number(day.slice(5, 7)),
  Number(day.slice(8)),
]

/** For `sort`: below 0 when `a` is the earlier. */
export const compareDates = (a: CivilDate, b: CivilDate): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0)

export const earlier = (a: CivilDate, b: CivilDate): CivilDate => (compareDates(a, b) < 0 ? a : b)
export const later = (a: CivilDate, b: CivilDate): CivilDate => (compareDates(a, b) < 0 ? b : a)

export const addDays = (day: CivilDate, n: number): CivilDate => fromCount(toCount(day) + n)

/**
 * The anchor's day `n` months on, or that month's last. Count from the anchor, never in steps:
 * from January 31 come February 28, then March 31, not March 28.
 */
export function addMonths(anchor: CivilDate, n: number): CivilDate {
  const [year, month, date] = parts(anchor)
  const months = year * 12 + (month - 1) + n
  const first = (at: number) =>
    toCount(`${pad(Math.floor(at / 12), 4)}-${pad((at % 12) + 1, 2)}-01`)
  return fromCount(Math.min(first(months) + date - 1, first(months + 1) - 1))
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0')

/** How many days a period covers. The calendar's days: 31 each December, in Apia too. */
export const daysIn = ({ from, until }: Period): number => toCount(until) - toCount(from)

/** The days both cover, undefined when there are none. */
export function overlap(a: Period, b: Period): Period | undefined {
  const from = compareDates(a.from, b.from) > 0 ? a.from : b.from
  const until = compareDates(a.until, b.until) < 0 ? a.until : b.until
  return from < until ? { from, until } : undefined
}

export const covers = ({ from, until }: Period, day: CivilDate): boolean =>
  from <= day && day < until

const cycleOf = (every: PeriodUnit | Cycle) =>
  typeof every === 'string' ? { unit: every, count: 1 } : every

/** Which of the periods that follow each other from the anchor on `day` is in; before it, below 0. */
export function periodNumber(anchor: CivilDate, every: PeriodUnit | Cycle, day: CivilDate): number {
  const { unit, count } = cycleOf(every)
  const length = units[unit]
  if ('days' in length) return Math.floor((toCount(day) - toCount(anchor)) / (length.days * count))

  const months = length.months * count
  const [year, month] = parts(day)
  const [anchorYear, anchorMonth] = parts(anchor)
  const apart = Math.floor(((year - anchorYear) * 12 + (month - anchorMonth)) / months)
  return addMonths(anchor, apart * months) > day ? apart - 1 : apart
}

/** The first day of the `n`-th period from the anchor, which is the first day of the 0th. */
export function periodStart(anchor: CivilDate, every: PeriodUnit | Cycle, n: number): CivilDate {
  const { unit, count } = cycleOf(every)
  const length = units[unit]
  return 'days' in length
    ? addDays(anchor, n * count * length.days)
    : addMonths(anchor, n * count * length.months)
}

export const periodAt = (anchor: CivilDate, every: PeriodUnit | Cycle, n: number): Period => ({
  from: periodStart(anchor, every, n),
  until: periodStart(anchor, every, n + 1),
})

/**
 * The period around `day`, of those that follow each other without a gap before and after the
 * anchor. Periods of months start on the anchor's day, or on the last day of a shorter month.
 */
export const periodContaining = (
  anchor: CivilDate,
  every: PeriodUnit | Cycle,
  day: CivilDate,
): Period => periodAt(anchor, every, periodNumber(anchor, every, day))

/** For a person: 'Nov 21, 2026', the same day in every zone. */
export const formatDay = (
  day: CivilDate,
  locale: string,
  dateStyle: 'short' | 'medium' | 'long' = 'medium',
): string =>
  new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' }).format(toCount(day) * msPerDay)
