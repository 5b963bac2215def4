import { refuse } from '#server/kernel/errors.ts'

export const paymentDiffers = (number: string) =>
  refuse(
    'conflict',
    'billing.payment_differs',
    `The amount paid is not the total of invoice ${number}.`,
    { number },
  )

export const invoiceNotFound = () =>
  refuse('not_found', 'billing.invoice_not_found', 'There is no such invoice.')
