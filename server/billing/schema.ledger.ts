import { z } from 'zod'
import { oneLine } from '#server/kernel/text.ts'

/** An amount as people write it; what it must be besides, the currency says. */
const zAmount = z
  .string()
  .trim()
  .regex(/^-?\d{1,12}(\.\d{1,5})?$/, { error: 'amount' })
const zCurrency = z.string().regex(/^[A-Z]{3}$/)
const zReason = z.string().trim().min(3).max(300)
const zId = z.number().int().positive()

export const zWriteLedger = z.strictObject({
  customer: zId,
  kind: z.enum(['charge', 'credit']),
  amount: zAmount,
  currency: zCurrency,
  /** What the customer reads on the invoice. */
  description: z.string().overwrite(oneLine).min(1).max(120),
  reason: zReason,
  key: z.uuid(),
})
export type WriteLedger = z.infer<typeof zWriteLedger>

export const zRecordPayment = z.strictObject({
  customer: zId,
  /** The one it is for; null: whatever is open. */
  invoice: zId.nullable().default(null),
  amount: zAmount,
  currency: zCurrency,
  reason: zReason,
  key: z.uuid(),
})
export type RecordPayment = z.infer<typeof zRecordPayment>

export const zVoidInvoice = z.strictObject({ invoice: zId, reason: zReason })
export type VoidInvoice = z.infer<typeof zVoidInvoice>

export const zWriteOff = z.strictObject({ invoice: zId, reason: zReason })
export type WriteOff = z.infer<typeof zWriteOff>

export const zRefundPayment = z.strictObject({
  payment: zId,
  amount: zAmount,
  currency: zCurrency,
  reason: zReason,
  key: z.uuid(),
})
export type RefundPayment = z.infer<typeof zRefundPayment>
