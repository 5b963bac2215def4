import { type HotStatement, hot } from '#db/prepared.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import { type DecimalString, type Money, money } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const exceptionsOf: HotStatement = {
  name: 'ledger_exceptions',
  text: `
    select i_customer_subscription as subscription, kind, period_from::text as "from",
           period_until::text as until
      from ledger_entries
     where i_env = $1 and i_customer = any($2::int[]) and period_until > $3
       and kind in ('blocked', 'ended', 'adjustment')
     order by id`,
}

/** What was put right of days from `since` on, in the order it was. */
export const exceptions = (ctx: Ctx, customers: readonly number[], since: CivilDate) =>
  hot<{
    subscription: number
    kind: 'blocked' | 'ended' | 'adjustment'
    from: CivilDate
    until: CivilDate
  }>(ctx.db, exceptionsOf, [ctx.env, customers, since])

const activatedOf: HotStatement = {
  name: 'ledger_activated',
  text: `
    select i_customer_subscription as subscription from ledger_entries
     where i_env = $1 and kind = 'activation' and i_customer_subscription = any($2::int[])`,
}

/** Of these, whose activation fee is on the ledger. */
export const activated = (ctx: Ctx, subscriptions: readonly number[]) =>
  hot<{ subscription: number }>(ctx.db, activatedOf, [ctx.env, subscriptions])

const standingOf: HotStatement = {
  name: 'ledger_not_invoiced',
  text: `
    select e.id as entry, e.i_customer as customer, e.i_account as account, e.kind, e.day::text, e.amount::text,
           e.description, e.reason
      from ledger_entries e
     where e.i_env = $1 and e.i_customer = any($2::int[]) and e.kind in ('charge', 'credit')
       and e.day < $3 and e.i_invoice is null
       and not exists (select from invoice_lines l where l.i_env = e.i_env and l.i_entry = e.id)
     order by e.id`,
}

type StandingRow = Readonly<{
  entry: number
  customer: number
  account: number | null
  day: CivilDate
  kind: 'charge' | 'credit'
  amount: DecimalString
  description: string
  reason: string | null
}>
export type Standing = Omit<StandingRow, 'amount'> & Readonly<{ amount: Money }>

/** What administrators wrote on the ledger before a day, and no invoice tells of yet. */
export async function standing(
  ctx: Ctx,
  customers: readonly number[],
  before: CivilDate,
): Promise<Standing[]> {
  const rows = await hot<StandingRow>(ctx.db, standingOf, [ctx.env, customers, before])
  return rows.map((row) => ({ ...row, amount: money(row.amount) }))
}
