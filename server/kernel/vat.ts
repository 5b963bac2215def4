/** The sum of each digit times its weight, by which most check digits are made. */
const weighted = (digits: string, ...weights: number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0)

/** ISO 7064 MOD 11,10: Germany, Croatia. */
function mod11And10(digits: string): boolean {
  let product = 10
  for (const digit of digits.slice(0, -1))
    product = (((Number(digit) + product) % 10 || 10) * 2) % 11
  return (11 - product) % 10 === Number(digits.at(-1))
}

/** Every second digit doubled, from the last but one: Italy, Sweden. */
const luhn = (digits: string): boolean =>
  [...digits]
    .reverse()
    .map((digit, i) => (i % 2 ? '0246813579'[Number(digit)] : digit))
    .reduce((sum, digit) => sum + Number(digit), 0) %
    10 ===
  0

/** Spanish persons: the letter that the number's rest by 23 stands for. */
const spanishLetter = (id: string): boolean => {
  const number = /^[XYZ\d](\d{7})([A-Z])$/.exec(id)
  if (!number) return true // a company; its check digit has several makers
  const digits = id.slice(0, 8).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)))
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === number[2]
}

type Format = Readonly<{
  /** Written in front of it; the country's code where not given. */
  prefix?: string
  /** What follows the prefix. */
  pattern: RegExp
  checks?: (id: string) => boolean
}>

// The formats of the European Union are those its tax offices publish together (VIES FAQ, Q11).
// Check digits are looked at where one short rule holds for every number of the country.
const formats = new Map<string, Format>([
  ['AT', { pattern: /^U\d{8}$/ }],
  [
    'BE',
    {
      pattern: /^[01]\d{9}$/,
      checks: (id) => 97 - (Number(id.slice(0, 8)) % 97) === Number(id.slice(8)),
    },
  ],
  ['BG', { pattern: /^\d{9,10}$/ }],
  [
    'CH',
    {
      pattern: /^E\d{9}(?:MWST|TVA|IVA)?$/,
      checks: (id) => weighted(id.slice(1), 5, 4, 3, 2, 7, 6, 5, 4, 1) % 11 === 0,
    },
  ],
  ['CY', { pattern: /^\d{8}[A-Z]$/ }],
  ['CZ', { pattern: /^\d{8,10}$/ }],
  ['DE', { pattern: /^[1-9]\d{8}$/, checks: mod11And10 }],
  [
    'DK',
    { pattern: /^[1-9]\d{7}$/, checks: (id) => weighted(id, 2, 7, 6, 5, 4, 3, 2, 1) % 11 === 0 },
  ],
  ['EE', { pattern: /^\d{9}$/ }],
  ['ES', { pattern: /^(?:[A-Z]\d{7}[A-Z\d]|\d{8}[A-Z])$/, checks: spanishLetter }],
  ['FI', { pattern: /^\d{8}$/, checks: (id) => weighted(id, 7, 9, 10, 5, 8, 4, 2, 1) % 11 === 0 }],
  [
    'FR',
    {
      pattern: /^[A-HJ-NP-Z\d]{2}\d{9}$/,
      checks: (id) =>
        /^\d\d/.test(id) === false ||
        (12 + 3 * (Number(id.slice(2)) % 97)) % 97 === Number(id.slice(0, 2)),
    },
  ],
  [
    'GB',
    {
      pattern: /^(?:\d{9}(?:\d{3})?|GD[0-4]\d\d|HA[5-9]\d\d)$/,
      checks: (id) =>
        !/^\d/.test(id) || [0, 42].includes(weighted(id, 8, 7, 6, 5, 4, 3, 2, 10, 1) % 97),
    },
  ],
  ['GR', { prefix: 'EL', pattern: /^\d{9}$/ }],
  ['HR', { pattern: /^\d{11}$/, checks: mod11And10 }],
  ['HU', { pattern: /^\d{8}$/ }],
  ['IE', { pattern: /^(?:\d{7}[A-W][A-I]?|\d[A-Z]\d{5}[A-W])$/ }],
  ['IT', { pattern: /^\d{11}$/, checks: luhn }],
  ['LT', { pattern: /^(?:\d{9}|\d{12})$/ }],
  [
    'LU',
    { pattern: /^\d{8}$/, checks: (id) => Number(id.slice(0, 6)) % 89 === Number(id.slice(6)) },
  ],
  ['LV', { pattern: /^\d{11}$/ }],
  ['MT', { pattern: /^\d{8}$/ }],
  ['NL', { pattern: /^\d{9}B\d{2}$/ }],
  [
    'NO',
    { pattern: /^\d{9}MVA$/, checks: (id) => weighted(id, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 === 0 },
  ],
  [
    'PL',
    { pattern: /^\d{10}$/, checks: (id) => weighted(id, 6, 5, 7, 2, 3, 4, 5, 6, 7, -1) % 11 === 0 },
  ],
  [
    'PT',
    {
      pattern: /^[1-9]\d{8}$/,
      checks: (id) =>
        ((11 - (weighted(id, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) % 11) % 10 === Number(id[8]),
    },
  ],
  ['RO', { pattern: /^\d{2,10}$/ }],
  ['SE', { pattern: /^\d{10}01$/, checks: (id) => luhn(id.slice(0, 10)) }],
  ['SI', { pattern: /^[1-9]\d{7}$/ }],
  ['SK', { pattern: /^[1-9]\d{9}$/, checks: (id) => Number(id) % 11 === 0 }],
])

/** Elsewhere only what could never be a tax number is turned away. */
const elsewhere: Format = { prefix: '', pattern: /^(?=.*\d)[A-Z\d]{4,20}$/ }

/**
 * The VAT number as tax offices write it: capitals, no spaces or dots, with its country: 'DE136695976'.
 * With or without the country is understood. Undefined when it can't be one. Whether it is
 * registered only the tax office can tell.
 */
export function checkVatId(country: string, text: string): string | undefined {
  const { prefix = country, pattern, checks } = formats.get(country) ?? elsewhere
  const compact = text.toUpperCase().replace(/[\s./-]/g, '')
  const written = [prefix, country].find((start) => compact.startsWith(start)) ?? ''
  const id = compact.slice(written.length)
  const possible = pattern.test(id) && (checks?.(id) ?? true)
  return possible ? `${prefix}${id}` : undefined
}
