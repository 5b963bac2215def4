import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '#server/testing/runs.ts'
import { addDays, civilDate, daysIn, everyMonth, type Period, periodContaining } from './civil.ts'
import { add, type Money, money, toDecimal, zero } from './money.ts'
import { aMonth, worthIn, worthOfDays } from './proration.ts'

const day = civilDate
const days = (from: string, until: string): Period => ({ from: day(from), until: day(until) })

describe('what days of a fee are worth', () => {
  const november = days('2026-11-01', '2026-12-01')

  test.each([
    ['2026-11-01', '2026-12-01', '10.00000'],
    ['2026-11-06', '2026-11-09', '1.00000'],
    ['2026-11-01', '2026-11-02', '0.33333'],
    ['2026-11-02', '2026-11-03', '0.33334'],
    ['2026-11-03', '2026-11-04', '0.33333'],
    ['2026-11-15', '2026-11-15', '0.00000'],
  ])('%s to %s of a $10 November: %s', (from, until, worth) =>
    expect(toDecimal(worthIn(money('10'), november, days(from, until)))).toBe(worth),
  )

  test('one by one they come to the fee, whatever the fee and the month', () => {
    const fees = fc.bigInt({ min: 0n, max: 99_999_999_999n })
    fc.assert(
      fc.property(fees, fc.nat(20_000), fc.integer({ min: 1, max: 400 }), (fee, start, length) => {
        const from = addDays(day('1990-01-01'), start)
        const whole = { from, until: addDays(from, length) }
        let total = zero
        for (let date = from; date < whole.until; date = addDays(date, 1)) {
          const one = worthIn(fee as Money, whole, { from: date, until: addDays(date, 1) })
          if (one < zero) throw new Error('A day that gives something back.')
          total = add(total, one)
        }
        expect(total).toBe(fee)
      }),
      // About 200 days each: a million day amounts when all are asked for.
      { numRuns: runs(500, 5_000) },
    )
  })

  test('days of several periods: each by its own length, none before the first day', () => {
    const fee = { fee: money('10'), cycle: everyMonth, anchor: day('2026-01-01') }
    const some = days('2026-11-21', '2027-01-02')
    // 10 of 30, all of December, 1 of 31.
    expect(toDecimal(worthOfDays({ ...fee, since: day('2026-01-01') }, some))).toBe('13.65591')
    expect(toDecimal(worthOfDays({ ...fee, since: day('2026-12-01') }, some))).toBe('10.32258')
    expect(worthOfDays({ ...fee, since: day('2027-02-01') }, some)).toBe(zero)
  })

  test('a week of any month is in one period of its anchor or two', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.constantFrom(1, 28, 29, 30, 31), (start, anchorDay) => {
        const anchor = day(`2025-12-${String(anchorDay).padStart(2, '0')}`)
        const from = addDays(anchor, start)
        const until = addDays(from, 7)
        const first = periodContaining(anchor, everyMonth, from)
        const fee = { fee: money('31'), cycle: everyMonth, anchor, since: anchor }
        const split = until > first.until
        const parts = split
          ? [
              worthIn(money('31'), first, { from, until: first.until }),
              worthIn(money('31'), periodContaining(anchor, everyMonth, first.until), {
                from: first.until,
                until,
              }),
            ]
          : [worthIn(money('31'), first, { from, until })]
        expect(worthOfDays(fee, { from, until })).toBe(parts.reduce(add, zero))
        expect(daysIn({ from, until })).toBe(7)
      }),
      { numRuns: runs(500) },
    )
  })
})

test.each([
  ['month', 1, '12.00000'],
  ['month', 12, '1.00000'],
  ['week', 1, '52.14286'],
  ['day', 1, '365.00000'],
  ['day', 7, '52.14286'],
] as const)('$12 a %s, %i at a time, is %s a month', (unit, count, worth) =>
  expect(toDecimal(aMonth(money('12'), { unit, count }))).toBe(worth),
)
