/**
 * The checkout of one order: paid and provisioned, or neither, whatever crashes or times out.
 *
 * Pure: `step` says what to write and what to do next; whoever drives it
 *   1. locks the order's row, calls `step`, saves `state` and performs `writes`, all in one
 *      transaction; a step without `moved` is dropped (somebody else has gone on);
 *   2. after the commit takes `next`, and feeds what came of it to 1 with the fence of the saved state.
 * So each call is on record before it is taken, and there is at most one under way per fence.
 *
 * Why it holds:
 * - `fence` grows with each step. An answer, or a provisioning, for an older fence changes nothing.
 * - Money is only reserved by a confirmation, sent after the intent's reference was recorded. So an
 *   order without one can fail at once; one with it is canceled first, and a confirmation that is
 *   late then finds a canceled intent.
 * - `voiding` is recorded before canceling, `provisioned` before capturing, and neither leads to
 *   the other.
 */
import type { Outcome } from '#server/payments/gateway.ts'
import { isOver } from './order-states.ts'
import type { Answer, Saga, SagaCall, SagaEvent, SagaWrite, Step } from './saga-types.ts'

/** Recovery leaves an order alone for so long after its last step: longer than a pause and a time-out. */
export const leaseSeconds = 30

/** A challenge not finished by then is given up; less than the 10 minutes an authorization may stand undecided. */
const challengeSeconds = 8 * 60

/** Pauses while somebody may be waiting, before it is left to recovery. */
export const livePauses = [1, 2, 4] as const

const day = 86_400
/** Recovery's pauses. Card networks let an authorization lapse after 7 days: then no try is of use. */
export const recoveryPauses = [30, 300, 3_600, day, day, day, day, day, day, day] as const

/** Waiting longer than this without an answer, a person should know. */
const operatorAfterSeconds = 600

/** The order as it is first recorded, in the transaction that records the payment too. */
export const begin = (): Step => {
  const state: Saga = {
    state: 'submitted',
    fence: 1,
    tries: 0,
    intent: null,
    customer: null,
    challengeUrl: null,
    failureCode: null,
    operatorNeeded: false,
  }
  return {
    state,
    moved: true,
    writes: [],
    next: { call: 'create_intent', afterSeconds: 0 },
    wakeSeconds: leaseSeconds,
  }
}

/** What `event` makes of an order. Total: what doesn't fit the state changes nothing. */
export function step(saga: Saga, event: SagaEvent): Step {
  if ('fence' in event && event.fence !== saga.fence) return ignored(saga)

  if (isOver(saga.state)) return ignored(saga)
  // Only an order just submitted is without.
  if (saga.intent === null) return creating(saga, event)

  switch (saga.state) {
    case 'submitted':
      return confirming(saga, event)
    case 'action_required':
      return challenged(saga, event)
    case 'authorized':
      return provisioning(saga, event)
    case 'provisioned':
      return capturing(saga, event)
    case 'captured':
      return completing(saga, event)
    case 'voiding':
      return voiding(saga, event)
    default:
      return ignored(saga)
  }
}

function creating(saga: Saga, event: SagaEvent): Step {
  // Without a recorded reference no confirmation was sent: nothing is reserved, nothing to void.
  if (event.on === 'due' || event.on === 'abandoned') return fail(saga, 'interrupted')
  if (event.on !== 'answer') return ignored(saga)

  const { answer } = event
  if (answer.state === 'created') {
    return go(saga, { intent: answer.intent, tries: 0 }, 'confirm', [payment(answer)])
  }
  if (answer.state === 'declined' || answer.state === 'failed') {
    return fail(saga, answer.code, answer)
  }
  return askAgain(saga, 'create_intent')
}

function confirming(saga: Saga, event: SagaEvent): Step {
  if (event.on === 'due' || event.on === 'abandoned') return voidIt(saga, 'interrupted')
  // Only where the live attempt got stuck; otherwise somebody is at it.
  if (event.on === 'returned' && saga.tries > 0) return look(saga)
  if (event.on !== 'answer') return ignored(saga)

  // Never confirmed: that request was lost, and the same key makes repeating it safe.
  if (event.answer.state === 'created') return askAgain(saga, 'confirm')
  return decided(saga, event.answer)
}

function challenged(saga: Saga, event: SagaEvent): Step {
  if (event.on === 'due' || event.on === 'abandoned') return voidIt(saga, 'challenge_abandoned')
  // The message itself proves nothing: the gateway is asked.
  if (event.on === 'returned') return look(saga)
  if (event.on !== 'answer') return ignored(saga)

  if (event.answer.state === 'requires_action') return stay(saga, { tries: 0 }, 'keep')
  return decided(saga, event.answer)
}

/** What the gateway's word on an authorization means, asked for by confirming or by looking it up. */
function decided(saga: Saga, answer: Answer): Step {
  switch (answer.state) {
    case 'authorized':
      return {
        ...stay(saga, { state: 'authorized', tries: 0, challengeUrl: null }, leaseSeconds),
        writes: [payment(answer)],
        next: { call: 'provision' },
      }
    case 'requires_action':
      return {
        ...stay(
          saga,
          { state: 'action_required', tries: 0, challengeUrl: answer.challengeUrl },
          challengeSeconds,
        ),
        writes: [payment(answer)],
      }
    case 'declined':
      return fail(saga, answer.code, answer)
    case 'canceled':
      return fail(saga, 'payment_canceled', answer)
    case 'failed':
      return fail(saga, answer.code, answer)
    case 'captured':
      return impossible(saga)
    case 'created':
    case 'not_found':
    case 'unknown':
      return askAgain(saga, 'lookup')
  }
}

function provisioning(saga: Saga, event: SagaEvent): Step {
  switch (event.on) {
    case 'provisioned':
      return go(saga, { state: 'provisioned', customer: event.customer, tries: 0 }, 'capture')
    case 'provision_refused':
      return voidIt(saga, event.code)
    // A worker that is only slow will find its fence gone, and its provisioning with it.
    case 'due':
      return voidIt(saga, 'interrupted')
    default:
      return ignored(saga)
  }
}

function capturing(saga: Saga, event: SagaEvent): Step {
  if (event.on === 'due') return go(saga, {}, 'capture')
  if (event.on === 'retry') return go(saga, { tries: 0, operatorNeeded: false }, 'capture')
  if (event.on !== 'answer') return ignored(saga)

  const { answer } = event
  switch (answer.state) {
    case 'captured':
      return {
        ...stay(saga, { state: 'captured', tries: 0, operatorNeeded: false }, leaseSeconds),
        writes: [payment(answer), { write: 'settle' }],
        next: { call: 'complete' },
      }
    case 'failed':
    case 'canceled':
    case 'declined':
      return {
        ...stay(saga, { state: 'completed', tries: 0, operatorNeeded: false }, null),
        writes: [payment(answer), { write: 'open_invoice' }, { write: 'welcome' }],
      }
    default:
      return askAgain(saga, 'capture')
  }
}

function completing(saga: Saga, event: SagaEvent): Step {
  if (event.on === 'due') {
    return { ...stay(saga, {}, leaseSeconds), next: { call: 'complete' } }
  }
  if (event.on !== 'complete') return ignored(saga)
  return { ...stay(saga, { state: 'completed' }, null), writes: [{ write: 'welcome' }] }
}

function voiding(saga: Saga, event: SagaEvent): Step {
  if (event.on === 'due') return go(saga, {}, 'cancel')
  if (event.on === 'retry') return go(saga, { tries: 0, operatorNeeded: false }, 'cancel')
  if (event.on !== 'answer') return ignored(saga)

  const { answer } = event
  switch (answer.state) {
    case 'canceled':
    case 'declined':
    case 'failed':
      return fail(saga, saga.failureCode ?? 'interrupted', answer)
    case 'captured':
      return impossible(saga)
    default:
      return askAgain(saga, 'cancel')
  }
}

const ignored = (saga: Saga): Step => ({
  state: saga,
  moved: false,
  writes: [],
  next: null,
  wakeSeconds: 'keep',
})

const payment = (outcome: Outcome): SagaWrite => ({ write: 'payment', outcome })

const stay = (saga: Saga, change: Partial<Saga>, wakeSeconds: Step['wakeSeconds']): Step => ({
  state: { ...saga, ...change, fence: saga.fence + 1 },
  moved: true,
  writes: [],
  next: null,
  wakeSeconds,
})

const callOf = (saga: Saga, call: GatewayCall, afterSeconds: number): SagaCall =>
  call === 'create_intent' || saga.intent === null
    ? { call: 'create_intent', afterSeconds }
    : { call, intent: saga.intent, afterSeconds }

type GatewayCall = 'create_intent' | 'confirm' | 'lookup' | 'capture' | 'cancel'

function go(
  saga: Saga,
  change: Partial<Saga>,
  call: GatewayCall,
  writes: readonly SagaWrite[] = [],
): Step {
  const moved = stay(saga, change, leaseSeconds)
  return { ...moved, writes, next: callOf(moved.state, call, 0) }
}

const fail = (saga: Saga, failureCode: string, outcome?: Outcome): Step => ({
  ...stay(saga, { state: 'failed', failureCode, challengeUrl: null, operatorNeeded: false }, null),
  writes: [payment(outcome ?? { state: 'not_found' }), { write: 'release' }],
})

const voidIt = (saga: Saga, failureCode: string): Step =>
  go(saga, { state: 'voiding', failureCode, challengeUrl: null, tries: 0 }, 'cancel')

/** Captured, and nobody to have bought it: no order of steps here leads to it, so only a person can tell. */
const impossible = (saga: Saga): Step => ({
  ...stay(saga, { state: 'voiding', operatorNeeded: true }, null),
  writes: [{ write: 'call_operator', why: 'captured_without_customer' }],
})

/** Asked from outside, as often as anybody likes: so the deadline stays. */
const look = (saga: Saga): Step => ({ ...go(saga, {}, 'lookup'), wakeSeconds: 'keep' })

/** No answer: asked again soon, while somebody may be waiting, and then left to recovery. */
function askAgain(saga: Saga, call: GatewayCall): Step {
  const tries = saga.tries + 1
  const pause = livePauses[tries - 1]
  if (pause !== undefined) {
    const moved = stay(saga, { tries }, leaseSeconds)
    return { ...moved, next: callOf(moved.state, call, pause) }
  }

  // Not yet provisioned: recovery will void it, and looking again must not put that off.
  if (saga.state === 'submitted' || saga.state === 'action_required') {
    return stay(saga, { tries }, tries === livePauses.length + 1 ? leaseSeconds : 'keep')
  }
  return askLater({ ...saga, tries }, recoveryPauses[tries - 1 - livePauses.length])
}

/** At recovery's pace; before a long wait, and after the last, a person is called. */
function askLater(saga: Saga, wait: number | undefined): Step {
  if (wait === undefined) {
    const moved = stay(saga, { operatorNeeded: true }, null)
    return { ...moved, writes: [{ write: 'call_operator', why: 'gave_up' }] }
  }
  const calls = wait > operatorAfterSeconds && !saga.operatorNeeded
  return {
    ...stay(saga, { operatorNeeded: saga.operatorNeeded || calls }, wait),
    writes: calls ? [{ write: 'call_operator', why: 'no_answer' }] : [],
  }
}
