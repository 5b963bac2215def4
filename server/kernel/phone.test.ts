import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPhone, isPleasant, parsePattern, parsePhone } from './phone.ts'

describe('numbers people write', () => {
  test.each([
    ['12094555948', 'US', '12094555948'],
    ['2094555948', 'US', '12094555948'],
    ['(209) 455-5948', 'US', '12094555948'],
    ['+1 209 455 5948', 'UA', '12094555948'],
    ['  209.455.5948 ', 'US', '12094555948'],
    ['12094555948', 'GB', '12094555948'],
    ['380441234567', 'US', '380441234567'],
    ['044 123 45 67', 'UA', '380441234567'],
    ['020 7946 0018', 'GB', '442079460018'],
    ['011 44 20 7946 0018', 'US', '442079460018'],
    ['00 1 209 455 5948', 'DE', '12094555948'],
    ['+12094555948', 'AQ', '12094555948'],
  ])('%j in %s is %s', (text, country, digits) => expect(parsePhone(text, country)).toBe(digits))

  test.each([
    ['', 'US'],
    ['4665', 'US'],
    ['209455594', 'US'],
    ['120945559488', 'US'],
    ['1.2094555948E+10', 'US'],
    ['12094555948.0', 'US'],
    ['call 2094555948', 'US'],
    ['2094555948 x12', 'US'],
    ['2094555948, 2094555949', 'US'],
    ['2094555948', 'AQ'],
    ['2094555948', 'constructor'],
    ['Adam', 'US'],
  ])('%j in %s is none', (text, country) => expect(parsePhone(text, country)).toBeUndefined())

  test('what is stored is read again as it is, from anywhere', () => {
    for (const country of ['US', 'CA', 'UA', 'FR', 'JP'])
      expect(parsePhone('12094555948', country)).toBe('12094555948')
  })
})

describe('numbers people read', () => {
  test.each([
    ['12094555948', '(209) 455-5948', '+1 209 455 5948'],
    ['442079460018', '020 7946 0018', '+44 20 7946 0018'],
    ['380441234567', '044 123 4567', '+380 44 123 4567'],
    ['4665', '4665', '4665'],
    ['', '', ''],
  ])('%s is %s, abroad %s', (digits, national, international) => {
    expect(formatPhone(digits, 'national')).toBe(national)
    expect(formatPhone(digits, 'international')).toBe(international)
  })
})

describe('numbers people remember', () => {
  test.each([
    ['12094555555', 3],
    ['12094551234', 3],
    ['12094558765', 3],
    ['12094554000', 2],
    ['12094554455', 2],
    ['12094554545', 2],
    ['12094554554', 2],
    ['12094552955', 1],
    ['12094559321', 1],
    ['12094555948', 0],
    ['12095555948', 0],
    ['', 0],
  ] as const)('%s scores %i', (digits, score) => expect(isPleasant(digits)).toBe(score))
})

describe('numbers people look for', () => {
  test.each([
    ['55', '%55'],
    ['*55', '%55'],
    ['555*', '555%'],
    ['*555*', '%555%'],
    ['12?4', '%12_4'],
    ['12*34', '%12%34'],
    ['***55', '%55'],
    ['(209) 455-*', '209455%'],
    ['', '%'],
    ['*', '%'],
    [' ** ', '%'],
  ])('%j is like %j', (text, like) => expect(parsePattern(text)).toEqual({ like }))

  test('a start is looked for after the country code', () => {
    expect(parsePattern('209*', '1')).toEqual({ like: '1209%' })
    expect(parsePattern('*209*', '1')).toEqual({ like: '%209%' })
    expect(parsePattern('209', '1')).toEqual({ like: '%209' })
  })

  test("SQL's own signs are looked for, not obeyed", () => {
    expect(parsePattern('5%_\\')).toEqual({ like: '%5\\%\\_\\\\' })
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('%', '_', '\\', '5') }), (text) => {
        const { like } = parsePattern(`*${text}`)
        expect(like.slice(1).replace(/\\(.)/g, '$1')).toBe(text)
        expect(like.slice(1).replace(/\\./g, '')).toMatch(/^5*$/)
      }),
    )
  })
})
