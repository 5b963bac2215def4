import { refuse } from '#server/kernel/errors.ts'

export const accountNotFound = () =>
  refuse('not_found', 'accounts.not_found', 'There is no such account.')

export const accountIdTaken = (accountId: string) =>
  refuse('conflict', 'accounts.id_taken', `An account called ${accountId} exists already.`, {
    accountId,
  })

export const wrongKind = (product: string) =>
  refuse(
    'invalid',
    'accounts.wrong_product',
    `${product} can’t be given to this kind of account. Pick another product.`,
    { product },
  )

export const aliasTaken = (alias: string) =>
  refuse('conflict', 'accounts.alias_taken', `${alias} reaches another account already.`, { alias })
