import type { CivilDate } from '#server/kernel/civil.ts'

/** A number is the prefix and what the counter says, filled up with zeros to so many digits. */
export type NumberForm = Readonly<{ prefix: string; digits: number }>

/** INV-2026-000042: the year it was issued in, and the environment's next number, without gaps. */
export const numberForm = (day: CivilDate): NumberForm => ({
  prefix: `INV-${day.slice(0, 4)}-`,
  digits: 6,
})
