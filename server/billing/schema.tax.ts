import { z } from 'zod'
import { addressIssues } from '#server/kernel/address.ts'
import { type CivilDate, civilDate } from '#server/kernel/civil.ts'
import { isCountry } from '#server/kernel/countries.ts'
import { normaliseEmail } from '#server/kernel/email.ts'
import type { Money } from '#server/kernel/money.ts'
import { oneLine } from '#server/kernel/text.ts'

/** A tax that holds somewhere, for some, from a day on. Null is any. */
export type TaxRate = Readonly<{
  customerClass: number | null
  country: string | null
  /** Code of a state or province, of that country. */
  region: string | null
  validFrom: CivilDate
  /** The first day it doesn't hold any more. */
  validUntil: CivilDate | null
  name: string
  /** Percent, as a decimal: '8.25'. */
  rate: string
}>

/** What the customer's class says where no rate does, and whether its prices have tax in them. */
export type ClassTax = Readonly<{ taxName: string; taxRate: string; taxInclusive: boolean }>

/** Who is taxed: where the customer is, and what it is registered as. */
export type Taxpayer = Readonly<{
  customerClass: number
  country: string | null
  region: string | null
  vatId: string | null
}>

/** Notes that law asks for on an invoice; their texts are in `messages`. */
export type TaxNote = 'reverse_charge'

export type TaxDecision = Readonly<{
  name: string
  /** Percent, without needless zeros: '5'. */
  rate: string
  /** Whether prices have it in them. */
  inclusive: boolean
  reverseCharge: boolean
  note: TaxNote | null
}>

/** An amount to be taxed, exact; below zero for credits and discounts. */
export type TaxableLine = Readonly<{
  amount: Money
  /** What it was taxed with when it was charged, for a credit of it; today's decision unless said. */
  rate?: string
}>

/** In whole minor units of the currency, all of it. */
export type TaxedLine = Readonly<{ net: Money; tax: Money; rate: string }>
export type TaxSum = Readonly<{ name: string; rate: string; net: Money; tax: Money }>
export type TaxedInvoice = Readonly<{
  /** In the order given; they sum to the totals. */
  lines: readonly TaxedLine[]
  /** A row a rate. */
  table: readonly TaxSum[]
  net: Money
  tax: Money
  gross: Money
}>

const zLine = (max: number) => z.string().overwrite(oneLine).max(max)
const zMaybe = (max: number) =>
  zLine(max)
    .transform((text) => text || null)
    .nullish()
    .transform((text) => text ?? null)

const isCivil = (text: string): boolean => {
  try {
    return Boolean(civilDate(text))
  } catch {
    return false
  }
}
const zDay = z
  .string()
  .refine(isCivil, { params: { code: 'date_malformed' } })
  .transform((text) => text as CivilDate)

const zCountry = zMaybe(2).refine((code) => code === null || isCountry(code), {
  params: { code: 'address.country_unknown' },
})

export const zAddTaxRate = z
  .strictObject({
    customerClass: z.number().int().positive().nullable(),
    country: zCountry,
    region: zMaybe(40),
    validFrom: zDay,
    name: zLine(40).min(1),
    /** As much as 99.9999 %: what is more is a slip of the pen. */
    rate: z.string().regex(/^\d{1,2}(\.\d{1,4})?$/),
  })
  .superRefine(({ country, region }, check) => {
    if (region && !country)
      check.addIssue({ code: 'custom', path: ['country'], params: { code: 'tax.country_first' } })
  })
export type AddTaxRate = z.infer<typeof zAddTaxRate>

export const zEndTaxRate = z.strictObject({
  taxRate: z.number().int().positive(),
  /** The first day without it. */
  day: zDay,
})
export type EndTaxRate = z.infer<typeof zEndTaxRate>

export type TaxRateRow = TaxRate & {
  taxRate: number
  className: string | null
  /** Today, on the provider's calendar. */
  state: 'coming' | 'valid' | 'ended'
}

export type TaxesView = {
  rates: TaxRateRow[]
  classes: {
    customerClass: number
    name: string
    taxName: string
    rate: string
    inclusive: boolean
  }[]
  /** Today, on the provider's calendar. */
  today: CivilDate
}

/** Who issues the invoices of an environment, as stands on them. */
export const zIssuer = z
  .strictObject({
    legalName: zLine(120).min(1),
    line1: zLine(120).min(1),
    line2: zMaybe(120),
    city: zLine(80).min(1),
    state: zMaybe(80),
    postalCode: zMaybe(20),
    country: z.string().regex(/^[A-Z]{2}$/),
    vatId: zMaybe(30),
    registration: zMaybe(120),
    email: zMaybe(200),
    bankDetails: z
      .string()
      .trim()
      .max(600)
      .transform((text) => text || null)
      .nullable(),
    paymentTerms: z
      .string()
      .trim()
      .max(600)
      .transform((text) => text || null)
      .nullable(),
  })
  .superRefine((issuer, check) => {
    for (const { field, code } of addressIssues(issuer)) {
      check.addIssue({ code: 'custom', path: [field], params: { code } })
    }
    if (issuer.email && !normaliseEmail(issuer.email)) {
      check.addIssue({ code: 'custom', path: ['email'], params: { code: 'email_malformed' } })
    }
  })
export type Issuer = z.infer<typeof zIssuer>

/** Null until it was said. */
export type IssuerView = { issuer: Issuer | null; name: string; supportEmail: string }
