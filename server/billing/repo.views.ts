import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { invoiceLines, invoices, ledgerEntries } from '#db/schema/billing.ts'
import type { InvoiceQuery, StatementQuery } from '#server/billing/schema.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { DecimalString } from '#server/kernel/money.ts'
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
  waits: invoices.waits,
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

const isOpen = sql`${invoices.state} in ('issued', 'overdue')`
const left = sql`${invoices.total} - ${invoices.paid}`

/** How many, and what of them is open: since when, and what of it is late by `today`. */
export const countInvoices = (
  ctx: Ctx,
  customer: CustomerId,
  query: Pick<InvoiceQuery, 'state'>,
  today: CivilDate,
) =>
  ctx.db
    .select({
      total: sql<number>`count(*)::int`,
      open: sql<DecimalString>`coalesce(sum(${left}) filter (where ${isOpen}), 0)::text`,
      overdue: sql<DecimalString>`coalesce(sum(${left})
        filter (where ${isOpen} and not ${invoices.waits} and ${invoices.dueOn} < ${today}), 0)::text`,
      openSince: sql<CivilDate | null>`min(${invoices.issuedOn}) filter (where ${isOpen})::text`,
      dueFirst: sql<CivilDate | null>`min(${invoices.dueOn}) filter (where ${isOpen} and not ${invoices.waits})::text`,
    })
    .from(invoices)
    .where(found(ctx, customer, query))

export const findInvoice = (ctx: Ctx, invoice: number) =>
  ctx.db
    .select(invoiceColumns)
    .from(invoices)
    .where(and(eq(invoices.env, ctx.env), eq(invoices.id, invoice), ne(invoices.state, 'draft')))

export const numbersOf = (ctx: Ctx, ids: readonly number[]) =>
  ctx.db
    .select({ invoice: invoices.id, number: invoices.number })
    .from(invoices)
    .where(and(eq(invoices.env, ctx.env), inArray(invoices.id, [...ids])))

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

/** Money that came for an invoice, or went back; and what of it nobody asks for any more. */
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
        inArray(ledgerEntries.kind, ['payment', 'refund', 'write_off']),
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

const parts = { all: undefined, payments: ['payment', 'refund'] } as const

const part = (ctx: Ctx, customer: CustomerId, only: StatementQuery['only']) => {
  const kinds = parts[only]
  return and(mine(ctx, customer), kinds && inArray(ledgerEntries.kind, [...kinds]))
}

/** Newest first, each with the balance after it, also where only some are asked for. */
export const listEntries = (
  ctx: Ctx,
  customer: CustomerId,
  only: StatementQuery['only'],
  { limit, offset }: Window,
) => {
  const after = ctx.db
    .select({
      id: ledgerEntries.id,
      balance: sql<DecimalString>`
        (sum(${ledgerEntries.amount}) over (order by ${ledgerEntries.id}))::text`.as('balance'),
    })
    .from(ledgerEntries)
    .where(mine(ctx, customer))
    .as('after')
  return ctx.db
    .select({ ...entryColumns, balance: after.balance })
    .from(ledgerEntries)
    .innerJoin(after, eq(after.id, ledgerEntries.id))
    .leftJoin(invoices, ofInvoice)
    .where(part(ctx, customer, only))
    .orderBy(desc(ledgerEntries.id))
    .limit(limit)
    .offset(offset)
}

export const countEntries = (ctx: Ctx, customer: CustomerId, only: StatementQuery['only']) =>
  ctx.db
    .select({ total: sql<number>`count(*)::int` })
    .from(ledgerEntries)
    .where(part(ctx, customer, only))

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
