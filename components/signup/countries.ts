import { countryOptions } from '#components/form/regions.ts'
import type { Option } from '#components/form/select-field.tsx'
import { isCountry } from '#server/kernel/countries.ts'

/** The numbers offered are North American, and so are most who want one. */
const likely = ['US', 'CA']

/** Every country in the visitor's language, their own and the likely ones first. */
export const signupCountries = (locale: string, own: string): Option[] =>
  countryOptions(locale, [...new Set([own, ...likely])])

/** What the browser's languages say of where it is: `en-CA` is Canada. */
export function countryOf(acceptLanguage: string | null): string {
  const regions = (acceptLanguage ?? '').matchAll(/\b[a-z]{2,3}-([A-Z]{2})\b/g)
  const found = [...regions].map(([, region]) => region).find((code) => code && isCountry(code))
  return found ?? 'US'
}
