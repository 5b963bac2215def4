import { refuse } from '#server/kernel/errors.ts'
import type { Step } from './schema.ts'

export const siteUnknown = () =>
  refuse('not_found', 'signup.site_unknown', 'There is no such signup page. Check the address.')

export const siteClosed = () =>
  refuse('gone', 'signup.site_closed', 'This page takes no signups at the moment. Come back later.')

export const noDraft = () =>
  refuse(
    'not_found',
    'signup.no_draft',
    'Your signup can’t be found in this browser. Choose a plan to begin.',
  )

export const draftLapsed = (days: number) =>
  refuse(
    'gone',
    'signup.draft_lapsed',
    `This signup was left alone for ${days} days and has lapsed. Choose a plan to begin again.`,
    { days },
  )

export const draftChanged = () =>
  refuse(
    'conflict',
    'signup.draft_changed',
    'This signup was changed in another window. What you see now is up to date; please do it again.',
  )

export const planUnknown = () =>
  refuse('not_found', 'signup.plan_unknown', 'This plan is not offered any more. Choose another.')

export const deviceNotOffered = () =>
  refuse('invalid', 'signup.device_not_offered', 'This phone is not offered here. Choose another.')

export const promoUnknown = () =>
  refuse('invalid', 'signup.promo_unknown', 'This code is not valid. Check how it is written.')

export const incomplete = (step: Step) =>
  refuse(
    'conflict',
    'signup.incomplete',
    'Something is still missing before you can sign up. Go back and complete it.',
    { step },
  )

export const orderUnderWay = () =>
  refuse(
    'conflict',
    'signup.order_under_way',
    'Your order is being worked on, so nothing can be changed now. Wait for its outcome.',
  )

export const alreadySignedUp = () =>
  refuse(
    'conflict',
    'signup.already_done',
    'This signup is complete. To sign up once more, start over.',
  )

export const priceChanged = (dueToday: string, currency: string) =>
  refuse(
    'conflict',
    'signup.price_changed',
    `The amount due today is now ${dueToday} ${currency}. Nothing was charged; check it and confirm again.`,
    { dueToday, currency },
  )

export const numberTaken = (number: string, alternatives: readonly string[]) =>
  refuse(
    'conflict',
    'signup.number_taken',
    'Your number was not kept long enough and somebody else took it. Nothing was charged; pick another one.',
    { number, alternatives },
  )

export const proofInvalid = () =>
  refuse(
    'invalid',
    'signup.proof_invalid',
    'The check that you are no robot did not pass. Reload the page and try again.',
  )

/** Lapsed, used before, or too easy by now: the page gets another one by itself. */
export const proofLapsed = () =>
  refuse(
    'gone',
    'signup.proof_lapsed',
    'The check that you are no robot has to be done again. Please try again.',
  )

export const tooManyDeclines = () =>
  refuse(
    'too_many',
    'signup.too_many_declines',
    'Too many cards were tried. Nothing was charged. Try again in an hour, or ask our support to help.',
  )

export const tooManySignups = () =>
  refuse(
    'too_many',
    'signup.too_many',
    'There were too many signups from here in a short time. Try again in an hour.',
  )

export const notCompleted = () =>
  refuse('not_found', 'signup.not_completed', 'There is no completed signup to show yet.')

export const credentialsShown = () =>
  refuse(
    'gone',
    'signup.credentials_shown',
    'The first passwords have been shown already. In self-care you can set new ones.',
  )

export const confirmationClosed = () =>
  refuse(
    'gone',
    'signup.confirmation_closed',
    'This page no longer opens self-care. Sign in with your login and password.',
  )

export const promoTaken = (code: string) =>
  refuse('conflict', 'signup.promo_taken', `${code} was offered on this site before.`, { code })

export const promoNotFound = () =>
  refuse('not_found', 'signup.promo_not_found', 'There is no such code on this site.')

export const promoEndsTooEarly = (day: string) =>
  refuse('invalid', 'signup.promo_ends_too_early', `A code can end on ${day} at the earliest.`, {
    day,
  })
