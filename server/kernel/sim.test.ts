import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bareDigits, hasIccidForm, isIccid, isImsi } from './sim.ts'

test.each(['8901260123456789011', '89012601234567890121'])('%s is an ICCID', (digits) => {
  expect(isIccid(digits)).toBe(true)
})

test.each([
  ['8901260123456789014', 'another check digit'],
  ['890126012345678901', '18 digits'],
  ['890126012345678901215', '21 digits'],
  ['4242424242424242424', 'no telecommunications'],
  ['89012601234567890A1', 'a letter'],
  ['', 'nothing'],
])('%s is none: %s', (digits) => {
  expect(isIccid(digits)).toBe(false)
})

test('one wrong digit, or two beside each other swapped, is always found but for 09 and 90', () => {
  const right = '8901260123456789011'
  fc.assert(
    fc.property(fc.nat(16), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const i = at + 2
      const wrong = right.slice(0, i) + ((Number(right[i]) + by) % 10) + right.slice(i + 1)
      expect(hasIccidForm(wrong)).toBe(true)
      expect(isIccid(wrong)).toBe(false)
    }),
  )
  for (let i = 2; i < 18; i++) {
    const [a, b] = [right[i]!, right[i + 1]!]
    if (a === b || `${a}${b}` === '09' || `${a}${b}` === '90') continue
    expect(isIccid(right.slice(0, i) + b + a + right.slice(i + 2)), `${a}${b}`).toBe(false)
  }
})

test('groups are read together', () => {
  expect(bareDigits('8901 2601-2345 6789\u00a0011')).toBe('8901260123456789011')
})

test.each([
  ['310150123456789', true],
  ['31015012345678', true],
  ['3101501234567890', false],
  ['3101501234567', false],
])('%s is an IMSI: %s', (digits, is) => {
  expect(isImsi(digits)).toBe(is)
})
