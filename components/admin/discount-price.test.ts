import { describe, expect, test } from 'vitest'
import { civilDate } from '#server/kernel/civil.ts'
import type { DecimalString } from '#server/kernel/money.ts'
import { discountedPrice } from './discount-price.ts'

const amount = (text: string) => text as DecimalString
const row: Parameters<typeof discountedPrice>[0] = {
  fee: amount('15.00000'),
  activation: amount('9.00000'),
  period: { period: 'month', periodCount: 1, inAdvance: true },
  // Counted from November; November itself is charged.
  nextPeriod: { anchor: civilDate('2026-11-01'), number: 1 },
  endsOn: null,
  discounts: [],
}
const typed = { off: '20', unit: 'percent', appliesTo: 'periodic', periods: 3 }

describe('the price while a discount is typed', () => {
  test('20 % of $15 a month for three periods: $12, until the last day of the third not charged yet', () => {
    expect(discountedPrice(row, typed)).toEqual({
      before: '15.00000',
      after: '12.00000',
      besides: false,
      until: '2027-02-28',
    })
  })

  test('takes off as long as it runs where no number is typed, and not beyond its term', () => {
    expect(discountedPrice(row, { ...typed, periods: null })?.until).toBeNull()
    const ends = { ...row, endsOn: civilDate('2027-02-01') }
    expect(discountedPrice(ends, typed)?.until).toBe('2027-01-31')
    expect(discountedPrice(ends, { ...typed, periods: null })?.until).toBe('2027-01-31')
  })

  test('an amount is taken off what other discounts leave, and never more than that', () => {
    const half = {
      discount: 1,
      name: 'Loyalty',
      appliesTo: 'periodic' as const,
      percent: amount('50.0000'),
      amount: null,
      left: null,
      reason: null,
    }
    const less = { ...row, discounts: [half] }
    const off = (text: string) =>
      discountedPrice(less, { ...typed, unit: 'amount', off: text, periods: null })
    expect(off('2.50')).toMatchObject({ before: '7.50000', after: '5.00000' })
    expect(off('99')).toMatchObject({ before: '7.50000', after: '0.00000' })

    // One that ends sooner says nothing of the periods after it.
    const sooner = { ...row, discounts: [{ ...half, left: 2 }] }
    expect(discountedPrice(sooner, typed)).toMatchObject({
      before: '15.00000',
      after: '12.00000',
      besides: true,
    })
    expect(discountedPrice(sooner, { ...typed, periods: 2 })).toMatchObject({
      before: '7.50000',
      after: '4.50000',
      besides: false,
    })
  })

  test('of the activation fee: once, whatever else is taken off the periods', () => {
    const given = discountedPrice(row, { ...typed, off: '100', appliesTo: 'activation' })
    expect(given).toEqual({ before: '9.00000', after: '0.00000', besides: false, until: null })
  })

  test.each([
    { off: '' },
    { off: '1.' },
    { off: '-5' },
    { off: '0' },
    { off: '120' },
    { periods: 'two' },
    { periods: 0 },
  ])('isn’t said of what can’t be: %o', (more) => {
    expect(discountedPrice(row, { ...typed, ...more })).toBeUndefined()
  })

  test('isn’t said of a fee there isn’t', () => {
    expect(discountedPrice({ ...row, fee: amount('0.00000') }, typed)).toBeUndefined()
  })
})
