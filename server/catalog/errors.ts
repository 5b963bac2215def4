import { refuse } from '#server/kernel/errors.ts'

export const productNotFound = () =>
  refuse('not_found', 'catalog.product_not_found', 'There is no such product.')

export const productNameTaken = (name: string) =>
  refuse('conflict', 'catalog.name_taken', `Something called ${name} is sold already.`, { name })

export const packageNotSold = () =>
  refuse('not_found', 'catalog.package_not_found', 'There is no such subscription on sale.')

export const serviceNotFound = () =>
  refuse('not_found', 'catalog.service_not_found', 'There is no such service.')
