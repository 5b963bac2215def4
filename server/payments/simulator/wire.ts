import { z } from 'zod'
import { money } from '#server/kernel/money.ts'
import {
  declineCodes,
  declineMessageKey,
  failureCodes,
  type Outcome,
  type RefundOutcome,
  refundFailures,
} from '#server/payments/gateway.ts'

/** The JSON between our server and the simulator; both sides read it with these. */
const zAmount = z.string().regex(/^\d{1,15}(\.\d{1,5})?$/)

const zText = z.string().min(1).max(200)

export const zCreate = z.strictObject({
  amount: zAmount,
  currency: z.string().regex(/^[A-Z]{3}$/),
  orderRef: zText,
  token: zText.optional(),
  method: zText.optional(),
})

export const zConfirm = z.strictObject({ offSession: z.boolean().optional() })

/** Of a capture, and of a refund. */
export const zCapture = z.strictObject({ amount: zAmount })

const zCard = z.object({
  brand: z.enum(['visa', 'mastercard', 'amex', 'discover', 'unknown']),
  last4: z.string().regex(/^\d{4}$/),
  expMonth: z.int().min(1).max(12),
  expYear: z.int(),
  fingerprint: zText,
})

const zPaid = { intent: zText, card: zCard, method: zText, amount: zAmount }

export const zOutcome = z.discriminatedUnion('state', [
  z.object({ state: z.literal('created'), intent: zText, card: zCard }),
  z.object({
    state: z.literal('requires_action'),
    intent: zText,
    card: zCard,
    challengeUrl: zText,
  }),
  z.object({ state: z.literal('authorized'), ...zPaid }),
  z.object({ state: z.literal('captured'), ...zPaid }),
  z.object({ state: z.literal('declined'), intent: zText.nullable(), code: z.enum(declineCodes) }),
  z.object({ state: z.literal('canceled'), intent: zText }),
  z.object({ state: z.literal('failed'), intent: zText.nullable(), code: z.enum(failureCodes) }),
  z.object({ state: z.literal('not_found') }),
])

export type WireOutcome = z.infer<typeof zOutcome>

export const zRefund = z.discriminatedUnion('state', [
  z.object({ state: z.literal('refunded'), refund: zText, amount: zAmount }),
  z.object({ state: z.literal('failed'), code: z.enum(refundFailures) }),
  z.object({ state: z.literal('not_found') }),
])

export const zForget = z.strictObject({ method: zText })

export const zForgotten = z.object({ state: z.literal('forgotten') })

export type WireRefund = z.infer<typeof zRefund>

export const refundFromWire = (told: WireRefund): RefundOutcome =>
  told.state === 'refunded' ? { ...told, amount: money(told.amount) } : told

export const zWireError = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

export function fromWire(outcome: WireOutcome): Outcome {
  if (outcome.state === 'declined') {
    return { ...outcome, messageKey: declineMessageKey(outcome.code) }
  }
  if (outcome.state === 'authorized' || outcome.state === 'captured') {
    return { ...outcome, amount: money(outcome.amount) }
  }
  return outcome
}
