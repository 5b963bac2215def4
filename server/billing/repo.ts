import { and, eq, sql } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { type invoiceLines, invoices, ledgerEntries } from '#db/schema/billing.ts'
import type { NumberForm } from '#server/billing/invoice-number.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type DecimalString, type Money, money, toDecimal, zero } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Invoice = Omit<typeof invoices.$inferInsert, 'env' | 'id' | 'number'>
/** Of the invoice it is written with. */
type Line = Omit<typeof invoiceLines.$inferInsert, 'env' | 'invoice' | 'customer'>
type Entry = Omit<typeof ledgerEntries.$inferInsert, 'env' | 'id' | 'customer' | 'invoice'>

/** Columns of ledger lines as `$n` gives them in JSON. */
const entriesOf = (json: string) => `
  jsonb_to_recordset(${json}::jsonb) as e(
    n int, account int, at timestamptz, day date, kind text, amount numeric, rule text,
    description text, subscription int, period_from date, period_until date, payment int)`

const entryColumns = `
  i_env, i_customer, i_account, at, day, kind, amount, rule, description,
  i_customer_subscription, period_from, period_until, i_payment, i_invoice`

const entryValues = `
  e.account, e.at, e.day, e.kind, e.amount, e.rule, e.description,
  e.subscription, e.period_from, e.period_until, e.payment`

const entriesJson = (entries: readonly Entry[]) =>
  JSON.stringify(
    entries.map((entry, n) => ({
      ...entry,
      n,
      amount: toDecimal(entry.amount),
      subscription: entry.customerSubscription,
      period_from: entry.periodFrom,
      period_until: entry.periodUntil,
    })),
  )

const issueWhole: HotStatement = {
  name: 'invoice_issue',
  text: `
    with counted as (
      insert into invoice_counters (i_env, last) values ($1, 1)
      on conflict (i_env) do update set last = invoice_counters.last + 1
      returning last
    ), invoice as (
      insert into invoices
        (i_env, number, i_customer, state, issued_on, due_on, currency, net, tax, total, paid,
         created_at, tax_name, tax_rate, tax_note, parties)
      select $1, $3::text || lpad(last::text, greatest($15::int, length(last::text)), '0'), $2, $4, $5, $6, $7, $8, $9, $10, $11, $12,
             $16, $17, $18, $19::jsonb
        from counted
      returning id, number
    ), lines as (
      insert into invoice_lines
        (i_env, i_invoice, line, i_customer, i_account, kind, rule, description, period_from, period_until, net, tax_rate, tax, details)
      select $1, invoice.id, l.line, $2, l.account, l.kind, l.rule, l.description, l.period_from, l.period_until, l.net, l.tax_rate, l.tax, l.details
        from invoice, jsonb_to_recordset($13::jsonb) as l(
          line int, account int, kind text, rule text, description text, period_from date,
          period_until date, net numeric, tax_rate numeric, tax numeric, details jsonb)
    ), entries as (
      insert into ledger_entries (${entryColumns})
      select $1, $2, ${entryValues}, invoice.id
        from invoice, ${entriesOf('$14')}
       order by e.n
    )
    select id as invoice, number from invoice`,
}

/**
 * An invoice with the environment's next number, its lines, and what the ledger gains by it. The
 * counter's row stays locked until commit, so that a rollback leaves no gap: all in one statement,
 * for everybody else waits.
 */
export const issue = (
  ctx: Ctx,
  { prefix, digits }: NumberForm,
  invoice: Invoice,
  lines: readonly Line[],
  entries: readonly Entry[],
) =>
  hot<{ invoice: number; number: string }>(ctx.db, issueWhole, [
    ctx.env,
    invoice.customer,
    prefix,
    invoice.state,
    invoice.issuedOn,
    invoice.dueOn,
    invoice.currency,
    toDecimal(invoice.net),
    toDecimal(invoice.tax),
    toDecimal(invoice.total),
    toDecimal(invoice.paid),
    invoice.createdAt,
    JSON.stringify(
      lines.map(({ net, tax, taxRate, periodFrom, periodUntil, ...line }) => ({
        ...line,
        net: toDecimal(net),
        tax: toDecimal(tax),
        tax_rate: taxRate,
        period_from: periodFrom,
        period_until: periodUntil,
      })),
    ),
    entriesJson(entries),
    digits,
    invoice.taxName,
    invoice.taxRate,
    invoice.taxNote,
    JSON.stringify(invoice.parties),
  ])

const lockOne: HotStatement = {
  name: 'invoice_lock',
  text: `
    select number, i_customer as customer, state, currency, total, paid
      from invoices where i_env = $1 and id = $2 for update`,
}

export type LockedInvoice = Readonly<{
  number: string
  customer: CustomerId
  state: Invoice['state']
  currency: string
  total: Money
  paid: Money
}>

export async function lockInvoice(ctx: Ctx, invoice: number): Promise<LockedInvoice[]> {
  const rows = await hot<LockedInvoice & { total: string; paid: string }>(ctx.db, lockOne, [
    ctx.env,
    invoice,
  ])
  return rows.map((row) => ({ ...row, total: money(row.total), paid: money(row.paid) }))
}

const payWhole: HotStatement = {
  name: 'invoice_pay',
  text: `
    with invoice as (
      update invoices set state = 'paid', paid = $4 where i_env = $1 and id = $3 and i_customer = $2
      returning id
    )
    insert into ledger_entries (${entryColumns})
    select $1, $2, ${entryValues}, invoice.id from invoice, ${entriesOf('$5')}`,
}

/** A payment's line in the ledger, and its invoice paid. */
export const pay = (
  ctx: Ctx,
  { customer, invoice, paid }: { customer: number; invoice: number; paid: Money },
  entry: Entry,
) => hot(ctx.db, payWhole, [ctx.env, customer, invoice, toDecimal(paid), entriesJson([entry])])

/** The line that entered a payment, where there is one. */
export const entered = (ctx: Ctx, payment: number) =>
  ctx.db
    .select({ entry: ledgerEntries.id })
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.env, ctx.env),
        eq(ledgerEntries.payment, payment),
        eq(ledgerEntries.kind, 'payment'),
      ),
    )

/** A line of the ledger by itself: of a payment, a refund, or written by an administrator. */
export const enter = (ctx: Ctx, customer: number, entry: Entry & { invoice?: number | null }) =>
  ctx.db
    .insert(ledgerEntries)
    .values({ ...entry, env: ctx.env, customer })
    .returning({ entry: ledgerEntries.id })

export const whose = (ctx: Ctx, invoice: number) =>
  ctx.db
    .select({ customer: sql<CustomerId>`${invoices.customer}` })
    .from(invoices)
    .where(and(eq(invoices.env, ctx.env), eq(invoices.id, invoice)))

export const setVoid = (ctx: Ctx, invoice: number, reason: string) =>
  ctx.db
    .update(invoices)
    .set({ state: 'void', paid: zero, voidedAt: ctx.now, voidReason: reason })
    .where(and(eq(invoices.env, ctx.env), eq(invoices.id, invoice)))

/** What was forgiven of an invoice. */
export async function writtenOff(ctx: Ctx, invoice: number): Promise<Money> {
  const [row] = await ctx.db
    .select({ amount: sql<DecimalString>`coalesce(-sum(${ledgerEntries.amount}), 0)::text` })
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.env, ctx.env),
        eq(ledgerEntries.invoice, invoice),
        eq(ledgerEntries.kind, 'write_off'),
      ),
    )
  return money(row!.amount)
}
