import {
  type CivilDate,
  type Cycle,
  daysIn,
  overlap,
  type Period,
  periodContaining,
} from './civil.ts'
import { add, type Money, portion, subtract, zero } from './money.ts'

/**
 * What some days of a fee are worth, of the days the whole fee is for: what it adds up to with them,
 * less what it adds up to without. So, however a period is cut, its parts sum to the fee exactly.
 *
 * @param days within `whole`
 */
export function worthIn(fee: Money, whole: Period, days: Period): Money {
  const den = daysIn(whole)
  const upTo = (day: CivilDate) =>
    portion(fee, { num: daysIn({ from: whole.from, until: day }), den })
  return subtract(upTo(days.until), upTo(days.from))
}

/** A fee that is due each period, counted from a day; nothing is paid for days before `since`. */
export type PeriodicFee = Readonly<{
  fee: Money
  cycle: Cycle
  anchor: CivilDate
  since: CivilDate
}>

/** What days, of as many periods as they touch, are worth. */
export function worthOfDays({ fee, cycle, anchor, since }: PeriodicFee, days: Period): Money {
  let left = overlap(days, { from: since, until: days.until })
  let worth = zero
  while (left) {
    const period = periodContaining(anchor, cycle, left.from)
    const common = overlap(left, period)!
    worth = add(worth, worthIn(fee, period, common))
    left = common.until < left.until ? { from: common.until, until: left.until } : undefined
  }
  return worth
}

const daysAYear = 365

/** What a fee comes to in a month, for comparison: a year's in twelve, a day's 365 in twelve. */
export function aMonth(fee: Money, { unit, count }: Cycle): Money {
  if (unit === 'month') return portion(fee, { num: 1, den: count })
  return portion(fee, { num: daysAYear, den: 12 * count * (unit === 'week' ? 7 : 1) })
}
