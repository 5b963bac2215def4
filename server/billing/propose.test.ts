import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propose } from '#server/billing/propose.ts'
import type { ProposedLine, SubscriptionFacts } from '#server/billing/schema.ts'
import { bill, days, factsOf, written } from '#server/billing/testing.ts'
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDate,
  daysIn,
  earlier,
  type Period,
  periodContaining,
} from '#server/kernel/civil.ts'
import { type Money, money, sum, toDecimal, zero } from '#server/kernel/money.ts'
import { runs } from '#server/testing/runs.ts'

const day = civilDate
const said = (lines: readonly ProposedLine[]) =>
  lines.map(({ kind, amount, period }) => [
    kind,
    toDecimal(amount),
    ...(period ? [period.from, period.until] : []),
  ])
const firsts = (from: string, n: number) =>
  Array.from({ length: n }, (_, i) => addMonths(day(from), i))

describe('a month in advance', () => {
  test('started on the 21st of a month of 30 days: a third of it, and the month to come', () => {
    expect(said(propose(factsOf('2026-11-21'), day('2026-11-01'), day('2026-12-01')))).toEqual([
      ['periodic', '3.33333', '2026-11-21', '2026-12-01'],
      ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
    ])
  })

  test('three blocked days of November are a dollar back on the bill of December 1', () => {
    const facts = factsOf('2026-10-01', {
      chargedUntil: day('2026-12-01'),
      blocked: [days('2026-11-06', '2026-11-09')],
    })
    expect(said(propose(facts, day('2026-10-31'), day('2026-12-01')))).toEqual([
      ['blocked', '-1.00000', '2026-11-06', '2026-11-09'],
      ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
    ])
  })

  test('blocked beyond the bill’s day: what is past now, the rest next time', () => {
    const facts = factsOf('2026-11-01', { blocked: [days('2026-11-29', '2026-12-03')] })
    const bills = bill(facts, firsts('2026-12-01', 2))
    expect(bills.map(said)).toEqual([
      [
        ['periodic', '10.00000', '2026-11-01', '2026-12-01'],
        ['blocked', '-0.66667', '2026-11-29', '2026-12-01'],
        ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
      ],
      [
        ['blocked', '-0.64516', '2026-12-01', '2026-12-03'],
        ['periodic', '10.00000', '2027-01-01', '2027-02-01'],
      ],
    ])
  })

  test('ended on the 11th of a month that was paid: twenty days of 31 back', () => {
    const facts = factsOf('2026-11-01', { endedOn: day('2026-12-11') })
    expect(bill(facts, firsts('2026-12-01', 3)).map(said)).toEqual([
      [
        ['periodic', '10.00000', '2026-11-01', '2026-12-01'],
        ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
      ],
      [['ended', '-6.77419', '2026-12-11', '2027-01-01']],
      [],
    ])
  })

  test('blocked to the end: blocked days and days after the end are told apart', () => {
    const facts = factsOf('2026-11-01', {
      blocked: [days('2026-12-05', '2026-12-11')],
      endedOn: day('2026-12-11'),
    })
    expect(said(bill(facts, firsts('2026-12-01', 2))[1]!)).toEqual([
      ['blocked', '-1.93549', '2026-12-05', '2026-12-11'],
      ['ended', '-6.77419', '2026-12-11', '2027-01-01'],
    ])
  })

  test('begun and ended on one day: nothing, not even the activation', () => {
    const facts = factsOf('2026-11-21', { endedOn: day('2026-11-21'), activationFee: money('9') })
    expect(propose(facts, day('2026-11-01'), day('2026-12-01'))).toEqual([])
  })

  test('what happens on the day of the bill is for the next one, however late this one is made', () => {
    expect(propose(factsOf('2026-12-01'), day('2026-11-01'), day('2026-12-01'))).toEqual([])
    const ended = factsOf('2026-11-01', { endedOn: day('2026-12-01') })
    expect(bill(ended, firsts('2026-12-01', 2)).map(said)).toEqual([
      [
        ['periodic', '10.00000', '2026-11-01', '2026-12-01'],
        ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
      ],
      [['ended', '-10.00000', '2026-12-01', '2027-01-01']],
    ])
  })

  test('an end taken back after it was credited: the days are charged again', () => {
    const facts = factsOf('2026-11-01', {
      chargedUntil: day('2026-12-01'),
      exceptions: [{ kind: 'ended', ...days('2026-11-20', '2026-12-01') }],
    })
    expect(said(propose(facts, day('2026-10-31'), day('2026-12-01')))).toEqual([
      ['adjustment', '3.66667', '2026-11-20', '2026-12-01'],
      ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
    ])
  })
})

describe('other plans', () => {
  test('in arrears: the month that is over, without its blocked days', () => {
    const facts = factsOf('2026-11-01', {
      terms: { inAdvance: false },
      blocked: [days('2026-11-06', '2026-11-09')],
    })
    expect(said(propose(facts, day('2026-11-01'), day('2026-12-01')))).toEqual([
      ['periodic', '10.00000', '2026-11-01', '2026-12-01'],
      ['blocked', '-1.00000', '2026-11-06', '2026-11-09'],
    ])
  })

  test('in arrears, ended in the month: the days it ran', () => {
    const facts = factsOf('2026-11-01', {
      terms: { inAdvance: false },
      endedOn: day('2026-11-16'),
    })
    expect(said(propose(facts, day('2026-11-01'), day('2026-12-01')))).toEqual([
      ['periodic', '5.00000', '2026-11-01', '2026-11-16'],
    ])
  })

  test('from its own first day, the 31st: February’s last, then March 31', () => {
    const facts = factsOf('2026-01-31', { anchor: day('2026-01-31') })
    const periods = bill(facts, firsts('2026-02-01', 4)).flatMap((lines) => said(lines))
    expect(periods).toEqual([
      ['periodic', '10.00000', '2026-01-31', '2026-02-28'],
      ['periodic', '10.00000', '2026-02-28', '2026-03-31'],
      ['periodic', '10.00000', '2026-03-31', '2026-04-30'],
      ['periodic', '10.00000', '2026-04-30', '2026-05-31'],
    ])
  })

  test('weeks, days and years on monthly bills', () => {
    const week = factsOf('2026-11-21', { anchor: day('2026-11-21'), terms: { period: 'week' } })
    expect(said(propose(week, day('2026-11-01'), day('2026-12-01')))).toEqual([
      ['periodic', '10.00000', '2026-11-21', '2026-11-28'],
      ['periodic', '10.00000', '2026-11-28', '2026-12-05'],
    ])
    const daily = factsOf('2026-11-29', {
      anchor: day('2026-11-29'),
      terms: { period: 'day', inAdvance: false },
    })
    expect(propose(daily, day('2026-11-01'), day('2026-12-01'))).toHaveLength(2)
    const year = factsOf('2026-11-21', {
      anchor: day('2026-11-21'),
      terms: { periodCount: 12 },
      periodicFee: money('120'),
    })
    expect(bill(year, firsts('2026-12-01', 13)).map((lines) => lines.length)).toEqual([
      1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ])
  })

  test('paid as a whole once begun: no days off at either end, blocked days free all the same', () => {
    const facts = factsOf('2026-11-21', {
      terms: { proration: 'none' },
      blocked: [days('2026-11-25', '2026-11-26')],
      endedOn: day('2026-12-11'),
    })
    expect(bill(facts, firsts('2026-12-01', 3)).map(said)).toEqual([
      [
        ['periodic', '10.00000', '2026-11-21', '2026-12-01'],
        ['blocked', '-1.00000', '2026-11-25', '2026-11-26'],
        ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
      ],
      [],
      [],
    ])
  })

  test('by days at the start alone: nothing back at the end', () => {
    const facts = factsOf('2026-11-21', {
      terms: { proration: 'start' },
      endedOn: day('2026-12-11'),
    })
    expect(bill(facts, firsts('2026-12-01', 3)).map(said)).toEqual([
      [
        ['periodic', '3.33333', '2026-11-21', '2026-12-01'],
        ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
      ],
      [],
      [],
    ])
  })

  test('ended on the first day of a period: that one was never begun', () => {
    const facts = factsOf('2026-11-01', {
      terms: { proration: 'none', inAdvance: false },
      endedOn: day('2026-12-01'),
    })
    expect(bill(facts, firsts('2026-12-01', 3)).map(said)).toEqual([
      [['periodic', '10.00000', '2026-11-01', '2026-12-01']],
      [],
      [],
    ])
  })

  test('a term of two periods ends by itself', () => {
    const facts = factsOf('2026-11-21', { terms: { term: 2 } })
    expect(bill(facts, firsts('2026-12-01', 4)).map((lines) => lines.length)).toEqual([2, 0, 0, 0])
  })

  test('activation once, whatever follows', () => {
    const facts = factsOf('2026-11-21', { activationFee: money('5') })
    const [first, second] = bill(facts, firsts('2026-12-01', 2))
    expect(said(first!)[0]).toEqual(['activation', '5.00000'])
    expect(second!.map(({ kind }) => kind)).toEqual(['periodic'])
  })
})

describe('discounts', () => {
  const half = {
    code: 'HALF',
    appliesTo: 'periodic',
    percent: '50',
    amount: null,
    periods: 2,
  } as const

  test('half of the first two periods; blocked days give back what they cost', () => {
    const facts = factsOf('2026-11-01', {
      discounts: [half],
      blocked: [days('2026-11-06', '2026-11-09'), days('2027-01-01', '2027-01-02')],
    })
    expect(bill(facts, firsts('2026-12-01', 3)).map(said)).toEqual([
      [
        ['periodic', '10.00000', '2026-11-01', '2026-12-01'],
        ['discount', '-5.00000', '2026-11-01', '2026-12-01'],
        ['blocked', '-0.50000', '2026-11-06', '2026-11-09'],
        ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
        ['discount', '-5.00000', '2026-12-01', '2027-01-01'],
      ],
      [['periodic', '10.00000', '2027-01-01', '2027-02-01']],
      [
        ['blocked', '-0.32258', '2027-01-01', '2027-01-02'],
        ['periodic', '10.00000', '2027-02-01', '2027-03-01'],
      ],
    ])
  })

  test('several take off one after the other, never more than the fee', () => {
    const off = { code: 'SIX', appliesTo: 'periodic', percent: null, periods: null } as const
    const facts = factsOf('2026-12-01', { discounts: [half, { ...off, amount: money('6') }] })
    expect(said(propose(facts, day('2026-12-01'), day('2027-01-01'))).slice(0, 3)).toEqual([
      ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
      ['discount', '-5.00000', '2026-12-01', '2027-01-01'],
      ['discount', '-5.00000', '2026-12-01', '2027-01-01'],
    ])
  })

  test('of an activation fee', () => {
    const free = {
      code: 'FREE',
      appliesTo: 'activation',
      percent: '100',
      amount: null,
      periods: null,
    } as const
    const facts = factsOf('2026-12-01', { activationFee: money('5'), discounts: [free] })
    expect(said(propose(facts, day('2026-12-01'), day('2027-01-01'))).slice(0, 2)).toEqual([
      ['activation', '5.00000'],
      ['discount', '-5.00000'],
    ])
  })
})

// What random lives of a subscription come to, beside a calculation that goes day by day.
const start = day('2026-01-01')
const spans = (n: number) =>
  fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 40 })), { maxLength: n })
const lives = fc.record({
  startsAfter: fc.nat(80),
  runs: fc.option(fc.integer({ min: 0, max: 300 })),
  anchor: fc.constantFrom('2025-01-01', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31'),
  period: fc.constantFrom('day', 'week', 'month'),
  periodCount: fc.integer({ min: 1, max: 3 }),
  inAdvance: fc.boolean(),
  fee: fc.bigInt({ min: 1n, max: 99_999_999n }),
  percent: fc.option(fc.constantFrom('50', '33.3333', '100')),
  blocks: spans(6),
})
type Life = typeof lives extends fc.Arbitrary<infer T> ? T : never

function historyOf(life: Life): SubscriptionFacts {
  const startedOn = addDays(start, life.startsAfter)
  const { period, periodCount, inAdvance, percent } = life
  return factsOf(startedOn, {
    anchor: day(life.anchor),
    periodicFee: life.fee as Money,
    endedOn: life.runs === null ? null : addDays(startedOn, life.runs),
    terms: { period, periodCount, inAdvance },
    discounts: percent
      ? [{ code: 'P', appliesTo: 'periodic', percent, amount: null, periods: 2 }]
      : [],
    blocked: life.blocks.map(([from, n]) => ({
      from: addDays(startedOn, from),
      until: addDays(startedOn, from + n),
    })),
  })
}

const bills = (anchor: CivilDate) => {
  const first = periodContaining(anchor, 'month', start).until
  return Array.from({ length: 20 }, (_, n) => addMonths(anchor, n + monthsBetween(anchor, first)))
}
const monthsBetween = (a: CivilDate, b: CivilDate) =>
  (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 +
  Number(b.slice(5, 7)) -
  Number(a.slice(5, 7))

/** Day by day: what each is worth of its period, where it is neither blocked nor outside. */
function oracle(facts: SubscriptionFacts, last: CivilDate): Money {
  const cycle = { unit: facts.terms.period, count: facts.terms.periodCount }
  const first = periodContaining(facts.anchor, cycle, facts.startedOn)
  const second = periodContaining(facts.anchor, cycle, first.until)
  const free = (date: CivilDate) => facts.blocked.some((b) => b.from <= date && date < b.until)
  const until = facts.endedOn && facts.endedOn < last ? facts.endedOn : last
  let total = 0n
  for (let date = facts.startedOn; date < until; date = addDays(date, 1)) {
    if (free(date)) continue
    const period: Period = periodContaining(facts.anchor, cycle, date)
    const promo =
      facts.discounts[0] && period.from < second.until ? facts.discounts[0].percent! : '0'
    const off = (facts.periodicFee * money(promo) * 2n + 10_000_000n) / 20_000_000n
    const fee = facts.periodicFee - off
    const upTo = (n: number) =>
      (2n * fee * BigInt(n) + BigInt(daysIn(period))) / (2n * BigInt(daysIn(period)))
    const n = daysIn({ from: period.from, until: date })
    total += upTo(n + 1) - upTo(n)
  }
  return total as Money
}

describe('whatever happens to a line', () => {
  test('2,000 lives come to what a calculation day by day comes to', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const facts = historyOf(life)
        const all = bill(facts, bills(facts.anchor)).flat()
        if (facts.endedOn === null) {
          // Still running: what is charged for days to come is not in the calculation.
          const paidTo = all
            .filter(({ kind }) => kind === 'periodic')
            .map((line) => line.period!.until)
          const last = paidTo.toSorted().at(-1) ?? facts.startedOn
          const known = bills(facts.anchor).at(-1)!
          const blocked = facts.blocked.map(({ from, until }) => ({
            from,
            until: earlier(until, known),
          }))
          expect(sum(all.map(({ amount }) => amount))).toBe(oracle({ ...facts, blocked }, last))
        } else {
          expect(sum(all.map(({ amount }) => amount))).toBe(oracle(facts, day('2028-01-01')))
        }
      }),
      { numRuns: runs(2_000) },
    )
  })

  test('a bill made 0 to 40 days late is the bill made in time', () => {
    fc.assert(
      fc.property(lives, fc.nat(40), (life, late) => {
        const facts = historyOf(life)
        const on = bills(facts.anchor)
        expect(bill(facts, on, (date) => addDays(date, late))).toEqual(bill(facts, on))
      }),
      { numRuns: runs(1_000) },
    )
  })

  test('asked again, it proposes nothing', () => {
    fc.assert(
      fc.property(lives, (life) => {
        let facts = historyOf(life)
        let since = facts.startedOn
        for (const on of bills(facts.anchor)) {
          facts = written(facts, propose(facts, since, on))
          expect(propose(facts, since, on)).toEqual([])
          since = addDays(on, -1)
        }
      }),
      { numRuns: runs(1_000) },
    )
  })

  test('changed and changed back: what never changed costs', () => {
    fc.assert(
      fc.property(lives, fc.nat(200), fc.nat(40), (life, at, after) => {
        const facts = { ...historyOf(life), endedOn: null, discounts: [] }
        const on = bills(facts.anchor)
        const left = addDays(facts.startedOn, at + 1)
        const back = addDays(left, after)
        // Of another plan at the same fee meanwhile; back on the same day there is none.
        const parts = [
          { ...facts, endedOn: left },
          { ...facts, startedOn: left, chargedUntil: left, endedOn: back },
          { ...facts, startedOn: back, chargedUntil: back },
        ]
        const total = (all: ProposedLine[][]) => sum(all.flat().map(({ amount }) => amount))
        expect(
          parts.map((part) => total(bill(part, on))).reduce((a, b) => (a + b) as Money, zero),
        ).toBe(total(bill(facts, on)))
      }),
      { numRuns: runs(500) },
    )
  })
})
