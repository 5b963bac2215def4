import { describe, expect, test } from 'vitest'
import { money } from '#server/kernel/money.ts'
import { isOver, isServed, orderStates } from './order-states.ts'
import { begin, step } from './saga.ts'
import type { Answer, Saga, SagaEvent, SagaWrite, Step } from './saga-types.ts'

const card = {
  brand: 'visa',
  last4: '4242',
  expMonth: 12,
  expYear: 2030,
  fingerprint: 'f',
} as const
const intent = 'pi_1'
const amount = money('14.99')
const bank = 'https://bank.example'
const says = {
  created: { state: 'created', intent, card },
  requires_action: { state: 'requires_action', intent, card, challengeUrl: bank },
  authorized: { state: 'authorized', intent, card, method: 'pm', amount },
  captured: { state: 'captured', intent, card, method: 'pm', amount },
  declined: { state: 'declined', intent, code: 'card_declined', messageKey: '' },
  canceled: { state: 'canceled', intent },
  failed: { state: 'failed', intent, code: 'capture_refused' },
  not_found: { state: 'not_found' },
  unknown: { state: 'unknown' },
} as const satisfies { [S in Answer['state']]: Extract<Answer, { state: S }> }

const customer = 46_170 as NonNullable<Saga['customer']>
const fence = 7
const provisioned: SagaEvent = { on: 'provisioned', fence, customer }
const refused: SagaEvent = { on: 'provision_refused', fence, code: 'number.gone' }
const complete: SagaEvent = { on: 'complete', fence }

/** An order in the middle of things. */
const at = (state: Saga['state'], more: Partial<Saga> = {}): Saga => ({
  state,
  fence,
  tries: 0,
  intent,
  customer: null,
  challengeUrl: null,
  failureCode: null,
  operatorNeeded: false,
  ...more,
})

/** What a step changes of an order, what it writes, does next, and when recovery shall look. */
function told(before: Saga, done: Step) {
  const { state, moved, writes, next, wakeSeconds } = done
  if (!moved) {
    expect(done).toEqual({ state: before, moved, writes: [], next: null, wakeSeconds: 'keep' })
    return 'ignored'
  }
  const { fence: now, ...after } = state
  const changed = Object.entries(after).filter(
    ([key, value]) => value !== before[key as keyof Saga],
  )
  return [
    { fence: now, ...Object.fromEntries(changed) },
    writes.map(said).join(', '),
    next && Object.values(next).join(' '),
    wakeSeconds,
  ]
}
const said = (write: SagaWrite) =>
  write.write === 'payment'
    ? `payment ${write.outcome.state}`
    : write.write === 'call_operator'
      ? `call_operator: ${write.why}`
      : `${write.write}`

type Row = [Saga, Answer['state'] | SagaEvent, 'ignored' | [object, string, string | null, unknown]]

const check = (rows: readonly Row[]) =>
  test.each(rows.map(([saga, event, wanted]) => [named(event), saga, event, wanted] as const))(
    '%s',
    (_, saga, event, wanted) => {
      const happened: SagaEvent =
        typeof event === 'string' ? { on: 'answer', fence, answer: says[event] } : event
      const becomes =
        wanted === 'ignored' ? wanted : [{ fence: 8, ...wanted[0] }, ...wanted.slice(1)]
      expect(told(saga, step(saga, happened))).toEqual(becomes)
    },
  )
const named = (event: Row[1]) => (typeof event === 'string' ? `the gateway: ${event}` : event.on)

const due: SagaEvent = { on: 'due' }
const abandoned: SagaEvent = { on: 'abandoned' }
const returned: SagaEvent = { on: 'returned' }
const retry: SagaEvent = { on: 'retry' }

test('an order begins by asking for an intent, and is recovery’s in 30 seconds', () => {
  expect(begin()).toEqual({
    state: { ...at('submitted'), fence: 1, intent: null },
    moved: true,
    writes: [],
    next: { call: 'create_intent', afterSeconds: 0 },
    wakeSeconds: 30,
  })
})

describe('submitted, no intent yet: nothing can be reserved', () => {
  const saga = at('submitted', { intent: null, tries: 1 })
  const failed = (failureCode: string) => ({ state: 'failed', failureCode })
  check([
    [saga, 'created', [{ intent, tries: 0 }, 'payment created', 'confirm pi_1 0', 30]],
    [saga, 'declined', [failed('card_declined'), 'payment declined, release', null, null]],
    [saga, 'failed', [failed('capture_refused'), 'payment failed, release', null, null]],
    [saga, 'unknown', [{ tries: 2 }, '', 'create_intent 2', 30]],
    [saga, due, [failed('interrupted'), 'payment not_found, release', null, null]],
    [saga, abandoned, [failed('interrupted'), 'payment not_found, release', null, null]],
    [saga, returned, 'ignored'],
    [saga, retry, 'ignored'],
  ])
})

describe('submitted, an intent recorded: a confirmation may be under way', () => {
  const saga = at('submitted', { tries: 1 })
  const failed = (failureCode: string) => ({ state: 'failed', failureCode })
  const voiding = { state: 'voiding', failureCode: 'interrupted', tries: 0 }
  const impossible = { state: 'voiding', operatorNeeded: true }
  check([
    [saga, 'created', [{ tries: 2 }, '', 'confirm pi_1 2', 30]],
    [
      saga,
      'authorized',
      [{ state: 'authorized', tries: 0 }, 'payment authorized', 'provision', 30],
    ],
    [
      saga,
      'requires_action',
      [
        { state: 'action_required', tries: 0, challengeUrl: bank },
        'payment requires_action',
        null,
        8 * 60,
      ],
    ],
    [saga, 'declined', [failed('card_declined'), 'payment declined, release', null, null]],
    [saga, 'canceled', [failed('payment_canceled'), 'payment canceled, release', null, null]],
    [saga, 'failed', [failed('capture_refused'), 'payment failed, release', null, null]],
    [saga, 'captured', [impossible, 'call_operator: captured_without_customer', null, null]],
    [saga, 'not_found', [{ tries: 2 }, '', 'lookup pi_1 2', 30]],
    [saga, 'unknown', [{ tries: 2 }, '', 'lookup pi_1 2', 30]],
    [at('submitted', { tries: 3 }), 'unknown', [{ tries: 4 }, '', null, 30]],
    [at('submitted', { tries: 4 }), 'unknown', [{ tries: 5 }, '', null, 'keep']],
    [saga, due, [voiding, '', 'cancel pi_1 0', 30]],
    [saga, abandoned, [voiding, '', 'cancel pi_1 0', 30]],
    [saga, returned, [{}, '', 'lookup pi_1 0', 'keep']],
    // Somebody is at it.
    [at('submitted'), returned, 'ignored'],
    [saga, retry, 'ignored'],
  ])
})

describe('action required: the prospect is with the bank', () => {
  const saga = at('action_required', { tries: 1, challengeUrl: bank })
  const done = { tries: 0, challengeUrl: null }
  const abandonedIt = { state: 'voiding', failureCode: 'challenge_abandoned', ...done }
  const declined = { state: 'failed', failureCode: 'card_declined', challengeUrl: null }
  check([
    [saga, 'requires_action', [{ tries: 0 }, '', null, 'keep']],
    [saga, 'authorized', [{ state: 'authorized', ...done }, 'payment authorized', 'provision', 30]],
    [saga, 'declined', [declined, 'payment declined, release', null, null]],
    [saga, 'created', [{ tries: 2 }, '', 'lookup pi_1 2', 30]],
    [saga, 'unknown', [{ tries: 2 }, '', 'lookup pi_1 2', 30]],
    [at('action_required', { tries: 4 }), 'unknown', [{ tries: 5 }, '', null, 'keep']],
    [saga, due, [abandonedIt, '', 'cancel pi_1 0', 30]],
    [saga, abandoned, [abandonedIt, '', 'cancel pi_1 0', 30]],
    [saga, returned, [{}, '', 'lookup pi_1 0', 'keep']],
    [saga, retry, 'ignored'],
  ])
})

describe('authorized: a worker provisions', () => {
  const saga = at('authorized', { tries: 1 })
  const voiding = (failureCode: string) => ({ state: 'voiding', failureCode, tries: 0 })
  check([
    [saga, provisioned, [{ state: 'provisioned', customer, tries: 0 }, '', 'capture pi_1 0', 30]],
    [saga, refused, [voiding('number.gone'), '', 'cancel pi_1 0', 30]],
    [saga, due, [voiding('interrupted'), '', 'cancel pi_1 0', 30]],
    [saga, abandoned, 'ignored'],
    [saga, returned, 'ignored'],
    [saga, 'authorized', 'ignored'],
  ])
})

describe('provisioned: from here on the order goes through', () => {
  const saga = at('provisioned', { customer, tries: 1, operatorNeeded: true })
  const captured = { state: 'captured', tries: 0, operatorNeeded: false }
  const owing = { state: 'completed', tries: 0, operatorNeeded: false }
  const welcomed = (word: string) => `payment ${word}, open_invoice, welcome`
  check([
    [saga, 'captured', [captured, 'payment captured, settle', 'complete', 30]],
    [saga, 'failed', [owing, welcomed('failed'), null, null]],
    [saga, 'canceled', [owing, welcomed('canceled'), null, null]],
    [saga, 'declined', [owing, welcomed('declined'), null, null]],
    [saga, 'unknown', [{ tries: 2 }, '', 'capture pi_1 2', 30]],
    [saga, due, [{}, '', 'capture pi_1 0', 30]],
    [saga, retry, [{ tries: 0, operatorNeeded: false }, '', 'capture pi_1 0', 30]],
    [saga, returned, 'ignored'],
    [saga, abandoned, 'ignored'],
  ])
})

describe('no answer to what has to be done: recovery asks again, and a person is called', () => {
  const waits = (tries: number, operatorNeeded = false) =>
    at('provisioned', { customer, tries, operatorNeeded })
  const called = { operatorNeeded: true }
  check([
    [waits(3), 'unknown', [{ tries: 4 }, '', null, 30]],
    [waits(4), 'unknown', [{ tries: 5 }, '', null, 300]],
    [waits(5), 'unknown', [{ tries: 6, ...called }, 'call_operator: no_answer', null, 3_600]],
    [waits(6, true), 'unknown', [{ tries: 7 }, '', null, 86_400]],
    [waits(13), 'unknown', [{ tries: 14, ...called }, 'call_operator: gave_up', null, null]],
  ])
})

describe('captured: the money is ours', () => {
  const saga = at('captured', { customer })
  check([
    [saga, complete, [{ state: 'completed' }, 'welcome', null, null]],
    [saga, due, [{}, '', 'complete', 30]],
    [saga, returned, 'ignored'],
    [saga, 'captured', 'ignored'],
  ])
})

describe('voiding: from here on the order fails', () => {
  const failureCode = 'number.gone'
  const saga = at('voiding', { failureCode, tries: 1, operatorNeeded: true })
  const failed = { state: 'failed', operatorNeeded: false }
  check([
    [saga, 'canceled', [failed, 'payment canceled, release', null, null]],
    [saga, 'declined', [failed, 'payment declined, release', null, null]],
    [saga, 'failed', [failed, 'payment failed, release', null, null]],
    [
      at('voiding'),
      'canceled',
      [{ state: 'failed', failureCode: 'interrupted' }, 'payment canceled, release', null, null],
    ],
    [saga, 'captured', [{}, 'call_operator: captured_without_customer', null, null]],
    [saga, 'unknown', [{ tries: 2 }, '', 'cancel pi_1 2', 30]],
    [saga, due, [{}, '', 'cancel pi_1 0', 30]],
    [saga, retry, [{ tries: 0, operatorNeeded: false }, '', 'cancel pi_1 0', 30]],
    [saga, returned, 'ignored'],
    // A worker that was slow to provision.
    [saga, provisioned, 'ignored'],
  ])
})

test('there is a customer from provisioned on, and an end with completed and failed', () => {
  expect(orderStates.filter(isServed)).toEqual(['provisioned', 'captured', 'completed'])
  expect(orderStates.filter(isOver)).toEqual(['completed', 'failed'])
})

describe('over: nothing changes it any more', () => {
  check([
    [at('completed'), due, 'ignored'],
    [at('completed'), 'declined', 'ignored'],
    [at('failed', { intent: null }), due, 'ignored'],
    [at('failed'), 'authorized', 'ignored'],
  ])
})

describe('what comes of a call that others have gone on from', () => {
  const late = { fence: fence - 1 } as const
  check([
    [at('authorized'), { ...provisioned, ...late }, 'ignored'],
    [at('authorized'), { ...refused, ...late }, 'ignored'],
    [at('captured'), { ...complete, ...late }, 'ignored'],
    [at('submitted'), { on: 'answer', answer: says.declined, ...late }, 'ignored'],
  ])
})
