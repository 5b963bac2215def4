import type { ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import type { Money } from '#server/kernel/money.ts'

/** The kinds of account a main product makes. */
export const accountKinds = ['line', 'extension', 'auto_attendant', 'sim'] as const
export type AccountKind = (typeof accountKinds)[number]

export type Product = Readonly<{
  product: ProductId
  name: string
  role: 'main' | 'addon'
  accountKind: AccountKind
  description: string
  newAccounts: 'active' | 'inactive'
}>

/** A product on sale, with the subscriptions that everyone who has it carries. */
export type Offer = Product &
  Readonly<{ subscriptions: readonly { subscription: SubscriptionId; name: string }[] }>

/** What a subscription costs, in its currency. */
export type Fees = Readonly<{
  subscription: SubscriptionId
  name: string
  currency: string
  activationFee: Money
  periodicFee: Money
}>
