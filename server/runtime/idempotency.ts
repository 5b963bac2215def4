import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { sqlState } from '#db/client.ts'
import { idempotencyKeys } from '#db/schema/idempotency.ts'
import { refuse } from '#server/kernel/errors.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const keyReused = () =>
  refuse(
    'invalid',
    'idempotency.key_reused',
    'This key was used for a different request before. Use a new key for a new request.',
  )

const stillRunning = () =>
  refuse(
    'conflict',
    'idempotency.still_running',
    'The same request is being worked on. Its answer will be there in a moment.',
  )

const callerOf = ({ actor }: Ctx) =>
  actor.user ? `user:${actor.user}` : actor.draft ? `draft:${actor.draft}` : actor.realm

/**
 * Does `work` once a key: key and effect are written in one transaction, so the second request gets
 * the first one's answer, whenever it comes and whatever died in between. Pure database work only.
 *
 * @param key chosen by the caller, kept for 72 hours
 * @param request what was asked, to tell a repeat from a mistake
 * @throws invalid `idempotency.key_reused`, conflict `idempotency.still_running`
 */
export async function once<Answer>(
  ctx: Ctx,
  key: string,
  request: unknown,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const caller = callerOf(ctx)
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest('base64url')
  const mine = and(
    eq(idempotencyKeys.env, ctx.env),
    eq(idempotencyKeys.caller, caller),
    eq(idempotencyKeys.key, key),
  )

  const claimed = await claim(ctx, { caller, key, requestHash })
  if (!claimed) {
    const [known] = await ctx.db.select().from(idempotencyKeys).where(mine)
    if (!known) throw stillRunning()
    if (known.requestHash !== requestHash) throw keyReused()
    return known.answer as Answer
  }

  const answer = await work()
  await ctx.db.update(idempotencyKeys).set({ answer }).where(mine)
  return answer
}

/** A second request with the key waits here for the first one's commit. */
async function claim(
  ctx: Ctx,
  row: { caller: string; key: string; requestHash: string },
): Promise<boolean> {
  try {
    const rows = await ctx.db
      .insert(idempotencyKeys)
      .values({ ...row, env: ctx.env, createdAt: ctx.now })
      .onConflictDoNothing()
      .returning({ key: idempotencyKeys.key })
    return rows.length === 1
  } catch (error) {
    // 55P03: the first one takes longer than a lock may be waited for.
    if (sqlState(error) === '55P03') throw stillRunning()
    throw error
  }
}
