import type { Discount } from '#server/billing/schema.ts'
import { cycleOf, type Terms } from '#server/catalog/schema.ts'
import { addDays, type CivilDate, periodNumber } from '#server/kernel/civil.ts'

type Charged = Readonly<{
  terms: Terms
  anchor: CivilDate
  startedOn: CivilDate
  chargedUntil: CivilDate
}>

/** Periods of a subscription that are charged, one begun or cut short among them. */
export function periodsCharged({ terms, anchor, startedOn, chargedUntil }: Charged): number {
  if (chargedUntil <= startedOn) return 0
  const cycle = cycleOf(terms)
  const last = periodNumber(anchor, cycle, addDays(chargedUntil, -1))
  return last - periodNumber(anchor, cycle, startedOn) + 1
}

type Length = Pick<Discount, 'after' | 'periods'>

/** Periods that a discount will still be on; null: all that come. */
export const periodsLeft = ({ after, periods }: Length, charged: number): number | null =>
  periods === null ? null : Math.max(0, periods - Math.max(0, charged - after))

/** How many periods a discount that ends now has had: those stay as they were charged. */
export const periodsHad = ({ after, periods }: Length, charged: number): number => {
  const had = Math.max(0, charged - after)
  return periods === null ? had : Math.min(periods, had)
}
