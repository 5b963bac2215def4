import * as accounts from '#server/accounts/service.billing.ts'
import { demand } from '#server/auth/rights.ts'
import { invoiceNotFound } from '#server/billing/errors.ts'
import * as repo from '#server/billing/repo.views.ts'
import { waitingBeside } from '#server/billing/repo.waits.ts'
import {
  type BillLineView,
  type BlockedView,
  entriesPerPage,
  type InvoiceList,
  type InvoiceQuery,
  type InvoiceQueryFor,
  type InvoiceRef,
  type InvoiceRow,
  type InvoiceView,
  invoicesPerPage,
  type LedgerQuery,
  type LedgerQueryFor,
  type LedgerView,
  type StatementQuery,
  type StatementQueryFor,
} from '#server/billing/schema.ts'
import * as customers from '#server/customers/service.ts'
import { type CivilDate, dayIn, daysIn } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import {
  add,
  type DecimalString,
  money,
  negate,
  subtract,
  sum,
  toDecimal,
  zero,
} from '#server/kernel/money.ts'
import * as pbx from '#server/pbx/service.billing.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'

const me = (ctx: Ctx): CustomerId => {
  demand(ctx.actor, 'billing:read')
  return ctx.actor.customer as CustomerId
}

/** @throws not_found `customers.not_found` where it isn't the reader's to look after */
async function anyone(ctx: Ctx, customer: number): Promise<CustomerId> {
  demand(ctx.actor, 'billing:read_any')
  await customers.inCharge(ctx, customer as CustomerId)
  return customer as CustomerId
}

const windowOf = (page: number, perPage: number) => ({ limit: perPage, offset: page * perPage })

/** My invoices, newest first, with what is open on all of them. */
export const invoices = async (ctx: Ctx, query: InvoiceQuery) => listOf(ctx, me(ctx), query)

export const invoicesFor = async (ctx: Ctx, { customer, ...query }: InvoiceQueryFor) =>
  listOf(ctx, await anyone(ctx, customer), query)

async function listOf(ctx: Ctx, customer: CustomerId, query: InvoiceQuery): Promise<InvoiceList> {
  const { currency, timeZone } = await customers.find(ctx, customer)
  const today = dayIn(timeZone, ctx.now)
  const [rows, [counted]] = await together(
    repo.listInvoices(ctx, customer, query, windowOf(query.page, invoicesPerPage)),
    repo.countInvoices(ctx, customer, query, today),
  )
  const { total, open, overdue, openSince, dueFirst } = counted!
  return {
    rows: rows.map((row) => rowOf(row, today)),
    total,
    open: toDecimal(money(open)),
    overdue: toDecimal(money(overdue)),
    openSince,
    dueFirst,
    late: dueFirst ? daysLate(dueFirst, today) : 0,
    currency,
  }
}

type Row = Awaited<ReturnType<typeof repo.findInvoice>>[number]

const rowOf = (row: Row, today: CivilDate): InvoiceRow => ({
  invoice: row.invoice,
  number: row.number,
  state: row.state,
  issuedOn: row.issuedOn,
  dueOn: row.dueOn,
  from: row.from,
  until: row.until,
  currency: row.currency,
  total: toDecimal(row.total),
  open: toDecimal(isOpen(row.state) ? subtract(row.total, row.paid) : zero),
  late: isOpen(row.state) && !row.waits ? daysLate(row.dueOn, today) : 0,
  waits: isOpen(row.state) && row.waits,
})

const daysLate = (dueOn: CivilDate, today: CivilDate): number =>
  dueOn < today ? daysIn({ from: dueOn, until: today }) : 0

const isOpen = (state: Row['state']) => state === 'issued' || state === 'overdue'

/** @throws not_found `billing.invoice_not_found`, of another's, too */
export async function invoice(ctx: Ctx, { invoice: id }: InvoiceRef): Promise<InvoiceView> {
  const customer = me(ctx)
  const [row] = await repo.findInvoice(ctx, id)
  if (row?.customer !== customer) throw invoiceNotFound()
  return viewOf(ctx, row)
}

export async function invoiceFor(ctx: Ctx, { invoice: id }: InvoiceRef): Promise<InvoiceView> {
  demand(ctx.actor, 'billing:read_any')
  const [row] = await repo.findInvoice(ctx, id)
  if (!row) throw invoiceNotFound()
  await customers.inCharge(ctx, row.customer as CustomerId)
  return viewOf(ctx, row)
}

async function viewOf(ctx: Ctx, row: Row): Promise<InvoiceView> {
  const customer = row.customer as CustomerId
  const [{ timeZone }, lines, payments, waiting] = await together(
    customers.find(ctx, customer),
    repo.linesOf(ctx, row.invoice),
    repo.paymentsOf(ctx, row.invoice),
    waitingBeside(ctx, customer, row.invoice),
  )
  const left = isOpen(row.state) ? subtract(row.total, row.paid) : zero
  const along = left === zero ? zero : sum(waiting.map(({ open }) => open))
  return {
    ...rowOf(row, dayIn(timeZone, ctx.now)),
    customer: row.customer,
    net: toDecimal(row.net),
    tax: toDecimal(row.tax),
    taxName: row.taxName,
    taxRate: row.taxRate,
    taxNote: row.taxNote,
    paid: toDecimal(row.paid),
    lines: lines.map(lineView),
    payments: payments.map(({ day, amount, payment, kind }) => ({
      day,
      amount: toDecimal(negate(amount)),
      payment,
      writtenOff: kind === 'write_off',
    })),
    voidReason: row.voidReason,
    payable: toDecimal(add(left, along)),
    along: toDecimal(along),
  }
}

type Line = Awaited<ReturnType<typeof repo.linesOf>>[number]

const lineView = ({
  details,
  from,
  until,
  net,
  tax,
  taxRate,
  kind,
  rule,
  description,
}: Line): BillLineView => ({
  kind,
  rule,
  description,
  line: (details?.line as string | undefined) ?? null,
  name: (details?.name as string | undefined) ?? null,
  from,
  until,
  days: from && until ? daysIn({ from, until }) : null,
  net: toDecimal(net),
  tax: toDecimal(tax),
  taxRate,
})

/** My ledger, newest first, with the balance after each line. */
export const ledger = async (ctx: Ctx, query: StatementQuery) => ledgerOf(ctx, me(ctx), query)

export const ledgerFor = async (ctx: Ctx, { customer, ...query }: StatementQueryFor) =>
  ledgerOf(ctx, await anyone(ctx, customer), query)

async function ledgerOf(
  ctx: Ctx,
  customer: CustomerId,
  { page, only }: StatementQuery,
): Promise<LedgerView> {
  const [{ balance, currency }, rows, [counted], names] = await together(
    customers.find(ctx, customer),
    repo.listEntries(ctx, customer, only, windowOf(page, entriesPerPage)),
    repo.countEntries(ctx, customer, only),
    namesOf(ctx, customer),
  )
  return {
    rows: rows.map(({ account, amount, balance: after, ...row }) => ({
      ...row,
      ...names(account),
      amount: toDecimal(amount),
      balance: toDecimal(money(after)),
    })),
    total: counted!.total,
    balance: toDecimal(balance),
    currency,
  }
}

/** What people call a customer's accounts. */
export async function namesOf(ctx: Ctx, customer: CustomerId) {
  const [labels, extensions] = await together(
    accounts.labelsOf(ctx, [customer]),
    pbx.extensionsOf(ctx, [customer]),
  )
  return (account: number | null) => {
    const label = account === null ? undefined : labels.get(account as AccountId)
    const line = label && (extensions.get(label.account) ?? label.accountId)
    return { line: line ?? null, name: label?.name ?? null }
  }
}

/** The days my lines were blocked and nothing was paid for, as the ledger proves them. */
export const blockedDays = async (ctx: Ctx, query: LedgerQuery) => blockedOf(ctx, me(ctx), query)

export const blockedDaysFor = async (ctx: Ctx, { customer, ...query }: LedgerQueryFor) =>
  blockedOf(ctx, await anyone(ctx, customer), query)

async function blockedOf(
  ctx: Ctx,
  customer: CustomerId,
  { page }: LedgerQuery,
): Promise<BlockedView> {
  const [{ currency }, rows, [counted], names] = await together(
    customers.find(ctx, customer),
    repo.listBlocked(ctx, customer, windowOf(page, entriesPerPage)),
    repo.sumBlocked(ctx, customer),
    namesOf(ctx, customer),
  )
  return {
    rows: rows.map(({ account, amount, from, until, description, invoice: of, number }) => {
      const { line, name } = names(account)
      const period = { from: from as CivilDate, until: until as CivilDate }
      return {
        line: line ?? '',
        name: name ?? '',
        description,
        ...period,
        days: daysIn(period),
        amount: toDecimal(amount),
        invoice: of,
        number,
      }
    }),
    total: counted!.total,
    saved: toDecimal(money(counted!.saved as DecimalString)),
    currency,
  }
}
