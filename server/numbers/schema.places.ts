import { z } from 'zod'
import type { AccountKind } from '#server/catalog/schema.ts'
import { oneLine } from '#server/kernel/text.ts'

export const placesPerPage = 50

export const placeFilters = ['all', 'free', 'extension', 'auto_attendant'] as const
export const placeSorts = ['number', 'city', 'reaches'] as const

/** What of my numbers, in which order, and which page of them. */
export const zPlacesQuery = z.strictObject({
  search: z.string().overwrite(oneLine).max(100).default(''),
  only: z.enum(placeFilters).default('all'),
  sort: z.enum(placeSorts).default('number'),
  descending: z.boolean().default(false),
  page: z.number().int().min(0).max(10_000).default(0),
})
export type PlacesQuery = z.infer<typeof zPlacesQuery>

/** Whom a number reaches. */
export type ReachedAccount = {
  account: number
  accountId: string
  kind: AccountKind
  name: string
  /** Of an extension: its short number. */
  extension: string | null
  status: 'inactive' | 'active' | 'blocked' | 'terminated'
  blockedBy: 'customer' | 'admin' | null
}

/** A number provided to me; `reaches` null is free to be given to an account. */
export type PlacedNumber = {
  number: string
  city: string
  region: string
  reaches: ReachedAccount | null
}

export type NumberCounts = { all: number; free: number }

/** `found` counts what the query finds, `all` and `free` everything there is. */
export type NumberList = NumberCounts & { rows: PlacedNumber[]; found: number }
