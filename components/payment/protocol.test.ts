import { expect, test } from 'vitest'
import { hear } from './protocol.ts'

test('a token comes with what a card is recognised by, and nothing more is kept of it', () => {
  const card = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2030, number: 'none' }
  expect(hear({ type: 'portico:token', id: 'a', token: 'tok_12345678', card })).toEqual({
    type: 'token',
    id: 'a',
    token: 'tok_12345678',
    card: { brand: 'visa', last4: '4242' },
  })
})

test('what is not said as agreed is not heard', () => {
  const card = { brand: 'visa', last4: '4242424242424242' }
  expect(hear({ type: 'portico:token', id: 'a', token: 'tok_12345678', card })).toBeUndefined()
  expect(hear({ type: 'portico:token', token: 'tok_12345678' })).toBeUndefined()
  expect(hear({ type: 'portico:height', px: '100' })).toBeUndefined()
  expect(hear({ type: 'webpackOk' })).toBeUndefined()
  expect(hear('portico:ready')).toBeUndefined()
  expect(hear(null)).toBeUndefined()
})

test('a frame cannot make itself taller than a card form', () => {
  expect(hear({ type: 'portico:height', px: 99_999 })).toEqual({ type: 'height', px: 1_000 })
})
