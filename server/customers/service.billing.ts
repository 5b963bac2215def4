import { customerNotFound } from '#server/customers/errors.ts'
import * as repo from '#server/customers/repo.billing.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { Money } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

// For billing alone: whose invoice is due, and what an invoice needs to know of them.

export type Billed = repo.Billed

/**
 * Customers whose billing cycle is over on their own calendar, locked until commit; those that another
 * worker is at are left to it.
 */
export const lockDue = (ctx: Ctx, atMost: number, butNot: readonly number[]): Promise<Billed[]> =>
  repo.lockDue(ctx, atMost, butNot)

/** @throws not_found `customers.not_found` */
export async function billed(ctx: Ctx, customer: number): Promise<Billed> {
  const [row] = await repo.billed(ctx, [customer])
  if (!row) throw customerNotFound()
  return row
}

/** What the ledger gained moves the balance in the same transaction, and the next cycle begins. */
export const moveOn = (
  ctx: Ctx,
  rows: readonly Readonly<{ customer: number; amount: Money; next: CivilDate }>[],
): Promise<unknown> => repo.moveOn(ctx, rows)
