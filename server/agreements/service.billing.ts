import * as repo from '#server/agreements/repo.billing.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

// For billing alone: what is charged, and up to when it was.

export type Billable = repo.Billable
export type DiscountRow = repo.DiscountRow
export type GivenDiscount = repo.GivenDiscount

/** A customer, and the first day that may have changed since its last bill. */
export type Since = Readonly<{ customer: CustomerId; since: CivilDate }>

/** What customers may owe something for: packages first, then account by account. */
export const billable = (ctx: Ctx, of: readonly Since[]): Promise<Billable[]> =>
  repo.billable(
    ctx,
    of.map(({ customer }) => customer),
    of.map(({ since }) => since),
  )

/** What subscriptions cost less, as somebody has them. */
export const discountsOf = (ctx: Ctx, held: readonly number[]): Promise<GivenDiscount[]> =>
  repo.discounts(ctx, held)

/** Gives a subscription that somebody has a discount; answers its id. */
export async function discount(
  ctx: Ctx,
  off: DiscountRow & { customer: CustomerId },
): Promise<number> {
  const [made] = await repo.insertDiscount(ctx, off)
  return made!.id
}

/** Ends one with so many periods, those that were charged. */
export const endDiscount = (
  ctx: Ctx,
  ended: Readonly<{ id: number; periods: number }>,
): Promise<unknown> => repo.endDiscount(ctx, ended)

/** One subscription that runs for a customer; undefined where it has no such one. */
export const runningOne = async (ctx: Ctx, customer: CustomerId, id: number) =>
  (await repo.runningOne(ctx, customer, id))[0]

/** The first day of each subscription not yet charged. */
export async function markChargedMany(
  ctx: Ctx,
  charged: ReadonlyMap<number, CivilDate>,
): Promise<void> {
  if (charged.size > 0) await repo.markChargedMany(ctx, [...charged.keys()], [...charged.values()])
}

/** A part of what a customer has running; who may read it, the asking verb has said. */
export const running = (
  ctx: Ctx,
  customer: CustomerId,
  part: Readonly<{ limit: number; offset: number }>,
): Promise<repo.Running[]> => repo.running(ctx, customer, part)

/** Periods that follow the customer's cycle are counted from another day, of all it has. */
export const countFrom = (ctx: Ctx, customer: CustomerId, anchor: CivilDate): Promise<unknown> =>
  repo.countFrom(ctx, customer, anchor)
