import { z } from 'zod'
import type { Cycle } from '#server/kernel/civil.ts'
import type { ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import type { DecimalString, Money } from '#server/kernel/money.ts'
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

export const productRoles = ['main', 'addon'] as const

/** What products can be paid in. */
export const currencies = ['USD', 'CAD', 'EUR', 'GBP', 'AUD', 'MXN', 'PLN', 'UAH', 'JPY'] as const

/** A fee: not negative, and as exact as the database keeps it. */
const zFee = z.string().regex(/^\d{1,9}(\.\d{1,5})?$/, { error: 'amount' })

const fields = {
  name: z.string().overwrite(oneLine).min(1).max(100),
  description: z.string().trim().max(500).default(''),
  newAccounts: z.enum(['active', 'inactive']),
  currency: z.enum(currencies),
  /** Zero and zero is a product that its package pays for. */
  activationFee: zFee,
  monthlyFee: zFee,
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

/** A product as the provider sees it. */
export type ProductRow = {
  product: number
  name: string
  role: 'main' | 'addon'
  accountKind: AccountKind
  description: string
  newAccounts: 'active' | 'inactive'
  archived: boolean
  /** Null where it has no fees of its own. */
  currency: string | null
  activation: DecimalString
  monthly: DecimalString
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
