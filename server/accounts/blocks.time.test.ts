import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  advance,
  cancel,
  firstWholeDay,
  freeDays,
  type Line,
  lift,
  place,
  type Stretch,
} from '#server/accounts/blocks.ts'
import { addDays, civilDate, dayIn, startOfDay } from '#server/kernel/civil.ts'

const zones = [
  'America/Vancouver',
  'America/New_York',
  'Europe/Kyiv',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'America/Havana',
  'UTC',
]
const zone = 'America/Los_Angeles'
const at = (text: string) => new Date(text)
const active: Line = { status: 'active', blockedBy: null, stretches: [] }

const asked = (startsAt: Date, endsAt: Date | null, by: 'customer' | 'admin' = 'customer') => ({
  by,
  reason: '',
  startsAt,
  endsAt,
  zone,
})

/** The line after it was decided and lived up to `now`; a refusal fails the test. */
function live(decided: ReturnType<typeof place>, now: Date): Line {
  if (decided.why) throw new Error(decided.why)
  return advance(decided.line, now).line
}

const block = (line: Line, now: Date, endsAt: Date | null = null, by?: 'admin') =>
  live(place(advance(line, now).line, asked(now, endsAt, by)), now)
const unblock = (line: Line, now: Date, by: 'customer' | 'admin' = 'customer') =>
  live(lift(advance(line, now).line, by, now, now), now)
const facts = ({ stretches }: Line) => stretches.filter(({ state }) => state === 'over')
const free = (line: Line) => facts(line).map((one) => freeDays(one))

describe('a free day', () => {
  test('blocked on the 5th at ten, unblocked on the 9th at nine: the 6th, 7th and 8th are free', () => {
    const line = unblock(block(active, at('2026-11-05T18:00:00Z')), at('2026-11-09T17:00:00Z'))
    expect(free(line)).toEqual([{ from: '2026-11-06', until: '2026-11-09' }])
  })

  test('blocked and unblocked within a day: none', () => {
    const line = unblock(block(active, at('2026-11-05T18:00:00Z')), at('2026-11-06T07:59:59Z'))
    expect(free(line)).toEqual([null])
  })

  test('from midnight to midnight: the day itself', () => {
    const line = unblock(block(active, at('2026-11-05T08:00:00Z')), at('2026-11-06T08:00:00Z'))
    expect(free(line)).toEqual([{ from: '2026-11-05', until: '2026-11-06' }])
  })

  test('also a day of 25 hours, to its last hour', () => {
    // The clocks of Los Angeles go back on November 1: the day ends at 08:00 UTC, not at 07:00.
    const line = block(active, at('2026-11-01T07:00:00Z'))
    expect(free(unblock(line, at('2026-11-02T07:59:00Z')))).toEqual([null])
    expect(free(unblock(line, at('2026-11-02T08:00:00Z')))).toEqual([
      { from: '2026-11-01', until: '2026-11-02' },
    ])
  })

  test('the day Apia left out goes with the one before it', () => {
    const from = startOfDay('Pacific/Apia', civilDate('2011-12-29'))
    const until = startOfDay('Pacific/Apia', civilDate('2011-12-31'))
    const line = live(place(active, { ...asked(from, null), zone: 'Pacific/Apia' }), from)
    expect(free(unblock(line, until))).toEqual([{ from: '2011-12-29', until: '2011-12-31' }])
    expect(firstWholeDay('Pacific/Apia', until)).toBe('2011-12-31')
  })

  test('the provider takes over without a gap: the day they share is free, once', () => {
    const mine = block(active, at('2026-11-05T18:00:00Z'))
    const theirs = block(mine, at('2026-11-07T20:00:00Z'), null, 'admin')
    expect(theirs).toMatchObject({ status: 'blocked', blockedBy: 'admin' })
    const line = unblock(theirs, at('2026-11-09T17:00:00Z'), 'admin')
    expect(line.status).toBe('active')
    expect(free(line)).toEqual([
      { from: '2026-11-06', until: '2026-11-07' },
      { from: '2026-11-07', until: '2026-11-09' },
    ])
  })

  test('a day’s gap is nobody’s free day', () => {
    const first = unblock(block(active, at('2026-11-05T08:00:00Z')), at('2026-11-07T20:00:00Z'))
    const line = unblock(block(first, at('2026-11-07T20:00:01Z')), at('2026-11-09T08:00:00Z'))
    expect(free(line)).toEqual([
      { from: '2026-11-05', until: '2026-11-07' },
      { from: '2026-11-08', until: '2026-11-09' },
    ])
  })
})

describe('plans', () => {
  const november = at('2026-11-21T12:00:00Z')
  const first = at('2026-12-01T08:00:00Z')
  const last = at('2026-12-11T08:00:00Z')
  const planned = live(place(active, asked(first, last)), november)

  test('begin and end at the instants they were made for, however late that is noticed', () => {
    expect(planned.status).toBe('active')
    const { line, turns } = advance(planned, at('2027-01-05T00:00:00Z'))
    expect(turns.map(({ kind, at: when }) => [kind, when])).toEqual([
      ['began', first],
      ['ended', last],
    ])
    expect(free(line)).toEqual([{ from: '2026-12-01', until: '2026-12-11' }])
    expect(advance(line, at('2027-01-06T00:00:00Z')).turns).toEqual([])
  })

  test('become part of what is blocked now', () => {
    const line = block(planned, november)
    expect(line.stretches.map(({ state, endsAt }) => [state, endsAt])).toEqual([
      ['cancelled', last],
      ['running', null],
    ])
    const short = block(planned, november, at('2026-12-05T08:00:00Z'))
    expect(short.stretches.at(-1)).toMatchObject({ state: 'running', endsAt: last })
  })

  test('that touch are one; that are there already are named', () => {
    const more = place(planned, asked(last, at('2026-12-15T08:00:00Z')))
    expect(live(more, november).stretches.map(({ state }) => state)).toEqual([
      'cancelled',
      'planned',
    ])
    expect(more.on).toMatchObject({ startsAt: first, endsAt: at('2026-12-15T08:00:00Z') })
    expect(place(planned, asked(first, last))).toEqual({ why: 'already_planned' })
  })

  test('of the customer wait under the provider’s block and go on when it is lifted', () => {
    const theirs = block(planned, at('2026-11-25T20:00:00Z'), null, 'admin')
    const waiting = advance(theirs, at('2026-12-02T12:00:00Z'))
    expect(waiting.turns).toEqual([])
    const lifted = unblock(waiting.line, at('2026-12-05T20:00:00Z'), 'admin')
    expect(lifted).toMatchObject({ status: 'blocked', blockedBy: 'customer' })
    const line = advance(lifted, last).line
    expect(line.status).toBe('active')
    expect(free(line)).toEqual(
      expect.arrayContaining([
        { from: '2026-11-26', until: '2026-12-05' },
        { from: '2026-12-05', until: '2026-12-11' },
      ]),
    )
  })

  test('a block with an end goes on after the provider’s, one without is the provider’s from then on', () => {
    const until = at('2026-12-20T08:00:00Z')
    for (const [end, after] of [
      [until, 'blocked'],
      [null, 'active'],
    ] as const) {
      const mine = block(active, november, end)
      const theirs = block(mine, at('2026-11-25T20:00:00Z'), null, 'admin')
      expect(unblock(theirs, at('2026-12-05T20:00:00Z'), 'admin').status).toBe(after)
    }
  })

  test('that never came to begin lapse', () => {
    const theirs = block(planned, november, null, 'admin')
    const { line, turns } = advance(theirs, last)
    expect(turns).toEqual([])
    expect(line.stretches.map(({ state }) => state)).toEqual(['cancelled', 'running'])
  })
})

describe('what the customer may not do', () => {
  const now = at('2026-11-21T12:00:00Z')
  const theirs = block(active, now, null, 'admin')

  test.each([
    ['block', place(theirs, asked(now, null))],
    ['plan', place(theirs, asked(at('2027-01-01T08:00:00Z'), null))],
    ['unblock', lift(theirs, 'customer', now, now)],
  ])('%s what the provider has blocked', (_, decided) => {
    expect(decided).toEqual({ why: 'blocked_by_admin' })
  })

  test('take back the provider’s plans', () => {
    const plan = place(active, asked(at('2027-01-01T08:00:00Z'), null, 'admin'))
    const stretches = plan.line!.stretches.map((one) => ({ ...one, id: 1 }))
    expect(cancel({ ...active, stretches }, 1, 'customer')).toEqual({ why: 'blocked_by_admin' })
    expect(cancel({ ...active, stretches }, 1, 'admin').on).toMatchObject({ state: 'cancelled' })
  })

  test('block a line that waits for approval', () => {
    expect(place({ ...active, status: 'inactive' }, asked(now, null))).toEqual({ why: 'waiting' })
  })
})

type Act = Readonly<{
  minutes: number
  what: 'block' | 'block until' | 'plan' | 'unblock' | 'nothing'
  by: 'customer' | 'admin'
  length: number
}>

const act = fc.record({
  // Up to three days apart; often enough less than a day.
  minutes: fc.integer({ min: 1, max: 4_320 }),
  what: fc.constantFrom('block', 'block until', 'plan', 'unblock', 'nothing') as fc.Arbitrary<
    Act['what']
  >,
  by: fc.constantFrom('customer', 'admin') as fc.Arbitrary<Act['by']>,
  length: fc.integer({ min: 1, max: 5 }),
})

/** Does what can be done, at its time; what is refused leaves the line as it is. */
function lived(from: Date, acts: readonly Act[], inZone: string) {
  let now = from
  let line = active
  for (const { minutes, what, by, length } of acts) {
    now = new Date(now.getTime() + minutes * 60_000)
    line = advance(line, now).line
    const day = (n: number) => startOfDay(inZone, addDays(dayIn(inZone, now), n))
    const ask = (startsAt: Date, endsAt: Date | null) =>
      place(line, { by, reason: '', startsAt, endsAt, zone: inZone })
    const decided = {
      block: () => ask(now, null),
      'block until': () => ask(now, day(length)),
      plan: () => ask(day(1), day(1 + length)),
      unblock: () => lift(line, by, now, now),
      nothing: () => undefined,
    }[what]()
    if (decided?.line) line = advance(decided.line, now).line
  }
  return { line: advance(line, now).line, now }
}

const instants = (stretches: readonly Stretch[], now: Date) =>
  stretches
    .filter(({ state }) => state === 'over' || state === 'running')
    .map(({ startsAt, endsAt }) => [startsAt.getTime(), (endsAt ?? now).getTime()] as const)

describe.each(zones)('whatever was done, in %s', (inZone) => {
  // Across the nights when clocks change, and Apia's missing day.
  const starts = ['2026-03-05', '2026-10-28', '2011-12-26', '2018-11-01'].map(
    (day) => new Date(`${day}T15:20:00Z`),
  )
  const story = fc.tuple(fc.constantFrom(...starts), fc.array(act, { maxLength: 20 }))

  test('the free days are those that a watcher who never sleeps saw blocked', () => {
    fc.assert(
      fc.property(story, ([from, acts]) => {
        const { line, now } = lived(from, acts, inZone)
        const blocked = instants(line.stretches, now)
        const claimed = new Map<string, number>()
        for (const stretch of line.stretches) {
          if (stretch.state !== 'over' && stretch.state !== 'running') continue
          const days = freeDays({
            ...stretch,
            endsAt: stretch.endsAt && stretch.endsAt < now ? stretch.endsAt : now,
          })
          if (!days?.until) continue
          for (let day = days.from; day < days.until; day = addDays(day, 1)) {
            claimed.set(day, (claimed.get(day) ?? 0) + 1)
          }
        }
        const today = dayIn(inZone, now)
        for (let day = dayIn(inZone, from); day < today; day = addDays(day, 1)) {
          const [start, end] = [startOfDay(inZone, day), startOfDay(inZone, addDays(day, 1))]
          // A day that the zone left out lasts no moment: nobody can say it was blocked.
          if (start >= end) {
            claimed.delete(day)
            continue
          }
          let awake = 0
          for (let t = start.getTime(); t < end.getTime(); t += 60_000) {
            if (!blocked.some(([a, b]) => a <= t && t < b)) awake++
          }
          expect([day, claimed.get(day) ?? 0]).toEqual([day, awake === 0 ? 1 : 0])
        }
      }),
      { numRuns: 60 },
    )
  })

  test('no two stretches overlap, one at most is in force, and the status is its', () => {
    fc.assert(
      fc.property(story, ([from, acts]) => {
        const { line, now } = lived(from, acts, inZone)
        const spans = instants(line.stretches, now).toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
        for (const [i, [, end]] of spans.entries()) {
          expect(end).toBeLessThanOrEqual(spans[i + 1]?.[0] ?? Infinity)
        }
        const current = line.stretches.filter(({ state }) => state === 'running')
        expect(current.length).toBeLessThanOrEqual(1)
        expect([line.status, line.blockedBy]).toEqual(
          current[0] ? ['blocked', current[0].by] : ['active', null],
        )
      }),
      { numRuns: 200 },
    )
  })
})
