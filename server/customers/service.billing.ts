import * as audit from '#server/audit/service.ts'
import { customerNotFound } from '#server/customers/errors.ts'
import { customerRestored, customerSuspended } from '#server/customers/events.ts'
import * as repo from '#server/customers/repo.billing.ts'
import type { SuspendedFor } from '#server/customers/schema.settings.ts'
import { publish } from '#server/events/service.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
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

/** Nothing is billed to customers, or paid, and none is suspended or restored, until commit. */
export const lock = (ctx: Ctx, ...customers: CustomerId[]): Promise<unknown> =>
  repo.lock(ctx, customers)

/** What the ledger gained moves the balance in the same transaction, and the next cycle begins. */
export const moveOn = (
  ctx: Ctx,
  rows: readonly Readonly<{ customer: number; amount: Money; next: CivilDate }>[],
): Promise<unknown> => repo.moveOn(ctx, rows)

/** What an administrator wrote, and for whom. */
type ByHand = Readonly<{ note?: string; onBehalfOf?: string }>

/**
 * Stops a customer's service, for a reason; one that is stopped already stays as it is: false. Only an
 * administrator's word takes the place of money's, so that no payment starts it again.
 */
export async function suspend(
  ctx: Ctx,
  customer: CustomerId,
  reason: SuspendedFor,
  by: ByHand = {},
): Promise<boolean> {
  const [row] = await repo.suspend(ctx, customer, reason, by.note ?? null)
  if (!row) return false
  await publish(ctx, customerSuspended(customer, reason))
  await audit.done(ctx, actOf('customer.suspend', customer, reason, by))
  return true
}

/** Starts it again, where it was stopped for that reason: what an administrator stopped stays so. */
export async function restore(
  ctx: Ctx,
  customer: CustomerId,
  reason: SuspendedFor,
  by: ByHand = {},
): Promise<boolean> {
  const [row] = await repo.restore(ctx, customer, reason)
  if (!row) return false
  await publish(ctx, customerRestored(customer, reason))
  await audit.done(ctx, actOf('customer.restore', customer, reason, by))
  return true
}

/** What its service is suspended for; null where it isn't. */
export async function suspendedFor(ctx: Ctx, customer: CustomerId): Promise<SuspendedFor | null> {
  const [row] = await repo.suspendedFor(ctx, customer)
  return row?.reason ?? null
}

const actOf = (
  action: string,
  customer: CustomerId,
  reason: SuspendedFor,
  { note, onBehalfOf }: ByHand,
) => ({
  action,
  entity: 'customer',
  entityId: String(customer),
  customer,
  onBehalfOf,
  after: { reason, ...(note && { note }) },
})

export type Owing = repo.Owing

/** Customers whose balance has crossed a limit since they were told, and that they are told now. */
export const atLimits = (ctx: Ctx, n: number): Promise<Owing[]> => repo.atLimits(ctx, n)

/** @returns false where somebody else has just told of it */
export const setTold = async (
  ctx: Ctx,
  of: Owing,
  now: Readonly<{ high: boolean; over: boolean }>,
): Promise<boolean> => (await repo.setTold(ctx, of, now)).length > 0

/** A customer whose billing nobody else moves on until commit; undefined where there is none. */
export async function lockCycle(ctx: Ctx, customer: CustomerId): Promise<repo.Cycle | undefined> {
  const [row] = await repo.lockCycle(ctx, customer)
  return row
}

/** Bills on another day of the month from now on, as if it always had; of whom was never billed. */
export async function setBillingDay(
  ctx: Ctx,
  customer: CustomerId,
  day: number,
): Promise<repo.Cycle> {
  const [row] = await repo.setBillingDay(ctx, customer, day)
  return row!
}
