import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextStop, targetOf } from '#server/clock/stops.ts'
import { addDays, civilDate, dayIn } from '#server/kernel/civil.ts'
import type { Instant } from '#server/kernel/ids.ts'

const at = (text: string) => new Date(text) as Instant
const zones = ['UTC', 'America/Vancouver', 'Europe/Kyiv', 'Australia/Lord_Howe', 'Pacific/Apia']

/** Every stop of a way, its end among them. */
function stops(zone: string, from: Instant, target: Instant): Instant[] {
  const all: Instant[] = []
  for (let now = from; now < target; ) {
    now = nextStop(zone, now, target)
    all.push(now)
  }
  return all
}

test('three days on: early on each of them, and at the same time of day in the end', () => {
  const target = targetOf('America/Vancouver', at('2026-11-21T18:30:00Z'), { days: 3 })
  expect(target.toISOString()).toBe('2026-11-24T18:30:00.000Z')
  const way = stops('America/Vancouver', at('2026-11-21T18:30:00Z'), target)
  expect(way.map((stop) => stop.toISOString())).toEqual([
    '2026-11-22T11:00:00.000Z',
    '2026-11-23T11:00:00.000Z',
    '2026-11-24T11:00:00.000Z',
    '2026-11-24T18:30:00.000Z',
  ])
})

test('to a day is to its morning', () => {
  const to = civilDate('2027-03-03')
  const target = targetOf('America/Vancouver', at('2026-11-21T18:30:00Z'), { to })
  expect(target.toISOString()).toBe('2027-03-03T16:00:00.000Z')
})

test('over the night that clocks change it is the same time of day afterwards', () => {
  const target = targetOf('America/New_York', at('2027-03-13T18:30:00Z'), { days: 2 })
  expect(target.toISOString()).toBe('2027-03-15T17:30:00.000Z')
})

test('in every zone no day of a way is left out, none comes twice, and time goes forward', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.date({
        min: at('2011-12-20T00:00:00Z'),
        max: at('2046-01-01T00:00:00Z'),
        noInvalidDate: true,
      }),
      fc.integer({ min: 1, max: 400 }),
      (zone, start, days) => {
        const from = start as Instant
        const target = targetOf(zone, from, { days })
        const way = stops(zone, from, target)
        expect(way.at(-1)).toEqual(target)
        for (const [i, stop] of way.entries()) expect(stop > (way[i - 1] ?? from)).toBe(true)

        const seen = new Set(way.slice(0, -1).map((stop) => dayIn(zone, stop)))
        for (let day = addDays(dayIn(zone, from), 1); day < dayIn(zone, target); ) {
          // A day that the zone left out begins with the next one.
          expect(seen.has(day) || day === '2011-12-30').toBe(true)
          day = addDays(day, 1)
        }
      },
    ),
    { numRuns: 300 },
  ))
