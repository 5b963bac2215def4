import { z } from 'zod'
import type { AccountKind } from '#server/catalog/schema.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, ProductId, SubscriptionId } from '#server/kernel/ids.ts'

export const accountStatuses = ['inactive', 'active', 'blocked', 'terminated'] as const
export type AccountStatus = (typeof accountStatuses)[number]

/** An account about to be made. */
export type NewAccount = Readonly<{
  customer: CustomerId
  product: ProductId
  kind: AccountKind
  /** What the outside calls it: its number, or after its extension. */
  accountId: string
  name: string
  email?: string
  /** IANA; the customer's unless said. */
  timeZone?: string
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
  subscriptions: readonly {
    id: number
    subscription: SubscriptionId
    product: ProductId
    startedOn: CivilDate
  }[]
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

export const zNumberQuery = z.strictObject({
  search: z.string().trim().max(100).default(''),
  only: z.enum(['all', 'free']).default('all'),
  page: z.number().int().min(0).max(10_000).default(0),
})
export type NumberQuery = z.infer<typeof zNumberQuery>

export const numbersPerPage = 50

/** A number provided to me, and the account it reaches. */
export type PlacedNumber = {
  number: string
  city: string
  region: string
  account: { account: number; accountId: string; name: string; kind: AccountKind } | null
}

/** `found` counts what the query finds, `all` and `free` everything there is. */
export type NumberList = { rows: PlacedNumber[]; found: number; all: number; free: number }
