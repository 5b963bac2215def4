import { z } from 'zod'
import type { CardPlace } from '#server/payments/schema.ts'

const zId = z.number().int().positive()

export const zPayInvoice = z.strictObject({ invoice: zId, key: z.uuid() })
export type PayInvoice = z.infer<typeof zPayInvoice>

/** `token` is what the gateway's fields gave the browser for a card. */
export const zReplaceCard = z.strictObject({ token: z.string().min(1).max(200), key: z.uuid() })
export type ReplaceCard = z.infer<typeof zReplaceCard>

export const zPaymentRef = z.strictObject({ payment: zId })
export type PaymentRef = z.infer<typeof zPaymentRef>

/** Where a payment stands, as its page needs it. */
export type PaymentView = {
  payment: number
  state: 'done' | 'declined' | 'action_required' | 'pending' | 'canceled'
  declineCode: string | null
  /** Where the bank asks; null where there is nothing to be asked. */
  challengeUrl: string | null
}

export type CardView = {
  brand: string
  last4: string
  expMonth: number
  expYear: number
  /** Its last month is over, or is this one or the next. */
  expiry: 'expired' | 'soon' | 'fine'
}

/** My card on file, and where a new one is typed. */
export type CardPage = {
  card: CardView | null
  autoPay: boolean
  place: CardPlace
}
