import { countries } from '#server/kernel/countries.ts'
import type { Option } from './select-field.tsx'

/**
 * Countries in the reader's language and order, the likely ones first. Call it on the server and pass
 * the list on: Node and browsers don't spell all of them alike.
 */
export function countryOptions(locale: string, first: readonly string[] = []): Option[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  const option = (code: string): Option => ({ value: code, label: names.of(code) ?? code })
  const order = new Intl.Collator(locale)

  return [
    ...first.map(option),
    ...countries
      .filter((code) => !first.includes(code))
      .map(option)
      .sort((a, b) => order.compare(a.label, b.label)),
  ]
}
