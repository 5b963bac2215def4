import { demand } from '#server/auth/rights.ts'
import * as repo from '#server/billing/repo.views.ts'
import {
  type PaymentList,
  type PaymentRow,
  type PaymentsFor,
  paymentsPerPage,
} from '#server/billing/schema.payments.ts'
import * as customers from '#server/customers/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { subtract, toDecimal, zero } from '#server/kernel/money.ts'
import { declineCodes } from '#server/payments/gateway.ts'
import type { Payment } from '#server/payments/schema.ts'
import * as payments from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/**
 * A customer's payments, newest first: those taken, and those that weren't, with why.
 *
 * @throws not_found `customers.not_found` where it isn't the reader's to look after
 */
export async function paymentsFor(ctx: Ctx, asked: PaymentsFor): Promise<PaymentList> {
  demand(ctx.actor, 'billing:read_any')
  const customer = asked.customer as CustomerId
  const { timeZone } = await customers.inCharge(ctx, customer)

  const page = { before: asked.before, n: paymentsPerPage + 1 }
  const found = await payments.paymentsOf(ctx, customer, page)
  const shown = found.slice(0, paymentsPerPage)
  const invoices = shown.flatMap(({ invoice }) => invoice ?? [])
  const numbers = new Map(
    (invoices.length > 0 ? await repo.numbersOf(ctx, invoices) : []).map((row) => [
      row.invoice,
      row.number,
    ]),
  )

  return {
    rows: shown.map((row) => viewOf(row, timeZone, numbers)),
    before: found.length > shown.length ? shown.at(-1)!.id : null,
  }
}

const viewOf = (
  { id, amount, refunded, invoice, brand, last4, ...row }: Payment,
  timeZone: string,
  numbers: ReadonlyMap<number, string | null>,
): PaymentRow => {
  const number = invoice === null ? null : numbers.get(invoice)
  return {
    payment: id,
    day: dayIn(timeZone, row.settledAt ?? row.createdAt),
    purpose: row.purpose,
    manual: row.gateway === 'manual',
    card: brand && last4 ? { brand, last4 } : null,
    amount: toDecimal(amount),
    refunded: toDecimal(refunded),
    left: toDecimal(row.state === 'captured' ? subtract(amount, refunded) : zero),
    currency: row.currency,
    state: row.state,
    declineCode: row.declineCode === null ? null : knownDecline(row.declineCode),
    invoice: invoice && number ? { invoice, number } : null,
  }
}

const told = [...declineCodes, 'amount_too_small'] as const

const knownDecline = (code: string) =>
  told.find((known) => known === code) ?? ('card_declined' as const)
