import { type CountryCode, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/min'
import { parsePattern } from '#server/kernel/phone.ts'

/** What people typed as a LIKE pattern; '555*' starts after the calling code of the country. */
export const likeOf = (typed: string, country: string): string =>
  parsePattern(typed, isSupportedCountry(country) ? callingCode(country) : '').like

const callingCode = (country: CountryCode): string => getCountryCallingCode(country)
