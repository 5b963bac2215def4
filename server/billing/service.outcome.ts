import * as audit from '#server/audit/service.ts'
import { stateAfter } from '#server/billing/collect.ts'
import { cardReplaced, paymentFailed } from '#server/billing/events.ts'
import * as repo from '#server/billing/repo.dues.ts'
import * as waits from '#server/billing/repo.waits.ts'
import { restorePaid } from '#server/billing/service.dunning.ts'
import { tellFailed, tellPaid } from '#server/billing/service.mails.ts'
import { enterPayment } from '#server/billing/service.ts'
import { publish } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { subtract, sum, toDecimal } from '#server/kernel/money.ts'
import type { Outcome } from '#server/payments/gateway.ts'
import type { Payment, PaymentMethod } from '#server/payments/schema.ts'
import { replaceMethod } from '#server/payments/service.methods.ts'
import * as payments from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'

/** Longer than a call to a gateway takes: nobody else goes on with a payment meanwhile. */
export const leaseSeconds = 60
/** When recovery looks, if nobody has said more by then. */
export const inAWhile = (ctx: Ctx) => new Date(ctx.wall.getTime() + leaseSeconds * 1000)

/** Begun by itself, with nobody there; the key tells, for whoever goes on with it. */
export const automaticKey = 'auto-'
export const isAutomatic = ({ key }: Pick<Payment, 'key'>) => key.startsWith(automaticKey)

/** What a payment is to pay, with what it takes along, still asks for so much. */
export async function isWanted(
  ctx: Ctx,
  { id, invoice, amount }: Pick<Payment, 'id' | 'invoice' | 'amount'>,
): Promise<boolean> {
  const due = invoice === null ? undefined : await repo.findDue(ctx, invoice)
  if (!due) return false
  const along = await waits.alongWith(ctx, due.customer, id)
  return sum([due.open, ...along.map(({ open }) => open)]) >= amount
}

/** What the gateway said, written down once; where somebody else was faster, that stays. */
export async function noteOutcome(
  ctx: Ctx,
  { publicUrl }: Outside,
  before: Payment,
  outcome: Outcome,
): Promise<void> {
  const locked = await payments.lock(ctx, before.id)
  if (locked.state !== before.state || locked.intentRef !== before.intentRef) return

  const state = stateAfter(outcome)
  const isOver = state !== 'intended' && state !== 'requires_action' && state !== 'authorized'
  await payments.note(ctx, before.id, {
    state,
    intentRef: ('intent' in outcome && outcome.intent) || undefined,
    card: 'card' in outcome ? outcome.card : undefined,
    declineCode:
      outcome.state === 'declined' || outcome.state === 'failed' ? outcome.code : undefined,
    nextTryAt: isOver ? null : inAWhile(ctx),
  })
  if (outcome.state === 'captured') await captured(ctx, publicUrl, locked, outcome)
  else if (isOver) await notTaken(ctx, publicUrl, locked, state, outcome)
}

async function captured(
  ctx: Ctx,
  publicUrl: string,
  { id, customer, invoice, amount, purpose, gateway }: Payment,
  { method: gatewayRef, card }: Extract<Outcome, { state: 'captured' }>,
): Promise<void> {
  if (purpose === 'invoice') {
    const others = await waits.alongWith(ctx, customer!, id)
    const along = others.map((one) => one.invoice)
    await enterPayment(ctx, { invoice: invoice!, payment: id, amount, along })
    const own = subtract(amount, sum(others.map((one) => one.open)))
    await tellPaid(ctx, publicUrl, { invoice: invoice!, amount: own }, card)
    for (const { invoice: other, open } of others) {
      await tellPaid(ctx, publicUrl, { invoice: other, amount: open }, card)
    }
    return
  }
  const whose = customer as CustomerId
  await replaceMethod(ctx, whose, {
    gateway: gateway as PaymentMethod['gateway'],
    gatewayRef,
    card,
  })
  await repo.tryAgain(ctx, whose)
  const { brand, last4 } = card
  await publish(ctx, cardReplaced(whose, { brand, last4 }))
  await audit.done(ctx, {
    action: 'card.replace',
    entity: 'customer',
    entityId: String(whose),
    customer: whose,
    after: { brand, last4 },
  })
}

/** Declined, or given up. What was begun by itself is told, for nobody has seen it happen. */
async function notTaken(
  ctx: Ctx,
  publicUrl: string,
  { id, customer, invoice, amount, currency, method, key, state: before }: Payment,
  state: Payment['state'],
  outcome: Outcome,
): Promise<void> {
  if (invoice === null) return
  if (outcome.state === 'failed' && outcome.code === 'amount_too_small') {
    // No card was declined: nobody is told, nothing is counted, and service doesn't stop for it.
    await waits.letWait(ctx, invoice, isAutomatic({ key }) ? 1 : 0, amount)
    await restorePaid(ctx, [customer!])
    return
  }
  const code = outcome.state === 'declined' ? outcome.code : state
  const payload = { amount: toDecimal(amount), currency, code }
  await publish(ctx, paymentFailed(customer as CustomerId, id, payload))
  if (!isAutomatic({ key })) return
  // Taken back by us, for a part was paid by another way: no card was asked in vain, and the rest is due.
  if (outcome.state !== 'declined' && !(await isWanted(ctx, { id, invoice, amount }))) {
    await repo.tryAnew(ctx, invoice)
    return
  }
  // Nobody was there to answer: what the bank asked was still open when it was taken back.
  const asked = before === 'requires_action' && state === 'canceled'
  await tellFailed(ctx, publicUrl, invoice, {
    method: method!,
    why: asked ? 'asked' : 'declined',
    amount,
  })
}
