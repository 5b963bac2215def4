import {
  addDays,
  type CivilDate,
  everyMonth,
  periodNumber,
  periodStart,
} from '#server/kernel/civil.ts'

/** A billing cycle that is over: the days it had, the day of its invoice, and what the next bill looks at. */
export type Closing = Readonly<{
  /** The cycle's first day. */
  from: CivilDate
  /** The first day after it: the invoice's. */
  day: CivilDate
  /** The first day after the next one. */
  next: CivilDate
  /** The first day that may have changed since the last bill. */
  since: CivilDate
}>

/** The cycle that ends when `day` begins. */
export function closing(anchor: CivilDate, day: CivilDate): Closing {
  const n = periodNumber(anchor, everyMonth, day)
  const from = periodStart(anchor, everyMonth, n - 1)
  return {
    from,
    day,
    next: periodStart(anchor, everyMonth, n + 1),
    // An account ended just before midnight can be brought back just after it.
    since: addDays(from, -1),
  }
}
