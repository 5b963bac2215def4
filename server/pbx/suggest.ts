/**
 * The next free short number: one after the highest of the commonest length, so that a new colleague
 * fits the row. 101 to begin with.
 */
export function suggestExtension(taken: readonly string[]): string {
  if (taken.length === 0) return '101'
  const counts = new Map<number, number>()
  for (const { length } of taken) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [length] = [...counts].sort(([a, n], [b, m]) => m - n || a - b)[0]!

  const used = new Set(taken)
  const highest = Math.max(...taken.filter((t) => t.length === length).map(Number))
  const last = 10 ** length - 1
  for (let n = highest + 1; n <= last; n++) {
    const candidate = String(n).padStart(length, '0')
    if (!used.has(candidate)) return candidate
  }
  for (let n = 10 ** (length - 1); n <= last; n++) {
    const candidate = String(n)
    if (!used.has(candidate)) return candidate
  }
  return String(10 ** length)
}
