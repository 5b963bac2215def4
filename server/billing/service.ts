import * as agreements from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { invoiceNotFound } from '#server/billing/errors.ts'
import {
  invoiceIssued,
  invoicePaid,
  paymentCredited,
  paymentReceived,
} from '#server/billing/events.ts'
import { numberForm } from '#server/billing/invoice-number.ts'
import { partiesOf } from '#server/billing/parties.ts'
import * as repo from '#server/billing/repo.ts'
import type { BalanceView, Charge, FirstInvoice, IssuedInvoice } from '#server/billing/schema.ts'
import { restorePaid } from '#server/billing/service.dunning.ts'
import { issuerOf } from '#server/billing/service.issuer.ts'
import { settleOf } from '#server/billing/service.settle.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { add, type Money, negate, sum, toDecimal, zero } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'

/**
 * Charges and invoices what a new customer starts with. Call it last in the unit of work: the
 * environment's invoice counter stays locked until commit, so that numbers have no gaps.
 */
export async function chargeFirst(ctx: Ctx, first: FirstInvoice): Promise<IssuedInvoice> {
  const { customer, charges, day, currency } = first
  const net = sum(charges.map((charge) => charge.net))
  const tax = sum(charges.map((charge) => charge.tax))
  const total = add(net, tax)

  const [issuer] = await together(
    issuerOf(ctx),
    customers.moveBalance(ctx, customer, total),
    markCharged(ctx, charges),
  )
  // Last: its counter stays locked until commit.
  const [issued] = await repo.issue(
    ctx,
    numberForm(day),
    {
      customer,
      // Nothing to pay is paid.
      state: total === zero ? 'paid' : 'issued',
      issuedOn: day,
      dueOn: day,
      currency,
      net,
      tax,
      total,
      paid: zero,
      createdAt: ctx.now,
      taxName: first.taxName,
      taxRate: first.taxRate,
      taxNote: first.taxNote,
      parties: partiesOf(issuer, first.recipient),
    },
    charges.map(lineOf),
    entriesOf(first, ctx.now, tax),
  )
  const { invoice, number } = issued!

  const payload = { number, total: toDecimal(total), currency }
  await publish(ctx, invoiceIssued(customer, invoice, payload))
  await audit.done(ctx, {
    action: 'invoice.issue',
    entity: 'invoice',
    entityId: String(invoice),
    customer,
    after: payload,
  })
  return { invoice, number, total }
}

const markCharged = (ctx: Ctx, charges: readonly Charge[]) =>
  together(
    ...charges.map(async ({ customerSubscription, period }) => {
      if (!customerSubscription || !period) return
      await agreements.markCharged(ctx, customerSubscription, period.until)
    }),
  )

const datesOf = ({ period }: Charge) => ({ periodFrom: period?.from, periodUntil: period?.until })

const lineOf = (charge: Charge, i: number) => ({
  line: i + 1,
  account: charge.account,
  kind: charge.kind,
  rule: `signup.${charge.kind}`,
  description: charge.description,
  details: charge.details,
  ...datesOf(charge),
  net: charge.net,
  taxRate: charge.taxRate,
  tax: charge.tax,
})

/** Each charge is a line of the invoice and a line of the ledger; the tax is one of the ledger. */
function entriesOf({ charges, day, taxName }: FirstInvoice, at: Date, tax: Money) {
  const entries = charges.map((charge) => ({
    account: charge.account,
    at,
    day,
    kind: charge.kind,
    amount: charge.net,
    rule: `signup.${charge.kind}`,
    description: charge.description,
    customerSubscription: charge.customerSubscription,
    ...datesOf(charge),
  }))
  if (tax === zero) return entries
  const rule = 'signup.tax'
  const taxed = { at, day, kind: 'tax' as const, amount: tax, rule, description: taxName }
  return [...entries, taxed]
}

/** `along`: other invoices it is meant for. */
type Paid = Readonly<{
  invoice: number
  payment: number
  amount: Money
  along?: readonly number[]
}>
type Invoice = Awaited<ReturnType<typeof repo.lockInvoice>>[number]

/**
 * Enters a captured payment: once, whoever tells of it and however often. A part of what its invoice
 * asks for leaves the rest open; what is beyond pays those it takes along, then others, oldest first,
 * and what is left then is the customer's credit.
 *
 * @throws not_found `billing.invoice_not_found`
 */
export async function enterPayment(ctx: Ctx, paid: Paid): Promise<void> {
  const [invoice] = await repo.lockInvoice(ctx, paid.invoice)
  if (!invoice) throw invoiceNotFound()
  // A card that was only verified paid nothing.
  if (paid.amount === zero && invoice.state === 'paid') return
  if (invoice.paid !== zero || invoice.total !== paid.amount || !isOpen(invoice)) {
    return enterPart(ctx, paid, invoice)
  }

  const { customer } = invoice
  const entry = await entryOf(ctx, paid, invoice)
  await together(
    repo.pay(ctx, { customer, invoice: paid.invoice, paid: invoice.total }, entry),
    customers.moveBalance(ctx, customer, negate(paid.amount)),
  )
  if (invoice.state === 'overdue') await restorePaid(ctx, [customer])

  const payload = {
    number: invoice.number,
    total: toDecimal(invoice.total),
    currency: invoice.currency,
  }
  await publish(ctx, invoicePaid(customer, paid.invoice, payload))
  await audit.done(ctx, {
    action: 'invoice.pay',
    entity: 'invoice',
    entityId: String(paid.invoice),
    customer,
    after: payload,
  })
}

const isOpen = ({ state }: Invoice) => state === 'issued' || state === 'overdue'

/** A part, too much, a second one, or told of again. */
async function enterPart(ctx: Ctx, paid: Paid, invoice: Invoice): Promise<void> {
  const { payment, amount, along = [] } = paid
  const [known] = await repo.entered(ctx, payment)
  if (known) return

  const { customer, number, currency } = invoice
  const entry = await entryOf(ctx, paid, invoice)
  const open = isOpen(invoice)
  await repo.enter(
    ctx,
    customer,
    open ? { ...entry, invoice: paid.invoice } : { ...entry, rule: 'payment.credited' },
  )
  await customers.moveBalance(ctx, customer, negate(amount))
  await settleOf(ctx, [customer], [paid.invoice, ...along])

  const payload = { amount: toDecimal(amount), currency, number }
  await publish(ctx, (open ? paymentReceived : paymentCredited)(customer, payment, payload))
  await audit.done(ctx, {
    action: open ? 'payment.receive' : 'payment.credit',
    entity: 'payment',
    entityId: String(payment),
    customer,
    after: payload,
  })
}

async function entryOf(ctx: Ctx, { payment, amount }: Paid, { customer, number }: Invoice) {
  const timeZone = await customers.timeZoneOf(ctx, customer)
  return {
    at: ctx.now,
    day: dayIn(timeZone, ctx.now),
    kind: 'payment' as const,
    amount: negate(amount),
    rule: 'payment.captured',
    description: number,
    payment,
  }
}

/** What I owe. */
export async function balance(ctx: Ctx): Promise<BalanceView> {
  demand(ctx.actor, 'customer:read')
  const row = await customers.find(ctx, ctx.actor.customer as CustomerId)
  return { balance: toDecimal(row.balance), currency: row.currency }
}
