import { subtract, toMajor, zero } from '#server/kernel/money.ts'
import {
  notRefundable,
  paymentNotFound,
  refundAmountInvalid,
  refundKeyReused,
  refundNotFound,
  refundTooMuch,
} from '#server/payments/errors.ts'
import { GatewayUnknown, gatewayOf } from '#server/payments/gateway.ts'
import * as repo from '#server/payments/repo.refunds.ts'
import * as payments from '#server/payments/repo.ts'
import type { NewRefund, Payment, Refund, RefundAnswer } from '#server/payments/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** Longer than a call to a gateway takes: nobody else asks meanwhile. */
const leaseSeconds = 60
/** Until a refund that is on its way is asked about, if the gateway sent no word before. */
const pendingSeconds = 6 * 3_600

/**
 * Records that an amount is about to be given back, and counts it: together never more than was
 * taken, under any concurrency. The same key is the same refund.
 *
 * @throws not_found `payments.not_found`; invalid `payments.refund_amount`; conflict
 *   `payments.not_refundable`, `payments.refund_too_much`, `payments.refund_key_reused`
 */
export async function intendRefund(ctx: Ctx, made: NewRefund): Promise<Refund> {
  if (made.amount <= zero) throw refundAmountInvalid()

  const [payment] = await payments.lock(ctx, made.payment)
  if (!payment) throw paymentNotFound()
  const [known] = await repo.withKey(ctx, made.key)
  if (known) return demandSame(known, made)

  const [counted] = await repo.take(ctx, made.payment, made.amount)
  if (!counted) throw whyNot(payment, made)

  const [refund] = await repo.insert(ctx, made, after(ctx, leaseSeconds))
  return refund!
}

function demandSame(known: Refund, { payment, amount }: NewRefund): Refund {
  if (known.payment !== payment || known.amount !== amount) throw refundKeyReused()
  return known
}

function whyNot({ state, amount, refunded, currency }: Payment, asked: NewRefund) {
  if (state !== 'captured') return notRefundable()
  const left = toMajor(subtract(amount, refunded), currency)
  return refundTooMuch(left, toMajor(asked.amount, currency), currency)
}

/** The longer it has waited, the longer it can: a minute at first, a day in the end. */
const again = (ctx: Ctx, { begunAt }: Refund) => {
  const waited = (ctx.wall.getTime() - begunAt.getTime()) / 1000
  return after(ctx, Math.min(Math.max(waited, leaseSeconds), 86_400))
}

const after = (ctx: Ctx, seconds: number) => new Date(ctx.wall.getTime() + seconds * 1000)

/**
 * Writes down what came of a refund; of one that is over already, nothing. What was refused counts
 * as taken again.
 *
 * @returns the refund as it is now, and whether it was this that settled it
 * @throws not_found `payments.refund_not_found`
 */
export async function noteRefund(
  ctx: Ctx,
  refund: number,
  answer: RefundAnswer,
): Promise<Readonly<{ refund: Refund; settled: boolean }>> {
  const [known] = await repo.lock(ctx, refund)
  if (!known) throw refundNotFound()
  if (known.settledAt) return { refund: known, settled: false }

  const told = newsOf(ctx, known, answer)
  await repo.note(ctx, refund, told)
  if (told.state === 'failed') await repo.untake(ctx, known.payment, known.amount)
  const [now] = await repo.one(ctx, refund)
  return { refund: now!, settled: told.settledAt !== null }
}

function newsOf(ctx: Ctx, known: Refund, answer: RefundAnswer): Parameters<typeof repo.note>[2] {
  switch (answer.state) {
    case 'refunded':
      return {
        state: 'refunded',
        gatewayRef: answer.refund,
        settledAt: ctx.now,
        nextTryAt: null,
      }
    case 'pending':
      return {
        state: 'pending',
        gatewayRef: answer.refund,
        settledAt: null,
        nextTryAt: after(ctx, pendingSeconds),
      }
    case 'failed':
      return {
        state: 'failed',
        failureCode: answer.code,
        settledAt: ctx.now,
        nextTryAt: null,
      }
    case 'not_found':
    case 'unknown':
      return { state: known.state, settledAt: null, nextTryAt: again(ctx, known) }
  }
}

/** @throws not_found `payments.refund_not_found` */
export async function findRefund(ctx: Ctx, refund: number): Promise<Refund> {
  const [row] = await repo.one(ctx, refund)
  if (!row) throw refundNotFound()
  return row
}

/** What was given back of a payment, or tried to be, the first one first. */
export const refundsOf = (ctx: Ctx, payment: number): Promise<Refund[]> =>
  repo.ofPayment(ctx, payment)

/** Takes up refunds that nobody has finished, so that no other node does meanwhile. */
export const takeDueRefunds = async (ctx: Ctx, n: number): Promise<number[]> =>
  (await repo.due(ctx, after(ctx, leaseSeconds), n)).map(({ id }) => id)

/**
 * Asks the gateway for a refund that is on record, and writes down what it said. Safe to repeat, by
 * anybody and at any time: the key is the refund's.
 *
 * @param entered called once, in the transaction that notes it as given back: the ledger's line
 */
export async function driveRefund(
  edge: Edge,
  outside: Outside,
  refund: number,
  entered: (ctx: Ctx, refund: Refund) => Promise<void>,
): Promise<Refund> {
  const known = await unitOfWork(edge, async (ctx) => {
    const found = await findRefund(ctx, refund)
    const [payment] = await payments.find(ctx, found.payment)
    return { refund: found, payment: payment! }
  })
  if (known.refund.settledAt) return known.refund

  const answer = await ask(edge, outside, known.payment, known.refund)
  return unitOfWork(edge, async (ctx) => {
    const now = await noteRefund(ctx, refund, answer)
    if (now.settled && now.refund.state === 'refunded') await entered(ctx, now.refund)
    return now.refund
  })
}

/**
 * Writes down what went back of a payment on the gateway's own pages, of which nobody told us. Safe to
 * repeat: each has its key. Where one of ours is under way and there is too little left for both, that
 * one is refused by the gateway first.
 *
 * @param entered as for `driveRefund`
 * @throws conflict `payments.refund_too_much`: one of ours isn't refused yet; `payments.not_refundable`: that
 *   it was taken isn't known yet. The gateway sends its word again.
 */
export async function adoptRefunds(
  edge: Edge,
  outside: Outside,
  payment: number,
  entered: (ctx: Ctx, refund: Refund) => Promise<void>,
): Promise<void> {
  const { gateway, intentRef: intent } = await unitOfWork(edge, (ctx) =>
    payments.find(ctx, payment),
  ).then(([found]) => found!)
  if (gateway === 'manual' || !intent) return

  const given = await gatewayOf(outside, gateway).givenBack?.({ intent })
  for (const { key, amount, ...answer } of given ?? []) {
    await unitOfWork(edge, async (ctx) => {
      const reason = `${gateway} ${answer.refund}`
      const { id } = await intendRefund(ctx, { payment, amount, reason, key })
      const now = await noteRefund(ctx, id, { ...answer, amount })
      if (now.settled) await entered(ctx, now.refund)
    })
  }
}

async function ask(
  { log }: Edge,
  outside: Outside,
  { gateway, intentRef: intent }: Payment,
  { id, key, amount, state }: Refund,
): Promise<RefundAnswer> {
  // Given back by hand as it was taken: there is nobody to ask.
  if (gateway === 'manual') return { state: 'refunded', refund: key, amount }
  if (!intent) return { state: 'failed', code: 'not_captured' }

  try {
    const through = gatewayOf(outside, gateway)
    return state === 'pending'
      ? await through.lookupRefund({ key, intent })
      : await through.refund({ key, intent, amount })
  } catch (error) {
    const level = error instanceof GatewayUnknown ? 'warn' : 'error'
    log[level]({ err: error, refund: id }, 'no answer from the gateway')
    return { state: 'unknown' }
  }
}
