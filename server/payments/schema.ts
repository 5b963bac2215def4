import type { Money } from '#server/kernel/money.ts'
import type { CardFacts } from '#server/payments/gateway.ts'

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

/** One attempt to take an amount, about to be recorded before the gateway hears of it. */
export type NewPayment = Readonly<{ key: string; amount: Money; currency: string }>

/** What the gateway told of a payment; what isn't given stays as it was. */
export type PaymentNews = Readonly<{
  state: PaymentState
  intentRef?: string
  card?: CardFacts
  declineCode?: string
  customer?: number
}>
