import { and, eq, inArray, lt, or, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { oneTimeTokens, sessions, signInFailures } from '#db/schema/auth.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

// Few enough that their locks are gone before anybody waits for one of them.
const atOnce = 1_000

/** Deletes some of the rows `lapsed` says, and returns how many: none when none is left. */
async function some(
  ctx: Ctx,
  table: PgTable,
  { key, env, lapsed }: { key: PgColumn; env: PgColumn; lapsed: ReturnType<typeof and> },
): Promise<number> {
  const those = ctx.db
    .select({ key })
    .from(table)
    .where(and(eq(env, ctx.env), lapsed))
    .limit(atOnce)
  const gone = await ctx.db.delete(table).where(and(eq(env, ctx.env), inArray(key, those)))
  return gone.rowCount ?? 0
}

/** Links and doors that closed before `before`. */
export const someTokens = (ctx: Ctx, before: Date) =>
  some(ctx, oneTimeTokens, {
    key: oneTimeTokens.tokenHash,
    env: oneTimeTokens.env,
    lapsed: lt(oneTimeTokens.expiresAt, before),
  })

/** Sessions that could last until before `before`, however they ended. */
export const someSessions = (ctx: Ctx, before: Date) =>
  some(ctx, sessions, {
    key: sessions.tokenHash,
    env: sessions.env,
    lapsed: lt(sessions.expiresAt, before),
  })

/** Counted failures, the last one before `before`: the next is the first again. */
export const someFailures = (ctx: Ctx, before: Date) =>
  some(ctx, signInFailures, {
    key: signInFailures.key,
    env: signInFailures.env,
    lapsed: and(
      lt(signInFailures.lastAt, before),
      or(sql`${signInFailures.blockedUntil} is null`, lt(signInFailures.blockedUntil, ctx.wall)),
    ),
  })
