import { invoicePaid } from '#server/billing/events.ts'
import { settle } from '#server/billing/repo.settle.ts'
import { restorePaid } from '#server/billing/service.dunning.ts'
import { publish } from '#server/events/service.ts'
import { toDecimal, zero } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/**
 * Spreads what stands to customers' credit over what they haven't paid, oldest first, and tells what is
 * paid by it; service that stood still for it goes on. Their rows must be locked: two at once would spread
 * the same credit twice.
 *
 * @param first the invoices that are paid before others
 */
export async function settleOf(
  ctx: Ctx,
  ids: readonly number[],
  first: readonly number[] = [],
): Promise<void> {
  const settled = await settle(ctx, ids, first)
  const paid = settled.filter(({ state }) => state === 'paid')
  for (const { invoice, customer, number, total, currency } of paid) {
    const payload = { number, total: toDecimal(total), currency }
    await publish(ctx, invoicePaid(customer, invoice, payload))
  }
  const less = settled.filter(({ more }) => more > zero)
  await restorePaid(ctx, [...new Set(less.map(({ customer }) => customer))])
}
