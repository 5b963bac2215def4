import { randomUUID } from 'node:crypto'
import { brokenConstraint } from '#db/client.ts'
import { type Ask, nextStep } from '#server/billing/collect.ts'
import * as repo from '#server/billing/repo.dues.ts'
import * as waits from '#server/billing/repo.waits.ts'
import type { PaymentView } from '#server/billing/schema.card.ts'
import { enterRefund } from '#server/billing/service.ledger.ts'
import {
  automaticKey,
  inAWhile,
  isAutomatic,
  isWanted,
  leaseSeconds,
  noteOutcome,
} from '#server/billing/service.outcome.ts'
import { addDays, type CivilDate, dayIn } from '#server/kernel/civil.ts'
import { sum } from '#server/kernel/money.ts'
import { GatewayUnknown, gatewayOf, type Outcome } from '#server/payments/gateway.ts'
import type { Payment, PaymentMethod } from '#server/payments/schema.ts'
import { findMethod, forgetRemoved, payingMethod } from '#server/payments/service.methods.ts'
import { driveRefund, takeDueRefunds } from '#server/payments/service.refunds.ts'
import * as payments from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

const atOnce = 50

/**
 * Takes what is due today from the cards on file; each invoice as often as its class says, on its days.
 * Any number of workers may: of an invoice one payment is under way, by the database's own word.
 */
export async function collectDue(edge: Edge, outside: Outside): Promise<number> {
  // Each once: one whose payment is under way stays due until that is over.
  const tried: number[] = []
  for (;;) {
    const due = await unitOfWork(edge, (ctx) => repo.toCollect(ctx, atOnce, tried))
    for (const { invoice } of due) {
      const payment = await unitOfWork(edge, (ctx) => beginAutomatic(ctx, invoice)).catch(
        (error: unknown) => {
          if (brokenConstraint(error) === 'payments_one_live') return undefined
          throw error
        },
      )
      if (payment !== undefined) await drive(edge, outside, payment)
    }
    tried.push(...due.map(({ invoice }) => invoice))
    if (due.length < atOnce) return tried.length
  }
}

/** The row, and the day of the next try: before the gateway hears of it. */
async function beginAutomatic(ctx: Ctx, invoice: number): Promise<number | undefined> {
  const found = await repo.findDue(ctx, invoice)
  if (!found) return undefined
  // Cards before invoices, as whoever replaces a card locks them.
  const method = await payingMethod(ctx, found.customer)
  await repo.lockInvoice(ctx, invoice)
  const due = await repo.findDue(ctx, invoice)
  const today = due && dayIn(due.timeZone, ctx.now)
  if (!due?.nextAttemptOn || due.nextAttemptOn > today!) return undefined

  if (!method) {
    await repo.setAttempt(ctx, invoice, 0, null)
    return undefined
  }
  await repo.setAttempt(ctx, invoice, 1, nextTry(due))
  // Another environment, or installation, may have the gateway's account too, and an invoice so called.
  return intend(ctx, due, method, `${automaticKey}${randomUUID()}`)
}

/** The day after so many tries, counted from the due day; null after the last. */
function nextTry({ attempts, retryDays, dueOn }: repo.Due): CivilDate | null {
  const days = retryDays[attempts]
  return days === undefined ? null : addDays(dueOn, days)
}

/**
 * The row of a payment with a card on file: before the gateway hears of it. What was too little to be
 * taken by itself is taken along; call it behind the lock of `payingMethod`, for else two would.
 */
export async function intend(
  ctx: Ctx,
  { invoice, customer, open, currency }: repo.Due,
  { id: method, gateway }: PaymentMethod,
  key: string,
): Promise<number> {
  const waiting = await waits.waitingBeside(ctx, customer, invoice)
  const payment = await payments.intend(ctx, {
    key,
    amount: sum([open, ...waiting.map((one) => one.open)]),
    currency,
    gateway,
    purpose: 'invoice',
    customer,
    invoice,
    method,
    nextTryAt: inAWhile(ctx),
  })
  if (waiting.length > 0) {
    await waits.takeAlong(
      ctx,
      waiting.map((one) => one.invoice),
      payment,
    )
  }
  return payment
}

type Now = Readonly<{ token?: string; returned?: boolean }>

/** Goes on with a payment until it is over, waits for somebody, or the gateway doesn't answer. */
export async function drive(
  edge: Edge,
  outside: Outside,
  payment: number,
  now: Now = {},
): Promise<PaymentView> {
  let challengeUrl: string | null = null
  let returned = now.returned ?? false
  for (;;) {
    const found = await unitOfWork(asSystem(edge), (ctx) => look(ctx, payment))
    const { row, wanted, method, waitedMinutes } = found
    const step = nextStep({
      state: row.state,
      known: row.intentRef !== null,
      creatable: method !== undefined || now.token !== undefined,
      automatic: isAutomatic(row),
      wanted,
      returned,
      waitedMinutes,
    })
    if (step === 'over' || step === 'wait')
      return viewOf(row, step === 'wait' ? challengeUrl : null)
    if (step === 'give_up') {
      await unitOfWork(asSystem(edge), (ctx) =>
        noteOutcome(ctx, outside, row, { state: 'not_found' }),
      )
      continue
    }

    const outcome = await ask(edge, outside, row, step, method?.gatewayRef, now.token)
    if (!outcome) return viewOf(row, null)
    returned = false
    challengeUrl = outcome.state === 'requires_action' ? outcome.challengeUrl : null
    await unitOfWork(asSystem(edge), (ctx) => noteOutcome(ctx, outside, row, outcome))
  }
}

/** A payment is finished as the system, whoever began it: what it writes isn't theirs to write. */
const asSystem = (edge: Edge): Edge => ({
  ...edge,
  actor: { ...edge.actor, realm: 'system' },
})

async function look(ctx: Ctx, payment: number) {
  const row = await payments.find(ctx, payment)
  const method = row.method === null ? undefined : await findMethod(ctx, row.method)
  return {
    row,
    method,
    wanted: row.purpose === 'verification' || (await isWanted(ctx, row)),
    // By the machine's clock: a bank's question doesn't grow old because a sandbox's clock moves.
    waitedMinutes: (ctx.wall.getTime() - row.begunAt.getTime()) / 60_000,
  }
}

/** Undefined where there was no answer, or none to be trusted: whoever comes next asks again. */
async function ask(
  { log }: Edge,
  outside: Outside,
  { id, gateway: name, key, amount, currency, intentRef }: Payment,
  step: Ask,
  method: string | undefined,
  token: string | undefined,
): Promise<Outcome | undefined> {
  const intent = intentRef ?? ''
  const keyed = { key: `${key}-${step}`, intent }
  try {
    const gateway = gatewayOf(outside, name)
    switch (step) {
      case 'create': {
        const card = method === undefined ? { token: token! } : { method }
        return await gateway.createIntent({
          key: keyed.key,
          amount,
          currency,
          orderRef: key,
          ...card,
        })
      }
      case 'confirm':
        return await gateway.confirm(isAutomatic({ key }) ? { ...keyed, offSession: true } : keyed)
      case 'lookup':
        return await gateway.lookup({ intent })
      case 'capture':
        return await gateway.capture({ ...keyed, amount })
      case 'cancel':
        return await gateway.cancel(keyed)
    }
  } catch (error) {
    const level = error instanceof GatewayUnknown ? 'warn' : 'error'
    log[level]({ err: error, payment: id, step }, 'no answer from the gateway')
    return undefined
  }
}

const viewOf = (row: Payment, challengeUrl: string | null): PaymentView => ({
  payment: row.id,
  state: views[row.state],
  declineCode: row.declineCode,
  challengeUrl,
})

const views = {
  intended: 'pending',
  requires_action: 'action_required',
  authorized: 'pending',
  captured: 'done',
  declined: 'declined',
  canceled: 'canceled',
  failed: 'canceled',
} as const satisfies Record<Payment['state'], PaymentView['state']>

/**
 * Goes on with payments and refunds that nobody is at: after a crash, a long silence, a bank's question
 * that was left; and has cards forgotten that were replaced. Run it at start, and every half a minute.
 */
export async function recoverPayments(edge: Edge, outside: Outside): Promise<number> {
  const due = await unitOfWork(edge, (ctx) =>
    payments.takeDue(ctx, ['invoice', 'verification'], { leaseSeconds, n: atOnce }),
  )
  for (const { id, state } of due) {
    // A bank's question may have been answered, and nobody came back to say so.
    const returned = state === 'requires_action'
    await drive(edge, outside, id, { returned })
  }
  const refunds = await unitOfWork(edge, (ctx) => takeDueRefunds(ctx, atOnce))
  for (const refund of refunds) await driveRefund(edge, outside, refund, enterRefund)
  const forgotten = await forgetRemoved(edge, outside, atOnce)
  return due.length + refunds.length + forgotten
}
