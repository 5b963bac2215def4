import * as agreements from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { invoiceNotFound, paymentDiffers } from '#server/billing/errors.ts'
import { invoiceIssued, invoicePaid, paymentCredited } from '#server/billing/events.ts'
import { numberForm } from '#server/billing/invoice-number.ts'
import * as repo from '#server/billing/repo.ts'
import type { BalanceView, Charge, FirstInvoice, IssuedInvoice } from '#server/billing/schema.ts'
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

  // The invoice last: its counter stays locked until commit.
  const [, , [issued]] = await together(
    customers.moveBalance(ctx, customer, total),
    markCharged(ctx, charges),
    repo.issue(
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
      },
      charges.map(lineOf),
      entriesOf(first, ctx.now, tax),
    ),
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
  description: charge.description,
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

type Paid = Readonly<{ invoice: number; payment: number; amount: Money }>
type Invoice = Awaited<ReturnType<typeof repo.lockInvoice>>[number]

/**
 * Enters a captured payment: once, whoever tells of it and however often. The money is there already,
 * so where its invoice was paid by another it is the customer's credit.
 *
 * @throws not_found `billing.invoice_not_found`, conflict `billing.payment_differs`
 */
export async function enterPayment(ctx: Ctx, paid: Paid): Promise<void> {
  const [invoice] = await repo.lockInvoice(ctx, paid.invoice)
  if (!invoice) throw invoiceNotFound()
  if (invoice.state === 'paid') return enterBeyond(ctx, paid, invoice)
  if (invoice.total !== paid.amount) throw paymentDiffers(invoice.number)

  const customer = invoice.customer as CustomerId
  const entry = await entryOf(ctx, paid, invoice)
  await together(
    repo.pay(ctx, { customer, invoice: paid.invoice, paid: invoice.total }, entry),
    customers.moveBalance(ctx, customer, negate(paid.amount)),
  )

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

/** A payment of what is paid already: told of again, or a second one. */
async function enterBeyond(ctx: Ctx, paid: Paid, invoice: Invoice): Promise<void> {
  const { payment, amount } = paid
  // A card that was only verified paid nothing.
  if (amount === zero) return
  const [known] = await repo.entered(ctx, payment)
  if (known) return

  const customer = invoice.customer as CustomerId
  const entry = await entryOf(ctx, paid, invoice)
  await repo.credit(ctx, customer, { ...entry, rule: 'payment.credited' })
  await customers.moveBalance(ctx, customer, negate(amount))

  const { number, currency } = invoice
  const payload = { amount: toDecimal(amount), currency, number }
  await publish(ctx, paymentCredited(customer, payment, payload))
  await audit.done(ctx, {
    action: 'payment.credit',
    entity: 'payment',
    entityId: String(payment),
    customer,
    after: payload,
  })
}

async function entryOf(ctx: Ctx, { payment, amount }: Paid, { customer, number }: Invoice) {
  const timeZone = await customers.timeZoneOf(ctx, customer as CustomerId)
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
