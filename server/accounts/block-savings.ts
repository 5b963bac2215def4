import {
  addDays,
  addMonths,
  type CivilDate,
  civilDate,
  daysIn,
  overlap,
  type Period,
  periodContaining,
} from '#server/kernel/civil.ts'
import { add, type Money, portion, subtract, sum, zero } from '#server/kernel/money.ts'

/** A fee that so many lines pay each month, their months counted from the same day. */
export type LineFee = Readonly<{ fee: Money; anchor: CivilDate; lines: number }>

/**
 * What a monthly fee is worth for some days: each day is what the fee of its month adds up to with it,
 * less what it adds up to without it, so the days of a month are worth the fee exactly.
 */
export function worthOfDays(fee: Money, anchor: CivilDate, days: Period): Money {
  // Nothing is paid for days before the first.
  let left = overlap(days, { from: anchor, until: days.until })
  let worth = zero
  while (left) {
    const month = periodContaining(anchor, 'month', left.from)
    const { from, until } = overlap(left, month)!
    const upTo = (day: CivilDate) =>
      portion(fee, { num: daysIn({ from: month.from, until: day }), den: daysIn(month) })
    worth = add(worth, subtract(upTo(until), upTo(from)))
    left = until < left.until ? { from: until, until: left.until } : undefined
  }
  return worth
}

const times = (amount: Money, n: number): Money => (amount * BigInt(n)) as Money

/** What all lines together don't pay for the same days. */
export const saved = (fees: readonly LineFee[], days: Period): Money =>
  sum(fees.map(({ fee, anchor, lines }) => times(worthOfDays(fee, anchor, days), lines)))

/** What all lines together pay each month. */
export const monthly = (fees: readonly LineFee[]): Money =>
  sum(fees.map(({ fee, lines }) => times(fee, lines)))

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
