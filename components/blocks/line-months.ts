import type { BlockRow } from '#server/accounts/schema.blocks.ts'
import { addDays, addMonths, type CivilDate, civilDate, daysIn } from '#server/kernel/civil.ts'
import type { CalendarDay } from './month-calendar.tsx'

/** A line's month, day by day, told from its stretches. */
export function lineMonth(rows: readonly BlockRow[], month: string): CalendarDay[] {
  const from = civilDate(`${month}-01`)
  const until = addMonths(from, 1)
  const real = rows.filter(({ state }) => state !== 'cancelled')
  // What was or is comes before what is only planned.
  const sorted = real.toSorted(
    (a, b) => Number(a.state === 'planned') - Number(b.state === 'planned'),
  )
  return Array.from({ length: daysIn({ from, until }) }, (_, n) => {
    const stretch = sorted.find((row) => isFree(row, addDays(from, n)))
    return {
      lines: stretch ? 1 : 0,
      planned: stretch?.state === 'planned',
      byProvider: stretch?.placedBy === 'admin',
    }
  })
}

const isFree = ({ days }: BlockRow, day: CivilDate): boolean =>
  days !== null && days.from <= day && (days.until === null || day < days.until)
