import { brokenConstraint } from '#db/client.ts'
import { Refusal } from '#server/kernel/errors.ts'
import type { CustomerId, DraftId, EnvId } from '#server/kernel/ids.ts'
import { type DeclineCode, declineCodes } from '#server/payments/gateway.ts'
import * as payments from '#server/payments/service.ts'
import { system } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { signupSteps } from '#server/runtime/metrics.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type App, unitOfWork } from '#server/runtime/unit-of-work.ts'
import { type Limits, limits } from './limits.ts'
import { isOver, type OrderState } from './order-states.ts'
import * as orders from './repo.orders.ts'
import { step } from './saga.ts'
import { ask, type OrderToPay } from './saga-calls.ts'
import type { Answer, Saga, SagaCall, SagaEvent, Step } from './saga-types.ts'
import { countDecline, forgive, isTriedOut } from './service.abuse.ts'
import { firstPasswords, provision } from './service.provision.ts'
import { performWrites } from './service.writes.ts'

export type OrderRef = Readonly<{ env: EnvId; order: number }>

/** What is to be done next for an order, and under which fence. */
export type Task = Readonly<{ next: SagaCall; fence: number; pay: OrderToPay }>

type Order = orders.OrderRow
type Payment = Awaited<ReturnType<typeof payments.find>>
type Loaded = Readonly<{ order: Order; payment: Payment; saga: Saga }>

const edgeOf = (app: App, ref: OrderRef) => ({
  ...app,
  requestId: `order-${ref.order}`,
  actor: system('signup'),
  env: ref.env,
})

/** Feeds an event to an order and goes on until it waits for somebody, is over, or is another's. */
export async function drive(
  app: App,
  outside: Outside,
  ref: OrderRef,
  event: SagaEvent,
): Promise<void> {
  const task = await advance(app, outside, ref, event)
  if (task) await follow(app, outside, ref, task)
}

/** Does a task, feeds what came of it to the order, and so on. */
export async function follow(
  app: App,
  outside: Outside,
  ref: OrderRef,
  first: Task,
): Promise<void> {
  for (let task: Task | undefined = first; task; ) {
    const event = await perform(app, outside, ref, task)
    task = event.on === 'done' ? event.task : await advance(app, outside, ref, event)
  }
}

type Done = Readonly<{ on: 'done'; task: Task | undefined }>

async function perform(
  app: App,
  outside: Outside,
  ref: OrderRef,
  { next, fence, pay }: Task,
): Promise<SagaEvent | Done> {
  if (next.call === 'complete') return { on: 'complete', fence }
  if (next.call === 'provision') return provisionOrder(app, outside, ref, fence)

  if (next.afterSeconds > 0) await (outside.pause ?? pause)(next.afterSeconds)
  return { on: 'answer', fence, answer: await ask(outside.gateway, pay, next, app.log) }
}

const pause = (seconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000))

/** One step in one transaction: locked, decided, saved, and all its writes with it. */
async function advance(
  app: App,
  outside: Outside,
  ref: OrderRef,
  event: SagaEvent,
): Promise<Task | undefined> {
  const moved = await unitOfWork(edgeOf(app, ref), async (ctx) => {
    const loaded = await load(ctx, ref.order)
    if (!loaded || (event.on === 'due' && !isDue(ctx, loaded.order))) return undefined
    const heard = await weigh(ctx, outside, loaded, event)
    return saveStep(ctx, outside, loaded, step(loaded.saga, heard), heard)
  })
  return announce(moved)
}

type Moved = Readonly<{ task: Task | undefined; state: OrderState; changed: boolean }>

function announce(moved: Moved | undefined): Task | undefined {
  if (moved?.changed) signupSteps.inc({ state: moved.state })
  return moved?.task
}

const isDue = (ctx: Ctx, { nextTryAt }: Order) => nextTryAt !== null && nextTryAt <= ctx.now

async function load(ctx: Ctx, id: number): Promise<Loaded | undefined> {
  const [order] = await orders.lock(ctx, id)
  if (!order) return undefined
  const payment = await payments.find(ctx, order.payment)
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

async function saveStep(
  ctx: Ctx,
  outside: Outside,
  { order, payment, saga }: Loaded,
  { state, moved, writes, next, wakeSeconds }: Step,
  event: SagaEvent,
  made: Partial<Pick<Order, 'result' | 'credentialsSealed'>> = {},
): Promise<Moved | undefined> {
  if (!moved) return undefined

  await performWrites(ctx, outside, { order, payment, state, writes })
  await countOutcome(ctx, outside, { order, payment, saga }, state, event)
  const wake =
    wakeSeconds === null
      ? null
      : wakeSeconds === 'keep'
        ? order.nextTryAt
        : after(ctx.now, wakeSeconds)
  const [saved] = await orders.save(ctx, order.id, saga.fence, {
    state: state.state,
    fence: state.fence,
    tries: state.tries,
    customer: state.customer,
    challengeUrl: state.challengeUrl,
    failureCode: state.failureCode,
    operatorNeededAt: state.operatorNeeded ? (order.operatorNeededAt ?? ctx.now) : null,
    nextTryAt: wake,
    // Good for one intent, and of no use to anybody once the order is over.
    cardToken: isOver(state.state) ? '' : order.cardToken,
    ...made,
  })
  if (!saved) return undefined
  return {
    task: next ? { next, fence: state.fence, pay: toPay(payment, order.cardToken) } : undefined,
    state: state.state,
    changed: state.state !== saga.state,
  }
}

const after = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000)

export const toPay = (
  payment: { key: string; amount: Payment['amount']; currency: string },
  token: string,
): OrderToPay => ({ ref: payment.key, amount: payment.amount, currency: payment.currency, token })

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
  if (failureCode === 'interrupted') await forgive(ctx, order)
}

/** Makes the customer, if the order is still at that point; a refusal of any kind undoes all of it. */
async function provisionOrder(
  app: App,
  outside: Outside,
  ref: OrderRef,
  fence: number,
): Promise<SagaEvent | Done> {
  const passwords = await firstPasswords()
  const attempt = () =>
    unitOfWork(edgeOf(app, ref), async (ctx) => {
      const loaded = await load(ctx, ref.order)
      if (loaded?.saga.fence !== fence || loaded.saga.state !== 'authorized') return undefined
      const { customer, ...made } = await provision(ctx, loaded.order, passwords)
      const event = { on: 'provisioned', fence, customer } as const
      return saveStep(ctx, outside, loaded, step(loaded.saga, event), event, made)
    })

  try {
    return { on: 'done', task: announce(await attempt().catch(orAgain(attempt))) }
  } catch (error) {
    // Whether it was committed is not known: recovery will see.
    if (error instanceof Refusal && error.kind === 'unavailable') throw error
    if (error instanceof Refusal) {
      return { on: 'provision_refused', fence, code: reasons[error.code] ?? error.code }
    }
    app.log.error({ err: error, order: ref.order }, 'provisioning failed')
    return { on: 'provision_refused', fence, code: 'provisioning_failed' }
  }
}

/** Two signups of one e-mail at once both wanted it as login: the second one now sees it is taken. */
const orAgain =
  <T>(attempt: () => Promise<T>) =>
  (error: unknown): Promise<T> => {
    if (brokenConstraint(error) === 'users_login') return attempt()
    throw error
  }

/** What the prospect is told, where the refusal's own word is about our inside. */
const reasons: Readonly<Record<string, string>> = { 'numbers.hold_lost': 'number_taken' }
