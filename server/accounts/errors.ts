import type { WhyNotBlock, WhyNotDates } from '#server/accounts/schema.blocks.ts'
import type { WhyNot } from '#server/accounts/schema.moves.ts'
import { type Refusal, refuse } from '#server/kernel/errors.ts'

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
  'accounts.called_by_number': ({ number }) =>
    `The line is called by ${number}, so this number can’t leave it.`,
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

type Refused = Readonly<{ accountId: string; others: number }>

const whyNotBlocked: Record<WhyNotBlock, (of: Refused) => Refusal> = {
  blocked_by_admin: ({ accountId, others }) =>
    moveRefused({ code: 'accounts.blocked_by_admin', details: { accountId } }, others),
  already_blocked: ({ accountId, others }) =>
    refuse('conflict', 'accounts.already_blocked', `${accountId} is blocked already.`, {
      accountId,
      others,
    }),
  already_planned: ({ accountId, others }) =>
    refuse(
      'conflict',
      'accounts.already_planned',
      `${accountId} is going to be blocked on these days already.`,
      { accountId, others },
    ),
  not_blocked: ({ accountId, others }) =>
    refuse('conflict', 'accounts.not_blocked', `${accountId} isn’t blocked.`, {
      accountId,
      others,
    }),
  not_planned: ({ accountId, others }) =>
    refuse(
      'conflict',
      'accounts.not_planned',
      `The block of ${accountId} has begun, or was taken back, already.`,
      { accountId, others },
    ),
  waiting: ({ accountId, others }) =>
    refuse(
      'conflict',
      'accounts.waiting',
      `${accountId} waits for your provider’s approval. It can be blocked once it works.`,
      { accountId, others },
    ),
  terminated: ({ accountId, others }) =>
    refuse('conflict', 'accounts.terminated', `${accountId} has ended.`, { accountId, others }),
  plans_follow: ({ accountId, others }) =>
    refuse(
      'conflict',
      'accounts.plans_follow',
      `Another block of ${accountId} is planned before that day. Take it back first.`,
      { accountId, others },
    ),
}

/** None of the accounts asked for could be changed: the first one, its reason, and how many more. */
export const blockRefused = (why: WhyNotBlock, of: Refused) => whyNotBlocked[why](of)

const whyNotThen: Record<WhyNotDates, () => Refusal> = {
  block_in_past: () =>
    refuse('invalid', 'accounts.block_in_past', 'A block can’t begin in the past.'),
  block_ends_early: () =>
    refuse(
      'invalid',
      'accounts.block_ends_early',
      'The last day can’t be before the first, or before today.',
    ),
  block_too_far: () =>
    refuse('invalid', 'accounts.block_too_far', 'A block can be planned up to five years ahead.'),
}

export const blockDatesRefused = (why: WhyNotDates) => whyNotThen[why]()
export const simTaken = (iccid: string) =>
  refuse('conflict', 'accounts.iccid_taken', `The SIM card ${iccid} is in use already.`, { iccid })

export const imsiTaken = (imsi: string) =>
  refuse('conflict', 'accounts.imsi_taken', `The IMSI ${imsi} is in use already.`, { imsi })

export const tooManyNumbers = (accountId: string, limit: number) =>
  refuse(
    'conflict',
    'accounts.too_many_numbers',
    `${accountId} would have more than ${limit} numbers. Move some of them elsewhere first.`,
    { accountId, limit },
  )
