import { z } from 'zod'
import { zCustomerRef } from '#server/agreements/schema.ts'
import type { Recurring } from '#server/catalog/schema.recurring.ts'
import type { PriceView } from '#server/catalog/schema.ts'
import type { CivilDate } from '#server/kernel/civil.ts'

export const zAddPackage = zCustomerRef.extend({
  subscription: z.number().int().positive(),
  key: z.uuid(),
})
export type AddPackage = z.infer<typeof zAddPackage>

/** `held`: the subscription as this customer has it. */
export const zPackageRef = zCustomerRef.extend({ held: z.number().int().positive() })
export type PackageRef = z.infer<typeof zPackageRef>

type Price = PriceView & { subscription: number; name: string; currency: string }

/** A subscription that a customer holds itself, through no product of an account. */
export type PackageRow = Price & {
  held: number
  /** First day, and the anchor every later period is counted from. */
  startedOn: CivilDate
  /** First day it isn't there any more; null while it runs. */
  endedOn: CivilDate | null
  /** First day not yet charged. */
  chargedUntil: CivilDate
}

export type PackagesView = {
  currency: string
  rows: PackageRow[]
  /** Of all that run, tax not included. */
  recurring: Recurring[]
  /** What could be added. */
  addable: Price[]
}

/** What a company pays from period to period, tax not included. */
export type RecurringView = {
  currency: string
  /** Fees that its accounts bring, all together. */
  accounts: Recurring[]
  packages: { name: string; n: number; costs: Recurring[] }[]
  total: Recurring[]
}
