import { refuse } from '#server/kernel/errors.ts'

export const invoiceNotFound = () =>
  refuse('not_found', 'billing.invoice_not_found', 'There is no such invoice.')

export const wrongCurrency = (currency: string) =>
  refuse('invalid', 'billing.wrong_currency', `This customer is billed in ${currency}.`, {
    currency,
  })

export const amountInvalid = () =>
  refuse('invalid', 'billing.amount_invalid', 'An amount is above zero.')

export const amountTooPrecise = (currency: string) =>
  refuse(
    'invalid',
    'billing.amount_too_precise',
    `${currency} has no smaller unit than its last decimal.`,
    { currency },
  )

export const invoiceClosed = (number: string) =>
  refuse('conflict', 'billing.invoice_closed', `Invoice ${number} is paid or void already.`, {
    number,
  })
