import { parseDays } from '#db/columns.ts'
import { type HotStatement, hot } from '#db/prepared.ts'
import type { CivilDate, Period } from '#server/kernel/civil.ts'
import type { AccountId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const freeOf: HotStatement = {
  name: 'accounts_free_days',
  text: `
    select b.i_account as account, unnest(range_agg(b.days) * datemultirange(daterange($3, $4)))::text as days
      from account_blocks b
     where b.i_env = $1 and b.i_customer = any($2::int[]) and b.state in ('running', 'over')
       and coalesce(b.ends_at, 'infinity') >= $3::date and b.days && daterange($3, $4)
     group by b.i_account`,
}

export type FreeDays = Readonly<{ account: AccountId; days: Period }>

/** The wholly blocked days of customers' accounts, of a period. */
export async function freeDays(
  ctx: Ctx,
  customers: readonly number[],
  from: CivilDate,
  until: CivilDate,
): Promise<FreeDays[]> {
  const rows = await hot<{ account: AccountId; days: string }>(ctx.db, freeOf, [
    ctx.env,
    customers,
    from,
    until,
  ])
  return rows.map(({ account, days }) => {
    const range = parseDays(days)!
    return { account, days: { from: range.from, until: range.until! } }
  })
}

const labels: HotStatement = {
  name: 'accounts_labels',
  text: `
    select id as account, account_id as "accountId", name from accounts
     where i_env = $1 and i_customer = any($2::int[])`,
}

export type Label = Readonly<{ account: AccountId; accountId: string; name: string }>

export const labelsOf = (ctx: Ctx, customers: readonly number[]) =>
  hot<Label>(ctx.db, labels, [ctx.env, customers])
