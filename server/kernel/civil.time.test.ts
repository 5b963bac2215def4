import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '#server/testing/runs.ts'
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDate,
  compareDates,
  covers,
  dayIn,
  daysIn,
  formatDay,
  isZone,
  overlap,
  periodContaining,
  startOfDay,
} from './civil.ts'

const day = (text: string) => text as CivilDate
const period = (from: string, until: string) => ({ from: day(from), until: day(until) })

const firstDay = day('2020-01-01')
const days = fc.integer({ min: 0, max: 3652 }).map((n) => addDays(firstDay, n))
const anchors = fc
  .tuple(fc.integer({ min: 0, max: 119 }), fc.constantFrom(1, 15, 28, 29, 30, 31))
  .map(([months, date]) => addMonths(day(`2020-01-${String(date).padStart(2, '0')}`), months))
const units = fc.constantFrom('day', 'week', 'month', 'quarter', 'year')

describe('written dates', () => {
  test.each(['2026-11-21', '2024-02-29', '0001-01-01', '9999-12-31'])('%s is a day', (text) =>
    expect(civilDate(text)).toBe(text),
  )

  test.each([
    '',
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '0000-01-01',
    '2026-1-1',
    '21.11.2026',
    ' 2026-11-21',
    '2026-11-21\n',
    '2026-11-21T00:00:00Z',
    '12026-11-21',
    '+012026-11-21',
  ])('%j is refused by name', (text) =>
    expect(() => civilDate(text)).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        code: 'date.malformed',
        message: expect.stringContaining('2026-11-21'),
      }),
    ),
  )

  test('a person reads the same day in every zone', () => {
    expect(formatDay(day('2026-11-21'), 'en')).toBe('Nov 21, 2026')
    expect(formatDay(day('2026-01-01'), 'es', 'long')).toBe('1 de enero de 2026')
  })
})

describe('from clock to calendar', () => {
  test('one instant is three days on earth', () => {
    const instant = new Date('2026-11-21T10:30:00Z')
    expect(dayIn('Pacific/Kiritimati', instant)).toBe('2026-11-22')
    expect(dayIn('America/Vancouver', instant)).toBe('2026-11-21')
    expect(dayIn('Pacific/Pago_Pago', instant)).toBe('2026-11-20')
  })

  test.each([
    [
      'New York, spring: 23 hours',
      'America/New_York',
      '2026-03-08',
      '05:00',
      '2026-03-09',
      '04:00',
    ],
    [
      'New York, autumn: 25 hours',
      'America/New_York',
      '2026-11-01',
      '04:00',
      '2026-11-02',
      '05:00',
    ],
    ['Kyiv, spring: 23 hours', 'Europe/Kyiv', '2026-03-28', '22:00', '2026-03-29', '21:00'],
    ['Kyiv, autumn: 25 hours', 'Europe/Kyiv', '2026-10-24', '21:00', '2026-10-25', '22:00'],
    ['Lord Howe: 24.5 hours', 'Australia/Lord_Howe', '2026-04-04', '13:00', '2026-04-05', '13:30'],
    ['Lord Howe: 23.5 hours', 'Australia/Lord_Howe', '2026-10-03', '13:30', '2026-10-04', '13:00'],
  ])('%s', (_, zone, startUtcDay, startUtc, endUtcDay, endUtc) => {
    const start = new Date(`${startUtcDay}T${startUtc}:00Z`)
    const end = new Date(`${endUtcDay}T${endUtc}:00Z`)
    const today = dayIn(zone, start)
    expect(startOfDay(zone, today)).toEqual(start)
    expect(startOfDay(zone, addDays(today, 1))).toEqual(end)
    expect(dayIn(zone, new Date(start.getTime() - 1))).toBe(addDays(today, -1))
    expect(dayIn(zone, new Date(end.getTime() - 1))).toBe(today)
    expect(dayIn(zone, end)).toBe(addDays(today, 1))
  })

  test('where clocks skip midnight the day starts at one', () =>
    expect(startOfDay('America/Sao_Paulo', day('2018-11-04'))).toEqual(
      new Date('2018-11-04T03:00:00Z'),
    ))

  test('where midnight comes twice the day starts at the first', () =>
    expect(startOfDay('America/Havana', day('2026-11-01'))).toEqual(
      new Date('2026-11-01T04:00:00Z'),
    ))

  test('the day Apia left out starts when the next one does', () => {
    const crossing = new Date('2011-12-30T10:00:00Z')
    expect(dayIn('Pacific/Apia', new Date(crossing.getTime() - 1))).toBe('2011-12-29')
    expect(dayIn('Pacific/Apia', crossing)).toBe('2011-12-31')
    expect(startOfDay('Pacific/Apia', day('2011-12-30'))).toEqual(crossing)
    expect(startOfDay('Pacific/Apia', day('2011-12-31'))).toEqual(crossing)
    expect(daysIn(period('2011-12-01', '2012-01-01'))).toBe(31)
  })

  test('a day starts in itself and a millisecond earlier is the day before, in every zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    fc.assert(
      fc.property(zones, days, (zone, today) => {
        const start = startOfDay(zone, today)
        expect(dayIn(zone, start)).toBe(today)
        expect(dayIn(zone, new Date(start.getTime() - 1))).toBe(addDays(today, -1))
      }),
      { numRuns: runs(2000) },
    )
  })

  test.each(['UTC', 'America/Vancouver', 'Europe/Kyiv', 'Europe/Kiev', 'Pacific/Apia'])(
    '%s is a zone',
    (zone) => expect(isZone(zone)).toBe(true),
  )

  test.each(['', '+03:00', '-05', 'Mars/Base', 'GMT+3', 'Europe', 'Europe/Kyiv '])(
    '%j is none',
    (zone) => expect(isZone(zone)).toBe(false),
  )
})

describe('days and months', () => {
  test('days go on over the ends of months, of years, and February', () => {
    expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01')
    expect(addDays(day('2028-02-28'), 1)).toBe('2028-02-29')
    expect(addDays(day('2026-03-01'), -1)).toBe('2026-02-28')
    expect(addDays(day('2026-11-21'), 365)).toBe('2027-11-21')
  })

  test.each([
    ['2026-01-31', ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']],
    ['2026-01-30', ['2026-02-28', '2026-03-30', '2026-04-30', '2026-05-30']],
    ['2027-12-29', ['2028-01-29', '2028-02-29', '2028-03-29', '2028-04-29']],
    ['2026-11-28', ['2026-12-28', '2027-01-28', '2027-02-28', '2027-03-28']],
  ])('months from %s remember its day', (anchor, next) =>
    expect([1, 2, 3, 4].map((n) => addMonths(day(anchor), n))).toEqual(next),
  )

  test('months go back too', () => {
    expect(addMonths(day('2026-03-31'), -1)).toBe('2026-02-28')
    expect(addMonths(day('2026-01-15'), -1)).toBe('2025-12-15')
    expect(addMonths(day('2026-01-15'), -13)).toBe('2024-12-15')
  })

  test('ten years of months from the 28th to the 31st fall on that day or the last one', () => {
    for (const date of [28, 29, 30, 31])
      for (let n = 0; n < 120; n += 1) {
        const reached = addMonths(day(`2020-01-${date}`), n)
        const last = addDays(addMonths(day('2020-01-01'), n + 1), -1)
        expect(reached.slice(0, 7)).toBe(last.slice(0, 7))
        expect(reached.slice(8)).toBe(String(Math.min(date, Number(last.slice(8)))))
      }
  })

  test('a day outside the years 1 to 9999 is a programming error', () => {
    expect(() => addDays(day('9999-12-31'), 1)).toThrow(RangeError)
    expect(() => addDays(day('9999-12-31'), 1_000)).toThrow(RangeError)
    expect(() => addDays(day('0001-01-01'), -1)).toThrow(RangeError)
  })

  test.each([
    ['2026-11-20', '2026-11-21', -1],
    ['2026-11-21', '2026-11-20', 1],
    ['2026-11-21', '2026-11-21', 0],
  ])('%s beside %s: %i', (a, b, order) => expect(compareDates(day(a), day(b))).toBe(order))

  test('sorts, the earliest first', () =>
    expect(['2026-11-21', '2025-12-31', '2026-02-01'].map(day).sort(compareDates)).toEqual([
      '2025-12-31',
      '2026-02-01',
      '2026-11-21',
    ]))
})

describe('periods', () => {
  const november = period('2026-11-01', '2026-12-01')

  test('a period covers its first day and not its end', () => {
    expect(daysIn(november)).toBe(30)
    expect(covers(november, day('2026-11-01'))).toBe(true)
    expect(covers(november, day('2026-11-30'))).toBe(true)
    expect(covers(november, day('2026-12-01'))).toBe(false)
    expect(covers(november, day('2026-10-31'))).toBe(false)
  })

  test('periods that touch do not overlap', () => {
    expect(overlap(november, period('2026-12-01', '2027-01-01'))).toBeUndefined()
    expect(overlap(november, period('2026-10-01', '2026-11-01'))).toBeUndefined()
    expect(overlap(november, period('2026-11-20', '2027-01-01'))).toEqual(
      period('2026-11-20', '2026-12-01'),
    )
    expect(overlap(november, period('2026-11-05', '2026-11-09'))).toEqual(
      period('2026-11-05', '2026-11-09'),
    )
  })

  test.each([
    ['2026-01-31', 'month', '2026-02-27', '2026-01-31', '2026-02-28'],
    ['2026-01-31', 'month', '2026-02-28', '2026-02-28', '2026-03-31'],
    ['2026-01-31', 'month', '2026-01-30', '2025-12-31', '2026-01-31'],
    ['2026-11-01', 'month', '2026-11-21', '2026-11-01', '2026-12-01'],
    ['2025-11-30', 'quarter', '2026-02-27', '2025-11-30', '2026-02-28'],
    ['2025-11-30', 'quarter', '2026-03-29', '2026-02-28', '2026-05-30'],
    ['2024-02-29', 'year', '2026-02-27', '2025-02-28', '2026-02-28'],
    ['2024-02-29', 'year', '2028-02-29', '2028-02-29', '2029-02-28'],
    ['2026-11-16', 'week', '2026-11-22', '2026-11-16', '2026-11-23'],
    ['2026-11-16', 'week', '2026-11-15', '2026-11-09', '2026-11-16'],
    ['2026-11-16', 'day', '2026-11-21', '2026-11-21', '2026-11-22'],
  ] as const)('anchored %s, the %s around %s is %s to %s', (anchor, unit, today, from, until) =>
    expect(periodContaining(day(anchor), unit, day(today))).toEqual(period(from, until)),
  )

  test('each day is in exactly one, and they follow each other without a gap', () =>
    fc.assert(
      fc.property(anchors, units, days, (anchor, unit, today) => {
        const around = periodContaining(anchor, unit, today)
        expect(covers(around, today)).toBe(true)
        expect(periodContaining(anchor, unit, around.from)).toEqual(around)
        expect(periodContaining(anchor, unit, addDays(around.until, -1))).toEqual(around)
        expect(periodContaining(anchor, unit, around.until).from).toBe(around.until)
      }),
      { numRuns: runs(1000) },
    ))
})
