/** One fact that is not what it was; undefined where there was, or is, none. */
export type Change = Readonly<{ field: string; before: unknown; after: unknown }>

/** Said by the sentence already, or our own matter. */
const said = new Set(['id'])

/** What an act changed, field by field. Facts that stayed are left out where both sides are known. */
export function changesOf(
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>> | null,
): readonly Change[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return fields.flatMap((field) => {
    if (said.has(field)) return []
    const change = { field, before: known(before?.[field]), after: known(after?.[field]) }
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change]
  })
}

/** Nothing at all, however it is written. */
const known = (value: unknown): unknown =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value

type Words = Readonly<{
  yes: string
  no: string
  list: (items: readonly string[]) => string
  /** A text as people read it: a state, a day, a phone number. */
  say: (text: string) => string
  /** A field's name. */
  label: (field: string) => string
}>

/** A fact as people read it: lists one after the other, things inside things by their parts. */
export function textOf(value: unknown, words: Words): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value)) return words.list(value.map((item) => textOf(item, words)))
  if (typeof value === 'string') return words.say(value)
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  return Object.entries(value)
    .filter(([, part]) => known(part) !== undefined)
    .map(([name, part]) => `${words.label(name)}: ${textOf(part, words)}`)
    .join('; ')
}
