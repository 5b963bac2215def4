import type { Instant } from '#server/kernel/ids.ts'

/** "The second Sunday of March at two": the form in which phones know daylight saving time. */
export type ClockChange = Readonly<{
  /** 1–12 */
  month: number
  /** 1–4, or 5 for the last one of the month. */
  week: number
  /** 0 is Sunday. */
  weekday: number
  /** By the clock that is about to change; a few zones need less than 0 or 1440 and more. */
  minutesAfterMidnight: number
}>

export type ZoneRule = Readonly<{
  /** East of Greenwich is positive. */
  standardMinutes: number
  summer?: Readonly<{ savedMinutes: number; start: ClockChange; end: ClockChange }>
}>

type Transition = Readonly<{ at: number; before: number; after: number }>

const minute = 60_000
const day = 1_440 * minute
// Long enough to tell "the fourth" from "the last" Sunday: they part at least once in six years.
const watchedDays = 8 * 365

function offsets(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  return (at) => {
    const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? ''
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
  }
}

function transitionsFrom(from: number, offsetAt: (at: number) => number): Transition[] {
  const found: Transition[] = []
  // The shortest time between two changes is Ramadan in Morocco, a month.
  const step = 10 * day
  for (let low = from; low < from + watchedDays * day; low += step) {
    const before = offsetAt(low)
    const after = offsetAt(low + step)
    if (before !== after) found.push({ at: firstAfter(low, low + step, offsetAt), before, after })
  }
  return found
}

function firstAfter(low: number, high: number, offsetAt: (at: number) => number): number {
  const before = offsetAt(low)
  let [still, changed] = [low, high]
  while (changed - still > minute) {
    const middle = still + Math.floor((changed - still) / 2 / minute) * minute
    if (offsetAt(middle) === before) still = middle
    if (offsetAt(middle) !== before) changed = middle
  }
  return changed
}

/** All the ways to say one change, the plainest first. */
function waysToSay({ at, before }: Transition): ClockChange[] {
  return [0, -1, 1].flatMap((shift) => {
    const wall = at + before * minute
    const midnight = Math.floor(wall / day) * day + shift * day
    const date = new Date(midnight)
    const daysInMonth = new Date(
      Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0),
    ).getUTCDate()
    const nth = Math.ceil(date.getUTCDate() / 7)
    const isLast = date.getUTCDate() + 7 > daysInMonth
    const said = {
      month: date.getUTCMonth() + 1,
      weekday: date.getUTCDay(),
      minutesAfterMidnight: Math.round((wall - midnight) / minute),
    }
    return [...(isLast ? [5] : []), ...(nth < 5 ? [nth] : [])].map((week) => ({ ...said, week }))
  })
}

const saysTheSame = (a: ClockChange) => (b: ClockChange) =>
  a.month === b.month &&
  a.week === b.week &&
  a.weekday === b.weekday &&
  a.minutesAfterMidnight === b.minutesAfterMidnight

/** What holds for every year watched, if anything does. */
const commonWay = (transitions: readonly Transition[]): ClockChange | undefined =>
  transitions
    .map(waysToSay)
    .reduce((left, ways) => left.filter((way) => ways.some(saysTheSame(way))))
    .at(0)

/** Of the coming year, so that a rule no phone knows (Morocco's Ramadan) costs the least. */
function usualOffset(from: number, offsetAt: (at: number) => number): number {
  const days = new Map<number, number>()
  for (let at = from; at < from + 365 * day; at += day) {
    const offset = offsetAt(at)
    days.set(offset, (days.get(offset) ?? 0) + 1)
  }
  return [...days].reduce((most, next) => (next[1] > most[1] ? next : most))[0]
}

/**
 * How a zone's clocks go from `now` on, as a rule a phone can keep by itself: phones know neither
 * IANA names nor next year's law. Zones without a yearly rule get the offset they mostly have.
 */
export function zoneRule(timeZone: string, now: Instant): ZoneRule {
  const from = Math.floor(now.getTime() / minute) * minute
  const offsetAt = offsets(timeZone)
  const fixed = (): ZoneRule => ({ standardMinutes: usualOffset(from, offsetAt) })

  const transitions = transitionsFrom(from, offsetAt)
  const forward = transitions.filter(({ before, after }) => after > before)
  const back = transitions.filter(({ before, after }) => after < before)
  const first = forward[0]
  // Twice a year in each of the eight: a last change before clocks stay put is no rule.
  if (!first || forward.length < 7 || back.length < 7) return fixed()
  if (forward.some(({ before, after }) => before !== first.before || after !== first.after))
    return fixed()

  const start = commonWay(forward)
  const end = commonWay(back)
  if (!start || !end) return fixed()

  return {
    standardMinutes: first.before,
    summer: { savedMinutes: first.after - first.before, start, end },
  }
}
