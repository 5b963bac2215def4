import type { CustomerId } from '#server/kernel/ids.ts'
import { paymentNotFound } from '#server/payments/errors.ts'
import type { CardFacts } from '#server/payments/gateway.ts'
import * as repo from '#server/payments/repo.ts'
import type { NewPayment, PaymentNews } from '#server/payments/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { leave } from '#server/runtime/gather.ts'

export type Payment = repo.Payment

const settled = new Set<PaymentNews['state']>(['captured', 'declined', 'canceled', 'failed'])

/** Records that we are about to ask for an amount: first the row, then the gateway. */
export async function intend(ctx: Ctx, made: NewPayment): Promise<number> {
  const [row] = await repo.insert(ctx, {
    ...made,
    gateway: 'simulator',
    state: 'intended',
    createdAt: ctx.now,
  })
  return row!.payment
}

/** Writes down what the gateway told, with the commit. */
export const note = async (ctx: Ctx, payment: number, news: PaymentNews): Promise<void> =>
  leave(ctx, repo.note(ctx, payment, news, settled.has(news.state) ? ctx.now : undefined))

/** @throws not_found `payments.not_found` */
export async function find(ctx: Ctx, payment: number): Promise<Payment> {
  const [row] = await repo.find(ctx, payment)
  if (!row) throw paymentNotFound()
  return row
}

/** Puts the card on file: the gateway's name for it, and what a person recognises it by. */
export const keepMethod = async (
  ctx: Ctx,
  customer: CustomerId,
  gatewayRef: string,
  card: CardFacts,
): Promise<void> =>
  leave(
    ctx,
    repo.insertMethod(ctx, {
      customer,
      gateway: 'simulator',
      gatewayRef,
      ...card,
      createdAt: ctx.now,
    }),
  )
