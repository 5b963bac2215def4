import { describe, expect, test } from 'vitest'
import { closing } from '#server/billing/cycle.ts'
import {
  addDays,
  civilDate,
  dayIn,
  everyMonth,
  periodAt,
  startOfDay,
} from '#server/kernel/civil.ts'

const day = civilDate

describe('a cycle', () => {
  test('from a 31st: closes on February’s last day, and on March 31 again', () => {
    const anchor = day('2025-12-31')
    expect(closing(anchor, day('2026-02-28'))).toEqual({
      from: '2026-01-31',
      day: '2026-02-28',
      next: '2026-03-31',
      since: '2026-01-30',
    })
    expect(closing(anchor, day('2026-03-31'))).toMatchObject({
      from: '2026-02-28',
      next: '2026-04-30',
    })
  })

  const zones = Intl.supportedValuesOf('timeZone')
  // All of them when asked for: that is a quarter of a million midnights.
  const some = zones.filter((_, i) => process.env.PORTICO_DEEP || i % 25 === 0)

  test.each([1, 28, 29, 30, 31])(
    'anchored on a %i, ten years of it in every zone: none is left out, none overlaps',
    (date) => {
      const anchor = day(`2015-12-${String(date).padStart(2, '0')}`)
      for (const zone of [...some, 'Australia/Lord_Howe', 'America/New_York', 'Europe/Kyiv']) {
        for (let n = 1; n <= 120; n++) {
          const { until: on } = periodAt(anchor, everyMonth, n)
          const { from, next, day: closes } = closing(anchor, on)
          if (closes !== on || from >= on || next <= on) throw new Error(`${zone} ${on}`)
          if (closing(anchor, next).from !== on) throw new Error(`${zone}: a hole at ${on}`)
          const begins = startOfDay(zone, on)
          // The first moment of the invoice's day is on it, and the one before is not.
          if (dayIn(zone, begins) !== on) throw new Error(`${zone} begins ${on} on another day`)
          const before = dayIn(zone, new Date(begins.getTime() - 1))
          if (before !== addDays(on, -1)) throw new Error(`${zone}: ${before} is before ${on}`)
        }
      }
    },
    60_000,
  )

  test('in Apia, where December 30, 2011 was left out: the days around it are charged like any other', () => {
    const anchor = day('2010-12-30')
    const { from, day: on } = closing(anchor, day('2011-12-30'))
    expect([from, on]).toEqual(['2011-11-30', '2011-12-30'])
    // Nobody lived through it: its cycle closes when the next day begins.
    expect(dayIn('Pacific/Apia', startOfDay('Pacific/Apia', on))).toBe('2011-12-31')
  })
})
