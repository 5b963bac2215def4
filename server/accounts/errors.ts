import type { WhyNot } from '#server/accounts/schema.moves.ts'
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

/** One sentence a rule of `whyNot`; the pages have them in their languages. */
const sentences: Record<string, (details: WhyNot['details']) => string> = {
  'accounts.blocked_by_admin': ({ accountId }) =>
    `Your provider has blocked ${accountId}. Ask your provider to unblock it.`,
  'accounts.wrong_state': ({ accountId, status }) =>
    `${accountId} is ${status}, so this can’t be done to it.`,
  'accounts.product_there': ({ accountId, product }) => `${accountId} has ${product} already.`,
  'accounts.wrong_product': ({ product }) => wrongKind(String(product)).message,
}

/** What `whyNot` said, as a refusal; `others` accounts of the same request are in the same case. */
export const moveRefused = ({ code, details }: WhyNot, others = 0) =>
  refuse(
    code === 'accounts.wrong_product' ? 'invalid' : 'conflict',
    code,
    [sentences[code]?.(details) ?? code, others > 0 ? `So it is with ${others} more.` : '']
      .join(' ')
      .trim(),
    { ...details, others },
  )

export const addonNotThere = (product: string, accountId: string) =>
  refuse('conflict', 'accounts.addon_not_there', `${accountId} doesn’t have ${product}.`, {
    product,
    accountId,
  })

export const restoreLapsed = (accountId: string) =>
  refuse(
    'gone',
    'accounts.restore_lapsed',
    `${accountId} can’t be brought back any more: that is possible for ten minutes. Add it again.`,
    { accountId },
  )

export const restoreTaken = () =>
  refuse(
    'conflict',
    'accounts.restore_taken',
    'It can’t be brought back: its extension has been given to somebody else in the meantime.',
  )
