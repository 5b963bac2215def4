import { refuse } from '#server/kernel/errors.ts'

export const customerNotFound = () =>
  refuse('not_found', 'customers.not_found', 'There is no such customer.')
