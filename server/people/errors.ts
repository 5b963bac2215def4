import { type Refusal, refuse } from '#server/kernel/errors.ts'
import type { whyNot } from '#server/people/schema.ts'

export const personNotFound = () =>
  refuse('not_found', 'people.not_found', 'There is no such person.')

export const personExists = (email: string) =>
  refuse('conflict', 'people.exists', `${email} is among your people already.`, { email })

const lastAdministrator = () =>
  refuse(
    'conflict',
    'people.last_administrator',
    'Somebody has to be administrator. Make another person one first.',
  )

const oneself = () =>
  refuse('conflict', 'people.oneself', 'You can’t do this to yourself. Ask another administrator.')

const ended = () => refuse('conflict', 'people.ended', 'This access has ended.')

const active = () => refuse('conflict', 'people.active', 'This person can sign in already.')

const refusals = {
  'people.last_administrator': lastAdministrator,
  'people.oneself': oneself,
  'people.ended': ended,
  'people.active': active,
} as const satisfies Record<NonNullable<ReturnType<typeof whyNot>>, () => Refusal>

export const moveRefused = (code: keyof typeof refusals) => refusals[code]()
