// The smallest metadata: enough to tell a number from a typing error, and to write it.
import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'

/**
 * The number as the inventory stores it: E.164 digits without the plus, '12094555948'. Understands
 * what people of that country dial and what others do ('+1 209 …', '00 …'), and the inventory's own
 * writing. Undefined when it is no number, or more than one: text around it, an extension.
 */
export function parsePhone(text: string, defaultCountry: string): string | undefined {
  // What is no number as dialled there may still be one with its country code, as we store it.
  const parsed = read(text, defaultCountry) ?? read(`+${text.trim()}`, defaultCountry)
  return parsed?.number.slice(1)
}

function read(text: string, defaultCountry: string) {
  const parsed = parsePhoneNumberFromString(text, {
    defaultCountry: defaultCountry as CountryCode,
    extract: false,
  })
  return parsed?.isValid() && !parsed.ext ? parsed : undefined
}

/**
 * What a text could be in the inventory, to be looked up there: for thousands of them, of which most
 * are written plainly, parsing each takes too long. Empty when it can't be a number.
 */
export function phoneCandidates(text: string, defaultCountry: string): string[] {
  const plain = text.replace(/[\s().\u2010-\u2015-]/g, '')
  if (/^\+[1-9]\d{6,14}$/.test(plain)) return [plain.slice(1)]
  if (!/^[1-9]\d{6,14}$/.test(plain)) {
    const parsed = parsePhone(text, defaultCountry)
    return parsed ? [parsed] : []
  }
  return isSupportedCountry(defaultCountry)
    ? [plain, `${getCountryCallingCode(defaultCountry)}${plain}`]
    : [plain]
}

/** For a person: '(209) 455-5948' or '+1 209 455 5948'. What is no phone number stays as it is. */
export function formatPhone(digits: string, style: 'national' | 'international'): string {
  const parsed = parsePhoneNumberFromString(`+${digits}`, { extract: false })
  if (!parsed?.isPossible()) return digits
  return style === 'national' ? parsed.formatNational() : parsed.formatInternational()
}

/** Endings people remember, the best first, with their score. */
const endings: readonly (readonly [RegExp, 1 | 2 | 3])[] = [
  [/(\d)\1{3}$/, 3], // 5555
  [/(?:0123|1234|2345|3456|4567|5678|6789|9876|8765|7654|6543|5432|4321|3210)$/, 3],
  [/(\d)\1{2}$/, 2], // 4555
  [/(\d)\1(\d)\2$/, 2], // 4455
  [/(\d\d)\1$/, 2], // 4545
  [/(\d)(\d)\2\1$/, 2], // 4554
  [/(\d)\1$/, 1], // 2955
  [/(?:012|123|234|345|456|567|678|789|987|876|765|654|543|432|321|210)$/, 1],
]

/** How easy a number is to remember by its ending: 3 at once, 2 well, 1 a little, 0 not. */
export const isPleasant = (digits: string): 0 | 1 | 2 | 3 =>
  endings.find(([ending]) => ending.test(digits))?.[1] ?? 0

/**
 * What people search numbers by, as a SQL LIKE pattern (escape `\`): '55' and '*55' end in 55,
 * '555*' starts with it after the country code given, '*555*' has it anywhere; '?' is any digit.
 * Spaces, dashes, dots, parentheses and the plus are how numbers are written, not part of them.
 */
export function parsePattern(text: string, callingCode = ''): { like: string } {
  const pattern = text.replace(/[\s().+-]/g, '').replace(/\*+/g, '*')
  const like = pattern
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_')
  if (pattern === '' || pattern === '*') return { like: '%' }
  if (pattern.startsWith('*')) return { like }
  return { like: pattern.endsWith('*') ? `${callingCode}${like}` : `%${like}` }
}
