import { refuse } from '#server/kernel/errors.ts'
import type { whyNot } from '#server/people/schema.ts'

export const personNotFound = () =>
  refuse('not_found', 'people.not_found', 'There is no such person.')

export const personExists = (email: string) =>
  refuse('conflict', 'people.exists', `${email} is among your people already.`, { email })

const sentences = {
  'people.last_administrator': 'Somebody has to be administrator. Make another person one first.',
  'people.oneself': 'You can’t do this to yourself. Ask another administrator.',
  'people.ended': 'This access has ended.',
  'people.active': 'This person can sign in already.',
} as const satisfies Record<NonNullable<ReturnType<typeof whyNot>>, string>

export const moveRefused = (code: keyof typeof sentences) =>
  refuse('conflict', code, sentences[code])
