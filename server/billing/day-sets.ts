import { overlap, type Period } from '#server/kernel/civil.ts'

/** Days, as periods in order that neither meet nor touch. */
export type DaySet = readonly Period[]

/** Any periods as a set: in order, those that touch made one, empty ones left out. */
export function daySet(periods: readonly Period[]): DaySet {
  const sorted = periods
    .filter(({ from, until }) => from < until)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const set: Period[] = []
  for (const period of sorted) {
    const last = set.at(-1)
    if (!last || last.until < period.from) set.push(period)
    else if (last.until < period.until) set[set.length - 1] = { ...last, until: period.until }
  }
  return set
}

export const union = (a: DaySet, b: DaySet): DaySet => daySet([...a, ...b])

/** The days in both. */
export const meet = (a: DaySet, b: DaySet): DaySet =>
  a.flatMap((one) => b.flatMap((other) => overlap(one, other) ?? []))

/** The days of the first that are not in the second. */
export const minus = (a: DaySet, b: DaySet): DaySet =>
  b.reduce<DaySet>(
    (left, { from, until }) =>
      left.flatMap((part) => {
        if (until <= part.from || part.until <= from) return [part]
        const before = part.from < from ? [{ from: part.from, until: from }] : []
        const after = until < part.until ? [{ from: until, until: part.until }] : []
        return [...before, ...after]
      }),
    a,
  )
