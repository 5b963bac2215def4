import { refuse } from '#server/kernel/errors.ts'

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
