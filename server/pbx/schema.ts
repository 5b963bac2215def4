import { z } from 'zod'
import { type AccountStatus, zEditAccount } from '#server/accounts/schema.ts'
import type { PlacesView } from '#server/agreements/schema.ts'

/** Digits only, kept as text: 0101 is not 101. */
export const zExtensionNumber = z
  .string()
  .trim()
  .regex(/^[0-9]{2,6}$/, { error: 'extension' })

const zNumber = z.string().regex(/^[1-9][0-9]{6,14}$/)

export const zAddExtension = z.strictObject({
  extension: zExtensionNumber,
  name: z.string().trim().max(100).default(''),
  product: z.number().int().positive(),
  numbers: z.array(zNumber).max(20).default([]),
  email: z
    .union([z.literal(''), z.email().max(200)])
    .transform((text) => text || undefined)
    .optional(),
  published: z.boolean().default(false),
  /** One a press of the button: pressing twice adds one. */
  key: z.uuid(),
})
export type AddExtension = z.infer<typeof zAddExtension>

/** What of an extension can be changed in its drawer; what isn't said stays as it is. */
export const zEditExtension = zEditAccount.extend({
  extension: zExtensionNumber.optional(),
  published: z.boolean().optional(),
})
export type EditExtension = z.infer<typeof zEditExtension>

export const zAddAttendant = z.strictObject({
  name: z.string().trim().min(1).max(100),
  product: z.number().int().positive(),
  numbers: z.array(zNumber).max(20).default([]),
  key: z.uuid(),
})
export type AddAttendant = z.infer<typeof zAddAttendant>

export const zExtensionQuery = z.strictObject({
  search: z.string().trim().max(100).default(''),
  page: z.number().int().min(0).max(10_000).default(0),
})
export type ExtensionQuery = z.infer<typeof zExtensionQuery>

export const extensionsPerPage = 50

export type ExtensionRow = {
  account: number
  accountId: string
  extension: string
  name: string
  product: string
  addons: string[]
  numbers: string[]
  published: boolean
  status: AccountStatus
  blockedBy: 'customer' | 'admin' | null
}

export type ExtensionList = { rows: ExtensionRow[]; total: number; all: number }

export type AttendantRow = {
  account: number
  accountId: string
  name: string
  product: string
  numbers: string[]
  status: AccountStatus
}

/** What the form for a new extension or auto attendant offers. */
export type AddOptions = {
  /** Main products of the agreement for this kind of account, with what one more costs. */
  products: PlacesView[]
  /** Numbers provided to me that no account has. */
  freeNumbers: { number: string; city: string }[]
  /** The next free extension after the highest one. */
  suggested: string
}
