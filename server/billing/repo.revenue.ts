import { type HotStatement, hot } from '#db/prepared.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { SubscriptionId } from '#server/kernel/ids.ts'
import type { DecimalString } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type OfMonth = { month: string; currency: string; amount: DecimalString }

const invoicedByMonth: HotStatement = {
  name: 'revenue_invoiced',
  text: `
    select to_char(issued_on, 'YYYY-MM') as month, currency, sum(total)::text as amount
      from invoices
     where i_env = $1 and state in ('issued', 'overdue', 'paid') and issued_on >= $2
     group by 1, 2`,
}

export const invoiced = (ctx: Ctx, since: CivilDate) =>
  hot<OfMonth>(ctx.db, invoicedByMonth, [ctx.env, since])

const receivedByMonth: HotStatement = {
  name: 'revenue_received',
  text: `
    select to_char(e.day, 'YYYY-MM') as month, c.currency, (-sum(e.amount))::text as amount
      from ledger_entries e
      join customers c on c.i_env = e.i_env and c.id = e.i_customer
     where e.i_env = $1 and e.kind in ('payment', 'refund') and e.day >= $2
     group by 1, 2`,
}

/** Less what was given back. */
export const received = (ctx: Ctx, since: CivilDate) =>
  hot<OfMonth>(ctx.db, receivedByMonth, [ctx.env, since])

const openNow: HotStatement = {
  name: 'revenue_open',
  text: `
    select currency, sum(total - paid)::text as open, count(*)::int as "openInvoices",
           coalesce(sum(total - paid) filter (where due_on < $2 and not waits), 0)::text as overdue,
           (count(*) filter (where due_on < $2 and not waits))::int as "overdueInvoices"
      from invoices
     where i_env = $1 and state in ('issued', 'overdue')
     group by currency`,
}

type Open = {
  currency: string
  open: DecimalString
  openInvoices: number
  overdue: DecimalString
  overdueInvoices: number
}

export const open = (ctx: Ctx, today: CivilDate) => hot<Open>(ctx.db, openNow, [ctx.env, today])

const runningByPlan: HotStatement = {
  name: 'revenue_running',
  text: `
    select i_subscription as plan, count(*)::int as n
      from billable_subscriptions
     where i_env = $1 and started_on <= $2 and (ended_on is null or ended_on > $2)
     group by 1`,
}

/** How many of each plan run, and are paid for. */
export const running = (ctx: Ctx, today: CivilDate) =>
  hot<{ plan: SubscriptionId; n: number }>(ctx.db, runningByPlan, [ctx.env, today])

const mostOpen: HotStatement = {
  name: 'revenue_debtors',
  text: `
    select d.currency, d.customer, c.name, d.open::text, d.due_first::text as "dueFirst"
      from (
        select currency, i_customer as customer, sum(total - paid) as open, min(due_on) as due_first,
               row_number() over (partition by currency order by sum(total - paid) desc, i_customer) as n
          from invoices
         where i_env = $1 and state in ('issued', 'overdue')
         group by currency, i_customer) d
      join customers c on c.i_env = $1 and c.id = d.customer
     where d.n <= 5
     order by d.n`,
}

type Debtor = {
  currency: string
  customer: number
  name: string
  open: DecimalString
  dueFirst: CivilDate
}

export const debtors = (ctx: Ctx) => hot<Debtor>(ctx.db, mostOpen, [ctx.env])
