import { expect, test } from 'vitest'
import { formatCountdown, formatDay, formatMoney, formatPhone, formatRoundly } from './format.ts'

test('money is written from its decimal string, exactly', () => {
  expect(formatMoney('en', '1234.50000', 'USD')).toBe('$1,234.50')
  expect(formatMoney('en', '9007199254740993.01', 'USD')).toBe('$9,007,199,254,740,993.01')
  expect(formatMoney('en', '-6', 'USD')).toBe('-$6.00')
  expect(formatMoney('en', '1500', 'JPY')).toBe('¥1,500')
  expect(formatMoney('es', '1234567.5', 'EUR').replace(/\s/g, ' ')).toBe('1.234.567,50 €')
})

test('a half cent goes away from zero, as on the invoice', () => {
  expect(formatMoney('en', '0.125', 'USD')).toBe('$0.13')
  expect(formatMoney('en', '-0.125', 'USD')).toBe('-$0.13')
})

test('a rate shows all its places, a change its sign', () => {
  expect(formatMoney('en', '0.00650', 'USD', { allPlaces: true })).toBe('$0.0065')
  expect(formatMoney('en', '10', 'USD', { signed: true })).toBe('+$10.00')
  expect(formatMoney('en', '0', 'USD', { signed: true })).toBe('$0.00')
})

test('beside a chart an amount is as short as it can be', () => {
  const said = [0, 57.7, 1_500, 600_000, 1_437_760.04].map((one) => formatRoundly('en', one, 'USD'))
  expect(said).toEqual(['$0', '$57.7', '$1.5K', '$600K', '$1.4M'])
})

test('what is not an amount is shown as it is, never as NaN', () => {
  expect(formatMoney('en', 'n/a', 'USD')).toBe('n/a')
})

test('a civil date is the same day wherever the reader is', () => {
  expect(formatDay('en', '2026-12-01')).toBe('Dec 1, 2026')
})

test('North American numbers are grouped, others dialled', () => {
  expect(formatPhone('12094555948')).toBe('+1 (209) 455-5948')
  expect(formatPhone('+442079460958')).toBe('+442079460958')
  expect(formatPhone('4665')).toBe('4665')
})

test('a countdown reads like a clock and stops at zero', () => {
  expect(formatCountdown(299.9)).toBe('4:59')
  expect(formatCountdown(3_729)).toBe('1:02:09')
  expect(formatCountdown(-3)).toBe('0:00')
})
