import type { TaxNote } from '#server/billing/schema.tax.ts'
import type { CivilDate, Period } from '#server/kernel/civil.ts'
import type { DecimalString, Money } from '#server/kernel/money.ts'

export type DocumentState = 'draft' | 'issued' | 'overdue' | 'paid' | 'void'

/** Why a line is there; each has its words in `messages`, under `invoice.kinds`. */
export type DocumentLineKind =
  | 'activation'
  | 'periodic'
  | 'discount'
  | 'blocked'
  | 'ended'
  | 'adjustment'
  | 'usage'
  | 'charge'
  | 'credit'

/** Somebody with an address, as it was when the invoice was issued. */
export type Party = Readonly<{
  name: string
  /** The address as an envelope has it, line by line, the country last. */
  address: readonly string[]
  vatId: string | null
  email: string | null
}>

export type IssuerParty = Party &
  Readonly<{
    registration: string | null
    phone: string | null
    /** Lines are kept. */
    bankDetails: string | null
    paymentTerms: string | null
  }>

/** Whose lines these are: 'Cloud PBX, line 4665 John Doe'. */
export type DocumentAccount = Readonly<{
  account: number
  /** The main product; null where there is none any more. */
  product: string | null
  /** The extension, number or account id that people know it by. */
  line: string
  name: string | null
}>

export type DocumentLine = Readonly<{
  kind: DocumentLineKind
  /** Of what, in the provider's word: the subscription, the promo code, what an administrator wrote. */
  description: string
  period: Period | null
  /** What else there is to say, in the document's language: the rule, the days, the calls. */
  explanation: string | null
  taxRate: string
  net: DecimalString
  tax: DecimalString
}>

export type DocumentGroup = Readonly<{
  /** Null is the customer as a whole. */
  account: DocumentAccount | null
  lines: readonly DocumentLine[]
  net: DecimalString
}>

export type DocumentPayment = Readonly<{
  day: CivilDate
  /** 'card' with brand and digits, or what an administrator entered. */
  method:
    | Readonly<{ kind: 'card'; brand: string; last4: string }>
    | Readonly<{ kind: 'credit' | 'write_off' }>
    | Readonly<{ kind: 'other'; text: string }>
  /** Above zero is paid, below is refunded. */
  amount: DecimalString
}>

/** How it stands between us: what a finance department looks for first. */
export type PaymentState = 'nothing_due' | 'open' | 'partly' | 'overdue' | 'paid' | 'void' | 'draft'

/** An invoice as a document: everything on it, and nothing that could change under it. */
export type InvoiceDocument = Readonly<{
  /** Null while it is a draft. */
  number: string | null
  kind: 'invoice' | 'credit_note'
  state: DocumentState
  paymentState: PaymentState
  issuedOn: CivilDate
  dueOn: CivilDate
  /** The cycle it closes; null outside of the billing run. */
  cycle: Period | null
  currency: string
  /** BCP 47; one we have no texts in gets English. */
  locale: string
  brand: Readonly<{ title: string; accent: string }>
  issuer: IssuerParty
  billTo: Party & Readonly<{ customer: number }>
  groups: readonly DocumentGroup[]
  taxInclusive: boolean
  taxes: ReadonlyArray<
    Readonly<{ name: string; rate: string; base: DecimalString; tax: DecimalString }>
  >
  net: DecimalString
  tax: DecimalString
  total: DecimalString
  payments: readonly DocumentPayment[]
  paid: DecimalString
  open: DecimalString
  notes: readonly TaxNote[]
}>

/** What a document is composed of: the invoice's own rows, flat. */
export type InvoiceFacts = Readonly<
  Pick<
    InvoiceDocument,
    | 'number'
    | 'state'
    | 'issuedOn'
    | 'dueOn'
    | 'cycle'
    | 'currency'
    | 'locale'
    | 'brand'
    | 'issuer'
    | 'billTo'
    | 'taxInclusive'
    | 'payments'
  > & {
    taxName: string
    taxNote: TaxNote | null
    net: Money
    tax: Money
    total: Money
    paid: Money
    /** In the order of the invoice. */
    lines: ReadonlyArray<
      Readonly<
        Omit<DocumentLine, 'net' | 'tax'> & {
          net: Money
          tax: Money
          account: DocumentAccount | null
        }
      >
    >
  }
>
