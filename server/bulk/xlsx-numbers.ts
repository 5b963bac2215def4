/** How a style shows a number: as a day, with so many digits (`0000`), or as it is. */
export type NumberKind = 'date' | Readonly<{ digits: number }> | undefined

/** Formats with a number of their own that show days or times (ECMA-376, 18.8.30). */
const builtInDates: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
]

export function kindOf(id: number, code: string | undefined): NumberKind {
  if (code === undefined) {
    return builtInDates.some(([from, to]) => id >= from && id <= to) ? 'date' : undefined
  }
  const zeros = /^(0+)(?:;|$)/.exec(code)?.[1]
  if (zeros) return { digits: zeros.length }
  // Without what is quoted, escaped, or a colour, a condition, a language.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return /[dmyhs]/i.test(bare.replace(/general/gi, '')) ? 'date' : undefined
}

/**
 * The day a serial number stands for. Excel thinks that there was a February 29 in 1900, so its days
 * are counted from 1899-12-30; some workbooks count from 1904.
 */
export function dayOfSerial(serial: number, from1904: boolean): string {
  const origin = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  const at = new Date(origin + Math.round(serial * 86_400_000))
  return Number.isNaN(at.getTime()) ? String(serial) : at.toISOString().slice(0, 10)
}
