import { refuse } from '#server/kernel/errors.ts'

export const rateNotFound = () =>
  refuse('not_found', 'tax.rate_not_found', 'There is no such tax rate.')

export const rateExists = () =>
  refuse(
    'conflict',
    'tax.rate_exists',
    'There is a rate for the same class, country and state from the same day on.',
  )

export const rateEnded = (day: string) =>
  refuse('conflict', 'tax.rate_ended', `This rate has an end already: ${day}.`, { day })

export const endsTooEarly = (day: string) =>
  refuse('invalid', 'tax.ends_too_early', `A rate can end on ${day} at the earliest.`, { day })

export const classUnknown = () =>
  refuse('not_found', 'tax.class_unknown', 'There is no such customer class.')
