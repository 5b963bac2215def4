import { z } from 'zod'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { DecimalString } from '#server/kernel/money.ts'

/** As the database keeps them: longer than any plan runs. */
const maxPeriods = 600

/** Entered by hand, whatever its case: letters, digits and dashes, which nothing mistakes. */
const zCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z\d][A-Z\d-]{1,29}$/, { error: 'promo_code' })

const zSite = z.number().int().positive()

export const zLastDay = z.iso.date().transform((day) => day as CivilDate)

export const promoFields = {
  site: zSite,
  code: zCode,
  unit: z.enum(['percent', 'amount']),
  /** Percent, or an amount in the currency of the site's prices. */
  off: z
    .string()
    .trim()
    .regex(/^\d{1,9}(\.\d{1,2})?$/, { error: 'amount' }),
  appliesTo: z.enum(['activation', 'periodic']),
  /** Of so many periods, from the first on; null: of all. */
  periods: z.number().int().min(1).max(maxPeriods).nullable(),
  /** The last day it is taken on, where the provider is; null: until somebody ends it. */
  lastDay: zLastDay.nullable(),
}

type Off = Readonly<{ unit: 'percent' | 'amount'; off: string }>

/** Something is taken off, and not more than all of it. */
export const isOff = ({ unit, off }: Off) =>
  Number(off) > 0 && (unit === 'amount' || Number(off) <= 100)
export const offFault = { path: ['off'], error: 'off' }

export const zAddPromo = z.strictObject({ ...promoFields, key: z.uuid() }).refine(isOff, offFault)
export type AddPromo = z.infer<typeof zAddPromo>

export const zEndPromo = z.strictObject({
  site: zSite,
  code: z.string().min(1).max(40),
  /** Now, at an instant that was said before, or never. */
  until: z.union([z.literal('now'), z.iso.datetime()]).nullable(),
})
export type EndPromo = z.infer<typeof zEndPromo>

export type PromoRow = {
  site: number
  siteTitle: string
  code: string
  percent: DecimalString | null
  amount: DecimalString | null
  currency: string
  appliesTo: 'activation' | 'periodic'
  periods: number | null
  /** The first instant it isn't taken any more. */
  validUntil: string | null
  /** The last day it is, where the provider is. */
  lastDay: CivilDate | null
  ended: boolean
  /** By how many customers, when they signed up. */
  used: number
}

export type PromosView = {
  rows: PromoRow[]
  sites: { site: number; title: string; currency: string }[]
  today: CivilDate
}
