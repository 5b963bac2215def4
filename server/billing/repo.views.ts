import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { invoiceLines, invoices, ledgerEntries } from '#db/schema/billing.ts'
import type { InvoiceQuery } from '#server/billing/schema.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Window = Readonly<{ limit: number; offset: number }>

const invoiceColumns = {
  invoice: invoices.id,
  customer: invoices.customer,
  number: invoices.number,
  state: invoices.state,
  issuedOn: invoices.issuedOn,
  dueOn: invoices.dueOn,
  from: invoices.cycleFrom,
  until: invoices.cycleUntil,
  currency: invoices.currency,
  net: invoices.net,
  tax: invoices.tax,
  total: invoices.total,
  paid: invoices.paid,
  taxName: invoices.taxName,
  taxRate: invoices.taxRate,
  taxNote: invoices.taxNote,
  voidReason: invoices.voidReason,
  parties: invoices.parties,
  createdAt: invoices.createdAt,
}

const states = {
  all: undefined,
  open: ['issued', 'overdue'],
  paid: ['paid'],
  void: ['void'],
} as const

const found = (ctx: Ctx, customer: CustomerId, { state }: Pick<InvoiceQuery, 'state'>) => {
  const only = states[state]
  return and(
    eq(invoices.env, ctx.env),
    eq(invoices.customer, customer),
    ne(invoices.state, 'draft'),
    only ? inArray(invoices.state, [...only]) : undefined,
  )
}

export const listInvoices = (
  ctx: Ctx,
  customer: CustomerId,
  query: Pick<InvoiceQuery, 'state'>,
  { limit, offset }: Window,
) =>
  ctx.db
    .select(invoiceColumns)
    .from(invoices)
    .where(found(ctx, customer, query))
    .orderBy(desc(invoices.issuedOn), desc(invoices.id))
    .limit(limit)
    .offset(offset)

export const countInvoices = (ctx: Ctx, customer: CustomerId, query: Pick<InvoiceQuery, 'state'>) =>
  ctx.db
    .select({
      total: sql<number>`count(*)::int`,
      open: sql<string>`coalesce(sum(${invoices.total} - ${invoices.paid})
        filter (where ${invoices.state} in ('issued', 'overdue')), 0)::text`,
    })
    .from(invoices)
    .where(found(ctx, customer, query))

export const findInvoice = (ctx: Ctx, invoice: number) =>
  ctx.db
    .select(invoiceColumns)
    .from(invoices)
    .where(and(eq(invoices.env, ctx.env), eq(invoices.id, invoice), ne(invoices.state, 'draft')))

export const linesOf = (ctx: Ctx, invoice: number) =>
  ctx.db
    .select({
      kind: invoiceLines.kind,
      rule: invoiceLines.rule,
      description: invoiceLines.description,
      account: invoiceLines.account,
      details: invoiceLines.details,
      from: invoiceLines.periodFrom,
      until: invoiceLines.periodUntil,
      net: invoiceLines.net,
      tax: invoiceLines.tax,
      taxRate: invoiceLines.taxRate,
    })
    .from(invoiceLines)
    .where(and(eq(invoiceLines.env, ctx.env), eq(invoiceLines.invoice, invoice)))
    .orderBy(asc(invoiceLines.line))

/** Money that came for an invoice, or went back. */
export const paymentsOf = (ctx: Ctx, invoice: number) =>
  ctx.db
    .select({
      day: ledgerEntries.day,
      amount: ledgerEntries.amount,
      payment: ledgerEntries.payment,
      kind: ledgerEntries.kind,
    })
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.env, ctx.env),
        eq(ledgerEntries.invoice, invoice),
        inArray(ledgerEntries.kind, ['payment', 'refund']),
      ),
    )
    .orderBy(asc(ledgerEntries.id))

const mine = (ctx: Ctx, customer: CustomerId) =>
  and(eq(ledgerEntries.env, ctx.env), eq(ledgerEntries.customer, customer))

const entryColumns = {
  id: ledgerEntries.id,
  day: ledgerEntries.day,
  kind: ledgerEntries.kind,
  rule: ledgerEntries.rule,
  description: ledgerEntries.description,
  account: ledgerEntries.account,
  from: ledgerEntries.periodFrom,
  until: ledgerEntries.periodUntil,
  amount: ledgerEntries.amount,
  invoice: ledgerEntries.invoice,
  number: invoices.number,
  reason: ledgerEntries.reason,
}

const ofInvoice = and(eq(invoices.env, ledgerEntries.env), eq(invoices.id, ledgerEntries.invoice))

/** Newest first, each with the balance after it. */
export const listEntries = (ctx: Ctx, customer: CustomerId, { limit, offset }: Window) =>
  ctx.db
    .select({
      ...entryColumns,
      balance: sql<string>`sum(${ledgerEntries.amount}) over (order by ${ledgerEntries.id})::text`,
    })
    .from(ledgerEntries)
    .leftJoin(invoices, ofInvoice)
    .where(mine(ctx, customer))
    .orderBy(desc(ledgerEntries.id))
    .limit(limit)
    .offset(offset)

export const countEntries = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({ total: sql<number>`count(*)::int` })
    .from(ledgerEntries)
    .where(mine(ctx, customer))

const blocked = (ctx: Ctx, customer: CustomerId) =>
  and(mine(ctx, customer), eq(ledgerEntries.kind, 'blocked'))

/** Free days, those of the latest stretch first. */
export const listBlocked = (ctx: Ctx, customer: CustomerId, { limit, offset }: Window) =>
  ctx.db
    .select(entryColumns)
    .from(ledgerEntries)
    .leftJoin(invoices, ofInvoice)
    .where(blocked(ctx, customer))
    .orderBy(desc(ledgerEntries.periodFrom), desc(ledgerEntries.id))
    .limit(limit)
    .offset(offset)

export const sumBlocked = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({
      total: sql<number>`count(*)::int`,
      saved: sql<string>`coalesce(-sum(${ledgerEntries.amount}), 0)::text`,
    })
    .from(ledgerEntries)
    .where(blocked(ctx, customer))
