import type { Instant } from '#server/kernel/ids.ts'

/** The machine's clock, or a test's. Read once, at the edge of a unit of work. */
export type Clock = { now(): Instant }

export const systemClock: Clock = { now: () => new Date() as Instant }

/** A clock that moves only when the story says so. */
export function storyClock(
  start: string,
): Clock & { advance(ms: number): void; set(at: string): void } {
  let at = new Date(start).getTime()
  return {
    now: () => new Date(at) as Instant,
    advance: (ms) => {
      at += ms
    },
    set: (text) => {
      at = new Date(text).getTime()
    },
  }
}
