import { and, eq, sql } from 'drizzle-orm'
import { accountEndings, accounts } from '#db/schema/accounts.ts'
import type { AccountId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const these = (ctx: Ctx, ids: readonly AccountId[]) =>
  and(eq(accounts.env, ctx.env), sql`${accounts.id} = any(${sql.param(ids)}::int[])`)

export const setActive = (ctx: Ctx, ids: readonly AccountId[]) =>
  ctx.db.update(accounts).set({ status: 'active', activatedAt: ctx.now }).where(these(ctx, ids))

/** The reason, in place of what would bring them back. */
export async function setRejected(ctx: Ctx, ids: readonly AccountId[], rejection: string) {
  await ctx.db.update(accounts).set({ rejection }).where(these(ctx, ids))
  await ctx.db
    .delete(accountEndings)
    .where(
      and(
        eq(accountEndings.env, ctx.env),
        sql`${accountEndings.account} = any(${sql.param(ids)}::int[])`,
      ),
    )
}
