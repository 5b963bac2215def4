import { z } from 'zod'
import { type AccountState, type WhyNot, whyNot } from './schema.moves.ts'

/** Of one account; a form shows them all. */
export const mostNumbers = 20

/** Numbers of mine, to one of my accounts or, with null, back to my free ones. */
export const zMoveNumbers = z.strictObject({
  numbers: z
    .array(z.string().regex(/^[1-9][0-9]{6,14}$/))
    .min(1)
    .max(mostNumbers),
  to: z.number().int().positive().nullable(),
})
export type MoveNumbers = z.infer<typeof zMoveNumbers>

/**
 * Undefined when a number may leave the account it is on; otherwise the rule in its way. A line that
 * is called by its number would be called by somebody else's.
 */
export function whyNotLeave(
  number: string,
  from: AccountState | null,
  realm: string,
): WhyNot | undefined {
  if (!from) return undefined
  if (from.accountId === number) {
    return { code: 'accounts.called_by_number', details: { number } }
  }
  return whyNot('edit', from, realm)
}
