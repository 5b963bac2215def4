import type { Terms } from '#server/catalog/schema.ts'
import { type Money, money } from '#server/kernel/money.ts'

/** A price as an administrator asks for it. */
export type Wanted = Readonly<{
  name: string
  currency: string
  activationFee: string
  periodicFee: string
  terms: Terms
}>

/** A price as it is kept, terms and all in one. */
export type Plan = Readonly<{
  name: string
  currency: string
  activationFee: Money
  periodicFee: Money
}> &
  Terms

export const planOf = ({ name, currency, activationFee, periodicFee, terms }: Wanted): Plan => ({
  name,
  currency,
  activationFee: money(activationFee),
  periodicFee: money(periodicFee),
  ...terms,
})

/** Whether both cost the same on the same terms, whatever they are called. */
export const isSamePrice = (a: Plan, b: Plan): boolean =>
  a.currency === b.currency &&
  a.activationFee === b.activationFee &&
  a.periodicFee === b.periodicFee &&
  a.period === b.period &&
  a.periodCount === b.periodCount &&
  a.anchored === b.anchored &&
  a.inAdvance === b.inAdvance &&
  a.proration === b.proration &&
  a.term === b.term
