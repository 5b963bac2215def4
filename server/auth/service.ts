import * as audit from '#server/audit/service.ts'
import {
  linkLapsed,
  notSignedIn,
  sessionNotFound,
  signInFailed,
  signInThrottled,
} from '#server/auth/errors.ts'
import { generatePassword, passwordMatches } from '#server/auth/passwords.ts'
import * as repo from '#server/auth/repo.ts'
import {
  idleMinutes,
  type NewUser,
  type SessionRow,
  type SignIn,
  sessionHours,
} from '#server/auth/schema.ts'
import * as attempts from '#server/auth/service.attempts.ts'
import type { AccountId, CustomerId, EnvId, UserId } from '#server/kernel/ids.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { leave } from '#server/runtime/gather.ts'
import { hashToken, newToken } from '#server/runtime/secrets.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

const minutes = (n: number) => n * 60_000
const hours = (n: number) => n * 3_600_000
const before = (at: Date, ms: number) => new Date(at.getTime() - ms)
const after = (at: Date, ms: number) => new Date(at.getTime() + ms)

/** Somebody with a session: what each request carries. */
export type SignedIn = Readonly<{
  env: EnvId
  actor: Actor
  session?: number
  mustChangePassword: boolean
}>

type Caller = Pick<Edge, 'database' | 'clock' | 'log'> & { ip: string; userAgent?: string }

const atFrontDesk = (tokenHash: string) => ({ env: 0, scope: 'none', door: tokenHash }) as const

/** Who holds this session token, if the session still stands; asked on every request. */
export async function whoHolds(edge: Caller, token: string): Promise<SignedIn | undefined> {
  const now = edge.clock.now()
  const tokenHash = hashToken(token)
  const desk = atFrontDesk(tokenHash)
  const [row] = await edge.database.ask<repo.Holder & { session: number; lastSeenAt: Date }>(
    desk,
    repo.sessionOf(tokenHash, now, before(now, minutes(idleMinutes))),
  )
  if (!row) return undefined

  // Once a minute is exact enough for a limit of thirty.
  if (row.lastSeenAt < before(now, minutes(1))) {
    await edge.database.ask(desk, repo.touchSession(tokenHash, now))
  }
  return { ...signedIn(row, edge), session: row.session }
}

/** The program behind an API token. */
export async function whoseApiToken(edge: Caller, token: string): Promise<SignedIn | undefined> {
  const tokenHash = hashToken(token)
  const [row] = await edge.database.ask<repo.Holder>(
    atFrontDesk(tokenHash),
    repo.apiTokenOf(tokenHash, edge.clock.now()),
  )
  return row && signedIn(row, edge)
}

const signedIn = (row: repo.Holder, from: { ip: string; userAgent?: string }): SignedIn => ({
  env: row.env,
  mustChangePassword: row.mustChangePassword,
  actor: {
    realm: row.realm,
    name: row.name,
    user: row.user,
    customer: row.customer ?? undefined,
    role: row.realm === 'customer' ? row.role : undefined,
    account: row.account ?? undefined,
    ip: from.ip,
    userAgent: from.userAgent,
  },
})

/**
 * Checks a login and opens a session. Failures are counted by login and by address before the
 * password is checked, in a unit of work of their own: a refusal must not undo the count.
 *
 * @returns the session's token, for the cookie alone
 * @throws unauthenticated `auth.sign_in_failed`, too_many `auth.sign_in_throttled`
 */
export async function signIn(edge: Edge, { login, password }: SignIn): Promise<{ token: string }> {
  const { ip } = edge.actor
  const asSystem = { ...edge, actor: { ...system('sign-in'), ip } }
  const keys = attempts.keysOf('login', login.toLowerCase(), ip)

  const attempt = await unitOfWork(asSystem, async (ctx) => {
    const wait = await attempts.count(ctx, keys)
    if (wait > 0) {
      await audit.denied(ctx, { action: 'auth.sign_in', entity: 'user', entityId: 'throttled' })
      return { wait, user: undefined }
    }
    const [user] = await repo.findUserByLogin(ctx, login)
    return { wait, user }
  })
  if (attempt.wait > 0) throw signInThrottled(attempt.wait)

  const right = await passwordMatches(attempt.user?.passwordHash, password)
  const { user } = attempt
  if (!right || !user) {
    await unitOfWork(asSystem, (ctx) =>
      audit.denied(ctx, {
        action: 'auth.sign_in',
        entity: 'user',
        entityId: user ? String(user.id) : 'unknown',
        customer: user?.customer as CustomerId | null,
      }),
    )
    throw signInFailed()
  }

  return unitOfWork(asSystem, async (ctx) => {
    await attempts.forgive(ctx, keys)
    return openSession(ctx, user, edge.actor)
  })
}

async function openSession(
  ctx: Ctx,
  user: { id: number; customer: number | null },
  from: Actor,
): Promise<{ token: string }> {
  const token = newToken()
  await repo.insertSession(ctx, {
    tokenHash: hashToken(token),
    user: user.id,
    createdAt: ctx.wall,
    lastSeenAt: ctx.wall,
    expiresAt: after(ctx.wall, hours(sessionHours)),
    ip: from.ip,
    userAgent: (from.userAgent ?? '').slice(0, 300),
  })
  await repo.noteLogin(ctx, user.id as UserId)
  await audit.done(ctx, {
    action: 'auth.sign_in',
    entity: 'user',
    entityId: String(user.id),
    customer: user.customer as CustomerId | null,
  })
  return { token }
}

export type OneTime = Readonly<{
  purpose: 'sign_in' | 'resume' | 'config_file'
  /** What it opens. */
  subject: Record<string, string | number>
  minutes: number
}>

/** A link or door that opens once and lapses; only its hash is kept. */
export async function makeOneTimeToken(
  ctx: Ctx,
  { purpose, subject, minutes: life }: OneTime,
): Promise<{ token: string; expiresAt: Date }> {
  const token = newToken()
  const expiresAt = after(ctx.wall, minutes(life))
  const row = { tokenHash: hashToken(token), purpose, subject, createdAt: ctx.wall, expiresAt }
  leave(ctx, repo.insertOneTimeToken(ctx, row))
  return { token, expiresAt }
}

/**
 * Opens a one-time token: the first to come gets its subject.
 *
 * @throws gone `auth.link_lapsed`
 */
export async function spendOneTimeToken(
  app: Pick<Edge, 'database' | 'clock'>,
  purpose: OneTime['purpose'],
  token: string,
): Promise<{ env: EnvId; subject: OneTime['subject'] }> {
  const tokenHash = hashToken(token)
  const now = app.clock.now()
  const [spent] = await app.database.withTx(atFrontDesk(tokenHash), (db) =>
    repo.spendOneTimeToken({ db, now }, purpose, tokenHash),
  )
  if (!spent) throw linkLapsed()
  return { env: spent.env as EnvId, subject: spent.subject }
}

/** A door that signs a user in: ten minutes for "Open self-care", days for a mailed one. */
export const makeDoor = async (ctx: Ctx, user: UserId, life = 10): Promise<string> =>
  (await makeOneTimeToken(ctx, { purpose: 'sign_in', subject: { user }, minutes: life })).token

/**
 * Signs in through a one-time door. It stands in for the first password, so it opens nothing once its
 * user has another: a mail that lies about is no key to a customer.
 *
 * @throws gone `auth.link_lapsed`
 */
export async function enterByDoor(
  edge: Edge,
  { door }: { door: string },
): Promise<{ token: string }> {
  const { env, subject } = await spendOneTimeToken(edge, 'sign_in', door)
  const asSystem = { ...edge, env, actor: { ...system('sign-in'), ip: edge.actor.ip } }
  return unitOfWork(asSystem, async (ctx) => {
    const [user] = await repo.findUser(ctx, Number(subject.user) as UserId)
    if (!user?.mustChangePassword) throw linkLapsed()
    return openSession(ctx, user, edge.actor)
  })
}

/** Whether this user has still to choose the first password. */
export const awaitsFirstPassword = async (ctx: Ctx, user: UserId): Promise<boolean> =>
  (await repo.findUser(ctx, user))[0]?.mustChangePassword ?? false

/**
 * Makes a user with a generated password, to be changed at the first sign-in. Of two who want one
 * login at the same moment the second breaks `users_login`; trying again gives it the other login.
 */
export async function makeUser(
  ctx: Ctx,
  made: NewUser,
): Promise<{ user: UserId; login: string; password: string }> {
  const { password, hash: passwordHash } = await generatePassword()
  const [row] = await repo.insertUser(ctx, { ...made, passwordHash })
  return { ...row!, password }
}

/**
 * Shuts out the users of accounts that end, at once: a session stands only while its user may sign
 * in. Answers whom, for `letIn` if that is undone.
 */
export async function shutOut(
  ctx: Ctx,
  accounts: readonly AccountId[],
): Promise<{ user: number; account: number | null }[]> {
  return repo.disableUsersOf(ctx, accounts)
}

/** Lets users in again whom `shutOut` shut out. */
export async function letIn(ctx: Ctx, users: readonly number[]): Promise<void> {
  if (users.length > 0) await repo.enableUsers(ctx, users)
}

/** The user who asks. @throws unauthenticated `auth.not_signed_in` */
export async function self(ctx: Ctx) {
  const [user] = ctx.actor.user ? await repo.findUser(ctx, ctx.actor.user) : []
  if (!user) throw notSignedIn()
  return user
}

/** Every environment, for jobs that serve them all. */
export const environments = (app: Pick<Edge, 'database'>) =>
  app.database.withTx({ env: 0, scope: 'none' }, (db) => repo.listEnvironments(db))

/** The environment we are in: its brand, its zone, whom to ask. */
export async function home(ctx: Ctx) {
  const [row] = await repo.environment(ctx)
  if (!row) throw new Error(`Environment ${ctx.env} does not exist.`)
  return row
}

/** How the sign-in page looks, before anybody is known, and who helps those who can't get in. */
export async function brand(
  ctx: Ctx,
): Promise<{ title: string; accent: string; supportEmail: string }> {
  const { name, accent, supportEmail } = await home(ctx)
  return { title: name, accent, supportEmail }
}

/** Ends the session that this request came with. */
export async function signOut(ctx: Ctx, session: number | undefined): Promise<void> {
  const { user } = ctx.actor
  if (!user || !session) return
  await repo.endSession(ctx, user, session)
  await audit.done(ctx, { action: 'auth.sign_out', entity: 'user', entityId: String(user) })
}

export async function sessionsOf(ctx: Ctx, current: number | undefined): Promise<SessionRow[]> {
  const { user } = ctx.actor
  if (!user) throw notSignedIn()
  const rows = await repo.listSessions(ctx, user, before(ctx.wall, minutes(idleMinutes)))
  return rows.map((row) => ({
    ...row,
    current: row.session === current,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  }))
}

/** @throws not_found `auth.session_not_found` */
export async function endSession(ctx: Ctx, { session }: { session: number }): Promise<void> {
  const { user } = ctx.actor
  if (!user) throw notSignedIn()
  const [ended] = await repo.endSession(ctx, user, session)
  if (!ended) throw sessionNotFound()
  await audit.done(ctx, { action: 'auth.end_session', entity: 'user', entityId: String(user) })
}

export async function endOtherSessions(ctx: Ctx, current: number | undefined): Promise<void> {
  const { user } = ctx.actor
  if (!user) throw notSignedIn()
  await repo.endOtherSessions(ctx, user, current ?? 0)
  await audit.done(ctx, { action: 'auth.end_sessions', entity: 'user', entityId: String(user) })
}
