import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  compare,
  type DecimalString,
  formatMoney,
  fromMinorUnits,
  type Money,
  money,
  moneyFromWire,
  negate,
  portion,
  roundToMinor,
  split,
  subtract,
  sum,
  taxOf,
  toDecimal,
  toMajor,
  toMinorUnits,
  zero,
} from './money.ts'

const amounts = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map((n) => n as Money)

describe('written amounts', () => {
  test.each([
    ['9.99', 999_000n],
    ['0', 0n],
    ['-0', 0n],
    ['-0.00001', -1n],
    ['-12.5', -1_250_000n],
    ['007', 700_000n],
    ['999999999999999.99999', 99_999_999_999_999_999_999n],
  ])('%s is read exactly', (text, amount) => expect(money(text)).toBe(amount))

  test.each([
    '',
    ' 5',
    '5 ',
    '5\n',
    '+5',
    '.5',
    '5.',
    '1e3',
    '1E-5',
    '1,000',
    '1_000',
    '$5',
    '0x10',
    'NaN',
    'Infinity',
    '--5',
    '1.2.3',
    '٥',
    '0.000001',
    '1000000000000000',
  ])('%j is refused by name', (text) =>
    expect(() => money(text)).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        code: 'money.malformed',
        message: expect.stringContaining('9.99'),
      }),
    ),
  )

  test('a refusal does not repeat what was typed', () =>
    expect(() => money('4242424242424242')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('4242'), details: {} }),
    ))

  test('every amount survives the wire', () =>
    fc.assert(fc.property(amounts, (m) => moneyFromWire(toDecimal(m)) === m)))

  test('on the wire it is a string of 5 decimals', () => {
    expect(toDecimal(money('9.99'))).toBe('9.99000')
    expect(toDecimal(money('-0.00001'))).toBe('-0.00001')
    expect(moneyFromWire('9.99000' as DecimalString)).toBe(money('9.99'))
  })
})

describe('arithmetic', () => {
  test('a tenth and two tenths are three tenths', () =>
    expect(add(money('0.1'), money('0.2'))).toBe(money('0.3')))

  test('adds up, takes away, turns round', () => {
    expect(subtract(money('10'), money('0.01'))).toBe(money('9.99'))
    expect(negate(money('9.99'))).toBe(money('-9.99'))
    expect(sum([money('1.10'), money('-0.05'), money('2')])).toBe(money('3.05'))
    expect(sum([])).toBe(zero)
  })

  test.each([
    ['1', '2', -1],
    ['2', '1', 1],
    ['2', '2.00', 0],
  ])('%s beside %s: %i', (a, b, order) => expect(compare(money(a), money(b))).toBe(order))

  test('sorts, the smallest first', () =>
    expect([money('10'), money('-1'), money('9'), money('9')].sort(compare)).toEqual(
      ['-1', '9', '9', '10'].map(money),
    ))
})

describe('rounding', () => {
  test.each([
    ['0.00001', 1, 2, '0.00001'],
    ['-0.00001', 1, 2, '-0.00001'],
    ['0.00001', -1, 2, '-0.00001'],
    ['0.00001', 1, -2, '-0.00001'],
    ['-0.00001', 1, -2, '0.00001'],
    ['0.00001', 49, 100, '0'],
    ['0.00001', 49, -100, '0'],
    ['10', 12, 31, '3.87097'],
    ['10', 1, 3, '3.33333'],
    ['10', 2, 3, '6.66667'],
    ['-10', 2, 3, '-6.66667'],
  ])('%s × %i/%i is %s: to the nearest, a half away from zero', (whole, num, den, part) =>
    expect(portion(money(whole), { num, den })).toBe(money(part)),
  )

  test('no portion is more than half a unit off', () =>
    fc.assert(
      fc.property(
        amounts,
        fc.bigInt({ min: -1000n, max: 1000n }),
        fc.bigInt({ min: 1n, max: 1000n }),
        (m, num, den) => {
          const off = portion(m, { num, den }) * den - m * num
          expect(2n * (off < 0n ? -off : off) <= den).toBe(true)
        },
      ),
    ))

  test('a ratio of fractions, or of nothing, is a programming error', () => {
    expect(() => portion(money('1'), { num: 0.5, den: 1 })).toThrow(RangeError)
    expect(() => portion(money('1'), { num: 1, den: 0 })).toThrow(RangeError)
  })

  test.each([
    ['9.995', 'USD', '10', '10.00', 1000],
    ['9.99499', 'USD', '9.99', '9.99', 999],
    ['-9.995', 'USD', '-10', '-10.00', -1000],
    ['-0.00499', 'USD', '0', '0.00', 0],
    ['0.05', 'EUR', '0.05', '0.05', 5],
    ['1234.5', 'JPY', '1235', '1235', 1235],
    ['1.23456', 'KWD', '1.235', '1.235', 1235],
    ['1.2', 'KWD', '1.2', '1.200', 1200],
  ])(
    '%s %s is paid as %s, written %s, asked of a gateway as %i',
    (exact, code, paid, text, units) => {
      expect(roundToMinor(money(exact), code)).toBe(money(paid))
      expect(toMajor(money(exact), code)).toBe(text)
      expect(toMinorUnits(money(exact), code)).toBe(units)
      expect(fromMinorUnits(units, code)).toBe(money(paid))
    },
  )

  test('an amount a gateway would get wrong is not sent', () =>
    expect(() => toMinorUnits(money('99999999999999.99'), 'USD')).toThrow(RangeError))
})

describe('splitting', () => {
  test('10.00 in three leaves the odd unit with the first', () =>
    expect(split(money('10'), [1, 1, 1])).toEqual(['3.33334', '3.33333', '3.33333'].map(money)))

  test('the odd units go to those who lost most by the cut, not to the first or the largest', () => {
    expect(split(money('0.00010'), [25, 39, 36])).toEqual(
      ['0.00002', '0.00004', '0.00004'].map(money),
    )
    expect(split(money('0.00010'), [41, 19, 40])).toEqual(
      ['0.00004', '0.00002', '0.00004'].map(money),
    )
  })

  test('no weight, no share', () =>
    expect(split(money('0.00001'), [0, 1, 0])).toEqual([zero, money('0.00001'), zero]))

  test('parts sum to the whole and none is a unit away from its share', () =>
    fc.assert(
      fc.property(
        amounts,
        fc
          .array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 40 })
          .filter((weights) => weights.some((weight) => weight > 0n)),
        (m, weights) => {
          const parts = split(m, weights)
          const total = weights.reduce((a, b) => a + b, 0n)
          expect(sum(parts)).toBe(m)
          for (const [index, part] of parts.entries()) {
            const off = part * total - m * weights[index]!
            expect(off < total && -off < total).toBe(true)
          }
        },
      ),
    ))

  test('a credit is split as the charge was', () =>
    fc.assert(
      fc.property(amounts, (m) => {
        expect(split(negate(m), [3, 5, 7])).toEqual(split(m, [3, 5, 7]).map(negate))
      }),
    ))

  test.each([[[]], [[0, 0]], [[2, -1]]])('weights %j are a programming error', (weights) =>
    expect(() => split(money('1'), weights)).toThrow(RangeError),
  )
})

describe('tax', () => {
  test.each([
    ['100', '8.25', false, '100', '8.25', '108.25'],
    ['9.99', '13', false, '9.99', '1.2987', '11.2887'],
    ['119', '19', true, '100', '19', '119'],
    ['9.99', '20', true, '8.325', '1.665', '9.99'],
    ['9.99', '0', true, '9.99', '0', '9.99'],
    ['-9.99', '13', false, '-9.99', '-1.2987', '-11.2887'],
  ])('%s at %s %%, inclusive: %s', (amount, rate, inclusive, net, tax, gross) =>
    expect(taxOf(money(amount), rate, { inclusive })).toEqual({
      net: money(net),
      tax: money(tax),
      gross: money(gross),
    }),
  )

  test('on an invoice it is rounded to cents once, not by way of the 5th decimal', () => {
    // 0.164999975 exactly: 0.17 by way of 0.165.
    const amount = money('1.99999')
    expect(taxOf(amount, '8.25004', { inclusive: false }).tax).toBe(money('0.165'))
    expect(taxOf(amount, '8.25004', { inclusive: false, currency: 'USD' }).tax).toBe(money('0.16'))
  })

  test('net and tax make gross, always', () =>
    fc.assert(
      fc.property(
        amounts,
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.boolean(),
        fc.constantFrom('USD', 'JPY', 'KWD', undefined),
        (amount, rate, inclusive, currency) => {
          const percent = `${Math.floor(rate / 10_000)}.${String(rate % 10_000).padStart(4, '0')}`
          const { net, tax, gross } = taxOf(amount, percent, { inclusive, currency })
          expect(add(net, tax)).toBe(gross)
          expect(inclusive ? gross : net).toBe(amount)
        },
      ),
    ))

  test.each(['', '-1', '8,25', '8 %', '0.000001'])('a rate of %j is refused by name', (rate) =>
    expect(() => taxOf(money('1'), rate, { inclusive: true })).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        code: 'money.rate_malformed',
        message: expect.stringContaining('8.25'),
      }),
    ),
  )
})

describe('for a person', () => {
  test.each([
    ['9.99', 'USD', 'en', '$9.99'],
    ['-1234.5', 'USD', 'en', '-$1,234.50'],
    ['1234.5', 'EUR', 'de', '1.234,50 €'],
    ['9.99', 'USD', 'es', '9,99 US$'],
    ['1234.5', 'JPY', 'en', '¥1,235'],
    ['1.2', 'KWD', 'en', 'KWD 1.200'],
    ['9.5', 'AFN', 'en', 'AFN 9.50'],
  ])('%s %s in %s is %s', (amount, currency, locale, text) =>
    expect(formatMoney(money(amount), currency, locale).replaceAll('\u00a0', ' ')).toBe(text),
  )

  test('digits a float would lose are shown', () =>
    expect(formatMoney(money('123456789012345.67'), 'USD', 'en')).toBe('$123,456,789,012,345.67'))
})
