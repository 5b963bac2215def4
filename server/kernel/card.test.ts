import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasCardNumber, looksLikeIccid } from './card.ts'

/** The digits with their Luhn digit, by the textbook: doubled, cast out of nines, to the next ten. */
const checked = (digits: string) => {
  const total = [...digits]
    .reverse()
    .map((digit, i) => (i % 2 === 0 ? '0246813579'[Number(digit)]! : digit))
    .reduce((sum, digit) => sum + Number(digit), 0)
  return `${digits}${(10 - (total % 10)) % 10}`
}

const cards = fc
  .stringMatching(/^[1-79]\d{11,17}$/)
  .map(checked)
  .filter((digits) => digits.length >= 13 && digits.length <= 19)

describe('cards', () => {
  test.each([
    '4242424242424242',
    '4242 4242 4242 4242',
    '4242-4242-4242-4242',
    '4242 - 4242 - 4242 - 4242',
    '4242\u00a04242\u00a04242\u00a04242',
    '4242 4242-4242 4242',
    '4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2',
    '4000000000000002',
    '378282246310005',
    '3782 822463 10005',
    '30569309025904',
    '6011111111111117',
    '4222222222222',
    '6304000000000000000',
    'my card is 4242424242424242, thanks',
    '{"note":"4242424242424242"}',
    'card=4242424242424242&cvc=123',
    '4242 4242 4242 4242 12/27 123',
    '12 4242 4242 4242 4242',
    '4242424242424242 12 27 123',
    '89 4242 4242 4242 4242',
    '2026-11-21 4242424242424242',
    '+4242424242424242',
    '+378282246310005',
    'x4242424242424242x',
    'anna@lee.example 4242424242424242',
    '4242424242424242 anna@lee.example',
    '4242 4242 4242 4242@lee.example',
    'card=4242424242424242&email=anna@lee.example',
    '4242424242424242@home',
  ])('%j has one', (text) => expect(hasCardNumber(text)).toBe(true))

  test('any Luhn-valid number of 13 to 19 digits is one, in groups of any size', () =>
    fc.assert(
      fc.property(
        cards,
        fc.integer({ min: 1, max: 19 }),
        fc.constantFrom('', ' ', '-', ' - '),
        (digits, size, gap) => {
          const groups = digits.match(new RegExp(`\\d{1,${size}}`, 'g'))!
          expect(hasCardNumber(`pay ${groups.join(gap)} now`)).toBe(true)
        },
      ),
    ))

  test('one digit wrong is no card', () =>
    fc.assert(
      fc.property(cards, fc.nat(18), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const i = at % digits.length
        const wrong = (Number(digits[i]) + by) % 10
        const text = `${digits.slice(0, i)}${wrong}${digits.slice(i + 1)}`
        expect(hasCardNumber(text)).toBe(false)
      }),
    ))
})

describe('what only looks like a card', () => {
  test.each([
    '',
    '4242424242424241',
    '12094555948',
    '1-209-455-5948',
    '12094555948,12094555949,12094555950',
    '+12094555948 +12094555949',
    '+5511987654321',
    '+4915112345678',
    '42424242424242424242', // 20 digits in one piece
    '4242 4242 4242',
    '000000000000', // 12 digits pass Luhn, but are too few
    '000000000000 1',
    '424242abc4242424242',
    '1795245759831', // a time in milliseconds
    '2026-11-21 2026-12-21 2027-01-21',
    '00000000-0000-4000-8000-000000000000',
    '8901260123456789012 8901260123456789020',
    '8613800138002@mail.example', // a phone number as name, as is usual in China
    'anna.4242424242424242@lee.example',
    'Anna Lee <anna+4242424242424242@mail.lee.example>, anna@lee.example',
  ])('%j has none', (text) => expect(hasCardNumber(text)).toBe(false))

  test.each(['1 ', '1', 'a', 'a.', 'a@', '@a.', 'a@a.'])(
    'a hostile text of %j costs its length, not its square',
    (piece) => expect(hasCardNumber(piece.repeat(200_000))).toBe(false),
  )

  test('no phone number written with a plus is one', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[124-9]\d{6,14}$/), (digits) => {
        expect(hasCardNumber(`call +${digits}.`)).toBe(false)
      }),
    ))

  test('no UUID is one', () =>
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(hasCardNumber(`"${uuid.replaceAll(/[a-f]/g, '0')}"`)).toBe(false)
      }),
    ))

  test('a SIM card is none, though it has a Luhn digit', () => {
    const iccid = checked('893104101234567890')
    expect(iccid).toHaveLength(19)
    expect(hasCardNumber(iccid)).toBe(false)
    expect(hasCardNumber(`8931 0410 1234 5678 ${iccid.slice(16)}`)).toBe(false)
    expect(hasCardNumber(`${iccid} ${iccid}`)).toBe(false)
    expect(hasCardNumber(`8931 ${checked('041012345678901')}`)).toBe(false)
    expect(looksLikeIccid(iccid)).toBe(true)
    expect(looksLikeIccid('8931 0410 1234 5678 9012')).toBe(true)
    expect(looksLikeIccid('89310410123456789')).toBe(false)
    expect(looksLikeIccid('893104101234567890123')).toBe(false)
    expect(looksLikeIccid('4242424242424242')).toBe(false)
  })
})
