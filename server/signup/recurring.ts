import { type Fees, usualTerms } from '#server/catalog/schema.ts'
import { type Money, sum, toDecimal, zero } from '#server/kernel/money.ts'
import type { Recurring } from './schema.ts'

/** Fees that come at the same times, together: what is due each month beside what is due each year. */
export const byPeriod = <F extends Fees>(fees: readonly F[]): F[][] => [
  ...Map.groupBy(
    fees.filter(({ periodicFee }) => periodicFee !== zero),
    ({ period, periodCount, inAdvance }) => `${period} ${periodCount} ${inAdvance}`,
  ).values(),
]

export const recurring = (
  { period, periodCount, inAdvance }: Fees | typeof usualTerms,
  amount: Money,
): Recurring => ({ period, periodCount, inAdvance, amount: toDecimal(amount) })

/** What a plan costs from period to period, tax as its prices have it; nothing a month where it is free. */
export function recurringOf(fees: readonly Fees[]): Recurring[] {
  const groups = byPeriod(fees)
  if (groups.length === 0) return [recurring(usualTerms, zero)]
  return groups.map((group) => recurring(group[0]!, sum(group.map((fee) => fee.periodicFee))))
}
