import { z } from 'zod'
import type { CivilDate } from '#server/kernel/civil.ts'

/** Years a sandbox may be ahead of the machine's clock. */
export const mostYears = 20
/** So many days, and a little more, are those years: as far as one call may ask for. */
export const mostDays = 7_320

/** To the morning of a day, or some days on, at the same time of day. */
export const zMoveClock = z.union([
  z.strictObject({ to: z.iso.date().transform((day) => day as CivilDate) }),
  z.strictObject({ days: z.number().int().min(1).max(mostDays) }),
])
export type MoveClock = z.infer<typeof zMoveClock>

/** Days are those of the environment's zone. */
export type ClockStatus = {
  now: string
  /** The machine's clock: what it would be without any move. */
  wall: string
  today: CivilDate
  timeZone: string
  /** The last day it can be moved to. */
  until: CivilDate
  /** While it is being moved. */
  move: {
    to: string
    days: number
    daysLeft: number
    /** The work of a day that failed last and is tried again: nothing goes on before it is done. */
    trouble: string | null
  } | null
}
