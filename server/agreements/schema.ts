import { z } from 'zod'
import type { AccountKind, PriceView } from '#server/catalog/schema.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, ProductId, SubscriptionId } from '#server/kernel/ids.ts'

/** A row of an agreement: quantity null is unlimited. */
export type AgreementItem = Readonly<{ product: ProductId; quantity: number | null }>

export type Places = Readonly<{ customer: CustomerId; product: ProductId; n: number }>

/** A million is more than anybody has. */
export const maxQuantity = 1_000_000

/** Unlimited is null. */
const zQuantity = z.number().int().min(0).max(maxQuantity).nullable()

export const zCustomerRef = z.strictObject({ customer: z.number().int().positive() })
export type CustomerRef = z.infer<typeof zCustomerRef>

export const zItemRef = zCustomerRef.extend({ product: z.number().int().positive() })
export type ItemRef = z.infer<typeof zItemRef>

export const zSetItem = zItemRef.extend({ quantity: zQuantity })
export type SetItem = z.infer<typeof zSetItem>

/** An agreement as its administrator sees it, with what could be added to it. */
export type AgreementView = {
  items: PlacesView[]
  addable: AddableProduct[]
}

export type AddableProduct = PriceView & {
  product: number
  name: string
  role: 'main' | 'addon'
  accountKind: AccountKind
}

/** A change of an agreement: who set which product to what, and what it was before. */
export type AgreementChange = {
  id: number
  at: string
  actor: string
  realm: string
  change: 'added' | 'changed' | 'removed'
  product: ProductId
  name: string
  /** Null is unlimited; undefined where it wasn't in the agreement. */
  before?: number | null
  after?: number | null
}

/** One product of my agreement: what I have, what I may still have, what one more costs, tax not included. */
export type PlacesView = PriceView & {
  product: number
  name: string
  role: 'main' | 'addon'
  accountKind: AccountKind
  used: number
  quantity: number | null
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
