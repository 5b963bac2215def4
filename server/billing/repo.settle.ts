import { type HotStatement, hot } from '#db/prepared.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type DecimalString, type Money, money } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** All that is open, and what administrators wrote for the next invoice, less what is owed. */
const creditOf = `
      select c.id as customer,
             coalesce((select sum(i.total - i.paid) from invoices i
                        where i.i_env = $1 and i.i_customer = c.id and i.state in ('issued', 'overdue')), 0)
           + coalesce((select sum(e.amount) from ledger_entries e
                        where e.i_env = $1 and e.i_customer = c.id and e.kind in ('charge', 'credit') and e.i_invoice is null
                          and not exists (select from invoice_lines l where l.i_env = $1 and l.i_entry = e.id)), 0)
           - c.balance as credit
        from customers c where c.i_env = $1 and c.id = any($2::int[])`

const uneven: HotStatement = {
  name: 'customers_uneven',
  text: `select customer from (${creditOf}) as asked where credit <> 0`,
}

/** Of these, whose invoices don't say yet what has been paid: there is credit to spread, or too little. */
export const notSettled = async (
  ctx: Ctx,
  customers: readonly number[],
): Promise<ReadonlySet<number>> => {
  const rows = await hot<{ customer: number }>(ctx.db, uneven, [ctx.env, customers])
  return new Set(rows.map(({ customer }) => customer))
}

/**
 * What stands to a customer's credit, spread over what it hasn't paid: `credit` is all that is open,
 * and what administrators wrote for the next invoice, less what is owed. Where less has been paid than
 * invoices say (a payment went back), the newest are open again.
 */
const settleAll: HotStatement = {
  name: 'invoices_settle',
  text: `
    with asked as (${creditOf}
    ), owing as (
      select i.id, i.total - i.paid as open, a.credit,
             coalesce(sum(i.total - i.paid) over (partition by i.i_customer
               order by (i.id = any($3::int[])) desc, i.due_on, i.id rows between unbounded preceding and 1 preceding), 0) as before
        from asked a join invoices i on i.i_env = $1 and i.i_customer = a.customer
         and i.state in ('issued', 'overdue')
       where a.credit > 0
    ), undone as (
      select i.id, i.paid as had, -a.credit as missing,
             coalesce(sum(i.paid) over (partition by i.i_customer
               order by (i.id = any($3::int[])) desc, i.due_on desc, i.id desc rows between unbounded preceding and 1 preceding), 0) as before
        from asked a join invoices i on i.i_env = $1 and i.i_customer = a.customer
         and i.state in ('issued', 'overdue', 'paid') and i.paid > 0
       where a.credit < 0
    ), moves as (
      select id, least(open, credit - before) as more from owing where credit > before
      union all
      select id, -least(had, missing - before) from undone where missing > before
    )
    update invoices i
       set paid = i.paid + m.more,
           state = case when i.paid + m.more = i.total then 'paid'
                        when i.state = 'paid' then 'issued' else i.state end,
           -- What went back to a customer is not taken from the card again by itself.
           next_attempt_on = case when m.more < 0 then null else i.next_attempt_on end,
           waits = i.waits and m.more >= 0
      from moves m
     where i.i_env = $1 and i.id = m.id
    returning i.id as invoice, i.i_customer as customer, i.number, i.total::text, i.currency, i.state,
              m.more::text`,
}

type Row = {
  invoice: number
  customer: CustomerId
  number: string
  total: DecimalString
  currency: string
  state: 'issued' | 'overdue' | 'paid'
  more: DecimalString
}

export type Settled = Omit<Row, 'total' | 'more'> & Readonly<{ total: Money; more: Money }>

/** @param first the invoices that are paid, or given up, before others */
export async function settle(
  ctx: Ctx,
  customers: readonly number[],
  first: readonly number[] = [],
): Promise<Settled[]> {
  const rows = await hot<Row>(ctx.db, settleAll, [ctx.env, customers, first])
  return rows.map((row) => ({ ...row, total: money(row.total), more: money(row.more) }))
}
