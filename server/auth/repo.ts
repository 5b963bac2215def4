import { and, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { type Bound, type HotStatement, hot, insertOf } from '#db/prepared.ts'
import { oneTimeTokens, sessions, signInFailures, users } from '#db/schema/auth.ts'
import { environments } from '#db/schema/environments.ts'
import type { Role } from '#server/auth/schema.people.ts'
import type { NewUser } from '#server/auth/schema.ts'
import type { AccountId, CustomerId, EnvId, UserId } from '#server/kernel/ids.ts'
import type { Realm } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Door = { db: Db; now: Date }

/** Who holds a session or an API token. */
export type Holder = Readonly<{
  env: EnvId
  user: UserId
  realm: Realm
  name: string
  customer: CustomerId | null
  account: AccountId | null
  role: Role
  mustChangePassword: boolean
}>

const holder = `
  t.i_env as env, u.id as user, u.realm, u.name, u.i_customer as customer, u.i_account as account,
  u.role, u.must_change_password as "mustChangePassword"`

const sessionHolder: HotStatement = {
  name: 'auth_session',
  text: `
    select ${holder}, t.id as session, t.last_seen_at as "lastSeenAt"
      from sessions t join users u on u.i_env = t.i_env and u.id = t.i_user
     where t.token_hash = $1 and t.ended_at is null and t.expires_at > $2 and t.last_seen_at > $3
       and u.status = 'active' and (u.ended_at is null or t.created_at > u.ended_at)`,
}

/** The session a token stands for, with who holds it, if it still stands. Seen from the front desk. */
export const sessionOf = (tokenHash: string, now: Date, idleSince: Date): Bound => ({
  ...sessionHolder,
  values: [tokenHash, now, idleSince],
})

const apiTokenHolder: HotStatement = {
  name: 'auth_api_token',
  text: `
    select ${holder}
      from api_tokens t join users u on u.i_env = t.i_env and u.id = t.i_user
     where t.token_hash = $1 and t.ended_at is null and (t.expires_at is null or t.expires_at > $2)
       and u.status = 'active' and (u.ended_at is null or t.created_at > u.ended_at)`,
}

/** The program a bearer token stands for. Seen from the front desk. */
export const apiTokenOf = (tokenHash: string, now: Date): Bound => ({
  ...apiTokenHolder,
  values: [tokenHash, now],
})

const touch: HotStatement = {
  name: 'auth_touch_session',
  text: 'update sessions set last_seen_at = $2 where token_hash = $1',
}

/** Notes that a session is in use. Seen from the front desk. */
export const touchSession = (tokenHash: string, now: Date): Bound => ({
  ...touch,
  values: [tokenHash, now],
})
export const findUserByLogin = (ctx: Ctx, login: string) =>
  ctx.db
    .select()
    .from(users)
    .where(
      and(
        eq(users.env, ctx.env),
        sql`${users.loginKey} = lower(${login})`,
        eq(users.status, 'active'),
      ),
    )

export const findUser = (ctx: Ctx, user: UserId) =>
  ctx.db
    .select()
    .from(users)
    .where(and(eq(users.env, ctx.env), eq(users.id, user), eq(users.status, 'active')))

const makeUser: HotStatement = {
  name: 'user_insert',
  text: `
    insert into users
      (i_env, realm, login, name, email, password_hash, must_change_password, i_customer, i_account, locale)
    select $1, $2, case when exists (select from users where i_env = $1 and login_key = lower($3)) then $4 else $3 end::citext,
           $5, $6, $7, true, $8, $9, $10
    returning id as user, login`,
}

/** A login is given once, also of somebody who may not sign in any more. */
export const insertUser = (ctx: Ctx, row: NewUser & { passwordHash: string }) =>
  hot<{ user: UserId; login: string }>(ctx.db, makeUser, [
    ctx.env,
    row.realm,
    row.login,
    row.orLogin,
    row.name,
    row.email,
    row.passwordHash,
    row.customer,
    row.account,
    row.locale,
  ])

/** Users of accounts, who can't sign in from now on; their sessions stand no more. */
export const disableUsersOf = (ctx: Ctx, accounts: readonly AccountId[]) =>
  ctx.db
    .update(users)
    .set({ status: 'disabled' })
    .where(
      and(
        eq(users.env, ctx.env),
        sql`${users.account} = any(${sql.param(accounts)}::int[])`,
        eq(users.status, 'active'),
      ),
    )
    .returning({ user: users.id, account: users.account })

export const enableUsers = (ctx: Ctx, ids: readonly number[]) =>
  ctx.db
    .update(users)
    .set({ status: 'active' })
    .where(and(eq(users.env, ctx.env), sql`${users.id} = any(${sql.param(ids)}::int[])`))

export const setPassword = (ctx: Ctx, user: UserId, passwordHash: string) =>
  ctx.db
    .update(users)
    .set({ passwordHash, mustChangePassword: false, passwordChangedAt: ctx.wall })
    .where(and(eq(users.env, ctx.env), eq(users.id, user)))

export const noteLogin = (ctx: Ctx, user: UserId) =>
  ctx.db
    .update(users)
    .set({ lastLoginAt: ctx.wall })
    .where(and(eq(users.env, ctx.env), eq(users.id, user)))

export const insertSession = (ctx: Ctx, row: Omit<typeof sessions.$inferInsert, 'env'>) =>
  ctx.db.insert(sessions).values({ ...row, env: ctx.env })

export const listSessions = (ctx: Ctx, user: UserId, idleSince: Date) =>
  ctx.db
    .select({
      session: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.env, ctx.env),
        eq(sessions.user, user),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, ctx.wall),
        gt(sessions.lastSeenAt, idleSince),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt))

/** Ends one session of a user; answers whether there was one. */
export const endSession = (ctx: Ctx, user: UserId, session: number) =>
  ctx.db
    .update(sessions)
    .set({ endedAt: ctx.wall })
    .where(
      and(
        eq(sessions.env, ctx.env),
        eq(sessions.user, user),
        eq(sessions.id, session),
        isNull(sessions.endedAt),
      ),
    )
    .returning({ session: sessions.id })

export const endOtherSessions = (ctx: Ctx, user: UserId, keep: number) =>
  ctx.db
    .update(sessions)
    .set({ endedAt: ctx.wall })
    .where(
      and(
        eq(sessions.env, ctx.env),
        eq(sessions.user, user),
        ne(sessions.id, keep),
        isNull(sessions.endedAt),
      ),
    )

/**
 * Counts an attempt before it is checked, so that attempts at the same moment can't slip past; one
 * that is blocked already changes nothing. Answers the state before and after.
 */
export const countAttempt = (ctx: Ctx, key: string, forgetBefore: Date) =>
  ctx.db
    .insert(signInFailures)
    .values({ env: ctx.env, key, failures: 1, lastAt: ctx.wall })
    .onConflictDoUpdate({
      target: [signInFailures.env, signInFailures.key],
      set: {
        failures: sql`case when ${signInFailures.blockedUntil} > ${ctx.wall} then ${signInFailures.failures}
                           when ${signInFailures.lastAt} < ${forgetBefore} then 1
                           else ${signInFailures.failures} + 1 end`,
        lastAt: sql`case when ${signInFailures.blockedUntil} > ${ctx.wall} then ${signInFailures.lastAt} else ${ctx.wall} end`,
      },
    })
    .returning({ failures: signInFailures.failures, blockedUntil: signInFailures.blockedUntil })

export const blockUntil = (ctx: Ctx, key: string, until: Date) =>
  ctx.db
    .update(signInFailures)
    .set({ blockedUntil: until })
    .where(and(eq(signInFailures.env, ctx.env), eq(signInFailures.key, key)))

export const clearAttempts = (ctx: Ctx, key: string) =>
  ctx.db
    .delete(signInFailures)
    .where(and(eq(signInFailures.env, ctx.env), eq(signInFailures.key, key)))

export const forgiveAttempt = (ctx: Ctx, key: string) =>
  ctx.db
    .update(signInFailures)
    .set({ failures: sql`greatest(0, ${signInFailures.failures} - 1)`, blockedUntil: null })
    .where(and(eq(signInFailures.env, ctx.env), eq(signInFailures.key, key)))

const insertToken = insertOf(oneTimeTokens, [
  'tokenHash',
  'env',
  'purpose',
  'subject',
  'createdAt',
  'expiresAt',
])

export const insertOneTimeToken = (ctx: Ctx, row: Omit<Parameters<typeof insertToken>[0], 'env'>) =>
  insertToken({ ...row, env: ctx.env })

/** Opens a one-time token: the first caller gets its subject, everybody after gets nothing. */
export const spendOneTimeToken = (
  { db, now }: Door,
  purpose: 'sign_in' | 'resume' | 'config_file',
  tokenHash: string,
) =>
  db
    .update(oneTimeTokens)
    .set({ usedAt: now })
    .where(
      and(
        eq(oneTimeTokens.tokenHash, tokenHash),
        eq(oneTimeTokens.purpose, purpose),
        isNull(oneTimeTokens.usedAt),
        gt(oneTimeTokens.expiresAt, now),
      ),
    )
    .returning({ env: oneTimeTokens.env, subject: oneTimeTokens.subject })

type Environment = Pick<
  typeof environments.$inferSelect,
  | 'id'
  | 'name'
  | 'currency'
  | 'timeZone'
  | 'sipDomain'
  | 'hostNames'
  | 'accent'
  | 'supportEmail'
  | 'supportPhone'
  | 'sandbox'
>

const environmentById: HotStatement = {
  name: 'environment',
  text: `
    select id, name, currency, time_zone as "timeZone", sip_domain as "sipDomain",
           host_names as "hostNames", accent, support_email as "supportEmail",
           support_phone as "supportPhone", sandbox
      from environments where id = $1`,
}

export const environment = (ctx: { db: Db; env: EnvId }) =>
  hot<Environment>(ctx.db, environmentById, [ctx.env])

export const listEnvironments = (db: Db) =>
  db
    .select({ id: environments.id, hostNames: environments.hostNames })
    .from(environments)
    .orderBy(environments.id)
