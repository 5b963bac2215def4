import { array, assert as check, constantFrom, integer, option, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TaxableLine, Taxpayer, TaxRate } from '#server/billing/schema.tax.ts'
import { decideTax, taxed } from '#server/billing/tax.ts'
import { type CivilDate, civilDate } from '#server/kernel/civil.ts'
import { type Money, minorDigits, money, negate, sum, toMajor } from '#server/kernel/money.ts'

const day = civilDate('2026-11-21')
const always = civilDate('2020-01-01')
const gst = { taxName: 'GST', taxRate: '5.0000', taxInclusive: false }

const rate = (name: string, of: Partial<TaxRate> = {}): TaxRate => ({
  customerClass: null,
  country: null,
  region: null,
  validFrom: always,
  validUntil: null,
  name,
  rate: '10.0000',
  ...of,
})
const customer: Taxpayer = { customerClass: 7, country: 'CA', region: 'BC', vatId: null }
const decided = (
  rates: readonly TaxRate[],
  of: Partial<Taxpayer> = {},
  issuer: string | null = 'CA',
  on: CivilDate = day,
) =>
  decideTax({
    customer: { ...customer, ...of },
    issuer: { country: issuer },
    rates,
    otherwise: gst,
    day: on,
  })

describe('which rate holds', () => {
  test('without one for the customer, its class says', () =>
    expect(decided([rate('VAT', { country: 'DE' })])).toEqual({
      name: 'GST',
      rate: '5',
      inclusive: false,
      reverseCharge: false,
      note: null,
    }))

  test('its class counts before its state, its state before its country, that before none', () => {
    const rates = [
      rate('anywhere'),
      rate('country', { country: 'CA' }),
      rate('state', { country: 'CA', region: 'bc' }),
      rate('class', { customerClass: 7 }),
    ]
    const names = rates.map((_, n) => decided(rates.slice(0, n + 1)).name)
    expect(names).toEqual(['anywhere', 'country', 'state', 'class'])
    expect(decided(rates, { customerClass: 8 }).name).toBe('state')
    expect(decided(rates, { customerClass: 8, region: 'ON' }).name).toBe('country')
    expect(decided(rates, { customerClass: 8, country: 'US' }).name).toBe('anywhere')
    const turned = rates.toReversed()
    expect(decided(turned).name).toBe('class')
    expect(decided(turned, { customerClass: 8 }).name).toBe('state')
    expect(decided(turned, { customerClass: 8, region: 'ON' }).name).toBe('country')
  })

  test('from its first day until the day it ends, the latest of two', () => {
    const rates = [
      rate('old', { validFrom: always }),
      rate('new', { validFrom: day, validUntil: civilDate('2026-11-23') }),
    ]
    const on = (text: string) => decided(rates, {}, 'CA', civilDate(text)).name
    expect(on('2026-11-20')).toBe('old')
    expect(on('2026-11-21')).toBe('new')
    expect(on('2026-11-22')).toBe('new')
    expect(on('2026-11-23')).toBe('old')
    expect(on('2019-12-31')).toBe('GST')
    expect(decided(rates.toReversed()).name).toBe('new')
  })

  test('whose country or state isn’t known, of no country or state', () => {
    const rates = [rate('country', { country: 'CA' }), rate('state', { region: 'BC' })]
    expect(decided(rates, { country: null, region: null }).name).toBe('GST')
  })

  test('written without the zeros the database has', () => {
    const written = (percent: string) => decided([rate('tax', { rate: percent })]).rate
    expect(['8.2500', '20.0000', '20', '0.0000'].map(written)).toEqual(['8.25', '20', '20', '0'])
  })
})

describe('the recipient pays the tax', () => {
  const german = { country: 'DE', region: null, vatId: 'DE136695976' }
  const vat = [rate('VAT', { country: 'DE', rate: '19' })]

  test('where both are in the European Union, in two states, and it has a VAT number', () =>
    expect(decided(vat, german, 'NL')).toEqual({
      name: 'VAT',
      rate: '0',
      inclusive: false,
      reverseCharge: true,
      note: 'reverse_charge',
    }))

  test('and nowhere else', () => {
    expect(decided(vat, german, 'DE').rate).toBe('19')
    expect(decided(vat, german, 'CA').rate).toBe('19')
    expect(decided(vat, german, null).rate).toBe('19')
    expect(decided(vat, { ...german, vatId: null }, 'NL').rate).toBe('19')
    expect(decided(vat, { ...german, vatId: 'DE136695977' }, 'NL').rate).toBe('19')
    expect(decided(vat, { ...german, vatId: 'NL004495445B01' }, 'NL').rate).toBe('19')
    expect(decided([], { country: 'CH', vatId: 'CHE123456788' }, 'NL').rate).toBe('5')
  })

  test('Greeks, whose numbers begin with EL, included', () =>
    expect(decided([], { country: 'GR', vatId: 'EL094259216' }, 'NL').reverseCharge).toBe(true))
})

const of = (amounts: readonly string[], percent: string, inclusive = false, currency = 'USD') => {
  const lines = amounts.map((amount) => ({ amount: money(amount) }))
  const { lines: dealt, ...totals } = taxed(
    lines,
    { name: 'Tax', rate: percent, inclusive },
    currency,
  )
  const written = (amount: Money) => toMajor(amount, currency)
  return {
    lines: dealt.map(({ net, tax }) => [written(net), written(tax)]),
    net: written(totals.net),
    tax: written(totals.tax),
    gross: written(totals.gross),
  }
}

describe('to the cent', () => {
  test('half a cent and its credit: a cent each, whichever comes first, so that either undoes the other', () => {
    const nets = (amounts: string[]) => of(amounts, '0').lines.map(([net]) => net)
    expect(nets(['0.005', '-0.005'])).toEqual(['0.01', '-0.01'])
    expect(nets(['-0.005', '0.005'])).toEqual(['-0.01', '0.01'])
    expect(nets(['0', '-0.005', '0.005'])).toEqual(['0.00', '-0.01', '0.01'])
  })

  test('what thirds of a cent leave goes to the lines cut most, the first of equals', () =>
    expect(of(['3.33333', '3.33333', '3.33334'], '5')).toEqual({
      lines: [
        ['3.33', '0.17'],
        ['3.33', '0.16'],
        ['3.34', '0.17'],
      ],
      net: '10.00',
      tax: '0.50',
      gross: '10.50',
    }))

  test('the tax of 100 lines of 0.09 is that of 9.00, where each line rounded for itself has none', () =>
    expect(of(Array<string>(100).fill('0.09'), '5')).toMatchObject({ net: '9.00', tax: '0.45' }))

  test('tax that is in the price is taken out of it', () =>
    expect(of(['5', '9.99'], '5', true)).toEqual({
      lines: [
        ['4.76', '0.24'],
        ['9.52', '0.47'],
      ],
      net: '14.28',
      tax: '0.71',
      gross: '14.99',
    }))

  test('a credit takes its tax with it, and an invoice of credits alone is one below zero', () => {
    expect(of(['30', '-3.87097'], '5')).toEqual({
      lines: [
        ['30.00', '1.50'],
        ['-3.87', '-0.19'],
      ],
      net: '26.13',
      tax: '1.31',
      gross: '27.44',
    })
    expect(of(['-1.29032', '-2.58065'], '5')).toEqual({
      lines: [
        ['-1.29', '-0.06'],
        ['-2.58', '-0.13'],
      ],
      net: '-3.87',
      tax: '-0.19',
      gross: '-4.06',
    })
  })

  test('yen have no cents, dinars have three decimals', () => {
    expect(of(['980.5', '19.4'], '10', false, 'JPY')).toMatchObject({ net: '1000', tax: '100' })
    expect(of(['9.9996', '0.0005'], '5', false, 'KWD')).toMatchObject({
      net: '10.000',
      tax: '0.500',
    })
  })

  test('a credit of what was taxed otherwise has a row of its own', () => {
    const { table, gross } = taxed(
      [{ amount: money('100') }, { amount: money('-10'), rate: '16.0000' }],
      { name: 'VAT', rate: '19', inclusive: false },
      'EUR',
    )
    expect(table).toEqual([
      { name: 'VAT', rate: '19', net: money('100'), tax: money('19') },
      { name: 'VAT', rate: '16', net: money('-10'), tax: money('-1.6') },
    ])
    expect(gross).toBe(money('107.4'))
  })

  test('nothing is nothing', () => expect(of([], '5')).toMatchObject({ net: '0.00', tax: '0.00' }))
})

const someLines = array(
  record({
    amount: integer({ min: -20_000_000, max: 20_000_000 }),
    other: option(constantFrom('0', '7.5', '19'), { freq: 4 }),
  }),
  { maxLength: 40 },
).map((drawn) =>
  drawn.map(
    ({ amount, other }): TaxableLine => ({
      amount: BigInt(amount) as Money,
      ...(other !== null && { rate: other }),
    }),
  ),
)
const someTax = record({
  name: constantFrom('VAT'),
  rate: integer({ min: 0, max: 300_000 }).map((n) => (n / 10_000).toFixed(4)),
  inclusive: constantFrom(true, false),
})
const someCurrency = constantFrom('USD', 'JPY', 'KWD')

describe('whatever is taxed', () => {
  test('lines sum to the rows, rows to the totals, all in whole minor units', () =>
    check(
      property(someLines, someTax, someCurrency, (lines, tax, currency) => {
        const { lines: dealt, table, ...totals } = taxed(lines, tax, currency)
        const unit = 10n ** BigInt(5 - minorDigits(currency))
        expect(dealt).toHaveLength(lines.length)
        for (const row of table) {
          const own = dealt.filter((line) => line.rate === row.rate)
          expect(sum(own.map((line) => line.net))).toBe(row.net)
          expect(sum(own.map((line) => line.tax))).toBe(row.tax)
        }
        expect(sum(table.map((row) => row.net))).toBe(totals.net)
        expect(sum(table.map((row) => row.tax))).toBe(totals.tax)
        expect(totals.gross).toBe(totals.net + totals.tax)
        for (const { net, tax: own } of dealt) expect([net % unit, own % unit]).toEqual([0n, 0n])
      }),
      { numRuns: 2_000 },
    ))

  test('no line is more than a minor unit away from its exact amount, and what was whole stays', () =>
    check(
      property(someLines, someTax, someCurrency, (lines, tax, currency) => {
        const unit = 10n ** BigInt(5 - minorDigits(currency))
        for (const [n, { net, tax: own }] of taxed(lines, tax, currency).lines.entries()) {
          const dealt = tax.inclusive ? net + own : net
          const { amount } = lines[n]!
          const off = dealt - amount
          expect(off < unit && off > -unit).toBe(true)
          if (amount % unit === 0n) expect(off).toBe(0n)
        }
      }),
      { numRuns: 1_000 },
    ))

  test('the opposite of an invoice is its opposite line by line', () =>
    check(
      property(someLines, someTax, someCurrency, (lines, tax, currency) => {
        const opposite = lines.map((line) => ({ ...line, amount: negate(line.amount) }))
        expect(taxed(opposite, tax, currency).lines).toEqual(
          taxed(lines, tax, currency).lines.map((line) => ({
            ...line,
            net: negate(line.net),
            tax: negate(line.tax),
          })),
        )
      }),
      { numRuns: 1_000 },
    ))
})
