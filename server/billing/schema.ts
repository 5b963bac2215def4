import type { CivilDate, Period } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { DecimalString, Money } from '#server/kernel/money.ts'

/** One thing to be charged, with its tax apart; a discount is negative. */
export type Charge = Readonly<{
  kind: 'activation' | 'periodic' | 'discount'
  /** Of what: the subscription's name, or the promo code. The same in every language. */
  description: string
  net: Money
  /** Percent, as a decimal. */
  taxRate: string
  tax: Money
  account?: AccountId
  /** The subscription it is for; periodic charges are unique by it and the period's first day. */
  customerSubscription?: number
  period?: Period
}>

export type FirstInvoice = Readonly<{
  customer: CustomerId
  currency: string
  /** Today, on the customer's calendar. */
  day: CivilDate
  taxName: string
  charges: readonly Charge[]
}>

export type IssuedInvoice = Readonly<{ invoice: number; number: string; total: Money }>

/** My account with the provider, in a line. */
export type BalanceView = {
  /** Positive is owed. */
  balance: DecimalString
  currency: string
}
