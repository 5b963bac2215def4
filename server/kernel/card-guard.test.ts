import { describe, expect, test } from 'vitest'
import { carriesCard } from '#server/kernel/card-guard.ts'

const visa = '4242424242424242'

describe('a body with a card number in it is found', () => {
  test.each([
    ['in a field', { note: visa }],
    ['in a sentence', { note: `my card is ${visa}, thanks` }],
    ['with spaces', { note: '4242 4242 4242 4242' }],
    ['with dashes', { note: '4242-4242-4242-4242' }],
    ['as a number', { amount: 4242424242424242 }],
    ['deep inside', { 0: { a: [{ b: { c: visa } }] } }],
    ['as the name of a field', { [visa]: true }],
    ['as the body itself', visa],
    ['in an object called like a phone field', { phone: { card: visa } }],
    ['in a list of objects called like one', { numbers: [{ cvc: '123', pan: visa }] }],
    ['beside an e-mail address', { note: `anna@lee.example ${visa}` }],
    ['in a field made for e-mail addresses', { email: visa }],
    ['of American Express', { note: '378282246310005' }],
  ])('%s', (_where, body) => {
    expect(carriesCard(body)).toBe(true)
  })
})

describe('a body without one is let through', () => {
  test.each([
    ['phone numbers in their fields', { phone: visa, numbers: [visa], alias: visa }],
    ['a SIM’s numbers', { iccid: '8944500102198304826', imsi: '204043398765432' }],
    [
      'SIMs of 20 digits',
      { sims: [{ iccid: '89445001021983048261' }, { iccid: '8944 5001 0219 8304 826' }] },
    ],
    ['a phone number and what belongs to it', { phone: '4242 4242 4242 4242, ask for Anna' }],
    ['an e-mail address that is a phone number', { email: '8613800138002@mail.example' }],
    ['a key', { key: '4242a424-4242-4242-8242-424242424242' }],
    ['digits that don’t add up', { note: '4242424242424243' }],
    ['too few digits', { note: '424242424242' }],
    ['nothing', null],
    ['no body', undefined],
    ['yes and no', { a: true, b: false }],
  ])('%s', (_what, body) => {
    expect(carriesCard(body)).toBe(false)
  })
})
