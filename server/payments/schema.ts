import type { CustomerId } from '#server/kernel/ids.ts'
import type { Money } from '#server/kernel/money.ts'
import type {
  CardFacts,
  GatewayName,
  RefundFailure,
  RefundOutcome,
} from '#server/payments/gateway.ts'

export const paymentStates = [
  'intended',
  'requires_action',
  'authorized',
  'captured',
  'declined',
  'canceled',
  'failed',
] as const
export type PaymentState = (typeof paymentStates)[number]

/** Who goes on with a payment: signup's saga, billing, or nobody, for it was made by hand. */
export const paymentPurposes = ['signup', 'invoice', 'verification', 'manual'] as const
export type PaymentPurpose = (typeof paymentPurposes)[number]

/** One attempt to take an amount, about to be recorded before the gateway hears of it. */
export type NewPayment = Readonly<{
  key: string
  amount: Money
  currency: string
  gateway: GatewayName | 'manual'
  purpose: PaymentPurpose
  /** Known, where it pays an invoice or with a card on file. */
  customer?: CustomerId
  invoice?: number
  method?: number
  /** When recovery shall look, if nobody has said more by then. */
  nextTryAt?: Date
}>

/** What the gateway told of a payment; what isn't given stays as it was. */
export type PaymentNews = Readonly<{
  state: PaymentState
  intentRef?: string
  card?: CardFacts
  declineCode?: string
  customer?: number
  /** Null: recovery has nothing more to look for. */
  nextTryAt?: Date | null
}>

/** What is known of a payment. */
export type Payment = Readonly<{
  id: number
  customer: CustomerId | null
  gateway: GatewayName | 'manual'
  purpose: PaymentPurpose
  invoice: number | null
  method: number | null
  key: string
  intentRef: string | null
  amount: Money
  refunded: Money
  currency: string
  state: PaymentState
  declineCode: string | null
  brand: string | null
  last4: string | null
  fingerprint: string | null
  fence: number
  nextTryAt: Date | null
  createdAt: Date
  /** By the machine's clock: what is between us and the bank is waited for by it. */
  begunAt: Date
  settledAt: Date | null
}>

/** A card on file. */
export type PaymentMethod = Readonly<{
  id: number
  customer: CustomerId
  gateway: GatewayName
  /** The gateway's name for it: what an intent is created with. */
  gatewayRef: string
  brand: string
  last4: string
  expMonth: number
  expYear: number
  fingerprint: string
  isDefault: boolean
  createdAt: Date
}>

export type NewRefund = Readonly<{ payment: number; amount: Money; reason: string; key: string }>

export const refundStates = ['intended', 'pending', 'refunded', 'failed'] as const
export type RefundState = (typeof refundStates)[number]

export type Refund = Readonly<{
  id: number
  payment: number
  customer: CustomerId
  amount: Money
  currency: string
  reason: string
  key: string
  state: RefundState
  failureCode: RefundFailure | null
  createdAt: Date
  /** By the machine's clock, as of a payment. */
  begunAt: Date
  settledAt: Date | null
}>

/** `unknown`: the gateway did not answer; to be asked again with the same key. */
export type RefundAnswer = RefundOutcome | Readonly<{ state: 'unknown' }>

/** Where a browser types a card: what it needs to show the gateway's fields. */
export type CardPlace = Readonly<
  | { kind: 'simulator'; origin: string; fieldsUrl: string }
  /** `scriptUrl`: where a stand-in has its script; null for Stripe's own. */
  | { kind: 'stripe'; publishableKey: string; scriptUrl: string | null }
>
