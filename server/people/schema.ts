import { z } from 'zod'
import { type Role, roles } from '#server/auth/schema.people.ts'

/** `lapsed`: was invited and didn't come in time. */
export type PersonState = 'active' | 'invited' | 'lapsed' | 'ended'

/** Somebody of a company, as the others see them. */
export type Person = {
  user: number
  name: string
  email: string | null
  role: Role
  state: PersonState
  /** The one who asks. */
  self: boolean
  lastLoginAt: string | null
  /** Until when an invitation opens. */
  validUntil: string | null
}

/** Days that an invitation opens for. */
export const invitationDays = 7

export const zPersonRef = z.strictObject({ user: z.number().int().positive() })
export type PersonRef = z.infer<typeof zPersonRef>

export const zInvite = z.strictObject({
  name: z.string().trim().min(1).max(120),
  email: z.email().max(200),
  role: z.enum(roles),
})
export type Invite = z.infer<typeof zInvite>

export const zSetRole = zPersonRef.extend({ role: z.enum(roles) })
export type SetRole = z.infer<typeof zSetRole>

type Known = Readonly<Pick<Person, 'state' | 'role' | 'self'>>
type Move = 'end' | 'set_role' | 'invite_again'

const isActing = ({ state, role }: Known) => state === 'active' && role === 'administrator'

const moves = {
  end: ['active', 'invited', 'lapsed'],
  set_role: ['active', 'invited', 'lapsed'],
  invite_again: ['invited', 'lapsed', 'ended'],
} as const satisfies Record<Move, readonly PersonState[]>

/** Undefined when it is possible; otherwise the code of the reason. `all` are the company's people. */
export function whyNot(
  move: Move,
  person: Known,
  all: readonly Known[],
): 'people.last_administrator' | 'people.oneself' | 'people.ended' | 'people.active' | undefined {
  const states: readonly PersonState[] = moves[move]
  if (!states.includes(person.state)) {
    return person.state === 'ended' ? 'people.ended' : 'people.active'
  }
  if (move === 'invite_again') return undefined
  if (isActing(person) && all.filter(isActing).length === 1) return 'people.last_administrator'
  // Somebody else has to: it would take away the right to take it back.
  return person.self ? 'people.oneself' : undefined
}
