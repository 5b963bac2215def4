import { describe, expect, test } from 'vitest'
import type { Instant } from '#server/kernel/ids.ts'
import { posixZone } from './config-grandstream.ts'
import { yealinkConfig } from './config-yealink.ts'
import { exampleSettings, readCfg } from './testing.ts'
import { zoneRule } from './time-zone.ts'

const now = new Date('2026-11-21T12:00:00Z') as Instant
const day = 86_400_000

const yealinkTime = (timeZone: string) =>
  readCfg(yealinkConfig({ ...exampleSettings, timeZone }, now).body)

describe('what people know of their clocks', () => {
  test('New York: second Sunday of March to first of November, at two', () => {
    expect(posixZone('America/New_York', now)).toBe('STD5DST4,M3.2.0/2,M11.1.0/2')
    const time = yealinkTime('America/New_York')
    expect(time.get('local_time.time_zone')).toBe('-5')
    expect(time.get('local_time.time_zone_name')).toBe('United States-Eastern Time')
    expect(time.get('local_time.start_time')).toBe('3/2/7/2')
    expect(time.get('local_time.end_time')).toBe('11/1/7/2')
    expect(time.get('local_time.offset_time')).toBe('60')
  })

  test('Berlin: last Sundays of March at two and of October at three', () => {
    expect(posixZone('Europe/Berlin', now)).toBe('STD-1DST-2,M3.5.0/2,M10.5.0/3')
  })

  test('Sydney: summer begins in October and ends in April', () => {
    expect(posixZone('Australia/Sydney', now)).toBe('STD-10DST-11,M10.1.0/2,M4.1.0/3')
  })

  test('Lord Howe saves half an hour', () => {
    expect(posixZone('Australia/Lord_Howe', now)).toBe('STD-10:30DST-11,M10.1.0/2,M4.1.0/2')
    expect(yealinkTime('Australia/Lord_Howe').get('local_time.offset_time')).toBe('30')
  })

  test('Santiago changes at the end of a Saturday, which a Yealink calls its last hour', () => {
    expect(posixZone('America/Santiago', now)).toBe('STD4DST3,M9.1.6/24,M4.1.6/24')
    expect(yealinkTime('America/Santiago').get('local_time.start_time')).toBe('9/1/6/23')
  })

  test('Kolkata has half hours and no summer', () => {
    expect(posixZone('Asia/Kolkata', now)).toBe('STD-5:30')
    expect(yealinkTime('Asia/Kolkata').get('local_time.time_zone')).toBe('+5:30')
    expect(yealinkTime('Asia/Kolkata').get('local_time.summer_time')).toBe('0')
    expect(yealinkTime('Asia/Kolkata').has('local_time.start_time')).toBe(false)
  })

  test('UTC is nothing, without a sign', () => {
    expect(posixZone('UTC', now)).toBe('STD0')
    expect(yealinkTime('UTC').get('local_time.time_zone')).toBe('0')
  })
})

type Change = { month: number; week: number; weekday: number; minutes: number }
type Rule = { standard: number; saved: number; start?: Change; end?: Change }

/** The wall-clock instant of a change in one year, as minutes since 1970 by that wall's clock. */
function wall(year: number, { month, week, weekday, minutes }: Change): number {
  const inMonth = [...Array(31).keys()]
    .map((n) => new Date(Date.UTC(year, month - 1, n + 1)))
    .filter((date) => date.getUTCMonth() === month - 1 && date.getUTCDay() === weekday)
  const date = week === 5 ? inMonth.at(-1) : inMonth[week - 1]
  return (date?.getTime() ?? Number.NaN) / 60_000 + minutes
}

function offsetBy({ standard, saved, start, end }: Rule, at: number): number {
  if (!start || !end) return standard
  const minutes = at / 60_000
  const year = new Date(at + standard * 60_000).getUTCFullYear()
  const from = wall(year, start) - standard
  const until = wall(year, end) - standard - saved
  const inSummer =
    from < until ? minutes >= from && minutes < until : minutes >= from || minutes < until
  return inSummer ? standard + saved : standard
}

const clockMinutes = (text: string): number => {
  const [hours = '0', minutes = '0'] = text.replace(/^[+-]/, '').split(':')
  return (text.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

function readPosix(text: string): Rule {
  const [, std = '', dst, from = '', until = ''] =
    /^STD(-?[\d:]+)(?:DST(-?[\d:]+),(M[^,]+),(M[^,]+))?$/.exec(text) ?? []
  const change = (said: string): Change => {
    const [, month, week, weekday, time = ''] = /^M(\d+)\.(\d)\.(\d)\/(.+)$/.exec(said) ?? []
    return {
      month: Number(month),
      week: Number(week),
      weekday: Number(weekday),
      minutes: clockMinutes(time),
    }
  }
  const standard = -clockMinutes(std)
  return dst
    ? { standard, saved: -clockMinutes(dst) - standard, start: change(from), end: change(until) }
    : { standard, saved: 0 }
}

function readYealink(time: ReadonlyMap<string, string>): Rule {
  const change = (said: string): Change => {
    const [month = 0, week = 0, weekday = 0, hour = 0] = said.split('/').map(Number)
    return { month, week, weekday: weekday % 7, minutes: hour * 60 }
  }
  const standard = clockMinutes(time.get('local_time.time_zone') ?? '')
  return time.get('local_time.summer_time') === '1'
    ? {
        standard,
        saved: Number(time.get('local_time.offset_time')),
        start: change(time.get('local_time.start_time') ?? ''),
        end: change(time.get('local_time.end_time') ?? ''),
      }
    : { standard, saved: 0 }
}

function trueOffset(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, Number(p.value)]))
    const { year = 0, month = 0, day: date = 0, hour = 0, minute = 0 } = parts
    return (Date.UTC(year, month - 1, date, hour, minute) - at) / 60_000
  }
}

describe('every zone there is', () => {
  const zones = Intl.supportedValuesOf('timeZone')
  // Noon and midnight in turn: every change of clocks lies between two of them.
  const moments = [...Array(365).keys()].map((n) => now.getTime() + n * day + (n % 2) * (day / 2))

  test('both desk phones show the right time at all but two of the coming 365 days', () => {
    const wrong = zones.flatMap((zone) => {
      const truth = trueOffset(zone)
      const grandstream = readPosix(posixZone(zone, now))
      const yealink = readYealink(yealinkTime(zone))
      const misses = moments.filter((at) => {
        const offset = truth(at)
        return offsetBy(grandstream, at) !== offset || offsetBy(yealink, at) !== offset
      })
      return misses.length > 2 ? [`${zone} ${misses.length}`] : []
    })
    // Ramadan moves by the moon: no phone can be told. Gaza's Saturdays can't be said in weeks.
    const known = /^(Africa\/(Casablanca|El_Aaiun)|Asia\/(Gaza|Hebron)) /
    expect(wrong.filter((zone) => !known.test(zone))).toEqual([])
    expect(wrong.every((zone) => Number(zone.split(' ')[1]) < 50)).toBe(true)
  }, 60_000)

  test('the notation fits the 64 characters that a Grandstream keeps', () => {
    for (const zone of zones) expect(posixZone(zone, now).length).toBeLessThanOrEqual(64)
  }, 30_000)
})

test('a rule does not depend on the day of the year it is asked for', () => {
  const asked = ['2026-03-10', '2026-03-28', '2026-07-01', '2026-10-26', '2026-12-31']
  const rules = asked.map((date) => zoneRule('Europe/Madrid', new Date(date) as Instant))
  for (const rule of rules) expect(rule).toEqual(rules[0])
})

test('a zone that changes its clocks a last time gets no rule for ever', () => {
  // Mexico City: forward in April 2022, back in October, and then no more.
  expect(zoneRule('America/Mexico_City', new Date('2022-03-01') as Instant).summer).toBeUndefined()
})
