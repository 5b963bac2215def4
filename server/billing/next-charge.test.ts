import { expect, test } from 'vitest'
import { usualTerms } from '#server/catalog/schema.ts'
import { type CivilDate, civilDate } from '#server/kernel/civil.ts'
import { endOfTerm, type Held, nextCharge } from './next-charge.ts'

const day = civilDate
const billed = { anchor: day('2026-01-01'), day: day('2026-12-01') }
const held = (more: Partial<Held> = {}): Held => ({
  terms: usualTerms,
  anchor: billed.anchor,
  startedOn: day('2026-11-21'),
  chargedUntil: day('2026-11-21'),
  ...more,
})
const next = (more: Partial<Held>): CivilDate | null => nextCharge(held(more), billed)

test('what began within a cycle is on its invoice, and what is paid for is on the one after', () => {
  expect(next({})).toBe('2026-12-01')
  expect(next({ chargedUntil: day('2027-01-01') })).toBe('2027-01-01')
})

test('what begins on the day of an invoice is on the next one', () =>
  expect(next({ startedOn: day('2026-12-01'), chargedUntil: day('2026-12-01') })).toBe(
    '2027-01-01',
  ))

test('three months in advance are charged by the invoice of their first day, or the first after it', () => {
  const terms = { ...usualTerms, periodCount: 3 }
  expect(next({ terms, chargedUntil: day('2027-04-01') })).toBe('2027-04-01')
  const own = { terms, anchor: day('2026-11-21'), chargedUntil: day('2027-02-21') }
  expect(next(own)).toBe('2027-03-01')
})

test('in arrears, once the period is over', () =>
  expect(
    next({ terms: { ...usualTerms, inAdvance: false }, chargedUntil: day('2026-12-01') }),
  ).toBe('2027-01-01'))

test('a term charged to its end has no next charge', () => {
  const terms = { ...usualTerms, term: 2 }
  expect(endOfTerm(held({ terms }))).toBe('2027-01-01')
  expect(next({ terms, chargedUntil: day('2027-01-01') })).toBeNull()
  expect(next({ terms, chargedUntil: day('2026-12-01') })).toBe('2026-12-01')
})
