import { z } from 'zod'
import type { AccountStatus } from '#server/accounts/schema.ts'
import { oneLine } from '#server/kernel/text.ts'

export const groupModes = ['simultaneous', 'sequential'] as const
export type GroupMode = (typeof groupModes)[number]

/** Shorter and nobody reaches the phone, longer and the caller has given up. */
export const ringSeconds = { least: 5, most: 120, usual: 20 } as const

const zId = z.number().int().positive()

const zGroupOwn = z.strictObject({
  name: z.string().overwrite(oneLine).min(1).max(60),
  mode: z.enum(groupModes),
  ringSeconds: z.number().int().min(ringSeconds.least).max(ringSeconds.most),
})

export const zAddGroup = zGroupOwn.extend({ key: z.uuid() })
export type AddGroup = z.infer<typeof zAddGroup>

export const zGroupRef = z.strictObject({ group: zId })
export type GroupRef = z.infer<typeof zGroupRef>

/** What isn't said stays as it is. */
export const zEditGroup = zGroupOwn.partial().extend({ group: zId })
export type EditGroup = z.infer<typeof zEditGroup>

const zMembers = z.array(zId).min(1).max(10_000)

/** Members, new or there already, one after the other before another member; last unless said. */
export const zPlaceMembers = z.strictObject({
  group: zId,
  accounts: zMembers,
  before: zId.nullable().default(null),
})
export type PlaceMembers = z.input<typeof zPlaceMembers>

export const zRemoveMembers = z.strictObject({ group: zId, accounts: zMembers })
export type RemoveMembers = z.infer<typeof zRemoveMembers>

export const zMembershipsOf = z.strictObject({ account: zId })
export type MembershipsOf = z.infer<typeof zMembershipsOf>

export type GroupRow = {
  group: number
  name: string
  mode: GroupMode
  ringSeconds: number
  /** How many ring. */
  members: number
}

export type GroupMember = {
  account: number
  accountId: string
  extension: string
  name: string
  status: AccountStatus
  blockedBy: 'customer' | 'admin' | null
}

export type GroupView = Omit<GroupRow, 'members'> & {
  /** In the order they ring. */
  members: GroupMember[]
  /** Auto attendants with a key that leads here. */
  menus: { account: number; name: string }[]
}

/** The groups of a customer, and whether an account is in each: for its drawer. */
export type Membership = GroupRow & { member: boolean }
