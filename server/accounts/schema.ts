import type { AccountKind } from '#server/catalog/schema.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'

export const accountStatuses = ['inactive', 'active', 'blocked', 'terminated'] as const
export type AccountStatus = (typeof accountStatuses)[number]

/** An account about to be made. */
export type NewAccount = Readonly<{
  customer: CustomerId
  product: ProductId
  kind: AccountKind
  /** What the outside calls it: see `naming.ts`. */
  accountId: string
  name: string
  email?: string
  timeZone: string
  /** DID numbers, provided to this customer before, that become its aliases. */
  numbers: readonly string[]
  addons?: readonly ProductId[]
}>

export type OpenedAccount = Readonly<{
  account: AccountId
  accountId: string
  status: AccountStatus
  /** Shown once; sealed from then on. */
  sip: { username: string; password: string }
  /** What the product's subscriptions are charged by. */
  subscriptions: readonly { id: number; product: ProductId; startedOn: CivilDate }[]
}>

/** The account user's own room. */
export type MyAccount = {
  account: number
  accountId: string
  name: string
  status: AccountStatus
  blockedBy: 'customer' | 'admin' | null
  product: string
  numbers: string[]
  sipUsername: string
}
