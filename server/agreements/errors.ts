import type { SuspendedFor } from '#server/customers/schema.settings.ts'
import { refuse } from '#server/kernel/errors.ts'

const untilThen: Record<SuspendedFor, string> = {
  overdue: 'Pay what is overdue first',
  credit_limit: 'Pay what is owed above the credit limit first',
  admin: 'The provider has to restore it first',
}

/** Nothing new for a customer whose service stands still. */
export const suspended = (reason: SuspendedFor) =>
  refuse(
    'conflict',
    'agreement.suspended',
    `Service is suspended, so nothing can be added. ${untilThen[reason]}.`,
    { reason },
  )

/** The expected answer to asking for more than was agreed. */
export const quantityExceeded = (product: string, limit: number, used: number, asked: number) =>
  refuse(
    'conflict',
    'agreement.quantity_exceeded',
    `${product}: ${used} of ${limit} in use, ${asked} more asked for. Your provider can raise the limit.`,
    { product, limit, used, asked },
  )

export const notInAgreement = (product: string) =>
  refuse(
    'conflict',
    'agreement.not_included',
    `${product} is not part of your agreement. Your provider can add it.`,
    { product },
  )

export const belowUse = (product: string, used: number, quantity: number) =>
  refuse(
    'conflict',
    'agreement.below_use',
    `${product}: ${used} are in use, so the quantity can’t be ${quantity}. End some first.`,
    { product, used, quantity },
  )

export const itemInUse = (product: string, used: number) =>
  refuse(
    'conflict',
    'agreement.in_use',
    `${product}: ${used} are in use, so it can’t be removed. End them, or give them another product.`,
    { product, used },
  )

export const packageNotFound = () =>
  refuse('not_found', 'agreement.package_not_found', 'There is no such subscription.')

export const packageEnded = (name: string) =>
  refuse('conflict', 'agreement.package_ended', `${name} ended on an earlier day. Add it anew.`, {
    name,
  })

export const wrongCurrency = (product: string, currency: string) =>
  refuse(
    'conflict',
    'agreement.wrong_currency',
    `${product} is not sold in ${currency}, the customer’s currency.`,
    { product, currency },
  )
