import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { propose } from '#server/billing/propose.ts'
import type { ProposedLine, SubscriptionFacts } from '#server/billing/schema.ts'
import { bill, factsOf, written } from '#server/billing/testing.ts'
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
import { type Money, money, sum, zero } from '#server/kernel/money.ts'
import { runs } from '#server/testing/runs.ts'

// Thousands of lives, while others want the processor too.
vi.setConfig({ testTimeout: 120_000 })

const day = civilDate

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
      ? [
          {
            code: 'P',
            appliesTo: 'periodic',
            percent,
            amount: null,
            after: 0,
            periods: 2,
            given: false,
          },
        ]
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
