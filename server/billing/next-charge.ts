import { closing } from '#server/billing/cycle.ts'
import { cycleOf, type Terms } from '#server/catalog/schema.ts'
import {
  type CivilDate,
  periodContaining,
  periodNumber,
  periodStart,
} from '#server/kernel/civil.ts'

/** A subscription, as far as the days go on which it is charged. */
export type Held = Readonly<{
  terms: Terms
  anchor: CivilDate
  startedOn: CivilDate
  chargedUntil: CivilDate
}>

/** The first day without it, of a plan that ends by itself. */
export function endOfTerm({ terms, anchor, startedOn }: Held): CivilDate | null {
  if (terms.term === null) return null
  const cycle = cycleOf(terms)
  return periodStart(anchor, cycle, periodNumber(anchor, cycle, startedOn) + terms.term)
}

/** Whether its term is charged to the end: nothing of it comes. */
export function isOver(held: Held): boolean {
  const end = endOfTerm(held)
  return end !== null && held.chargedUntil >= end
}

/**
 * The day of the invoice that charges the next of it, of a customer whose bills are counted from
 * `billed.anchor` and whose next one is of `billed.day`; null where its term is charged to the end.
 */
export function nextCharge(
  held: Held,
  billed: Readonly<{ anchor: CivilDate; day: CivilDate }>,
): CivilDate | null {
  const { terms, anchor, startedOn, chargedUntil } = held
  if (isOver(held)) return null
  const { from, until } = periodContaining(anchor, cycleOf(terms), chargedUntil)
  const due = terms.inAdvance ? from : until
  let { day } = billed
  // What begins on the day of an invoice is on the one after it.
  while (day < due || day <= startedOn) day = closing(billed.anchor, day).next
  return day
}
