import { and, eq, ilike, inArray, or } from 'drizzle-orm'
import { accountAddons, accountAliases, accounts } from '#db/schema/accounts.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const summary = {
  account: accounts.id,
  accountId: accounts.accountId,
  customer: accounts.customer,
  product: accounts.product,
  kind: accounts.kind,
  name: accounts.name,
  email: accounts.email,
  timeZone: accounts.timeZone,
  status: accounts.status,
  blockedBy: accounts.blockedBy,
  sipUsername: accounts.sipUsername,
  sipPasswordSealed: accounts.sipPasswordSealed,
}

export const insert = (ctx: Ctx, row: Omit<typeof accounts.$inferInsert, 'env'>) =>
  ctx.db
    .insert(accounts)
    .values({ ...row, env: ctx.env })
    .returning({ account: accounts.id })

export const insertAliases = (ctx: Ctx, rows: Omit<typeof accountAliases.$inferInsert, 'env'>[]) =>
  ctx.db.insert(accountAliases).values(rows.map((row) => ({ ...row, env: ctx.env })))

export const insertAddons = (ctx: Ctx, rows: Omit<typeof accountAddons.$inferInsert, 'env'>[]) =>
  ctx.db.insert(accountAddons).values(rows.map((row) => ({ ...row, env: ctx.env })))

export const find = (ctx: Ctx, account: AccountId) =>
  ctx.db
    .select(summary)
    .from(accounts)
    .where(and(eq(accounts.env, ctx.env), eq(accounts.id, account)))

export const findMany = (ctx: Ctx, ids: AccountId[]) =>
  ctx.db
    .select(summary)
    .from(accounts)
    .where(and(eq(accounts.env, ctx.env), inArray(accounts.id, ids)))

export const aliasesOf = (ctx: Ctx, ids: AccountId[]) =>
  ctx.db
    .select({ account: accountAliases.account, alias: accountAliases.alias })
    .from(accountAliases)
    .where(and(eq(accountAliases.env, ctx.env), inArray(accountAliases.account, ids)))
    .orderBy(accountAliases.alias)

export const addonsOf = (ctx: Ctx, ids: AccountId[]) =>
  ctx.db
    .select({ account: accountAddons.account, product: accountAddons.product })
    .from(accountAddons)
    .where(and(eq(accountAddons.env, ctx.env), inArray(accountAddons.account, ids)))

/** Accounts whose name, id or phone number contains the text. */
export const matching = (ctx: Ctx, customer: CustomerId, like: string) =>
  ctx.db
    .selectDistinct({ account: accounts.id })
    .from(accounts)
    .leftJoin(
      accountAliases,
      and(eq(accountAliases.env, accounts.env), eq(accountAliases.account, accounts.id)),
    )
    .where(
      and(
        eq(accounts.env, ctx.env),
        eq(accounts.customer, customer),
        or(
          ilike(accounts.name, like),
          ilike(accounts.accountId, like),
          ilike(accountAliases.alias, like),
        ),
      ),
    )
