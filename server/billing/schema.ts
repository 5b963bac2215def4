import { z } from 'zod'
import type { EntryKind, LineDetails, LineKind } from '#server/billing/schema.kinds.ts'
import type { Terms } from '#server/catalog/schema.ts'
import type { CivilDate, Period } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { DecimalString, Money } from '#server/kernel/money.ts'

/** One thing to be charged, with its tax apart; a discount is negative. */
export type Charge = Readonly<{
  kind: 'activation' | 'periodic' | 'discount'
  /** Of what: the subscription's name, or the promo code. The same in every language. */
  description: string
  net: Money
  /** Percent, as a decimal. */
  taxRate: string
  tax: Money
  account?: AccountId
  /** The subscription it is for; periodic charges are unique by it and the period's first day. */
  customerSubscription?: number
  period?: Period
  /** What people know the account by. */
  details?: LineDetails
}>

/** Whom an invoice is for, as it will say for ever. */
export type Recipient = Readonly<{
  name: string
  companyName: string | null
  line1: string | null
  line2: string | null
  city: string | null
  region: string | null
  postalCode: string | null
  country: string | null
  vatId: string | null
  email: string | null
}>

export type FirstInvoice = Readonly<{
  customer: CustomerId
  currency: string
  /** Today, on the customer's calendar. */
  day: CivilDate
  taxName: string
  taxRate: string
  taxNote: string | null
  recipient: Recipient
  charges: readonly Charge[]
}>

export type IssuedInvoice = Readonly<{ invoice: number; number: string; total: Money }>

/** My account with the provider, in a line. */
export type BalanceView = {
  /** Positive is owed. */
  balance: DecimalString
  currency: string
}

/**
 * What a subscription costs less: a part of its fee, or an amount; of so many periods, or of all, but
 * for those before it was given.
 */
export type Discount = Readonly<{
  code: string
  appliesTo: 'activation' | 'periodic'
  percent: string | null
  amount: Money | null
  /** Periods before it. */
  after: number
  /** So many from there on; null: all. */
  periods: number | null
  /** By an administrator, who gave it a name; otherwise it is a promo code. */
  given: boolean
}>

/** All that is known of a subscription somebody has: what bills are made of, and nothing else. */
export type SubscriptionFacts = Readonly<{
  id: number
  account: AccountId | null
  /** Of the plan. */
  name: string
  activationFee: Money
  periodicFee: Money
  terms: Terms
  /** The day its periods are counted from. */
  anchor: CivilDate
  startedOn: CivilDate
  endedOn: CivilDate | null
  discounts: readonly Discount[]
  /** Days on which its account was blocked from first to last moment. */
  blocked: readonly Period[]
  /** The activation fee is on the ledger. */
  activated: boolean
  /** The first day no periodic fee was charged for … */
  chargedUntil: CivilDate
  /** … and what was put right of the days before it, in the order it was. */
  exceptions: readonly (Period & Readonly<{ kind: 'blocked' | 'ended' | 'adjustment' }>)[]
}>

/** A line to be: priced as the plan is, exact, tax as the plan's prices have it. */
export type ProposedLine = Readonly<{
  kind: LineKind
  /** Which rule made it: with facts and days it can be worked out again. */
  rule: string
  amount: Money
  description: string
  subscription: number
  account: AccountId | null
  period?: Period
}>

/** Products about to be had by so many more accounts, and accounts about to lose some. */
export const zPreviewChange = z.strictObject({
  add: z
    .array(
      z.strictObject({
        product: z.number().int().positive(),
        n: z.number().int().min(1).max(10_000),
      }),
    )
    .max(50)
    .default([]),
  /** `product` null: whatever they have; main: the product that is their first, whichever it is. */
  remove: z
    .array(
      z.strictObject({
        accounts: z.array(z.number().int().positive()).min(1).max(10_000),
        product: z.union([z.number().int().positive(), z.literal('main')]).nullable(),
      }),
    )
    .max(50)
    .default([]),
})
export type PreviewChange = z.infer<typeof zPreviewChange>
export const zPreviewChangeFor = zPreviewChange.extend({ customer: z.number().int().positive() })
export type PreviewChangeFor = z.infer<typeof zPreviewChangeFor>

/** What a change would cost, tax not included where prices don't hold it. */
export type PricePreview = {
  currency: string
  /** More, or less, each month from then on. */
  monthly: DecimalString
  /** The next invoice's day, and what it will be more, or less. */
  invoiceOn: CivilDate
  onInvoice: DecimalString
  /** Of that, what is for the days until the invoice; the rest is for the period that begins then. */
  untilInvoice: DecimalString
  /** The days that is for; null where nothing of it is on that invoice. */
  days: Period | null
  /** And what is due once. */
  activation: DecimalString
  /** `monthly` is what it comes to: it is not paid by the month. */
  average: boolean
  /** It costs nothing until an administrator has approved it: this is as if that were today. */
  waits: boolean
  taxInclusive: boolean
}

/** A line as it is read: of which line of the company, what for, which days. */
export type BillLineView = {
  kind: LineKind
  rule: string
  description: string
  /** The number people know the account by, and whose it is. */
  line: string | null
  name: string | null
  from: CivilDate | null
  until: CivilDate | null
  days: number | null
  net: DecimalString
  tax: DecimalString
  /** Percent. */
  taxRate: string
}

/** The next invoice, as things stand. */
export type UpcomingView = {
  currency: string
  on: CivilDate
  from: CivilDate
  lines: BillLineView[]
  net: DecimalString
  tax: DecimalString
  taxName: string
  taxRate: string
  taxInclusive: boolean
  total: DecimalString
  /** What stands to be paid, or to one's credit below 0, before it. */
  balance: DecimalString
}

/** The next invoice in a line. */
export type NextInvoice = Pick<UpcomingView, 'on' | 'total' | 'currency'>

export const invoiceStates = ['draft', 'issued', 'overdue', 'paid', 'void'] as const
export type InvoiceState = (typeof invoiceStates)[number]

export const invoicesPerPage = 25
export const entriesPerPage = 50

const page = z.number().int().min(0).max(10_000).default(0)
const customerId = z.number().int().positive()

export const zInvoiceQuery = z.strictObject({
  state: z.enum(['all', 'open', 'paid', 'void']).default('all'),
  page,
})
export type InvoiceQuery = z.infer<typeof zInvoiceQuery>
export const zInvoiceQueryFor = zInvoiceQuery.extend({ customer: customerId })
export type InvoiceQueryFor = z.infer<typeof zInvoiceQueryFor>

export const zInvoiceRef = z.strictObject({ invoice: z.number().int().positive() })
export type InvoiceRef = z.infer<typeof zInvoiceRef>

export const zLedgerQuery = z.strictObject({ page })
export type LedgerQuery = z.infer<typeof zLedgerQuery>
export const zLedgerQueryFor = zLedgerQuery.extend({ customer: customerId })
export type LedgerQueryFor = z.infer<typeof zLedgerQueryFor>

export const statementParts = ['all', 'payments'] as const
export const zStatementQuery = zLedgerQuery.extend({ only: z.enum(statementParts).default('all') })
export type StatementQuery = z.infer<typeof zStatementQuery>
export const zStatementQueryFor = zStatementQuery.extend({ customer: customerId })
export type StatementQueryFor = z.infer<typeof zStatementQueryFor>

export type InvoiceRow = {
  invoice: number
  number: string | null
  state: InvoiceState
  issuedOn: CivilDate
  dueOn: CivilDate
  from: CivilDate | null
  until: CivilDate | null
  currency: string
  total: DecimalString
  /** Still to be paid. */
  open: DecimalString
  /** Days since it should have been paid, while it isn't; 0 until then. */
  late: number
  /** Less is open than can be taken from a card at once: it is taken along with another, and never late. */
  waits: boolean
}

export type InvoiceList = {
  rows: InvoiceRow[]
  total: number
  open: DecimalString
  /** Of what is open, how much should have been paid by now. */
  overdue: DecimalString
  /** When the oldest of those open was issued, by when the first is to be paid, and how late that is. */
  openSince: CivilDate | null
  dueFirst: CivilDate | null
  late: number
  currency: string
}

export type InvoiceView = InvoiceRow & {
  customer: number
  net: DecimalString
  tax: DecimalString
  taxName: string
  taxRate: string
  taxNote: string | null
  paid: DecimalString
  lines: BillLineView[]
  payments: {
    day: CivilDate
    amount: DecimalString
    payment: number | null
    /** Nobody has paid it, and nobody asks for it any more. */
    writtenOff: boolean
  }[]
  voidReason: string | null
  /** What paying it now takes from the card, and how much of that is of others that wait. */
  payable: DecimalString
  along: DecimalString
}

export type LedgerRow = {
  id: number
  day: CivilDate
  kind: EntryKind
  rule: string
  description: string
  line: string | null
  name: string | null
  from: CivilDate | null
  until: CivilDate | null
  /** Positive is owed. */
  amount: DecimalString
  /** After it. */
  balance: DecimalString
  invoice: number | null
  number: string | null
  reason: string | null
}

export type LedgerView = {
  rows: LedgerRow[]
  total: number
  balance: DecimalString
  currency: string
}

/** Free days of a line, as the ledger proves them. */
export type BlockedRow = {
  line: string
  name: string
  description: string
  from: CivilDate
  until: CivilDate
  days: number
  amount: DecimalString
  invoice: number | null
  number: string | null
}

export type BlockedView = {
  rows: BlockedRow[]
  total: number
  saved: DecimalString
  currency: string
}
