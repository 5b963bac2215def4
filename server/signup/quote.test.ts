import { array, assert as check, constantFrom, integer, option, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TaxDecision } from '#server/billing/schema.tax.ts'
import { type Fees, usualTerms } from '#server/catalog/schema.ts'
import { civilDate } from '#server/kernel/civil.ts'
import type { SubscriptionId } from '#server/kernel/ids.ts'
import { add, type Money, money, sum, toMajor } from '#server/kernel/money.ts'
import { quoteOf } from './quote.ts'

const fee = (name: string, activation: string, monthly: string, id = 1): Fees => ({
  subscription: id as SubscriptionId,
  name,
  currency: 'USD',
  activationFee: money(activation),
  periodicFee: money(monthly),
  ...usualTerms,
})

const gst: TaxDecision = {
  name: 'GST',
  rate: '5',
  inclusive: false,
  reverseCharge: false,
  note: null,
}
const day = civilDate('2026-11-21')
/** Of the first period, unless said. */
const code = { percent: null, amount: null, appliesTo: 'periodic', periods: 1 } as const
const off = { ...code, code: 'FIVE', amount: money('5'), periods: 3 }
const of = (fees: Fees[], more: Partial<Parameters<typeof quoteOf>[0]> = {}) =>
  quoteOf({ fees, tax: gst, currency: 'USD', day, ...more })

const cents = (quote: ReturnType<typeof of>) => ({
  net: toMajor(money(quote.net), quote.currency),
  tax: toMajor(money(quote.tax), quote.currency),
  dueToday: toMajor(money(quote.dueToday), quote.currency),
  monthly: toMajor(money(quote.recurring[0]!.amount), quote.currency),
})

describe('the plans of Panda Telecom, to the cent', () => {
  test('EasyCall: $5 activation and $9.99 a month', () =>
    expect(cents(of([fee('EasyCall', '5', '9.99')]))).toEqual({
      net: '14.99',
      tax: '0.75',
      dueToday: '15.74',
      monthly: '10.49',
    }))

  test('SuperCall: $19.99 a month', () =>
    expect(cents(of([fee('SuperCall', '0', '19.99')]))).toEqual({
      net: '19.99',
      tax: '1.00',
      dueToday: '20.99',
      monthly: '20.99',
    }))

  test('Cloud PBX: $6 each phone line', () =>
    expect(cents(of([fee('Cloud PBX line', '0', '6')]))).toEqual({
      net: '6.00',
      tax: '0.30',
      dueToday: '6.30',
      monthly: '6.30',
    }))

  test('Cloud PBX 10: $30 the package', () =>
    expect(cents(of([fee('Up to 10 phone lines', '0', '30')]))).toEqual({
      net: '30.00',
      tax: '1.50',
      dueToday: '31.50',
      monthly: '31.50',
    }))
})

test('tax that is in the price is taken out of it, and what is due is the price', () =>
  expect(cents(of([fee('Bamboo', '5', '9.99')], { tax: { ...gst, inclusive: true } }))).toEqual({
    net: '14.28',
    tax: '0.71',
    dueToday: '14.99',
    monthly: '9.99',
  }))

test('a promo code takes its share of the activation, tax and all, and nothing of the month', () => {
  const promo = { ...code, code: 'WELCOME', percent: '100.00', appliesTo: 'activation' } as const
  const quote = of([fee('EasyCall', '5', '9.99')], { promo })
  expect(quote.lines.map(({ kind, amount, tax }) => [kind, amount, tax])).toEqual([
    ['activation', '5.00000', '0.25000'],
    ['discount', '-5.00000', '-0.25000'],
    ['periodic', '9.99000', '0.50000'],
  ])
  expect(cents(quote)).toMatchObject({ dueToday: '10.49', monthly: '10.49' })
})

test('half of the first month is half of the first month, and the second costs all of it', () => {
  const promo = { ...code, code: 'HALF', percent: '50.00' } as const
  expect(cents(of([fee('SuperCall', '0', '19.99')], { promo }))).toEqual({
    net: '9.99',
    tax: '0.50',
    dueToday: '10.49',
    monthly: '20.99',
  })
})

test('the next charge is a month from today, on the last day where the month is shorter', () => {
  const line = [fee('Line', '0', '6')]
  expect(of(line).nextCharge).toBe('2026-12-21')
  expect(of(line, { day: civilDate('2027-01-31') }).nextCharge).toBe('2027-02-28')
})

describe('plans that are not a month in advance', () => {
  const as = (terms: Partial<Fees>, activation = '0', periodic = '120') => ({
    ...fee('Yearly', activation, periodic),
    ...terms,
  })

  test('a year in advance: the year today, the next one in a year', () => {
    const quote = of([as({ periodCount: 12 })])
    expect(quote.lines).toMatchObject([{ amount: '120.00000', every: { periodCount: 12 } }])
    expect(quote).toMatchObject({
      dueToday: '126.00000',
      recurring: [{ period: 'month', periodCount: 12, inAdvance: true, amount: '126.00000' }],
      nextCharge: '2027-11-21',
    })
  })

  test('a month in arrears: the activation today, the month when it is over', () => {
    const quote = of([as({ inAdvance: false }, '5', '10')])
    expect(quote.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['activation', '5.00000'],
    ])
    expect(quote).toMatchObject({
      dueToday: '5.25000',
      recurring: [{ inAdvance: false, amount: '10.50000' }],
      nextCharge: '2026-12-21',
    })
  })

  test('a week in advance: one week today, the others with the invoice of the month', () =>
    expect(of([as({ period: 'week' }, '0', '7')])).toMatchObject({
      dueToday: '7.35000',
      recurring: [{ period: 'week', periodCount: 1, amount: '7.35000' }],
      nextCharge: '2026-12-21',
    }))

  test('what is over with its first period is never charged again', () =>
    expect(of([as({ term: 1 })])).toMatchObject({
      dueToday: '126.00000',
      recurring: [],
      nextCharge: null,
    }))

  test('what comes at different times is said apart', () =>
    expect(
      of([fee('Line', '0', '6'), { ...as({ periodCount: 12 }), subscription: 2 as never }]),
    ).toMatchObject({
      dueToday: '132.30000',
      recurring: [
        { periodCount: 1, amount: '6.30000' },
        { periodCount: 12, amount: '126.00000' },
      ],
      nextCharge: '2026-12-21',
    }))
})

describe('$5 off the first three months', () => {
  test('takes $5 today, and leaves two more', () => {
    const quote = of([fee('EasyCall', '5', '9.99')], { promo: off })
    expect(quote.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['activation', '5.00000'],
      ['periodic', '9.99000'],
      ['discount', '-5.00000'],
    ])
    expect(quote.later).toEqual([
      { subscription: 1, code: 'FIVE', percent: null, amount: '5.00000', after: 1, periods: 2 },
    ])
  })

  test('takes no more than there is, and the rest of it off the next', () => {
    const quote = of([fee('Line', '0', '3', 1), fee('Package', '0', '30', 2)], { promo: off })
    expect(quote.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['periodic', '3.00000'],
      ['discount', '-3.00000'],
      ['periodic', '30.00000'],
      ['discount', '-2.00000'],
    ])
    expect(quote.later?.map(({ subscription, amount }) => [subscription, amount])).toEqual([
      [1, '3.00000'],
      [2, '2.00000'],
    ])
  })

  test('takes nothing today in arrears, and leaves all three', () => {
    const quote = of([{ ...fee('Line', '0', '10'), inAdvance: false }], { promo: off })
    expect([quote.dueToday, quote.later]).toEqual([
      '0.00000',
      [{ subscription: 1, code: 'FIVE', percent: null, amount: '5.00000', after: 0, periods: 3 }],
    ])
  })

  test('is not what a code of the activation does', () =>
    expect(
      of([fee('EasyCall', '5', '9.99')], { promo: { ...off, appliesTo: 'activation' } }),
    ).toMatchObject({
      dueToday: '10.49000',
      later: [],
    }))
})

test('yen have no cents', () =>
  expect(cents(of([fee('Line', '0', '980')], { currency: 'JPY' }))).toMatchObject({
    tax: '49',
    dueToday: '1029',
  }))

const someFees = array(
  record({
    activation: integer({ min: 0, max: 100_000 }),
    monthly: integer({ min: 0, max: 100_000 }),
  }),
  {
    maxLength: 4,
  },
)

const decimal = (cents: number) =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`

test('whatever is sold: what is due is the sum of its lines, in whole cents, and never below zero', () =>
  check(
    property(
      someFees,
      option(
        record({
          percent: integer({ min: 1, max: 10_000 }),
          appliesTo: constantFrom('activation' as const, 'periodic' as const),
        }),
      ),
      integer({ min: 0, max: 2_500 }),
      constantFrom(true, false),
      (prices, promo, rate, inclusive) => {
        const quote = of(
          prices.map((price, i) =>
            fee(`fee ${i}`, decimal(price.activation), decimal(price.monthly), i),
          ),
          {
            promo: promo
              ? { ...code, code: 'P', percent: decimal(promo.percent), appliesTo: promo.appliesTo }
              : undefined,
            tax: { ...gst, rate: decimal(rate), inclusive },
          },
        )
        const [nets, taxes] = [
          quote.lines.map((l) => money(l.amount)),
          quote.lines.map((l) => money(l.tax)),
        ]
        const due = money(quote.dueToday)
        expect(money(quote.net)).toBe(sum(nets))
        expect(money(quote.tax)).toBe(sum(taxes))
        expect(due).toBe(add(sum(nets), sum(taxes)))
        const cent = 1_000n
        for (const amount of [...nets, ...taxes]) expect(amount % cent).toBe(0n)
        expect(due >= (0n as Money)).toBe(true)
      },
    ),
  ))
