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

export const percentInvalid = () =>
  refuse('invalid', 'billing.percent_invalid', 'A percentage is above zero, and 100 at most.')

export const subscriptionNotFound = () =>
  refuse('not_found', 'billing.subscription_not_found', 'There is no such subscription that runs.')

export const discountNotFound = () =>
  refuse('not_found', 'billing.discount_not_found', 'There is no such discount.')

export const nothingToDiscount = (name: string) =>
  refuse(
    'conflict',
    'billing.nothing_to_discount',
    `${name} has no such fee, or it is charged already. What is charged doesn’t change.`,
    { name },
  )

export const invoiceClosed = (number: string) =>
  refuse('conflict', 'billing.invoice_closed', `Invoice ${number} is paid or void already.`, {
    number,
  })

export const notDue = () =>
  refuse('conflict', 'billing.not_due', 'There is nothing to be paid on this invoice.')

export const noCard = () =>
  refuse('conflict', 'billing.no_card', 'There is no card on file. Add one first.')

export const paymentUnderWay = () =>
  refuse(
    'conflict',
    'billing.payment_under_way',
    'A payment of this invoice is under way. See what comes of it first.',
  )

/** What it comes to is the gateway's to say: it depends on currency, and on the day's rate. */
export const amountTooSmall = () =>
  refuse(
    'conflict',
    'billing.amount_too_small',
    'This is less than can be taken from a card at once. Nothing was taken; it is paid along with the next invoice.',
  )

export const notParked = (name: string) =>
  refuse('conflict', 'billing.not_parked', `${name} is billed as usual.`, { name })

export const dayCharged = (name: string, day: number) =>
  refuse(
    'conflict',
    'billing.day_charged',
    `${name} was charged by its billing day already, so it stays the ${day}.`,
    { name, day },
  )
