import { describe, expect, test } from 'vitest'
import { allMoves, explore, type Machine, type Scenario, Violation } from './saga.model.ts'
import { begin, leaseSeconds, livePauses, recoveryPauses, step } from './saga.ts'
import * as wrong from './saga.wrong.ts'
import type { Answer, Saga, SagaEvent, Step } from './saga-types.ts'

const saga: Machine = { begin, step }

const scenarios: readonly Scenario[] = (
  [
    ['approved', 'leaves'],
    ['declined', 'leaves'],
    ['capture_refused', 'leaves'],
    ['challenged', 'approves'],
    ['challenged', 'declines'],
    ['challenged', 'leaves'],
  ] as const
).flatMap(([card, prospect]) =>
  (['works', 'refused'] as const).flatMap((provisioning) =>
    (['fair', 'dead'] as const).map((after) => ({ card, prospect, provisioning, after })),
  ),
)

// What `npm run test:deep` sets, the daily run leaves out: 2 faults together with 2 turns. Where each of
// some hundred mutants is tried, one of either has to do.
const { budgets, fewest } = process.env.PORTICO_DEEP
  ? { budgets: [{ faults: 2, turns: 2 }], fewest: 25_000 }
  : process.env.PORTICO_MUTATION
    ? {
        budgets: [
          { faults: 1, turns: 0 },
          { faults: 0, turns: 1 },
        ],
        fewest: 1_000,
      }
    : {
        budgets: [
          { faults: 2, turns: 1 },
          { faults: 1, turns: 2 },
        ],
        fewest: 25_000,
      }

const exploreAll = (machine: Machine, seen = new Set<string>()): number =>
  scenarios
    .flatMap((scenario) => budgets.map((budget) => explore(machine, scenario, budget, seen)))
    .reduce((a, b) => a + b, 0)

describe('checked in every run of the model', () => {
  const deep = { timeout: 600_000 }

  test(
    'paid and provisioned, or neither, at every crash, loss, delay, race, and pair of them',
    deep,
    () => {
      const seen = new Set<string>()

      const runs = exploreAll(saga, seen)

      expect(runs).toBeGreaterThan(fewest)
      expect([...seen].sort()).toEqual([...allMoves].sort())
    },
  )

  test.each([
    ['captures before it provisions', wrong.captureFirst, 'never captured without a customer'],
    ['provisions before it is authorized', wrong.provisionFirst, 'a failed order leaves nothing'],
    [
      'takes a time-out for a decline',
      wrong.timeoutIsDecline,
      'no authorization is left behind by a failed order',
    ],
    [
      'looks where it should cancel',
      wrong.lookInsteadOfCancel,
      'no authorization is left behind by a failed order',
    ],
    ['has no fence', wrong.noFence(), 'a customer is welcomed, once'],
    ['gives up in silence', wrong.silent, 'what is not decided has an operator called'],
  ])('a saga that %s is found guilty', (_, machine, promise) => {
    expect(() => exploreAll(machine)).toThrow(new Violation(promise))
  })
})

const card = {
  brand: 'visa',
  last4: '4242',
  expMonth: 12,
  expYear: 2030,
  fingerprint: 'f',
} as const
const created: Answer = { state: 'created', intent: 'pi_1', card }
const unknown: Answer = { state: 'unknown' }

/** The saga after these events; an answer goes to the call under way. */
const after = (...events: (SagaEvent | Answer)[]): Step =>
  events.reduce<Step>((done, event) => {
    const { fence } = done.state
    return step(done.state, 'on' in event ? event : { on: 'answer', fence, answer: event })
  }, begin())

const served: Saga = {
  ...begin().state,
  state: 'provisioned',
  intent: 'pi_1',
  customer: 46_170 as Saga['customer'],
}

test('a confirmation that times out is looked up, not declined, while the prospect waits', () => {
  const done = after(created, unknown)

  expect(done.state).toMatchObject({ state: 'submitted', failureCode: null })
  expect(done.next).toEqual({ call: 'lookup', intent: 'pi_1', afterSeconds: 1 })
})

test('an answer to a call that others have gone on from changes nothing', () => {
  const { state } = after(created, { on: 'due' })

  const late = step(state, { on: 'provisioned', fence: 2, customer: served.customer! })

  expect(late).toMatchObject({ moved: false, writes: [], next: null, state })
})

test('a confirmation that never arrived is sent again, under the same key', () => {
  expect(after(created, unknown, created).next).toMatchObject({ call: 'confirm', intent: 'pi_1' })
})

test('an order nobody works on is canceled at the gateway before anything else is decided', () => {
  const done = after(created, { on: 'due' })

  expect(done.state).toMatchObject({ state: 'voiding', failureCode: 'interrupted' })
  expect(done.next).toMatchObject({ call: 'cancel' })
})

test('asking again and again does not put recovery off', () => {
  const stuck = after(created, unknown, unknown, unknown, unknown)
  expect(stuck).toMatchObject({ next: null, wakeSeconds: leaseSeconds })

  const asked = step(stuck.state, { on: 'returned' })
  const { fence } = asked.state
  const again = step(asked.state, { on: 'answer', fence, answer: unknown })

  expect(asked).toMatchObject({ next: { call: 'lookup' }, wakeSeconds: 'keep' })
  expect(again).toMatchObject({ next: null, wakeSeconds: 'keep' })
})

test('capture is tried after 30 s, 5 min, 1 h and then daily; an operator hears of it within 10 minutes', () => {
  const waits: (number | 'keep' | null)[] = []
  const calls: string[] = []
  let undecided = 0
  let state = served
  for (let n = 0; n < livePauses.length + recoveryPauses.length + 1; n += 1) {
    const done = step(state, { on: 'answer', fence: state.fence, answer: unknown })
    for (const { write } of done.writes) calls.push(`${write} after ${undecided} s`)
    if (!done.next) waits.push(done.wakeSeconds)
    undecided += done.next ? 0 : Number(done.wakeSeconds)
    state = done.next ? done.state : step(done.state, { on: 'due' }).state
  }

  expect(waits).toEqual([30, 300, 3600, ...Array(7).fill(86_400), null])
  expect(calls).toEqual(['call_operator after 330 s', 'call_operator after 608730 s'])
})

test('a charge refused for good leaves the customer, welcomed, with an open invoice', () => {
  const answer: Answer = { state: 'failed', intent: 'pi_1', code: 'capture_refused' }

  const done = step(served, { on: 'answer', fence: served.fence, answer })

  expect(done.state.state).toBe('completed')
  expect(done.writes.map(({ write }) => write)).toEqual(['payment', 'open_invoice', 'welcome'])
})

test('money taken with nobody to have bought anything is never touched again by itself', () => {
  const authorized: Answer = {
    state: 'authorized',
    intent: 'pi_1',
    card,
    method: 'pm',
    amount: 1n as never,
  }
  const answer: Answer = { ...authorized, state: 'captured' }

  const done = after(created, authorized, { on: 'due' }, answer)

  expect(done).toMatchObject({ next: null, wakeSeconds: null, state: { operatorNeeded: true } })
  expect(done.writes).toEqual([{ write: 'call_operator', why: 'captured_without_customer' }])
})
