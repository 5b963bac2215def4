import type { CustomerId } from '#server/kernel/ids.ts'
import {
  type CardFacts,
  type GatewayName,
  GatewayUnknown,
  gatewayOf,
} from '#server/payments/gateway.ts'
import * as repo from '#server/payments/repo.methods.ts'
import type { PaymentMethod } from '#server/payments/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { leave } from '#server/runtime/gather.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** A card the gateway has authorized: its name there, and what a person recognises it by. */
export type KeptCard = Readonly<{ gateway: GatewayName; gatewayRef: string; card: CardFacts }>

const row = (customer: CustomerId, { gateway, gatewayRef, card }: KeptCard): repo.NewMethod => ({
  ...card,
  customer,
  gateway,
  gatewayRef,
})

/** Puts a card on file, with the commit; a customer's first one pays what is due. */
export const keepMethod = async (ctx: Ctx, customer: CustomerId, card: KeptCard): Promise<void> =>
  leave(ctx, repo.keep(ctx, row(customer, card)))

/**
 * Puts a card on file in place of what is there: from now on it pays what is due. Said twice, it is
 * done once; of two said at the same time the later one stays.
 */
export async function replaceMethod(
  ctx: Ctx,
  customer: CustomerId,
  card: KeptCard,
): Promise<PaymentMethod> {
  const made = row(customer, card)

  await repo.lock(ctx, customer)
  await repo.removeAllBut(ctx, made)
  await repo.keepNow(ctx, made)
  const [method] = await repo.ofCustomer(ctx, customer)
  return method!
}

/** Cards on file, the one that pays first. */
export const methodsOf = (ctx: Ctx, customer: CustomerId): Promise<PaymentMethod[]> =>
  repo.ofCustomer(ctx, customer)

/** The card that pays what is due; undefined where there is none. */
export const defaultMethod = async (
  ctx: Ctx,
  customer: CustomerId,
): Promise<PaymentMethod | undefined> =>
  (await repo.ofCustomer(ctx, customer)).find((method) => method.isDefault)

/**
 * The card that pays what is due, for a payment that begins with this commit: nobody takes it off the
 * file in between, so that a card that is off it pays nothing but what was begun before.
 */
export async function payingMethod(
  ctx: Ctx,
  customer: CustomerId,
): Promise<PaymentMethod | undefined> {
  await repo.lock(ctx, customer)
  return defaultMethod(ctx, customer)
}

/** A card, also one that is no longer on file; undefined where it is none of ours. */
export const findMethod = async (ctx: Ctx, method: number): Promise<PaymentMethod | undefined> =>
  (await repo.find(ctx, method))[0]

/** Cards that pay what is due, and this month or an earlier one is their last: told of with this commit. */
export const takeExpiring = (
  ctx: Ctx,
  { year, month }: Readonly<{ year: number; month: number }>,
  n: number,
): Promise<PaymentMethod[]> => repo.takeExpiring(ctx, year, month, n)

/**
 * Has gateways forget the cards that are off the file: after the commit that took them off, by any
 * node, and again until it is done. One that a payment under way is paid with waits for its end.
 */
export async function forgetRemoved(edge: Edge, outside: Outside, n: number): Promise<number> {
  const removed = await unitOfWork(edge, (ctx) => repo.takeToForget(ctx, n))
  for (const { id, gateway, gatewayRef: method } of removed) {
    try {
      await gatewayOf(outside, gateway).forget({ method })
      await unitOfWork(edge, (ctx) => repo.markForgotten(ctx, id))
    } catch (error) {
      const isAway = error instanceof GatewayUnknown
      edge.log[isAway ? 'warn' : 'error']({ err: error, method: id }, 'a card was not forgotten')
      // Each would be waited for as long as this one, and payments wait behind them.
      if (isAway) break
    }
  }
  return removed.length
}
