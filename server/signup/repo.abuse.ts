import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { signupCounters, spentProofs } from '#db/schema/signup.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Counts in the present slot; the row stays locked until commit, so counts are true under any load. */
export const bump = (ctx: Ctx, key: string, slot: Date, by: number) =>
  ctx.db
    .insert(signupCounters)
    .values({ env: ctx.env, key, windowStart: slot, n: by })
    .onConflictDoUpdate({
      target: [signupCounters.env, signupCounters.key, signupCounters.windowStart],
      set: { n: sql`${signupCounters.n} + ${by}` },
    })

export const total = (ctx: Ctx, key: string, since: Date) =>
  ctx.db
    .select({ n: sql<number>`coalesce(sum(${signupCounters.n}), 0)::int` })
    .from(signupCounters)
    .where(
      and(
        eq(signupCounters.env, ctx.env),
        eq(signupCounters.key, key),
        gt(signupCounters.windowStart, since),
      ),
    )

/** Spends a proof: the first to come gets a row, everybody after gets none. */
export const spendProof = (ctx: Ctx, proof: string, expiresAt: Date) =>
  ctx.db
    .insert(spentProofs)
    .values({ env: ctx.env, proof, expiresAt })
    .onConflictDoNothing()
    .returning({ proof: spentProofs.proof })

export const deleteOld = async (ctx: Ctx, countersBefore: Date, proofsBefore: Date) => {
  await ctx.db
    .delete(signupCounters)
    .where(and(eq(signupCounters.env, ctx.env), lt(signupCounters.windowStart, countersBefore)))
  await ctx.db
    .delete(spentProofs)
    .where(and(eq(spentProofs.env, ctx.env), lt(spentProofs.expiresAt, proofsBefore)))
}
