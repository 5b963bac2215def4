import { refuse } from '#server/kernel/errors.ts'

export const cardNumberSent = () =>
  refuse(
    'invalid',
    'http.card_number',
    'This looks like it holds a card number, so it was not taken. Type card numbers into the card fields of the payment page only.',
  )

export const foreignSite = () =>
  refuse('forbidden', 'http.foreign_site', 'This was not sent from a page of this site.')
