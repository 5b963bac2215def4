import { describe, expect, test } from 'vitest'
import { type Collecting, nextStep, patienceMinutes, stateAfter } from '#server/billing/collect.ts'
import { money } from '#server/kernel/money.ts'
import type { Outcome } from '#server/payments/gateway.ts'

const at = (more: Partial<Collecting>): Collecting => ({
  state: 'intended',
  known: false,
  creatable: true,
  automatic: false,
  wanted: true,
  returned: false,
  waitedMinutes: 0,
  ...more,
})

describe('the next step of a payment', () => {
  test.each([
    [{}, 'create'],
    [{ creatable: false }, 'give_up'],
    [{ wanted: false }, 'give_up'],
    [{ known: true }, 'confirm'],
    [{ known: true, creatable: false }, 'confirm'],
    [{ known: true, wanted: false }, 'cancel'],
    [{ state: 'requires_action', known: true }, 'wait'],
    [{ state: 'requires_action', known: true, waitedMinutes: patienceMinutes - 0.1 }, 'wait'],
    [{ state: 'requires_action', known: true, waitedMinutes: patienceMinutes }, 'cancel'],
    [{ state: 'requires_action', known: true, automatic: true }, 'cancel'],
    [{ state: 'requires_action', known: true, wanted: false }, 'cancel'],
    [{ state: 'requires_action', known: true, returned: true }, 'lookup'],
    [{ state: 'requires_action', known: true, returned: true, wanted: false }, 'lookup'],
    [{ state: 'authorized', known: true }, 'capture'],
    [{ state: 'authorized', known: true, waitedMinutes: 1_000 }, 'capture'],
    [{ state: 'authorized', known: true, wanted: false }, 'cancel'],
    [{ state: 'captured', known: true }, 'over'],
    [{ state: 'declined', known: true }, 'over'],
    [{ state: 'canceled', known: true }, 'over'],
    [{ state: 'failed', known: true }, 'over'],
  ] as const)('%j: %s', (more, step) => expect(nextStep(at(more))).toBe(step))
})

test('what an answer makes of it', () => {
  const card = {
    brand: 'visa',
    last4: '4242',
    expMonth: 12,
    expYear: 2030,
    fingerprint: 'f',
  } as const
  const answers: Outcome[] = [
    { state: 'created', intent: 'i', card },
    { state: 'requires_action', intent: 'i', card, challengeUrl: 'u' },
    { state: 'authorized', intent: 'i', card, method: 'm', amount: money('1') },
    { state: 'captured', intent: 'i', card, method: 'm', amount: money('1') },
    { state: 'declined', intent: 'i', code: 'card_declined', messageKey: '' },
    { state: 'canceled', intent: 'i' },
    { state: 'failed', intent: 'i', code: 'capture_refused' },
    { state: 'not_found' },
  ]
  expect(answers.map(stateAfter)).toEqual([
    'intended',
    'requires_action',
    'authorized',
    'captured',
    'declined',
    'canceled',
    'failed',
    'failed',
  ])
})
