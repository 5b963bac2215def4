import { expect, test } from 'vitest'
import { stepFor } from './steps.ts'

const order = (state: 'working' | 'action_required' | 'completed' | 'failed') => ({
  state,
  doing: null,
  key: '5f1c1c52-0000-4000-8000-000000000000',
  challengeUrl: null,
  failure: null,
  alternatives: [],
})

test('a link to a later step leads to the first one not done', () => {
  expect(stepFor(null, 'payment')).toBe('plan')
  expect(stepFor({ step: 'address', order: null }, 'summary')).toBe('address')
  expect(stepFor({ step: 'phone', order: null }, 'done')).toBe('phone')
})

test('steps already done can be gone back to', () => {
  expect(stepFor({ step: 'payment', order: null }, 'plan')).toBe('plan')
  expect(stepFor({ step: 'payment', order: null }, 'address')).toBe('address')
})

test('the card is not in the draft: the summary is open to who may pay', () => {
  expect(stepFor({ step: 'payment', order: null }, 'summary')).toBe('summary')
  expect(stepFor({ step: 'payment', order: null }, 'done')).toBe('payment')
})

test('while an order is under way every step shows it, and nothing else', () => {
  expect(stepFor({ step: 'payment', order: order('working') }, 'address')).toBe('summary')
  expect(stepFor({ step: 'payment', order: order('action_required') }, 'payment')).toBe('summary')
  expect(stepFor({ step: 'payment', order: order('failed') }, 'payment')).toBe('payment')
})

test('who has signed up sees the confirmation, and may begin another signup', () => {
  expect(stepFor({ step: 'done', order: order('completed') }, 'payment')).toBe('done')
  expect(stepFor({ step: 'done', order: order('completed') }, 'plan')).toBe('plan')
})
