/**
 * A list in which some stand before another one, in the order they are named; those that weren't in
 * it are now. Last where no other one is named, or it isn't in the list any more.
 */
export function placed<T>(list: readonly T[], some: readonly T[], before: T | null): T[] {
  const moving = new Set(some)
  const rest = list.filter((one) => !moving.has(one))
  // Dropped on itself: before whoever comes after it.
  const onwards = before === null ? [] : list.slice(Math.max(0, list.indexOf(before)))
  const next = list.includes(before as T) ? onwards.find((one) => !moving.has(one)) : undefined
  const at = next === undefined ? rest.length : rest.indexOf(next)
  return [...rest.slice(0, at), ...moving, ...rest.slice(at)]
}
