import type { CustomerId } from '#server/kernel/ids.ts'
import type { CardFacts, GatewayName } from '#server/payments/gateway.ts'
import * as repo from '#server/payments/repo.methods.ts'
import type { PaymentMethod } from '#server/payments/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { leave } from '#server/runtime/gather.ts'

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

/** A card, also one that is no longer on file; undefined where it is none of ours. */
export const findMethod = async (ctx: Ctx, method: number): Promise<PaymentMethod | undefined> =>
  (await repo.find(ctx, method))[0]

/** Cards that pay what is due, and this month or an earlier one is their last: told of with this commit. */
export const takeExpiring = (
  ctx: Ctx,
  { year, month }: Readonly<{ year: number; month: number }>,
  n: number,
): Promise<PaymentMethod[]> => repo.takeExpiring(ctx, year, month, n)
