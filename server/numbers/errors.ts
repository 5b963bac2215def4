import { refuse } from '#server/kernel/errors.ts'

export const numberTaken = (number: string) =>
  refuse(
    'conflict',
    'numbers.taken',
    'Somebody else has just taken this number. Please pick another one.',
    { number },
  )

export const tooManyHolds = (limit: number) =>
  refuse(
    'too_many',
    'numbers.too_many_holds',
    `${limit} numbers are being kept for your network already. Finish a signup, or try again in 15 minutes.`,
    { limit },
  )

export const holdLost = (number: string) =>
  refuse(
    'conflict',
    'numbers.hold_lost',
    'The number is not kept for this signup any more. Please pick another one.',
    { number },
  )

export const numbersNotFree = (numbers: readonly string[]) =>
  refuse('conflict', 'numbers.not_free', `Not free any more: ${numbers.join(', ')}.`, { numbers })

export const numbersNotYours = (numbers: readonly string[]) =>
  refuse(
    'conflict',
    'numbers.not_available',
    `These numbers are not provided to you or are in use already: ${numbers.join(', ')}. Pick one of your free numbers.`,
    { numbers },
  )

export const numbersTwice = (numbers: readonly string[]) =>
  refuse(
    'invalid',
    'numbers.given_twice',
    `Given more than once: ${numbers.join(', ')}. Name each number once.`,
    { numbers },
  )

export const numbersMoved = (numbers: readonly string[]) =>
  refuse(
    'conflict',
    'numbers.moved',
    `Somebody else has just moved these numbers: ${numbers.join(', ')}. Look where they are now, and try again.`,
    { numbers },
  )
