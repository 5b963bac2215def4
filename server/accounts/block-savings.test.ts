import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byMonth, daysBeyond, linesByDay, monthly, saved } from '#server/accounts/block-savings.ts'
import {
  addDays,
  type CivilDate,
  civilDate,
  everyMonth,
  periodContaining,
} from '#server/kernel/civil.ts'
import { add, type Money, money, toDecimal, zero } from '#server/kernel/money.ts'
import { worthOfDays } from '#server/kernel/proration.ts'

const day = civilDate
const monthOf = (fee: Money, anchor: CivilDate) => ({
  fee,
  cycle: everyMonth,
  anchor,
  since: anchor,
})
const period = (from: string, until: string) => ({ from: day(from), until: day(until) })

describe('what free days save', () => {
  test('ten of the thirty-one days of a $10 month: $3.22581, the rest $6.77419', () => {
    const first = worthOfDays(
      monthOf(money('10'), day('2026-01-01')),
      period('2026-12-01', '2026-12-11'),
    )
    const rest = worthOfDays(
      monthOf(money('10'), day('2026-01-01')),
      period('2026-12-11', '2027-01-01'),
    )
    expect([toDecimal(first), toDecimal(rest)]).toEqual(['3.22581', '6.77419'])
  })

  test('a whole month of one’s own: the fee, wherever it begins', () => {
    const worth = worthOfDays(
      monthOf(money('9.99'), day('2026-10-31')),
      period('2026-11-30', '2026-12-31'),
    )
    expect(toDecimal(worth)).toBe('9.99000')
  })

  test('days before the line had the product: nothing', () => {
    const worth = worthOfDays(
      monthOf(money('10'), day('2026-12-05')),
      period('2026-12-01', '2026-12-05'),
    )
    expect(worth).toBe(zero)
  })

  test('of all lines together', () => {
    const fees = [
      { ...monthOf(money('10'), day('2026-01-01')), lines: 3 },
      { ...monthOf(money('4'), day('2026-01-01')), lines: 1 },
    ]
    expect(toDecimal(monthly(fees))).toBe('34.00000')
    expect(toDecimal(saved(fees, period('2026-12-01', '2027-01-01')))).toBe('34.00000')
  })

  test('cut anywhere, the days of a month sum to its fee exactly', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 31 }), { maxLength: 6 })
    const fee = fc.bigInt({ min: 0n, max: 10_000_000_000n })
    const start = fc.integer({ min: 0, max: 3_000 })
    fc.assert(
      fc.property(fee, start, cuts, (amount, n, at) => {
        const anchor = addDays(day('2024-01-01'), n)
        const month = periodContaining(anchor, 'month', addDays(anchor, 400))
        const ends = at
          .map((each) => addDays(month.from, each))
          .filter((each) => each < month.until)
        const edges = [month.from, ...ends.toSorted(), month.until]
        const parts = edges
          .slice(1)
          .map((until, i) =>
            worthOfDays(monthOf(amount as Money, anchor), { from: edges[i]!, until }),
          )
        expect(parts.reduce(add, zero)).toBe(amount)
      }),
    )
  })
})

test('days in their calendar months', () => {
  expect(byMonth(period('2026-11-22', '2027-01-03'))).toEqual([
    period('2026-11-22', '2026-12-01'),
    period('2026-12-01', '2027-01-01'),
    period('2027-01-01', '2027-01-03'),
  ])
})

describe('days that are not free already', () => {
  const from = (first: string) => ({ from: day(first), until: null })

  test('around others, before them, after them, between them', () => {
    const december = period('2026-12-01', '2027-01-01')
    expect(daysBeyond(december, [])).toEqual([december])
    expect(daysBeyond(december, [period('2026-11-01', '2026-12-01'), from('2027-01-01')])).toEqual([
      december,
    ])
    expect(
      daysBeyond(december, [
        period('2026-11-20', '2026-12-03'),
        period('2026-12-10', '2026-12-12'),
        from('2026-12-30'),
      ]),
    ).toEqual([period('2026-12-03', '2026-12-10'), period('2026-12-12', '2026-12-30')])
    expect(daysBeyond(december, [period('2026-11-20', '2027-01-02')])).toEqual([])
  })

  test('of days without an end: those up to a plan without one, else all that follow', () => {
    expect(daysBeyond(from('2026-12-01'), [from('2026-12-05')])).toEqual([
      period('2026-12-01', '2026-12-05'),
    ])
    expect(daysBeyond(from('2026-12-01'), [period('2026-12-05', '2026-12-08')])).toEqual([
      period('2026-12-01', '2026-12-05'),
      from('2026-12-08'),
    ])
  })
})

test('lines free on each day', () => {
  const free = [
    { days: period('2026-12-01', '2026-12-03'), lines: 2 },
    { days: period('2026-12-02', '2026-12-04'), lines: 1 },
  ]
  expect(linesByDay(period('2026-12-01', '2026-12-06'), free)).toEqual([2, 3, 1, 0, 0])
})
