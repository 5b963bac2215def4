import { z } from 'zod'
import { type PriceView, priceFields } from '#server/catalog/schema.ts'
import { oneLine } from '#server/kernel/text.ts'

const fields = { name: z.string().overwrite(oneLine).min(1).max(100), ...priceFields }

export const zSellPackage = z.strictObject({ ...fields, key: z.uuid() })
export type SellPackage = z.infer<typeof zSellPackage>

export const zPackageNamed = z.strictObject({ subscription: z.number().int().positive() })
export type PackageNamed = z.infer<typeof zPackageNamed>

export const zEditPackage = zPackageNamed.extend(fields)
export type EditPackage = z.infer<typeof zEditPackage>

export const zArchivePackage = zPackageNamed.extend({ archived: z.boolean() })
export type ArchivePackage = z.infer<typeof zArchivePackage>

export const zPackageQuery = z.strictObject({
  search: z.string().trim().max(100).default(''),
  state: z.enum(['sold', 'archived']).default('sold'),
  page: z.number().int().min(0).max(10_000).default(0),
})
export type PackageQuery = z.infer<typeof zPackageQuery>

export const packagesPerPage = 50

/** A subscription that customers hold directly, as the provider sells it. */
export type SoldPackage = PriceView & {
  subscription: number
  name: string
  currency: string
  archived: boolean
}

export type SoldPackages = { rows: SoldPackage[]; total: number }
