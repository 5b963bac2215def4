import { type HotStatement, hot } from '#db/prepared.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

export type AccountRow = Readonly<{
  account_id: string
  product: ProductId
  kind: string
  name: string
  email?: string
  time_zone: string
  status: 'active' | 'inactive'
  sealed: string
}>

const insertAll: HotStatement = {
  name: 'account_insert_many',
  text: `
    insert into accounts
      (i_env, account_id, i_customer, i_product, kind, name, email, time_zone, status, sip_username, sip_password_sealed, created_at, activated_at)
    select $1, r.account_id, $2, r.product, r.kind, r.name, r.email, r.time_zone, r.status, r.account_id, r.sealed, $4,
           case when r.status = 'active' then $4::timestamptz end
      from jsonb_to_recordset($3::jsonb)
        as r(n int, account_id text, product int, kind text, name text, email text, time_zone text, status text, sealed text)
     order by r.n
    on conflict (i_env, account_id) where status <> 'terminated' do nothing
    returning id as account, account_id as "accountId"`,
}

/** New accounts; those whose name somebody has are left out. */
export const insertMany = (ctx: Ctx, customer: CustomerId, rows: readonly AccountRow[]) =>
  hot<{ account: AccountId; accountId: string }>(ctx.db, insertAll, [
    ctx.env,
    customer,
    JSON.stringify(rows.map((row, n) => ({ ...row, n }))),
    ctx.now,
  ])

const aliasAll: HotStatement = {
  name: 'account_alias_many',
  text: `
    insert into account_aliases (i_env, alias, i_account, i_customer)
    select $1, r.number, r.account, $2 from jsonb_to_recordset($3::jsonb) as r(number text, account int)`,
}

/** Numbers as aliases of the accounts they were put on. */
export const insertAliasPairs = (
  ctx: Ctx,
  customer: CustomerId,
  pairs: readonly { number: string; account: AccountId }[],
) => hot(ctx.db, aliasAll, [ctx.env, customer, JSON.stringify(pairs)])
