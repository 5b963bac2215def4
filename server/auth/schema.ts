import { z } from 'zod'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'

/** NIST 800-63B: length counts, composition rules don't; long ones are welcome. */
export const passwordLength = { minimum: 10, maximum: 200 } as const

export const zNewPassword = z.string().min(passwordLength.minimum).max(passwordLength.maximum)

const common = new Set(
  'password12 password123 password1234 1234567890 12345678901 123456789012 qwertyuiop qwerty12345 iloveyou12 letmein1234 welcome1234 administrator passw0rd123 0987654321 1q2w3e4r5t 1qaz2wsx3edc'.split(
    ' ',
  ),
)

/** Listed, one character over and over, or the login itself. */
export const isTooCommon = (password: string, login: string): boolean => {
  const low = password.toLowerCase()
  return common.has(low) || /^(.)\1*$/.test(low) || low.includes(login.toLowerCase())
}

export const zSignIn = z.strictObject({
  login: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(200),
})
export type SignIn = z.infer<typeof zSignIn>

export const zDoor = z.strictObject({ door: z.string().min(20).max(100) })

export const zChangePassword = z.strictObject({
  currentPassword: z.string().min(1).max(200),
  newPassword: zNewPassword,
})
export type ChangePassword = z.infer<typeof zChangePassword>

/** After the first sign-in: no current password, for whoever came through a mailed door has none. */
export const zFirstPassword = z.strictObject({ newPassword: zNewPassword })
export type FirstPassword = z.infer<typeof zFirstPassword>

export const zSessionRef = z.strictObject({ session: z.number().int().positive() })

export type SessionRow = {
  session: number
  current: boolean
  createdAt: string
  lastSeenAt: string
  ip: string
  userAgent: string
}

/** Minutes a session may lie idle, and hours it may last at all. */
export const idleMinutes = 30
export const sessionHours = 12

/** Somebody about to sign in for the first time. */
export type NewUser = Readonly<{
  realm: 'customer' | 'account'
  login: string
  /** Where the login is somebody's already. */
  orLogin: string
  name: string
  email: string | null
  customer: CustomerId
  account?: AccountId
  locale: string
}>
