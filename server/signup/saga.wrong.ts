/** Sagas with a classic fault each: the model checker must find every one of them guilty. */
import type { Machine } from './saga.model.ts'
import { begin, step } from './saga.ts'
import type { Saga, SagaEvent, Step } from './saga-types.ts'

const machine = (wrong: (saga: Saga, event: SagaEvent) => Step): Machine => ({ begin, step: wrong })

const next = (saga: Saga, change: Partial<Saga>, call: Step['next']): Step => ({
  state: { ...saga, ...change, fence: saga.fence + 1 },
  moved: true,
  writes: [],
  next: call,
  wakeSeconds: 30,
})

/** Money first: a crash in between, and it is kept for nothing. */
export const captureFirst = machine((saga, event) => {
  if (saga.state === 'authorized' && event.on === 'answer' && event.fence === saga.fence) {
    if (event.answer.state === 'captured') return next(saga, {}, { call: 'provision' })
  }
  const right = step(saga, event)
  if (right.next?.call !== 'provision') return right
  return { ...right, next: { call: 'capture', intent: right.state.intent!, afterSeconds: 0 } }
})

/** Goods first: the card is declined, and the customer is there. */
export const provisionFirst = machine((saga, event) => {
  if (saga.state === 'submitted' && event.on === 'provisioned' && event.fence === saga.fence) {
    return next(
      saga,
      { customer: event.customer },
      { call: 'confirm', intent: saga.intent!, afterSeconds: 0 },
    )
  }
  const right = step(saga, event)
  const { customer, intent } = right.state
  if (right.next?.call === 'confirm' && !customer) return { ...right, next: { call: 'provision' } }
  if (right.next?.call !== 'provision') return right
  const state = { ...right.state, state: 'provisioned' } as const
  return { ...right, state, next: { call: 'capture', intent: intent!, afterSeconds: 0 } }
})

export const timeoutIsDecline = machine((saga, event) => {
  if (saga.state !== 'submitted' || event.on !== 'answer' || event.answer.state !== 'unknown') {
    return step(saga, event)
  }
  const answer = { state: 'declined', intent: null, code: 'card_declined', messageKey: '' } as const
  return step(saga, { ...event, answer })
})

/** Looks before it cancels, and leaves alone what seems not to be confirmed: it may be a moment later. */
export const lookInsteadOfCancel = machine((saga, event) => {
  const answered = saga.state === 'voiding' && event.on === 'answer'
  if (answered && event.answer.state === 'created') {
    return step(saga, { ...event, answer: { state: 'canceled', intent: saga.intent! } })
  }
  const right = step(saga, event)
  const looks = right.next?.call === 'cancel' && saga.state !== 'voiding'
  return looks && right.next
    ? { ...right, next: { call: 'lookup', intent: right.state.intent!, afterSeconds: 0 } }
    : right
})

/** Goes on from what it read before its call, whatever others wrote meanwhile. */
export const noFence = (): Machine => {
  const before = new WeakMap<Saga, Saga>()
  const read = (saga: Saga, fence: number): Saga => {
    const earlier = before.get(saga)
    return saga.fence === fence || !earlier ? saga : read(earlier, fence)
  }
  return machine((saga, event) => {
    const done = step('fence' in event ? read(saga, event.fence) : saga, event)
    if (!done.moved) return done
    const state = { ...done.state, fence: saga.fence + 1 }
    before.set(state, saga)
    return { ...done, state }
  })
}

/** Stops trying, and tells nobody. */
export const silent = machine((saga, event) => {
  const right = step(saga, event)
  return {
    ...right,
    state: { ...right.state, operatorNeeded: false },
    writes: right.writes.filter(({ write }) => write !== 'call_operator'),
  }
})
