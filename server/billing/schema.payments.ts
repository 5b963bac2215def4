import { z } from 'zod'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { DecimalString } from '#server/kernel/money.ts'
import type { DeclineCode } from '#server/payments/gateway.ts'
import type { Payment, PaymentState } from '#server/payments/schema.ts'

export const paymentsPerPage = 25

const zId = z.number().int().positive()

/** `before`: those older than this one. */
export const zPaymentsFor = z.strictObject({ customer: zId, before: zId.nullable().default(null) })
export type PaymentsFor = z.infer<typeof zPaymentsFor>

/** Money that came, or was to come, as whoever looks after the customer sees it. */
export type PaymentRow = {
  payment: number
  /** On the customer's calendar. */
  day: CivilDate
  purpose: Payment['purpose']
  /** By hand, or with a card: which, where that is known. */
  manual: boolean
  card: { brand: string; last4: string } | null
  amount: DecimalString
  /** Given back, or about to be. */
  refunded: DecimalString
  /** Still to be given back, at most; 0 where nothing was taken. */
  left: DecimalString
  currency: string
  state: PaymentState
  /** As the catalogues know it. */
  declineCode: DeclineCode | 'amount_too_small' | null
  invoice: { invoice: number; number: string } | null
}

export type PaymentList = {
  rows: PaymentRow[]
  /** Where the next page begins; null at the end. */
  before: number | null
}
