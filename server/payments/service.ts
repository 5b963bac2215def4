import type { CustomerId } from '#server/kernel/ids.ts'
import { paymentNotFound } from '#server/payments/errors.ts'
import * as repo from '#server/payments/repo.ts'
import type {
  CardPlace,
  NewPayment,
  Payment,
  PaymentNews,
  PaymentPurpose,
} from '#server/payments/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { leave } from '#server/runtime/gather.ts'
import type { Outside } from '#server/runtime/outside.ts'

const settled = new Set<PaymentNews['state']>(['captured', 'declined', 'canceled', 'failed'])

/** Records that we are about to ask for an amount: first the row, then the gateway. */
export async function intend(ctx: Ctx, made: NewPayment): Promise<number> {
  const [row] = await repo.insert(ctx, {
    ...made,
    state: 'intended',
    createdAt: ctx.now,
    begunAt: ctx.wall,
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

/** As it was left by whoever had it before; nobody else has it until the commit. */
export async function lock(ctx: Ctx, payment: number): Promise<Payment> {
  const [row] = await repo.lock(ctx, payment)
  if (!row) throw paymentNotFound()
  return row
}

/** The payment of a key, if there is one here. */
export const withKey = async (ctx: Ctx, key: string): Promise<Payment | undefined> =>
  (await repo.withKey(ctx, key))[0]

/** A customer's payments, newest first; `before` one of them. */
export const paymentsOf = (
  ctx: Ctx,
  customer: CustomerId,
  { before = null, n = 50 }: Readonly<{ before?: number | null; n?: number }> = {},
): Promise<Payment[]> => repo.ofCustomer(ctx, customer, before, n)

/**
 * Takes up payments whose time has come, so that no other node does within the lease. Each has a new
 * fence: whoever had it before is to `lock` it and leave it alone when the fence is another.
 */
export const takeDue = (
  ctx: Ctx,
  purposes: readonly PaymentPurpose[],
  { leaseSeconds, n }: Readonly<{ leaseSeconds: number; n: number }>,
): Promise<Payment[]> =>
  repo.due(ctx, purposes, new Date(ctx.wall.getTime() + leaseSeconds * 1000), n)

/** Where a card for a new payment is typed. */
export function cardPlace({ gateway }: Pick<Outside, 'gateway'>): CardPlace {
  const config = gateway.clientConfig()
  return config.kind === 'simulator'
    ? { ...config, origin: new URL(config.fieldsUrl).origin }
    : config
}
