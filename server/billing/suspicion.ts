import type { ProposedLine, SubscriptionFacts } from '#server/billing/schema.ts'
import type { Money } from '#server/kernel/money.ts'

/** Why a bill can't be right: nobody is charged by it, somebody looks at it. */
export type Suspicion = Readonly<{ code: string; details: Record<string, string | number> }>

// A daily fee is charged 31 times a month at most; the rest is room for what was put right.
const linesAtMost = 100
const timesTheFee = 5n

const size = (amount: Money): bigint => (amount < 0n ? -amount : amount)

/** Too many lines, too much at once, another currency: signs of a fault, not of a customer. */
export function suspicionOf(
  facts: SubscriptionFacts,
  planCurrency: string,
  currency: string,
  lines: readonly ProposedLine[],
): Suspicion | undefined {
  const about = { subscription: facts.id, name: facts.name }
  if (planCurrency !== currency) {
    return { code: 'wrong_currency', details: { ...about, plan: planCurrency, customer: currency } }
  }
  if (lines.length > linesAtMost) {
    return { code: 'too_many_charges', details: { ...about, n: lines.length } }
  }
  const most = timesTheFee * (facts.periodicFee + facts.activationFee)
  if (lines.some(({ amount }) => size(amount) > most)) {
    return { code: 'charge_too_high', details: about }
  }
  return undefined
}
