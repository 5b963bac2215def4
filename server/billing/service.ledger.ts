import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import {
  amountInvalid,
  amountTooPrecise,
  invoiceClosed,
  invoiceNotFound,
  wrongCurrency,
} from '#server/billing/errors.ts'
import {
  invoiceVoided,
  ledgerWritten,
  paymentReceived,
  paymentRefunded,
} from '#server/billing/events.ts'
import * as repo from '#server/billing/repo.ts'
import { tookAlong } from '#server/billing/repo.waits.ts'
import type {
  RecordPayment,
  RefundPayment,
  VoidInvoice,
  WriteLedger,
} from '#server/billing/schema.ledger.ts'
import { restorePaid } from '#server/billing/service.dunning.ts'
import { settleOf } from '#server/billing/service.settle.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import {
  type Money,
  money,
  negate,
  roundToMinor,
  subtract,
  toDecimal,
  zero,
} from '#server/kernel/money.ts'
import type { Refund } from '#server/payments/schema.ts'
import { adoptRefunds, driveRefund, intendRefund } from '#server/payments/service.refunds.ts'
import * as payments from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** What can be paid: above zero, in the customer's currency, and in nothing smaller than it has. */
function demandPayable(text: string, currency: string, of: { currency: string }): Money {
  if (currency !== of.currency) throw wrongCurrency(of.currency)
  const amount = money(text)
  if (amount <= zero) throw amountInvalid()
  if (roundToMinor(amount, currency) !== amount) throw amountTooPrecise(currency)
  return amount
}

/**
 * Writes a charge or a credit on a customer's ledger, for a reason: the balance moves now, the next
 * invoice tells of it, with tax.
 *
 * @throws not_found `customers.not_found`; invalid `billing.wrong_currency`, `billing.amount_invalid`,
 *   `billing.amount_too_precise`
 */
export async function write(ctx: Ctx, { key, ...input }: WriteLedger): Promise<{ entry: number }> {
  demand(ctx.actor, 'billing:write_any')
  return once(ctx, key, input, async () => {
    const customer = input.customer as CustomerId
    const of = await customers.inCharge(ctx, customer)
    const asked = demandPayable(input.amount, input.currency, of)

    const amount = input.kind === 'charge' ? asked : negate(asked)
    const [row] = await repo.enter(ctx, customer, {
      at: ctx.now,
      day: dayIn(of.timeZone, ctx.now),
      kind: input.kind,
      amount,
      rule: `${input.kind}.manual`,
      description: input.description,
      reason: input.reason,
    })
    await customers.moveBalance(ctx, customer, amount)

    const { kind, currency, description } = input
    const payload = { kind, amount: toDecimal(amount), currency, description }
    await publish(ctx, ledgerWritten(customer, payload))
    await audit.done(ctx, {
      action: `ledger.${kind}`,
      entity: 'customer',
      entityId: String(customer),
      customer,
      onBehalfOf: of.name,
      after: { ...payload, reason: input.reason },
    })
    return { entry: row!.entry }
  })
}

/**
 * Records money that came by another way than through a gateway: it pays the invoice that is named,
 * then what is open, oldest first; what is left is the customer's credit.
 *
 * @throws as `write`; not_found `billing.invoice_not_found`
 */
export async function recordPayment(
  ctx: Ctx,
  { key, ...input }: RecordPayment,
): Promise<{ payment: number }> {
  demand(ctx.actor, 'billing:write_any')
  return once(ctx, key, input, async () => {
    const customer = input.customer as CustomerId
    const of = await customers.inCharge(ctx, customer)
    const amount = demandPayable(input.amount, input.currency, of)
    const invoice = input.invoice === null ? null : await openInvoice(ctx, customer, input.invoice)

    const { currency, reason, invoice: id } = input
    const made = { key: `manual-${key}`, amount, currency, customer, invoice: id ?? undefined }
    const payment = await payments.intend(ctx, { ...made, gateway: 'manual', purpose: 'manual' })
    await payments.note(ctx, payment, { state: 'captured', customer })
    await repo.enter(ctx, customer, {
      at: ctx.now,
      day: dayIn(of.timeZone, ctx.now),
      kind: 'payment',
      amount: negate(amount),
      rule: 'payment.manual',
      description: invoice?.number ?? '',
      reason,
      payment,
      invoice: id,
    })
    await customers.moveBalance(ctx, customer, negate(amount))
    await settleOf(ctx, [customer], id === null ? [] : [id])

    const payload = { amount: toDecimal(amount), currency, number: invoice?.number ?? null }
    await publish(ctx, paymentReceived(customer, payment, payload))
    await audit.done(ctx, {
      action: 'payment.record',
      entity: 'payment',
      entityId: String(payment),
      customer,
      onBehalfOf: of.name,
      after: { ...payload, reason },
    })
    return { payment }
  })
}

/** Locked, with what is open of it. */
export async function openInvoice(ctx: Ctx, customer: CustomerId, id: number) {
  const [invoice] = await repo.lockInvoice(ctx, id)
  if (invoice?.customer !== customer) throw invoiceNotFound()
  if (invoice.state !== 'issued' && invoice.state !== 'overdue') throw invoiceClosed(invoice.number)
  return invoice
}

/**
 * Takes an invoice back that should not have been: nothing is owed for it any more, and what it
 * charged isn't charged again. What was paid of it pays what else is open, or is credit.
 *
 * @throws not_found `billing.invoice_not_found`, conflict `billing.invoice_closed`
 */
export async function voidInvoice(ctx: Ctx, { invoice: id, reason }: VoidInvoice): Promise<void> {
  demand(ctx.actor, 'billing:write_any')
  const [known] = await repo.whose(ctx, id)
  if (!known) throw invoiceNotFound()
  const { customer } = known
  const of = await customers.inCharge(ctx, customer)
  const { number, total, currency } = await openInvoice(ctx, customer, id)

  await repo.setVoid(ctx, id, reason)
  await repo.enter(ctx, customer, {
    at: ctx.now,
    day: dayIn(of.timeZone, ctx.now),
    kind: 'void',
    amount: negate(total),
    rule: 'invoice.void',
    description: number,
    reason,
    invoice: id,
  })
  // What was forgiven of it is nobody's credit.
  const forgiven = await repo.writtenOff(ctx, id)
  if (forgiven !== zero) {
    await repo.enter(ctx, customer, {
      at: ctx.now,
      day: dayIn(of.timeZone, ctx.now),
      kind: 'write_off',
      amount: forgiven,
      rule: 'invoice.void',
      description: number,
      reason,
      invoice: id,
    })
  }
  await customers.moveBalance(ctx, customer, subtract(forgiven, total))
  await settleOf(ctx, [customer])
  await restorePaid(ctx, [customer])

  const payload = { number, total: toDecimal(total), currency }
  await publish(ctx, invoiceVoided(customer, id, payload))
  await audit.done(ctx, {
    action: 'invoice.void',
    entity: 'invoice',
    entityId: String(id),
    customer,
    onBehalfOf: of.name,
    after: { ...payload, reason },
  })
}

/**
 * Gives a payment back, all or a part of it, the way it came. What it paid is open again, unless there
 * is credit; to forgive that, write it off besides. Pressing twice is pressing once.
 *
 * @returns what came of it; `pending` while the gateway hasn't said
 * @throws not_found `payments.not_found`; invalid `billing.wrong_currency`, `billing.amount_invalid`,
 *   `billing.amount_too_precise`; conflict `payments.not_refundable`, `payments.refund_too_much`
 */
export async function refund(
  edge: Edge,
  outside: Outside,
  { key, payment, reason, ...input }: RefundPayment,
): Promise<{ refund: number; state: Refund['state'] }> {
  const intended = await unitOfWork(edge, async (ctx) => {
    demand(ctx.actor, 'billing:write_any')
    const paid = await payments.find(ctx, payment)
    const of = await customers.inCharge(ctx, paid.customer as CustomerId)
    const amount = demandPayable(input.amount, input.currency, paid)
    const made = await intendRefund(ctx, { payment, amount, reason, key: `refund-${key}` })
    await audit.done(ctx, {
      action: 'payment.refund',
      entity: 'payment',
      entityId: String(payment),
      customer: paid.customer,
      onBehalfOf: of.name,
      after: { amount: toDecimal(amount), currency: paid.currency, reason },
    })
    return made
  })
  const done = await driveRefund(edge, outside, intended.id, enterRefund)
  return { refund: done.id, state: done.state }
}

/** Enters what was given back of a payment on the gateway's own pages. */
export const findRefunds = (edge: Edge, outside: Outside, payment: number): Promise<void> =>
  adoptRefunds(edge, outside, payment, enterRefund)

/** Money that went back is owed again: in the transaction that notes it as gone. */
export async function enterRefund(ctx: Ctx, refunded: Refund): Promise<void> {
  const { customer, payment, amount, currency, reason } = refunded
  const timeZone = await customers.timeZoneOf(ctx, customer)
  const { invoice } = await payments.find(ctx, payment)
  await repo.enter(ctx, customer, {
    at: ctx.now,
    day: dayIn(timeZone, ctx.now),
    kind: 'refund',
    amount,
    rule: 'payment.refunded',
    description: '',
    reason,
    payment,
    invoice,
  })
  await customers.moveBalance(ctx, customer, amount)
  const along = (await tookAlong(ctx, customer, payment)).map((one) => one.invoice)
  await settleOf(ctx, [customer], invoice === null ? [] : [invoice, ...along])
  const payload = { amount: toDecimal(amount), currency, number: null }
  await publish(ctx, paymentRefunded(customer, payment, payload))
}
