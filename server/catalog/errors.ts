import { refuse } from '#server/kernel/errors.ts'

export const productNotFound = () =>
  refuse('not_found', 'catalog.product_not_found', 'There is no such product.')
