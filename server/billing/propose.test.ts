import { describe, expect, test } from 'vitest'
import { propose } from '#server/billing/propose.ts'
import type { ProposedLine } from '#server/billing/schema.ts'
import { bill, days, factsOf } from '#server/billing/testing.ts'
import { addMonths, civilDate } from '#server/kernel/civil.ts'
import { money, toDecimal, zero } from '#server/kernel/money.ts'

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

  test('days charged again after such an end are charged that once', () => {
    const credited = days('2026-11-20', '2026-12-01')
    const facts = factsOf('2026-11-01', {
      chargedUntil: day('2026-12-01'),
      exceptions: [
        { kind: 'ended', ...credited },
        { kind: 'adjustment', ...credited },
      ],
    })
    expect(said(propose(facts, day('2026-10-31'), day('2026-12-01')))).toEqual([
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

  test('in arrears, ended in a quarter that goes on: the days it ran, on the next bill', () => {
    const facts = factsOf('2026-11-01', {
      anchor: day('2026-11-01'),
      periodicFee: money('92'),
      terms: { inAdvance: false, periodCount: 3 },
      endedOn: day('2026-11-16'),
    })
    expect(said(propose(facts, day('2026-11-01'), day('2026-12-01')))).toEqual([
      ['periodic', '15.00000', '2026-11-01', '2026-11-16'],
    ])
  })

  test('in arrears for a term of two quarters: nothing before the first is over', () => {
    const facts = factsOf('2026-11-01', {
      anchor: day('2026-11-01'),
      terms: { inAdvance: false, periodCount: 3, term: 2 },
    })
    expect(bill(facts, firsts('2026-12-01', 8)).map(said)).toEqual([
      [],
      [],
      [['periodic', '10.00000', '2026-11-01', '2027-02-01']],
      [],
      [],
      [['periodic', '10.00000', '2027-02-01', '2027-05-01']],
      [],
      [],
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

  test('ended after its term: no more than the term is paid', () => {
    const facts = factsOf('2026-11-21', { terms: { term: 2 }, endedOn: day('2027-01-11') })
    expect(bill(facts, firsts('2026-12-01', 3)).map((lines) => lines.length)).toEqual([2, 0, 0])
  })

  test('without a periodic fee: the activation, and not a line for nothing', () => {
    const facts = factsOf('2026-11-21', { activationFee: money('5'), periodicFee: zero })
    expect(said(propose(facts, day('2026-11-01'), day('2026-12-01')))).toEqual([
      ['activation', '5.00000'],
    ])
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
    given: false,
    appliesTo: 'periodic',
    percent: '50',
    amount: null,
    after: 0,
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

  test('given after the first period: what comes back of that one is what was paid', () => {
    const facts = factsOf('2026-12-01', {
      chargedUntil: day('2027-01-01'),
      discounts: [{ ...half, after: 1 }],
      blocked: [days('2026-12-10', '2026-12-11')],
    })
    expect(said(propose(facts, day('2026-12-01'), day('2027-01-01')))).toEqual([
      ['blocked', '-0.32258', '2026-12-10', '2026-12-11'],
      ['periodic', '10.00000', '2027-01-01', '2027-02-01'],
      ['discount', '-5.00000', '2027-01-01', '2027-02-01'],
    ])
  })

  test('several take off one after the other, never more than the fee', () => {
    const off = {
      code: 'SIX',
      given: false,
      appliesTo: 'periodic',
      percent: null,
      after: 0,
      periods: null,
    } as const
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
      given: false,
      appliesTo: 'activation',
      percent: '100',
      amount: null,
      after: 0,
      periods: null,
    } as const
    const facts = factsOf('2026-12-01', { activationFee: money('5'), discounts: [free] })
    expect(said(propose(facts, day('2026-12-01'), day('2027-01-01')))).toEqual([
      ['activation', '5.00000'],
      ['discount', '-5.00000'],
      ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
      ['periodic', '10.00000', '2027-01-01', '2027-02-01'],
    ])
  })

  test('of all: what is left to take off, or to give back for blocked days, is not said', () => {
    const facts = factsOf('2026-12-01', {
      discounts: [{ ...half, percent: '100' }, half],
      blocked: [days('2026-12-06', '2026-12-09')],
    })
    expect(said(propose(facts, day('2026-12-01'), day('2027-01-01')))).toEqual([
      ['periodic', '10.00000', '2026-12-01', '2027-01-01'],
      ['discount', '-10.00000', '2026-12-01', '2027-01-01'],
      ['periodic', '10.00000', '2027-01-01', '2027-02-01'],
      ['discount', '-10.00000', '2027-01-01', '2027-02-01'],
    ])
  })
})

test('each line names the rule that made it, so that it can be worked out again', () => {
  const part = {
    appliesTo: 'periodic',
    percent: '10',
    amount: null,
    after: 0,
    given: false,
  } as const
  const facts = factsOf('2026-11-01', {
    activationFee: money('5'),
    discounts: [
      { ...part, code: 'TENTH', periods: null },
      { ...part, code: 'Loyal', periods: null, given: true },
    ],
    blocked: [days('2026-12-06', '2026-12-09')],
    endedOn: day('2026-12-21'),
    chargedUntil: day('2027-01-01'),
    exceptions: [{ kind: 'ended', ...days('2026-11-20', '2026-11-30') }],
  })
  const later = factsOf('2026-12-01', { discounts: facts.discounts })
  const lines = [
    ...propose(facts, day('2026-10-31'), day('2027-01-01')),
    ...propose(later, day('2026-12-01'), day('2026-12-02')),
  ]
  expect(lines.map(({ kind, rule, description }) => [kind, rule, description])).toEqual([
    ['activation', 'activation.fee', 'Cloud PBX'],
    ['adjustment', 'adjustment.days_used', 'Cloud PBX'],
    ['blocked', 'blocked.days_free', 'Cloud PBX'],
    ['ended', 'ended.days_unused', 'Cloud PBX'],
    ['periodic', 'period.fee', 'Cloud PBX'],
    ['discount', 'discount.promo', 'TENTH'],
    ['discount', 'discount.given', 'Loyal'],
  ])
})
