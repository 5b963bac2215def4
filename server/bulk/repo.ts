import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { bulkBatches } from '#db/schema/bulk.ts'
import type { ApplyMode, Failure, Report } from '#server/bulk/schema.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const one = (ctx: Ctx, id: string) => and(eq(bulkBatches.env, ctx.env), eq(bulkBatches.id, id))

/** A batch that is in one of these states still, and in the turn of work that speaks of it. */
const still = (ctx: Ctx, id: string, state: 'applying' | 'undoing', attempt: number) =>
  and(one(ctx, id), eq(bulkBatches.state, state), eq(bulkBatches.attempt, attempt))

export type Batch = typeof bulkBatches.$inferSelect

export const insert = (
  ctx: Ctx,
  row: Pick<Batch, 'id' | 'byName' | 'fileName' | 'state' | 'total'> &
    Partial<Pick<Batch, 'mode' | 'origin'>> & { customer: CustomerId; report: Report },
) =>
  ctx.db
    .insert(bulkBatches)
    .values({ ...row, env: ctx.env, createdAt: ctx.now, changedAt: ctx.wall })

export const find = (ctx: Ctx, id: string) => ctx.db.select().from(bulkBatches).where(one(ctx, id))

/** Nobody else decides about it until commit. */
export const lock = (ctx: Ctx, id: string) =>
  ctx.db.select().from(bulkBatches).where(one(ctx, id)).for('update')

/** A customer's latest, the newest first. */
export const listOf = (ctx: Ctx, customer: CustomerId, limit: number) =>
  ctx.db
    .select()
    .from(bulkBatches)
    .where(and(eq(bulkBatches.env, ctx.env), eq(bulkBatches.customer, customer)))
    .orderBy(desc(bulkBatches.createdAt))
    .limit(limit)

/** Orders that wait for an administrator or are on their way, the oldest first. */
export const openOrders = (ctx: Ctx) =>
  ctx.db
    .select()
    .from(bulkBatches)
    .where(
      and(
        eq(bulkBatches.env, ctx.env),
        inArray(bulkBatches.state, ['waiting', 'applying']),
        sql`${bulkBatches.origin} is not null`,
      ),
    )
    .orderBy(bulkBatches.changedAt)

export const orderOf = (ctx: Ctx, ids: readonly string[]) =>
  ctx.db
    .select({ origin: bulkBatches.origin, id: bulkBatches.id })
    .from(bulkBatches)
    .where(
      and(
        eq(bulkBatches.env, ctx.env),
        sql`${bulkBatches.origin} = any(${sql.param(ids)}::uuid[])`,
      ),
    )

type Change = Partial<
  Pick<
    Batch,
    | 'state'
    | 'mode'
    | 'total'
    | 'done'
    | 'made'
    | 'attempt'
    | 'appliedAt'
    | 'undoUntil'
    | 'undoneAt'
    | 'decidedBy'
    | 'decidedAt'
    | 'reason'
  > & { report: Report; actor: unknown; failure: Failure | null; mode: ApplyMode | null }
>

export const update = (ctx: Ctx, id: string, change: Change) =>
  ctx.db
    .update(bulkBatches)
    .set({ ...change, changedAt: ctx.wall })
    .where(one(ctx, id))

/** What is to be done in the background, the oldest first. */
export const due = (ctx: Ctx) =>
  ctx.db
    .select({ id: bulkBatches.id })
    .from(bulkBatches)
    .where(and(eq(bulkBatches.env, ctx.env), inArray(bulkBatches.state, ['applying', 'undoing'])))
    .orderBy(bulkBatches.changedAt)

/** Begins once more; what is told of the turn before counts no longer. */
export const begin = (ctx: Ctx, id: string) =>
  ctx.db
    .update(bulkBatches)
    .set({ attempt: sql`${bulkBatches.attempt} + 1`, done: 0 })
    .where(and(one(ctx, id), inArray(bulkBatches.state, ['applying', 'undoing'])))
    .returning()

/** Rows worked on so far, as long as this turn is the one. */
export const progress = (
  ctx: Ctx,
  id: string,
  state: 'applying' | 'undoing',
  attempt: number,
  done: number,
) =>
  ctx.db
    .update(bulkBatches)
    .set({ done })
    .where(still(ctx, id, state, attempt))

/** The end of a turn: nothing, where another one has begun since. */
export const finish = (
  ctx: Ctx,
  id: string,
  state: 'applying' | 'undoing',
  attempt: number,
  change: Change,
) =>
  ctx.db
    .update(bulkBatches)
    .set({ ...change, changedAt: ctx.wall })
    .where(still(ctx, id, state, attempt))
    .returning({ id: bulkBatches.id })

/**
 * One at a time works on a batch, until its transaction ends: also by the end of its process, which
 * no lease notices as soon. False when somebody is at it.
 */
export async function claim(ctx: Ctx, id: string): Promise<boolean> {
  const { rows } = await ctx.db.execute<{ mine: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`bulk:${ctx.env}:${id}`}, 0)) as mine`,
  )
  return rows[0]!.mine
}

/** Uploads that nobody came back to. */
export const forgotten = (ctx: Ctx, before: Date, limit: number) =>
  ctx.db
    .select({ id: bulkBatches.id })
    .from(bulkBatches)
    .where(
      and(
        eq(bulkBatches.env, ctx.env),
        eq(bulkBatches.state, 'checked'),
        sql`${bulkBatches.changedAt} < ${before}`,
      ),
    )
    .limit(limit)

export const remove = (ctx: Ctx, id: string) => ctx.db.delete(bulkBatches).where(one(ctx, id))
