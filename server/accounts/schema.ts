import { z } from 'zod'
import type { AccountKind } from '#server/catalog/schema.ts'
import { type CivilDate, isZone } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import { oneLine } from '#server/kernel/text.ts'

const zPhoneNumber = z.string().regex(/^[1-9][0-9]{6,14}$/)

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
  /** Of its number, where that is only now provided to the customer: the hold it was kept by. */
  holdId?: string
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

/** One of many accounts made at once. */
export type OpenedOne = Readonly<{
  account: AccountId
  made: NewAccount
  status: 'active' | 'inactive'
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

const zText = (longest: number) => z.string().overwrite(oneLine).max(longest)

/** What of an account can be changed by itself; what isn't said stays as it is. */
export const zEditAccount = z.strictObject({
  account: z.number().int().positive(),
  name: zText(100).optional(),
  /** Empty takes it away. */
  email: z.union([z.literal(''), z.email().max(200)]).optional(),
  timeZone: z.string().max(60).refine(isZone, { error: 'time_zone' }).optional(),
  /** All the numbers that reach it from now on, from the customer's own pool. */
  numbers: z.array(zPhoneNumber).max(20).optional(),
})
export type EditAccount = z.infer<typeof zEditAccount>

/** Several accounts at once: all that match a filter are asked for first, so what was seen is what changes. */
export const zAccounts = z.array(z.number().int().positive()).min(1).max(10_000)

export const zEndAccounts = z.strictObject({ accounts: zAccounts, key: z.uuid() })
export type EndAccounts = z.infer<typeof zEndAccounts>

export const zRestoreAccounts = z.strictObject({ accounts: zAccounts, key: z.uuid() })
export type RestoreAccounts = z.infer<typeof zRestoreAccounts>

/** A product for accounts: instead of their main one, or as an add-on to give or to take away. */
export const zAccountsProduct = z.strictObject({
  accounts: zAccounts,
  product: z.number().int().positive(),
  key: z.uuid(),
})
export type AccountsProduct = z.infer<typeof zAccountsProduct>

/** How long the end of an account can be undone. */
export const restoreMinutes = 10

/** What an end freed, account by account. */
export type EndedAccount = {
  account: number
  accountId: string
  name: string
  product: string
  numbers: string[]
}
