import type { MoveClock } from '#server/clock/schema.ts'
import { addDays, type CivilDate, dayIn, startOfDay } from '#server/kernel/civil.ts'
import type { Instant } from '#server/kernel/ids.ts'

const hour = 3_600_000
/** Into each day, when its work is done: the day has begun in most zones that customers live in. */
const workAfter = 4 * hour
/** Into the day that a clock is moved to by date: in the morning. */
const arriveAfter = 9 * hour

const into = (zone: string, day: CivilDate, ms: number): Instant =>
  new Date(startOfDay(zone, day).getTime() + ms) as Instant

/** Where the clock is to go: the morning of a day, or the same time of day some days on. */
export function targetOf(zone: string, now: Instant, asked: MoveClock): Instant {
  if ('to' in asked) return into(zone, asked.to, arriveAfter)

  const today = dayIn(zone, now)
  const sinceMidnight = now.getTime() - startOfDay(zone, today).getTime()
  return into(zone, addDays(today, asked.days), sinceMidnight)
}

/** The next moment at which a day's work is done, or the target if that comes first. */
export function nextStop(zone: string, now: Instant, target: Instant): Instant {
  const today = dayIn(zone, now)
  const stop = [today, addDays(today, 1), addDays(today, 2)]
    .map((day) => into(zone, day, workAfter))
    .find((at) => at > now)
  return stop && stop < target ? stop : target
}
