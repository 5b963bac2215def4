import {
  addDays,
  addMonths,
  type CivilDate,
  civilDate,
  daysIn,
  overlap,
  type Period,
} from '#server/kernel/civil.ts'
import { type Money, sum } from '#server/kernel/money.ts'
import { aMonth, type PeriodicFee, worthOfDays } from '#server/kernel/proration.ts'

/** A fee that so many lines pay, their periods counted from the same day. */
export type LineFee = PeriodicFee & Readonly<{ lines: number }>

const times = (amount: Money, n: number): Money => (amount * BigInt(n)) as Money

/** What all lines together don't pay for the same days. */
export const saved = (fees: readonly LineFee[], days: Period): Money =>
  sum(fees.map(({ lines, ...fee }) => times(worthOfDays(fee, days), lines)))

/** Days from one on; until nobody knows when where `until` is null. */
export type OpenDays = Readonly<{ from: CivilDate; until: CivilDate | null }>

const endsBy = (until: CivilDate | null, day: CivilDate) => until !== null && until <= day

/** Of some days, those that are in none of the others. */
export const daysBeyond = (days: OpenDays, others: readonly OpenDays[]): OpenDays[] =>
  others.reduce<OpenDays[]>(
    (left, other) =>
      left.flatMap((part): OpenDays[] => {
        if (endsBy(other.until, part.from) || endsBy(part.until, other.from)) return [part]
        const before = part.from < other.from ? [{ from: part.from, until: other.from }] : []
        if (other.until === null || endsBy(part.until, other.until)) return before
        return [...before, { from: other.until, until: part.until }]
      }),
    [days],
  )

/** A fee that so many lines pay, and the days for which they won't. */
export type Gain = LineFee & Readonly<{ days: readonly OpenDays[] }>

/** What all lines together don't pay for in a period. */
export const gainedIn = (gains: readonly Gain[], period: Period): Money =>
  sum(
    gains.flatMap(({ days, ...fee }) =>
      days.flatMap(({ from, until }) => {
        const common = overlap({ from, until: until ?? period.until }, period)
        return common ? [saved([fee], common)] : []
      }),
    ),
  )

/** What all lines together pay each month; of other periods, what a month of them comes to. */
export const monthly = (fees: readonly LineFee[]): Money =>
  sum(fees.map(({ fee, cycle, lines }) => times(aMonth(fee, cycle), lines)))

/** The calendar month around a day. */
export function monthOf(day: CivilDate): Period {
  const from = civilDate(`${day.slice(0, 7)}-01`)
  return { from, until: addMonths(from, 1) }
}

/** Days in their calendar months. */
export function byMonth(days: Period): Period[] {
  const months: Period[] = []
  for (let day = days.from; day < days.until; day = monthOf(day).until) {
    months.push(overlap(days, monthOf(day))!)
  }
  return months
}

/** Day by day of a period, how many lines are free: `days` overlap as they like. */
export function linesByDay(
  period: Period,
  days: readonly Readonly<{ days: Period; lines: number }>[],
): number[] {
  return Array.from({ length: daysIn(period) }, (_, n) => {
    const day = addDays(period.from, n)
    return days
      .filter((one) => one.days.from <= day && day < one.days.until)
      .reduce((all, { lines }) => all + lines, 0)
  })
}
