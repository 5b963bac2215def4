import type { CustomerId, DraftId } from '#server/kernel/ids.ts'
import { type DeclineCode, declineCodes } from '#server/payments/gateway.ts'
import type { Payment } from '#server/payments/schema.ts'
import * as payments from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { together } from '#server/runtime/together.ts'
import { type Limits, limits } from './limits.ts'
import { isOver, type OrderState } from './order-states.ts'
import * as orders from './repo.orders.ts'
import { step } from './saga.ts'
import type { GatewaySagaCall, OrderToPay } from './saga-calls.ts'
import type { Answer, Saga, SagaCall, SagaEvent, Step } from './saga-types.ts'
import { countDecline, forgive, isTriedOut } from './service.abuse.ts'
import type { Provisioned } from './service.provision.ts'
import { performWrites } from './service.writes.ts'

/** What the gateway is to be asked next for an order, and under which fence. */
export type Task = Readonly<{ next: GatewaySagaCall; fence: number; pay: OrderToPay }>

export type Moved = Readonly<{ task?: Task; saga: Saga; reached: readonly OrderState[] }>

/** Makes the customer of an order, or says why there will be none. */
export type Make = (ctx: Ctx, order: Order) => Promise<Provisioned | { refused: string }>

type Order = orders.OrderRow
type Loaded = Readonly<{ order: Order; payment: Payment; saga: Saga }>
type Made = Partial<Pick<Order, 'result' | 'credentialsSealed'>>

/**
 * One step of an order, and those that need nobody else, in one transaction: locked, decided, saved,
 * and all their writes with them. Undefined where somebody else has gone on, or it isn't time.
 */
export async function takeSteps(
  ctx: Ctx,
  outside: Outside,
  ref: Readonly<{ order: number; payment: number }>,
  event: SagaEvent,
  make: Make,
): Promise<Moved | undefined> {
  const loaded = await load(ctx, ref)
  if (!loaded || (event.on === 'due' && !isDue(ctx, loaded.order))) return undefined
  const heard = await weigh(ctx, outside, loaded, event)
  let at = step(loaded.saga, heard)
  if (!at.moved) return undefined

  const reached = [at.state.state]
  await writeStep(ctx, outside, loaded, at, heard)
  let made: Made = {}
  for (let next = at.next; next && isOurs(next); next = at.next) {
    const [own, result] = await takeOurs(ctx, loaded.order, at.state, next, make)
    made = { ...made, ...result }
    const before = { ...loaded, saga: at.state }
    at = step(at.state, own)
    reached.push(at.state.state)
    await writeStep(ctx, outside, before, at, own)
  }
  return save(ctx, loaded, at, made, reached)
}

const isOurs = (call: SagaCall): call is Exclude<SagaCall, GatewaySagaCall> =>
  call.call === 'provision' || call.call === 'complete'

export const taskOf = ({ state, next }: Step, pay: OrderToPay): Task | undefined =>
  next && !isOurs(next) ? { next, fence: state.fence, pay } : undefined

async function takeOurs(
  ctx: Ctx,
  order: Order,
  { fence }: Saga,
  { call }: Exclude<SagaCall, GatewaySagaCall>,
  make: Make,
): Promise<[SagaEvent, Made]> {
  if (call === 'complete') return [{ on: 'complete', fence }, {}]
  const came = await make(ctx, order)
  if ('refused' in came) return [{ on: 'provision_refused', fence, code: came.refused }, {}]
  const { customer, ...made } = came
  return [{ on: 'provisioned', fence, customer }, made]
}

const isDue = (ctx: Ctx, { nextTryAt }: Order) => nextTryAt !== null && nextTryAt <= ctx.wall

async function load(
  ctx: Ctx,
  ref: Readonly<{ order: number; payment: number }>,
): Promise<Loaded | undefined> {
  // The order first: what is read behind its lock is as whoever had it left it.
  const [[order], payment] = await together(
    orders.lock(ctx, ref.order),
    payments.find(ctx, ref.payment),
  )
  if (!order) return undefined
  return { order, payment, saga: sagaOf(order, payment.intentRef) }
}

const sagaOf = (order: Order, intent: string | null): Saga => ({
  state: order.state,
  fence: order.fence,
  tries: order.tries,
  intent,
  customer: order.customer as CustomerId | null,
  challengeUrl: order.challengeUrl,
  failureCode: order.failureCode,
  operatorNeeded: order.operatorNeededAt !== null,
})

/** A card refused again and again elsewhere isn't asked about once more: here it is declined. */
async function weigh(ctx: Ctx, outside: Outside, { saga }: Loaded, event: SagaEvent) {
  if (event.on !== 'answer' || event.answer.state !== 'created' || saga.intent) return event
  if (!(await isTriedOut(ctx, event.answer.card.fingerprint, limitsOf(outside)))) return event
  const answer: Answer = {
    state: 'declined',
    intent: event.answer.intent,
    code: 'card_declined',
    messageKey: 'payments.declined.card_declined',
  }
  return { ...event, answer }
}

export const limitsOf = (outside: Outside): Limits => ({ ...limits, ...outside.limits })

async function writeStep(
  ctx: Ctx,
  outside: Outside,
  loaded: Loaded,
  { state, writes }: Step,
  event: SagaEvent,
): Promise<void> {
  const { order, payment } = loaded
  await performWrites(ctx, outside, { order, payment, state, writes })
  await countOutcome(ctx, outside, loaded, state, event)
}

async function save(
  ctx: Ctx,
  { order, payment, saga }: Loaded,
  last: Step,
  made: Made,
  reached: readonly OrderState[],
): Promise<Moved | undefined> {
  const { state, wakeSeconds } = last
  const wake =
    wakeSeconds === null
      ? null
      : wakeSeconds === 'keep'
        ? order.nextTryAt
        : after(ctx.wall, wakeSeconds)
  const [saved] = await orders.save(ctx, order.id, saga.fence, {
    state: state.state,
    fence: state.fence,
    tries: state.tries,
    customer: state.customer,
    challengeUrl: state.challengeUrl,
    failureCode: state.failureCode,
    operatorNeededAt: state.operatorNeeded ? (order.operatorNeededAt ?? ctx.wall) : null,
    nextTryAt: wake,
    // Good for one intent, and of no use to anybody once the order is over.
    cardToken: isOver(state.state) ? '' : order.cardToken,
    ...made,
  })
  if (!saved) return undefined
  const task = taskOf(last, toPay(payment, order.cardToken))
  return { task, saga: state, reached: reached.filter((one) => one !== saga.state) }
}

const after = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000)

export const toPay = (
  { gateway, key, amount, currency }: Pick<Payment, 'gateway' | 'key' | 'amount' | 'currency'>,
  token: string,
): OrderToPay => ({ gateway, ref: key, amount, currency, token })

const isDecline = (code: string | null): code is DeclineCode =>
  declineCodes.some((known) => known === code)

/** A card that was accepted clears the attempt; a refused one counts against all that sent it. */
async function countOutcome(
  ctx: Ctx,
  outside: Outside,
  { order, payment, saga }: Loaded,
  state: Saga,
  event: SagaEvent,
): Promise<void> {
  const { failureCode } = state
  if (state.state === 'authorized') await forgive(ctx, order)
  if (state.state !== 'failed') return

  const declined = event.on === 'answer' && event.answer.state === 'declined'
  if (declined && isDecline(failureCode) && saga.state !== 'voiding') {
    const { ip } = order
    const attempt = { draft: order.draft as DraftId, ip, fingerprint: payment.fingerprint }
    await countDecline(ctx, attempt, failureCode, limitsOf(outside))
    return
  }
  // Ours to answer for: the prospect may try again at once.
  if (failureCode === 'interrupted' || failureCode === 'amount_too_small') await forgive(ctx, order)
}
