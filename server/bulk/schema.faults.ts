import type { Column, Fault } from '#server/bulk/schema.ts'

/** What the sentence of a fault is made of: its details, columns by the names people read. */
export function valuesOf(
  { details = {} }: Fault,
  value: string,
  nameOf: (column: Column) => string,
): Record<string, string | number> {
  const { columns, ...rest } = details
  const named = String(columns ?? '')
    .split(',')
    .filter((column) => column !== '')
    .map((column) => nameOf(column as Column))
  return { value, ...rest, columns: named.join(', '), count: named.length }
}
