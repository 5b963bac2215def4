import { invoicePaid } from '#server/billing/events.ts'
import { settle } from '#server/billing/repo.settle.ts'
import { publish } from '#server/events/service.ts'
import { toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/**
 * Spreads what stands to customers' credit over what they haven't paid, oldest first, and tells what is
 * paid by it. Their rows must be locked: two at once would spread the same credit twice.
 *
 * @param first the invoice that is paid before others
 */
export async function settleOf(
  ctx: Ctx,
  ids: readonly number[],
  first: number | null = null,
): Promise<void> {
  for (const { invoice, customer, number, total, currency, state } of await settle(
    ctx,
    ids,
    first,
  )) {
    if (state !== 'paid') continue
    await publish(
      ctx,
      invoicePaid(customer, invoice, { number, total: toDecimal(total), currency }),
    )
  }
}
