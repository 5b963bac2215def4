import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BillLine, billOf } from '#server/billing/invoice.ts'
import { days } from '#server/billing/testing.ts'
import { add, type Money, money, sum, toDecimal } from '#server/kernel/money.ts'
import { runs } from '#server/testing/runs.ts'

const gst = { name: 'GST', rate: '5', inclusive: false, reverseCharge: false, note: null }
const vat = { name: 'VAT', rate: '20', inclusive: true, reverseCharge: false, note: null }

const fee = (amount: string, more: Partial<BillLine> = {}): BillLine => ({
  kind: 'periodic',
  rule: 'period.fee',
  description: 'Cloud PBX',
  amount: money(amount),
  ...more,
})
const amounts = (of: Readonly<Record<'net' | 'tax' | 'total' | 'rounding', Money>>) =>
  [of.net, of.tax, of.total, of.rounding].map(toDecimal)

describe('a bill', () => {
  test('three thirds of $10 come to $10, not to $9.99; the ledger gets the hundred-thousandth', () => {
    const bill = billOf([fee('3.33333'), fee('3.33333'), fee('3.33333')], gst, 'USD')

    expect(amounts(bill)).toEqual(['10.00000', '0.50000', '10.50000', '0.00001'])
    expect(bill.lines.map(({ net }) => toDecimal(net))).toEqual(['3.34000', '3.33000', '3.33000'])
    expect(bill.lines.map(({ tax }) => toDecimal(tax))).toEqual(['0.17000', '0.17000', '0.16000'])
    expect(bill.lines.map(({ exact }) => toDecimal(exact))).toEqual(Array(3).fill('3.33333'))
  })

  test('€10 with 20 % in it is €8.33 and €1.67; the ledger keeps the exact net and what rounding took', () => {
    const bill = billOf([fee('10')], vat, 'EUR')

    expect(amounts(bill)).toEqual(['8.33000', '1.67000', '10.00000', '-0.00333'])
    expect(bill.lines.map(({ exact }) => toDecimal(exact))).toEqual(['8.33333'])
  })

  test('a credit goes back with the tax it was charged with, and each line says its rate', () => {
    const credit = { ...fee('-10', { kind: 'blocked' }), rate: '10' }
    const bill = billOf([fee('20'), credit], gst, 'USD')

    expect(amounts(bill)).toEqual(['10.00000', '0.00000', '10.00000', '0.00000'])
    expect(bill.lines.map(({ taxRate, tax }) => [taxRate, toDecimal(tax)])).toEqual([
      ['5', '1.00000'],
      ['10', '-1.00000'],
    ])
  })

  test('a line stays what it was: its days, its subscription, its place on the ledger', () => {
    const line = fee('10', { period: days('2026-11-01', '2026-12-01'), subscription: 7, entry: 9 })

    expect(billOf([line], gst, 'USD').lines[0]).toMatchObject(line)
  })

  test('the ledger comes to the total, whatever is on it', () => {
    const lines = fc.array(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), { minLength: 1 })
    fc.assert(
      fc.property(lines, fc.boolean(), (all, inclusive) => {
        const some = all.map((amount) => ({ ...fee('0'), amount: amount as Money }))
        const bill = billOf(some, { ...gst, inclusive }, 'USD')
        const exact = sum(bill.lines.map((line) => line.exact))
        expect(add(add(exact, bill.tax), bill.rounding)).toBe(bill.total)
        expect(bill.total % 1000n).toBe(0n)
      }),
      { numRuns: runs(500) },
    )
  })
})
