import { z } from 'zod'

/** What a customer's person may do; `rights.ts` says which rights each has. */
export const roles = ['administrator', 'billing', 'read_only'] as const
export type Role = (typeof roles)[number]

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
