import { type HotStatement, hot } from '#db/prepared.ts'
import type { PricedLine } from '#server/billing/invoice.ts'
import type { NumberForm } from '#server/billing/invoice-number.ts'
import type { Parties } from '#server/billing/schema.kinds.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import { type Money, toDecimal, zero } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** An invoice about to be: one of a customer and cycle. */
export type NewInvoice = Readonly<{
  customer: number
  issuedOn: CivilDate
  dueOn: CivilDate
  cycle: Readonly<{ from: CivilDate; until: CivilDate }> | null
  currency: string
  net: Money
  tax: Money
  total: Money
  rounding: Money
  taxName: string
  taxRate: string
  taxNote: string | null
  parties: Parties
  lines: readonly PricedLine[]
}>

const draftAll: HotStatement = {
  name: 'invoices_draft',
  text: `
    insert into invoices
      (i_env, i_customer, state, issued_on, due_on, cycle_from, cycle_until, currency, net, tax, total,
       paid, created_at, tax_name, tax_rate, tax_note, parties, next_attempt_on)
    select $1, i.customer, 'draft', i.issued_on, i.due_on, i.cycle_from, i.cycle_until, i.currency, i.net,
           i.tax, i.total, 0, $3, i.tax_name, i.tax_rate, i.tax_note, i.parties,
           case when i.total > 0 then i.due_on end
      from jsonb_to_recordset($2::jsonb) as i(
        n int, customer int, issued_on date, due_on date, cycle_from date, cycle_until date,
        currency text, net numeric, tax numeric, total numeric, tax_name text, tax_rate numeric,
        tax_note text, parties jsonb)
     order by i.n
    returning id as invoice`,
}

/** Drafts, without numbers yet; their ids in the order given. */
export async function draft(ctx: Ctx, made: readonly NewInvoice[]): Promise<number[]> {
  const rows = made.map((one, n) => ({
    n,
    customer: one.customer,
    issued_on: one.issuedOn,
    due_on: one.dueOn,
    cycle_from: one.cycle?.from ?? null,
    cycle_until: one.cycle?.until ?? null,
    currency: one.currency,
    net: toDecimal(one.net),
    tax: toDecimal(one.tax),
    total: toDecimal(one.total),
    tax_name: one.taxName,
    tax_rate: one.taxRate,
    tax_note: one.taxNote,
    parties: one.parties,
  }))
  const ids = await hot<{ invoice: number }>(ctx.db, draftAll, [
    ctx.env,
    JSON.stringify(rows),
    ctx.now,
  ])
  return ids.map(({ invoice }) => invoice)
}

const linesOfAll: HotStatement = {
  name: 'invoices_lines',
  text: `
    insert into invoice_lines
      (i_env, i_invoice, line, i_customer, i_account, kind, rule, description, period_from,
       period_until, net, tax_rate, tax, i_entry, details)
    select $1, l.i, l.n, l.c, l.a, l.k, l.r, l.d, l.f, l.u, l.net, l.rate, l.tax, l.e, l.x
      from jsonb_to_recordset($2::jsonb) as l(
        i int, n int, c int, a int, k text, r text, d text, f date, u date, net numeric,
        rate numeric, tax numeric, e int, x jsonb)`,
}

const entriesOfAll: HotStatement = {
  name: 'invoices_entries',
  text: `
    insert into ledger_entries
      (i_env, i_customer, i_account, at, day, kind, amount, rule, description,
       i_customer_subscription, period_from, period_until, i_invoice)
    select $1, l.c, l.a, $3, l.day, l.k, l.amount, l.r, l.d, l.s, l.f, l.u, l.i
      from jsonb_to_recordset($2::jsonb) as l(
        i int, c int, a int, day date, k text, amount numeric, r text, d text,
        s int, f date, u date)`,
}

/** The lines of drafts, and what the ledger gains by them. */
export async function write(
  ctx: Ctx,
  drafts: readonly (NewInvoice & Readonly<{ invoice: number }>)[],
): Promise<void> {
  const lines: unknown[] = []
  const entries: unknown[] = []
  for (const { invoice: i, customer: c, issuedOn: day, ...one } of drafts) {
    one.lines.forEach((line, n) => {
      const { account: a, kind: k, rule: r, description: d, period, entry: e, details: x } = line
      const [f, u] = [period?.from, period?.until]
      const [net, tax] = [toDecimal(line.net), toDecimal(line.tax)]
      lines.push({ i, n: n + 1, c, a, k, r, d, f, u, net, rate: line.taxRate, tax, e, x })
      // What an administrator wrote is on the ledger already.
      if (e !== undefined) return
      const amount = toDecimal(line.exact)
      entries.push({ i, c, a, day, k, amount, r, d, s: line.subscription, f, u })
    })
    const beside = (k: string, amount: Money, r: string, d: string) => {
      if (amount !== zero) entries.push({ i, c, day, k, amount: toDecimal(amount), r, d })
    }
    beside('tax', one.tax, 'invoice.tax', one.taxName)
    beside('rounding', one.rounding, 'invoice.rounding', '')
  }
  await Promise.all([
    hot(ctx.db, linesOfAll, [ctx.env, JSON.stringify(lines)]),
    hot(ctx.db, entriesOfAll, [ctx.env, JSON.stringify(entries), ctx.now]),
  ])
}

const numberAll: HotStatement = {
  name: 'invoices_number',
  text: `
    with counted as (
      insert into invoice_counters (i_env, last) values ($1, cardinality($2::int[]))
      on conflict (i_env) do update set last = invoice_counters.last + cardinality($2::int[])
      returning last - cardinality($2::int[]) as before
    )
    update invoices i
       set number = f.prefix || lpad((before + f.n)::text, greatest($4::int, length((before + f.n)::text)), '0'),
           state = case when i.total > 0 then 'issued' else 'paid' end,
           paid = least(i.total, 0)
      from counted, unnest($2::int[], $3::text[]) with ordinality as f (invoice, prefix, n)
     -- Said twice: by the ids alone their rows are found also where nothing is known of the table yet.
     where i.i_env = $1 and i.id = any($2::int[]) and i.id = f.invoice
    returning i.id as invoice, i.number, f.n`,
}

/**
 * Gives drafts the environment's next numbers, in the order given, and issues them: last in its unit
 * of work, for everybody else who issues waits until its commit.
 */
export async function issue(
  ctx: Ctx,
  drafts: readonly Readonly<{ invoice: number; form: NumberForm }>[],
): Promise<Map<number, string>> {
  if (drafts.length === 0) return new Map()
  const rows = await hot<{ invoice: number; number: string }>(ctx.db, numberAll, [
    ctx.env,
    drafts.map(({ invoice }) => invoice),
    drafts.map(({ form }) => form.prefix),
    drafts[0]!.form.digits,
  ])
  return new Map(rows.map(({ invoice, number }) => [invoice, number]))
}

const parkAll: HotStatement = {
  name: 'billing_park',
  text: `
    insert into billing_parked (i_env, i_customer, on_day, code, details, parked_at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (i_env, i_customer) do nothing`,
}

export const park = (
  ctx: Ctx,
  one: Readonly<{
    customer: number
    day: CivilDate
    code: string
    details: Record<string, unknown>
  }>,
) =>
  hot(ctx.db, parkAll, [
    ctx.env,
    one.customer,
    one.day,
    one.code,
    JSON.stringify(one.details),
    ctx.now,
  ])

const parkedOf: HotStatement = {
  name: 'billing_parked',
  text: 'select i_customer as customer from billing_parked where i_env = $1',
}

export const parked = (ctx: Ctx) => hot<{ customer: number }>(ctx.db, parkedOf, [ctx.env])
