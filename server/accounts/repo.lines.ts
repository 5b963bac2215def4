import { and, eq, sql } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { accountAddons, accountAliases, accountEndings, accounts } from '#db/schema/accounts.ts'
import type { AccountStatus } from '#server/accounts/schema.ts'
import type { AccountKind } from '#server/catalog/schema.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** An account as it stood when its row was locked. */
export type Locked = Readonly<{
  account: AccountId
  accountId: string
  customer: CustomerId
  product: ProductId
  kind: AccountKind
  name: string
  email: string | null
  timeZone: string
  status: AccountStatus
  blockedBy: 'customer' | 'admin' | null
}>

const lockAll: HotStatement = {
  name: 'accounts_lock',
  text: `
    select id as account, account_id as "accountId", i_customer as customer, i_product as product,
           kind, name, email, time_zone as "timeZone", status, blocked_by as "blockedBy"
      from accounts where i_env = $1 and id = any($2::int[])
     order by id for update`,
}

/** Locks accounts until commit, in one order; before anything that hangs on them. */
export const lock = (ctx: Ctx, ids: readonly AccountId[]) =>
  hot<Locked>(ctx.db, lockAll, [ctx.env, ids])

const these = (ctx: Ctx, ids: readonly AccountId[]) =>
  and(eq(accounts.env, ctx.env), sql`${accounts.id} = any(${sql.param(ids)}::int[])`)

export const update = (
  ctx: Ctx,
  account: AccountId,
  set: { name?: string; email?: string | null; timeZone?: string },
) =>
  ctx.db
    .update(accounts)
    .set(set)
    .where(these(ctx, [account]))

export const setProduct = (ctx: Ctx, ids: readonly AccountId[], product: ProductId) =>
  ctx.db.update(accounts).set({ product }).where(these(ctx, ids))

export const insertAddon = (
  ctx: Ctx,
  rows: readonly { account: AccountId; customer: CustomerId }[],
  product: ProductId,
) =>
  ctx.db.execute(sql`
    insert into ${accountAddons} (i_env, i_account, i_customer, i_product)
    select ${ctx.env}, r.account, r.customer, ${product}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(account int, customer int)`)

export const removeAddon = (ctx: Ctx, ids: readonly AccountId[], product: ProductId) =>
  ctx.db
    .delete(accountAddons)
    .where(
      and(
        eq(accountAddons.env, ctx.env),
        sql`${accountAddons.account} = any(${sql.param(ids)}::int[])`,
        eq(accountAddons.product, product),
      ),
    )

/** Takes aliases off accounts: some, or all they have. */
export const removeAliases = (ctx: Ctx, ids: readonly AccountId[], only?: readonly string[]) =>
  ctx.db
    .delete(accountAliases)
    .where(
      and(
        eq(accountAliases.env, ctx.env),
        sql`${accountAliases.account} = any(${sql.param(ids)}::int[])`,
        only && sql`${accountAliases.alias} = any(${sql.param(only)}::text[])`,
      ),
    )
    .returning({ account: accountAliases.account, alias: accountAliases.alias })

export const insertAliases = (
  ctx: Ctx,
  rows: readonly { alias: string; account: number; customer: number }[],
) =>
  ctx.db.execute(sql`
    insert into ${accountAliases} (i_env, alias, i_account, i_customer)
    select ${ctx.env}, r.alias, r.account, r.customer
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(alias text, account int, customer int)`)

export const setTerminated = (ctx: Ctx, ids: readonly AccountId[]) =>
  ctx.db
    .update(accounts)
    .set({ status: 'terminated', blockedBy: null, terminatedAt: ctx.now })
    .where(these(ctx, ids))

export type Ending = Readonly<{
  account: AccountId
  customer: CustomerId
  at: Date
  status: 'inactive' | 'active' | 'blocked'
  blockedBy: 'customer' | 'admin' | null
  numbers: string[]
  subscriptions: number[]
  users: number[]
}>

const insertEndings: HotStatement = {
  name: 'accounts_endings_insert',
  text: `
    insert into account_endings
      (i_env, i_account, i_customer, at, status, blocked_by, numbers, subscriptions, users)
    select $1, e.account, e.customer, $2, e.status, e.blocked_by,
           array(select jsonb_array_elements_text(e.numbers)),
           array(select jsonb_array_elements_text(e.subscriptions)::int),
           array(select jsonb_array_elements_text(e.users)::int)
      from jsonb_to_recordset($3::jsonb)
        as e(account int, customer int, status text, blocked_by text, numbers jsonb, subscriptions jsonb, users jsonb)
    on conflict (i_env, i_account) do update
      set at = excluded.at, status = excluded.status, blocked_by = excluded.blocked_by,
          numbers = excluded.numbers, subscriptions = excluded.subscriptions, users = excluded.users`,
}

/** Remembers what accounts were, so that their end can be undone. */
export const noteEndings = (ctx: Ctx, rows: readonly Omit<Ending, 'at'>[]) =>
  hot(ctx.db, insertEndings, [
    ctx.env,
    ctx.now,
    JSON.stringify(rows.map(({ blockedBy, ...row }) => ({ ...row, blocked_by: blockedBy }))),
  ])

export const endings = (ctx: Ctx, ids: readonly AccountId[]) =>
  ctx.db
    .select({
      account: accountEndings.account,
      customer: accountEndings.customer,
      at: accountEndings.at,
      status: accountEndings.status,
      blockedBy: accountEndings.blockedBy,
      numbers: accountEndings.numbers,
      subscriptions: accountEndings.subscriptions,
      users: accountEndings.users,
    })
    .from(accountEndings)
    .where(
      and(
        eq(accountEndings.env, ctx.env),
        sql`${accountEndings.account} = any(${sql.param(ids)}::int[])`,
      ),
    )

/** Accounts are again what they were when they ended. */
export const setRestored = (ctx: Ctx, ids: readonly AccountId[]) =>
  ctx.db.execute(sql`
    with was as materialized (
      select i_account, status, blocked_by from ${accountEndings}
       where i_env = ${ctx.env} and i_account = any(${sql.param(ids)}::int[]))
    update ${accounts} a
       set status = was.status, blocked_by = was.blocked_by, terminated_at = null
      from was where a.i_env = ${ctx.env} and a.id = was.i_account`)
