import { z } from 'zod'
import type { Cycle } from '#server/kernel/civil.ts'
import type { ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import { type DecimalString, type Money, sum, toDecimal } from '#server/kernel/money.ts'
import { aMonth } from '#server/kernel/proration.ts'
import { oneLine } from '#server/kernel/text.ts'

/** The kinds of account a main product makes. */
export const accountKinds = ['line', 'extension', 'auto_attendant', 'sim'] as const
export type AccountKind = (typeof accountKinds)[number]

export type Product = Readonly<{
  product: ProductId
  name: string
  role: 'main' | 'addon'
  accountKind: AccountKind
  description: string
  newAccounts: 'active' | 'inactive'
}>

/** A product on sale, with the subscriptions that everyone who has it carries. */
export type Offer = Product &
  Readonly<{ subscriptions: readonly { subscription: SubscriptionId; name: string }[] }>

/** What a subscription costs, in its currency. */
export type Fees = Readonly<{
  subscription: SubscriptionId
  name: string
  currency: string
  activationFee: Money
  periodicFee: Money
}> &
  Terms

export const periodUnits = ['day', 'week', 'month'] as const
export const anchors = ['customer', 'start'] as const
export const prorations = ['both', 'start', 'none'] as const

/** When a subscription's fee is due, and what of it. */
export type Terms = Readonly<{
  period: (typeof periodUnits)[number]
  /** So many units are one period. */
  periodCount: number
  /** Periods follow the customer's billing cycle, or begin on the day it was started. */
  anchored: (typeof anchors)[number]
  inAdvance: boolean
  /** By days at both ends; only at the start; not at all: a period begun is paid as a whole. */
  proration: (typeof prorations)[number]
  /** Periods after which it ends by itself; null: it goes on. */
  term: number | null
}>

/** What plans are unless said: a month in advance, in step with the customer's bills, by days. */
export const usualTerms: Terms = {
  period: 'month',
  periodCount: 1,
  anchored: 'customer',
  inAdvance: true,
  proration: 'both',
  term: null,
}

export const cycleOf = ({ period, periodCount }: Pick<Terms, 'period' | 'periodCount'>): Cycle => ({
  unit: period,
  count: periodCount,
})

/** A period as people say it: twelve months are a year. */
export const spanOf = ({ period, periodCount }: Pick<Terms, 'period' | 'periodCount'>) =>
  period === 'month' && periodCount % 12 === 0
    ? ({ unit: 'year', n: periodCount / 12 } as const)
    : ({ unit: period, n: periodCount } as const)

/** The longest period is five years, as the longest cycle the database takes. */
const maxPeriodCount = 60
const maxTerm = 600

export const termFields = {
  period: z.enum(periodUnits),
  periodCount: z.number().int().min(1).max(maxPeriodCount),
  anchored: z.enum(anchors),
  inAdvance: z.boolean(),
  proration: z.enum(prorations),
  term: z.number().int().min(1).max(maxTerm).nullable(),
}
const zTerms = z.strictObject(termFields)

export const productRoles = ['main', 'addon'] as const

/** What products can be paid in. */
export const currencies = ['USD', 'CAD', 'EUR', 'GBP', 'AUD', 'MXN', 'PLN', 'UAH', 'JPY'] as const

/** A fee: not negative, and as exact as the database keeps it. */
const zFee = z.string().regex(/^\d{1,9}(\.\d{1,5})?$/, { error: 'amount' })

/** What an administrator sets of a plan's price. */
export const priceFields = {
  currency: z.enum(currencies),
  activationFee: zFee,
  periodicFee: zFee,
  terms: zTerms,
}

const fields = {
  name: z.string().overwrite(oneLine).min(1).max(100),
  description: z.string().trim().max(500).default(''),
  newAccounts: z.enum(['active', 'inactive']),
  /** Zero and zero is a product that its package pays for. */
  ...priceFields,
  services: z.array(z.number().int().positive()).max(50).default([]),
}

const zProductRef = z.strictObject({ product: z.number().int().positive() })

/** What a product is for is said once: accounts were made by it since. */
export const zAddProduct = z.strictObject({
  ...fields,
  role: z.enum(productRoles),
  accountKind: z.enum(accountKinds),
  key: z.uuid(),
})
export type AddProduct = z.infer<typeof zAddProduct>

export const zEditProduct = zProductRef.extend(fields)
export type EditProduct = z.infer<typeof zEditProduct>

export const zGetProduct = zProductRef
export type ProductRef = z.infer<typeof zProductRef>

export const zArchiveProduct = zProductRef.extend({ archived: z.boolean() })
export type ArchiveProduct = z.infer<typeof zArchiveProduct>

export const zProductQuery = z.strictObject({
  search: z.string().trim().max(100).default(''),
  role: z.enum(['all', ...productRoles]).default('all'),
  state: z.enum(['sold', 'archived']).default('sold'),
  page: z.number().int().min(0).max(10_000).default(0),
})
export type ProductQuery = z.infer<typeof zProductQuery>

export const productsPerPage = 50

/** What something costs, and when; its currency is said beside it. */
export type PriceView = {
  activation: DecimalString
  periodic: DecimalString
  terms: Terms
}

export const termsOf = ({
  period,
  periodCount,
  anchored,
  inAdvance,
  proration,
  term,
}: Terms): Terms => ({ period, periodCount, anchored, inAdvance, proration, term })

/** What a product costs as one price: its only fee, or what several come to in a month. */
export function asOnePrice(costs: readonly Fees[]): PriceView {
  const [only] = costs
  const alone = only && costs.length === 1
  return {
    activation: toDecimal(sum(costs.map((cost) => cost.activationFee))),
    periodic: toDecimal(
      alone ? only.periodicFee : sum(costs.map((cost) => aMonth(cost.periodicFee, cycleOf(cost)))),
    ),
    terms: alone ? termsOf(only) : usualTerms,
  }
}

/** A product as the provider sees it. The terms of one without fees are the usual ones. */
export type ProductRow = PriceView & {
  product: number
  name: string
  role: 'main' | 'addon'
  accountKind: AccountKind
  description: string
  newAccounts: 'active' | 'inactive'
  archived: boolean
  /** Null where it has no fees of its own. */
  currency: string | null
  /** Agreements that have it, and places in them that are taken. */
  agreements: number
  used: number
}

export type ProductList = { rows: ProductRow[]; total: number }

export type ServiceName = { service: number; code: string; name: string }

export type ProductEditorView = {
  product: ProductRow & { services: number[] }
  services: ServiceName[]
}
