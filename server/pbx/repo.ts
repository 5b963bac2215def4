import { and, asc, eq, sql } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { autoAttendants, extensions, pbxCounters } from '#db/schema/pbx.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const insertOne: HotStatement = {
  name: 'extension_insert',
  text: `
    insert into extensions (i_env, i_account, i_customer, extension, published)
    values ($1, $2, $3, $4, $5)`,
}

export const insertExtension = (
  ctx: Ctx,
  row: { account: AccountId; customer: CustomerId; extension: string; published: boolean },
) => hot(ctx.db, insertOne, [ctx.env, row.account, row.customer, row.extension, row.published])

const live = (ctx: Ctx, customer: CustomerId) =>
  and(eq(extensions.env, ctx.env), eq(extensions.customer, customer), eq(extensions.live, true))

/** Short numbers in use, in the order people count: 99 before 100. */
export const shortNumbers = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({
      account: extensions.account,
      extension: extensions.extension,
      published: extensions.published,
      namedAfter: extensions.namedAfter,
    })
    .from(extensions)
    .where(live(ctx, customer))
    .orderBy(sql`length(${extensions.extension})`, asc(extensions.extension))

/** The extension of an account. */
export const findExtension = (ctx: Ctx, account: AccountId) =>
  ctx.db
    .select({ extension: extensions.extension, published: extensions.published })
    .from(extensions)
    .where(and(eq(extensions.env, ctx.env), eq(extensions.account, account)))

/** Whose account is called after a number that its extension doesn't have any more. */
export const calledAfter = (ctx: Ctx, customer: CustomerId, extension: string) =>
  ctx.db
    .select({ now: extensions.extension })
    .from(extensions)
    .where(and(live(ctx, customer), eq(extensions.namedAfter, extension)))

export const updateExtension = (
  ctx: Ctx,
  account: AccountId,
  { extension, published }: { extension: string; published: boolean },
) =>
  ctx.db
    .update(extensions)
    .set({
      extension,
      published,
      namedAfter: sql`nullif(coalesce(${extensions.namedAfter}, ${extensions.extension}), ${extension})`,
    })
    .where(and(eq(extensions.env, ctx.env), eq(extensions.account, account)))

/** Which of these accounts are extensions. */
export const extensionsAmong = (ctx: Ctx, accounts: readonly AccountId[]) =>
  ctx.db
    .select({ account: extensions.account })
    .from(extensions)
    .where(
      and(
        eq(extensions.env, ctx.env),
        sql`${extensions.account} = any(${sql.param(accounts)}::int[])`,
      ),
    )

/** The customer's next auto attendant number, once and never again. */
export const nextAttendant = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .insert(pbxCounters)
    .values({ env: ctx.env, customer, nextAutoAttendant: 2 })
    .onConflictDoUpdate({
      target: [pbxCounters.env, pbxCounters.customer],
      set: { nextAutoAttendant: sql`${pbxCounters.nextAutoAttendant} + 1` },
    })
    .returning({ next: pbxCounters.nextAutoAttendant })

export const insertAttendant = (ctx: Ctx, row: Omit<typeof autoAttendants.$inferInsert, 'env'>) =>
  ctx.db.insert(autoAttendants).values({ ...row, env: ctx.env })
