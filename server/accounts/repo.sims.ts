import { and, eq, sql } from 'drizzle-orm'
import { accounts } from '#db/schema/accounts.ts'
import type { AccountId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

export const setImsi = (ctx: Ctx, account: AccountId, imsi: string) =>
  ctx.db
    .update(accounts)
    .set({ imsi })
    .where(and(eq(accounts.env, ctx.env), eq(accounts.id, account)))

export const simsAmong = (ctx: Ctx, ids: readonly AccountId[]) =>
  ctx.db
    .select({ account: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.env, ctx.env),
        eq(accounts.kind, 'sim'),
        sql`${accounts.id} = any(${sql.param(ids)}::int[])`,
      ),
    )
