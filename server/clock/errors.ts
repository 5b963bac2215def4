import { refuse } from '#server/kernel/errors.ts'

export const notSandbox = () =>
  refuse(
    'forbidden',
    'clock.not_sandbox',
    'Only the clock of a sandbox can be moved, and this environment is none.',
  )

export const backwards = (now: string) =>
  refuse('invalid', 'clock.backwards', `It is ${now} already; the clock only goes forward.`, {
    now,
  })

export const tooFar = (years: number, until: string) =>
  refuse(
    'invalid',
    'clock.too_far',
    `The clock can be ${years} years ahead at most: up to ${until}.`,
    { years, until },
  )

export const moving = (to: string) =>
  refuse('conflict', 'clock.moving', `The clock is being moved to ${to}. Wait until it is there.`, {
    to,
  })
