import { and, eq, inArray } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { accountAddons, accountAliases, accounts } from '#db/schema/accounts.ts'
import type { NewAccount } from '#server/accounts/schema.ts'
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

const insertOne: HotStatement = {
  name: 'account_insert',
  text: `
    insert into accounts
      (i_env, account_id, i_customer, i_product, kind, name, email, time_zone, status, sip_username, sip_password_sealed, created_at, activated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $2, $10, $11, case when $9 = 'active' then $11::timestamptz end)
    on conflict (i_env, account_id) where status <> 'terminated' do nothing
    returning id as account`,
}

/** A new account, unless a live one has its name; it registers with SIP by its own id. */
export const insert = (
  ctx: Ctx,
  row: NewAccount & { timeZone: string; status: 'active' | 'inactive'; sipPasswordSealed: string },
) =>
  hot<{ account: AccountId }>(ctx.db, insertOne, [
    ctx.env,
    row.accountId,
    row.customer,
    row.product,
    row.kind,
    row.name,
    row.email,
    row.timeZone,
    row.status,
    row.sipPasswordSealed,
    ctx.now,
  ])

const insertAll: HotStatement = {
  name: 'account_aliases_insert',
  text: `
    insert into account_aliases (i_env, alias, i_account, i_customer)
    select $1, alias, $3, $4 from unnest($2::text[]) as alias`,
}

export const insertAliases = (
  ctx: Ctx,
  aliases: readonly string[],
  account: AccountId,
  customer: CustomerId,
) => hot(ctx.db, insertAll, [ctx.env, aliases, account, customer])

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
