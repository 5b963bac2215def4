import { z } from 'zod'
import { type AccountMove, moves } from '#server/accounts/schema.moves.ts'
import { zAccounts, zEditAccount } from '#server/accounts/schema.ts'
import type { PlacesView } from '#server/agreements/schema.ts'
import { oneLine } from '#server/kernel/text.ts'

/** Digits only, kept as text: 0101 is not 101. */
export const zExtensionNumber = z
  .string()
  .trim()
  .regex(/^[0-9]{2,6}$/, { error: 'extension' })

const zNumber = z.string().regex(/^[1-9][0-9]{6,14}$/)

export const zAddExtension = z.strictObject({
  extension: zExtensionNumber,
  name: z.string().overwrite(oneLine).max(100).default(''),
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
  name: z.string().overwrite(oneLine).min(1).max(100),
  product: z.number().int().positive(),
  numbers: z.array(zNumber).max(20).default([]),
  key: z.uuid(),
})
export type AddAttendant = z.infer<typeof zAddAttendant>

/** Which of the extensions; what isn't said lets all through. */
export const zExtensionFilter = z.strictObject({
  /** In number, name, account id, e-mail address or a phone number. */
  search: z.string().overwrite(oneLine).max(100).default(''),
  status: z.enum(['active', 'inactive', 'blocked']).optional(),
  product: z.number().int().positive().optional(),
  addon: z.number().int().positive().optional(),
  /** Whether a phone number reaches it. */
  number: z.enum(['with', 'without']).optional(),
  published: z.boolean().optional(),
})
export type ExtensionFilter = z.infer<typeof zExtensionFilter>

export const extensionSorts = ['extension', 'name', 'product', 'status', 'added'] as const

export const zExtensionQuery = zExtensionFilter.extend({
  sort: z.enum(extensionSorts).default('extension'),
  direction: z.enum(['ascending', 'descending']).default('ascending'),
  page: z.number().int().min(0).max(10_000).default(0),
})
export type ExtensionQuery = z.infer<typeof zExtensionQuery>

export const extensionsPerPage = 50

export type ExtensionRow = {
  account: number
  accountId: string
  extension: string
  name: string
  email: string | null
  timeZone: string
  product: string
  productId: number
  addons: { product: number; name: string }[]
  numbers: string[]
  published: boolean
  status: 'inactive' | 'active' | 'blocked'
  blockedBy: 'customer' | 'admin' | null
  /** When it was added. */
  added: string
}

/** `total` counts what the filter lets through, `all` everything there is. */
export type ExtensionList = { rows: ExtensionRow[]; total: number; all: number }

export const zOneExtension = z.strictObject({ extension: zExtensionNumber })

/** All that a filter lets through and a move, if any, is possible for; `left` are those it isn't. */
export const zSelectExtensions = zExtensionFilter.extend({
  move: z.enum(Object.keys(moves) as [AccountMove, ...AccountMove[]]).optional(),
})
export type SelectExtensions = z.infer<typeof zSelectExtensions>
export type SelectedExtensions = { accounts: number[]; left: number }

export const zExportExtensions = z.strictObject({ accounts: zAccounts })
export type ExportExtensions = z.infer<typeof zExportExtensions>

/** What the form for a new extension or auto attendant offers. */
export type AddOptions = {
  /** Main products of the agreement for this kind of account, with what one more costs. */
  products: PlacesView[]
  /** Numbers provided to me that no account has. */
  freeNumbers: { number: string; city: string }[]
  /** The next free extension after the highest one. */
  suggested: string
}

/** Everything that a list of extensions says of one. */
export type WholeLine = Readonly<{
  account: number
  accountId: string
  extension: string
  name: string
  published: boolean
  email: string | null
  timeZone: string
  product: string
  numbers: readonly string[]
  groups: readonly string[]
}>
