import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { invoiceNotFound } from '#server/billing/errors.ts'
import { invoiceWrittenOff } from '#server/billing/events.ts'
import * as repo from '#server/billing/repo.ts'
import type { WriteOff } from '#server/billing/schema.ledger.ts'
import { openInvoice } from '#server/billing/service.ledger.ts'
import { settleOf } from '#server/billing/service.settle.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import { negate, subtract, toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/**
 * Forgives what is open of an invoice: nobody asks for it any more, and what was charged and paid stays
 * as it is. Of the last invoice, say, of somebody who left, of which less is open than a card is charged.
 *
 * @throws not_found `billing.invoice_not_found`, conflict `billing.invoice_closed`
 */
export async function writeOff(ctx: Ctx, { invoice: id, reason }: WriteOff): Promise<void> {
  demand(ctx.actor, 'billing:write_any')
  const [known] = await repo.whose(ctx, id)
  if (!known) throw invoiceNotFound()
  const { customer } = known
  const of = await customers.inCharge(ctx, customer)
  const { number, total, paid, currency } = await openInvoice(ctx, customer, id)
  const open = subtract(total, paid)

  await repo.enter(ctx, customer, {
    at: ctx.now,
    day: dayIn(of.timeZone, ctx.now),
    kind: 'write_off',
    amount: negate(open),
    rule: 'invoice.written_off',
    description: number,
    reason,
    invoice: id,
  })
  await customers.moveBalance(ctx, customer, negate(open))
  await settleOf(ctx, [customer], [id])

  const payload = { number, amount: toDecimal(open), currency }
  await publish(ctx, invoiceWrittenOff(customer, id, payload))
  await audit.done(ctx, {
    action: 'invoice.write_off',
    entity: 'invoice',
    entityId: String(id),
    customer,
    onBehalfOf: of.name,
    after: { ...payload, reason },
  })
}
