import { and, eq, lt } from 'drizzle-orm'
import { type Bound, type HotStatement, hot } from '#db/prepared.ts'
import { signupCounters, spentProofs } from '#db/schema/signup.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const count: HotStatement = {
  name: 'signup_count',
  text: `
    insert into signup_counters (i_env, key, window_start, n)
    select $1, key, $3, $4 from unnest($2::text[]) as key order by key
    on conflict (i_env, key, window_start) do update set n = signup_counters.n + excluded.n`,
}

/**
 * Counts in the present slot; the rows stay locked until commit, so counts are true under any load,
 * and are taken in one order, so that two attempts never wait for each other in a circle.
 */
export const bump = (ctx: Ctx, keys: readonly string[], slot: Date, by: number): Bound => ({
  ...count,
  values: [ctx.env, keys, slot, by],
})

const sumUp: HotStatement = {
  name: 'signup_totals',
  text: `
    select key, sum(n)::int as n from signup_counters
     where i_env = $1 and key = any($2::text[]) and window_start > $3
     group by key`,
}

/** Keys that were never counted are left out. */
export const totals = (ctx: Ctx, keys: readonly string[], since: Date) =>
  hot<{ key: string; n: number }>(ctx.db, sumUp, [ctx.env, keys, since])

const countAndSum: HotStatement = {
  name: 'signup_count_and_sum',
  text: `
    with counted as (${count.text} returning key, n)
    select key, sum(n)::int as n
      from (select key, n from counted
            union all
            select key, n from signup_counters
             where i_env = $1 and key = any($2::text[] || $5::text[]) and window_start > $6
               and not (key = any($2) and window_start = $3)) as lately
     group by key`,
}

/**
 * Counts under `keys`, and says how many there have been since, under these and others. The slot
 * counted in is read as the lock left it: of two at the same moment the second sees the first.
 */
export const countAndTotal = (
  ctx: Ctx,
  keys: readonly string[],
  { slot, since, also }: { slot: Date; since: Date; also: readonly string[] },
) => hot<{ key: string; n: number }>(ctx.db, countAndSum, [ctx.env, keys, slot, 1, also, since])

const spend: HotStatement = {
  name: 'signup_spend_proof',
  text: `
    insert into spent_proofs (i_env, proof, expires_at) values ($1, $2, $3)
    on conflict do nothing returning proof`,
}

/** Spends a proof: the first to come gets a row, everybody after gets none. */
export const spendProof = (ctx: Ctx, proof: string, expiresAt: Date) =>
  hot<{ proof: string }>(ctx.db, spend, [ctx.env, proof, expiresAt])

export const deleteOld = async (ctx: Ctx, countersBefore: Date, proofsBefore: Date) => {
  await ctx.db
    .delete(signupCounters)
    .where(and(eq(signupCounters.env, ctx.env), lt(signupCounters.windowStart, countersBefore)))
  await ctx.db
    .delete(spentProofs)
    .where(and(eq(spentProofs.env, ctx.env), lt(spentProofs.expiresAt, proofsBefore)))
}
