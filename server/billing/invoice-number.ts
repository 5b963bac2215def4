import type { CivilDate } from '#server/kernel/civil.ts'

/** INV-2026-000042: the year it was issued in, and the environment's next number, without gaps. */
export const invoiceNumber = (day: CivilDate, n: number) =>
  `INV-${day.slice(0, 4)}-${String(n).padStart(6, '0')}`
