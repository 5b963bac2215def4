import * as audit from '#server/audit/service.ts'
import {
  currentPasswordWrong,
  passwordIsSet,
  passwordTooCommon,
  passwordUnchanged,
  signInThrottled,
} from '#server/auth/errors.ts'
import { hashPassword, passwordMatches } from '#server/auth/passwords.ts'
import * as repo from '#server/auth/repo.ts'
import { type ChangePassword, type FirstPassword, isTooCommon } from '#server/auth/schema.ts'
import * as attempts from '#server/auth/service.attempts.ts'
import { home, type SignedIn, self } from '#server/auth/service.ts'
import type { CustomerId, UserId } from '#server/kernel/ids.ts'
import { defaultLocale } from '#server/kernel/locale.ts'
import { paths } from '#server/kernel/routes.ts'
import * as mail from '#server/mail/service.ts'
import { system } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** A call of somebody who is signed in. */
type Call = Readonly<{
  edge: Edge
  signedIn: SignedIn
  outside: Pick<Outside, 'publicUrl'>
}>

type User = Awaited<ReturnType<typeof self>>

/**
 * Changes one's own password; every other session of the user ends, and the user is told by mail.
 * Guesses at the current one are counted as those of a sign-in are: a session left open is no way to
 * find the password out.
 *
 * @throws invalid `auth.current_password_wrong`, `auth.password_unchanged`, `auth.password_too_common`,
 *   too_many `auth.sign_in_throttled`
 */
export async function changePassword(
  { edge, signedIn, outside }: Call,
  { currentPassword, newPassword }: ChangePassword,
): Promise<void> {
  const user = await unitOfWork(edge, self)
  await showCurrent(edge, user, currentPassword)
  await replacePassword(edge, user, newPassword, signedIn.session, (ctx) =>
    tell(ctx, user, outside.publicUrl),
  )
}

async function showCurrent(edge: Edge, user: User, password: string): Promise<void> {
  const { ip } = edge.actor
  const asSystem = { ...edge, actor: { ...system('change password'), ip } }
  const keys = attempts.keysOf('change', String(user.id), ip)

  const wait = await unitOfWork(asSystem, (ctx) => attempts.count(ctx, keys))
  const right = wait === 0 && (await passwordMatches(user.passwordHash, password))
  if (right) return unitOfWork(asSystem, (ctx) => attempts.forgive(ctx, keys))

  await unitOfWork(edge, (ctx) =>
    audit.denied(ctx, {
      action: 'auth.change_password',
      entity: 'user',
      entityId: String(user.id),
    }),
  )
  throw wait > 0 ? signInThrottled(wait) : currentPasswordWrong()
}

/** Whoever did it, the owner hears of it: in the transaction that did it. */
async function tell(ctx: Ctx, user: User, publicUrl: string): Promise<void> {
  if (!user.email) return
  const { name, accent, timeZone } = await home(ctx)
  await mail.passwordChanged(
    ctx,
    user.email,
    (user.customer ?? undefined) as CustomerId | undefined,
    {
      locale: user.locale ?? defaultLocale,
      brand: { title: name, accent },
      name: user.name,
      login: user.login,
      at: ctx.wall,
      timeZone,
      selfCareUrl: `${publicUrl}${paths.login()}`,
    },
  )
}

/**
 * The change that the first sign-in demands. Whoever holds the session has shown the password, or a
 * one-time door, already.
 *
 * @throws conflict `auth.password_is_set`, invalid `auth.password_unchanged`, `auth.password_too_common`
 */
export async function firstPassword(
  { edge, signedIn }: Call,
  { newPassword }: FirstPassword,
): Promise<void> {
  const user = await unitOfWork(edge, self)
  if (!user.mustChangePassword) throw passwordIsSet()
  await replacePassword(edge, user, newPassword, signedIn.session)
}

async function replacePassword(
  edge: Edge,
  user: User,
  newPassword: string,
  session: number | undefined,
  also: (ctx: Ctx) => Promise<void> = async () => {},
): Promise<void> {
  if (isTooCommon(newPassword, user.login)) throw passwordTooCommon()
  if (await passwordMatches(user.passwordHash, newPassword)) throw passwordUnchanged()
  const passwordHash = await hashPassword(newPassword)

  const id = user.id as UserId
  await unitOfWork(edge, async (ctx) => {
    await repo.setPassword(ctx, id, passwordHash)
    await repo.endOtherSessions(ctx, id, session ?? 0)
    await audit.done(ctx, { action: 'auth.change_password', entity: 'user', entityId: String(id) })
    await also(ctx)
  })
}
