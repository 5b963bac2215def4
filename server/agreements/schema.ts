import type { AccountKind } from '#server/catalog/schema.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import type { DecimalString } from '#server/kernel/money.ts'

/** A row of an agreement: quantity null is unlimited. */
export type AgreementItem = Readonly<{ product: ProductId; quantity: number | null }>

export type Places = Readonly<{ customer: CustomerId; product: ProductId; n: number }>

/** One product of my agreement: what I have, what I may still have, what one more costs. */
export type PlacesView = {
  product: number
  name: string
  role: 'main' | 'addon'
  accountKind: AccountKind
  used: number
  quantity: number | null
  /** What one more adds each month, tax not included; zero where the package is paid as a whole. */
  monthly: DecimalString
  activation: DecimalString
  currency: string
  /** Undefined when one more can be had; otherwise the reason, as a refusal's code and details. */
  full: boolean
}

/** A subscription about to start: through an account's product, or held by the customer directly. */
export type NewSubscription = Readonly<{
  customer: CustomerId
  account?: AccountId
  product?: ProductId
  subscription: SubscriptionId
  /** The subscription's, for the event. */
  name: string
  startedOn: CivilDate
}>
