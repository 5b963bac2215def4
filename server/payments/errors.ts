import { refuse } from '#server/kernel/errors.ts'

export const paymentNotFound = () =>
  refuse('not_found', 'payments.not_found', 'There is no such payment.')

export const refundNotFound = () =>
  refuse('not_found', 'payments.refund_not_found', 'There is no such refund.')

export const notRefundable = () =>
  refuse('conflict', 'payments.not_refundable', 'Only a payment that was taken can be given back.')

/** `left` and `asked` as people write amounts. */
export const refundTooMuch = (left: string, asked: string, currency: string) =>
  refuse(
    'conflict',
    'payments.refund_too_much',
    `Of this payment ${left} ${currency} can still be given back, not ${asked}.`,
    { left, asked, currency },
  )

export const refundAmountInvalid = () =>
  refuse('invalid', 'payments.refund_amount', 'What is given back is more than nothing.')

/** Whoever sent it isn't told what was wrong with it. */
export const webhookUnsigned = () =>
  refuse('invalid', 'payments.webhook_unsigned', 'This is not signed as it has to be.')

export const noWebhooks = () =>
  refuse('not_found', 'payments.no_webhooks', 'Nobody here waits for word of this gateway.')

export const refundKeyReused = () =>
  refuse('conflict', 'payments.refund_key_reused', 'This key was used for another refund.')
