import { type Fees, type Terms, usualTerms } from '#server/catalog/schema.ts'
import { type DecimalString, type Money, sum, toDecimal, zero } from '#server/kernel/money.ts'

type When = Pick<Terms, 'period' | 'periodCount' | 'inAdvance'>
type Due = When & Pick<Fees, 'periodicFee'>

/** What is due each period. */
export type Recurring = When & { amount: DecimalString }

/** About as many days as a period has: enough to say which of two is the longer one. */
const days = { day: 1, week: 7, month: 30 }
const lengthOf = ({ period, periodCount }: When) => days[period] * periodCount

/**
 * Fees that come at the same times, together, the most frequent first: what is due each month beside what
 * is due each year.
 */
export const byPeriod = <D extends Due>(fees: readonly D[]): D[][] =>
  [
    ...Map.groupBy(
      fees.filter(({ periodicFee }) => periodicFee !== zero),
      ({ period, periodCount, inAdvance }) => `${period} ${periodCount} ${inAdvance}`,
    ).values(),
  ].toSorted(([a], [b]) => lengthOf(a!) - lengthOf(b!))

export const recurring = ({ period, periodCount, inAdvance }: When, amount: Money): Recurring => ({
  period,
  periodCount,
  inAdvance,
  amount: toDecimal(amount),
})

/** What fees come to from period to period, none turned into another; nothing a month where all are free. */
export function recurringOf(fees: readonly Due[]): Recurring[] {
  const groups = byPeriod(fees)
  if (groups.length === 0) return [recurring(usualTerms, zero)]
  return groups.map((group) => recurring(group[0]!, sum(group.map((fee) => fee.periodicFee))))
}
