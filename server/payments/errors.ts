import { refuse } from '#server/kernel/errors.ts'

export const paymentNotFound = () =>
  refuse('not_found', 'payments.not_found', 'There is no such payment.')
