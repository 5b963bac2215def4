import { describe, expect, test } from 'vitest'
import { type Address, addressIssues, addressRule, normaliseAddress } from './address.ts'
import { auStates, brStates, caProvinces, countries, mxStates, usStates } from './countries.ts'

/** A good address of each country with a rule of its own. */
const good: Record<string, Omit<Address, 'country'>> = {
  AE: { line1: '1 Sheikh Zayed Rd', city: 'Dubai', state: 'DU' },
  AT: { line1: 'Stephansplatz 1', city: 'Wien', postalCode: '1010' },
  AU: { line1: '1 George St', city: 'Sydney', state: 'NSW', postalCode: '2000' },
  BE: { line1: 'Grand-Place 1', city: 'Bruxelles', postalCode: '1000' },
  BR: { line1: 'Av. Paulista 1', city: 'São Paulo', state: 'SP', postalCode: '01310-100' },
  CA: { line1: '290 Bremner Blvd', city: 'Toronto', state: 'ON', postalCode: 'M5V 3L9' },
  CH: { line1: 'Bahnhofstrasse 1', city: 'Zürich', postalCode: '8001' },
  DE: { line1: 'Unter den Linden 1', city: 'Berlin', postalCode: '10117' },
  DK: { line1: 'Strøget 1', city: 'København', postalCode: '1050' },
  ES: { line1: 'Gran Vía 1', city: 'Madrid', postalCode: '28013' },
  FI: { line1: 'Mannerheimintie 1', city: 'Helsinki', postalCode: '00100' },
  FR: { line1: '1 rue de Rivoli', city: 'Paris', postalCode: '75001' },
  GB: { line1: '10 Downing Street', city: 'London', postalCode: 'SW1A 2AA' },
  IE: { line1: '1 Merrion Street', city: 'Dublin', postalCode: 'D02 AF30' },
  IN: { line1: '1 Janpath', city: 'New Delhi', state: 'Delhi', postalCode: '110001' },
  IT: { line1: 'Via Appia 1', city: 'Roma', postalCode: '00118' },
  JP: { line1: '1-1 Chiyoda', city: 'Chiyoda-ku', state: 'Tokyo', postalCode: '100-0001' },
  MX: { line1: 'Reforma 1', city: 'Ciudad de México', state: 'CMX', postalCode: '06000' },
  NL: { line1: 'Dam 1', city: 'Amsterdam', postalCode: '1012 JS' },
  NO: { line1: 'Karl Johans gate 1', city: 'Oslo', postalCode: '0154' },
  NZ: { line1: '1 Queen Street', city: 'Auckland', postalCode: '1010' },
  PL: { line1: 'Nowy Świat 1', city: 'Warszawa', postalCode: '00-001' },
  PT: { line1: 'Rua Augusta 1', city: 'Lisboa', postalCode: '1100-048' },
  SE: { line1: 'Drottninggatan 1', city: 'Stockholm', postalCode: '111 29' },
  UA: { line1: 'Khreshchatyk 1', city: 'Kyiv', postalCode: '01001' },
  US: { line1: '1 Main St', city: 'Stockton', state: 'CA', postalCode: '95202' },
}

const ruled = Object.keys(good)
const address = (country: string, change: Partial<Address> = {}): Address => ({
  ...good[country],
  country,
  ...change,
})
const issues = (at: Address) => addressIssues(at).map(({ field, code }) => `${field} ${code}`)

describe('rules by country', () => {
  test.each(ruled)(
    'a good address of %s has no issues, and each required field is missed',
    (at) => {
      expect(issues(address(at))).toEqual([])
      expect(addressRule(at)).not.toBe(addressRule('AQ'))
      for (const field of addressRule(at).required)
        expect(issues(address(at, { [field]: ' ' }))).toEqual([`${field} address.required`])
    },
  )

  test.each(ruled)(
    'a form for %s asks what is required, and shows a postal code that passes',
    (at) => {
      const { fields, required, postalCode, state } = addressRule(at)
      expect(fields).toEqual(expect.arrayContaining([...required]))
      expect(new Set(fields).size).toBe(fields.length)
      expect(fields.includes('postalCode')).toBe(Boolean(postalCode))
      expect(fields.includes('state')).toBe(Boolean(state))
      if (postalCode) expect(postalCode.example).toMatch(postalCode.pattern)
    },
  )

  test.each([
    ['US', '9520', '95202-', '952021234', 'M5V 3L9'],
    ['CA', 'D5V 3L9', 'M5V-3L9', '95202', 'M5V 3O9'],
    ['GB', 'SW1A', '12345', 'SW1A 2A', 'SWA1 2AA'],
    ['IE', 'D02', '12345', 'D02 AF3'],
    ['DE', '1011', '00115', '101177', 'D-10115'],
    ['ES', '00123', '53001', '2801'],
    ['NL', '1012', '0123 AB', '1012 J'],
    ['PL', '00001', '00-01'],
    ['PT', '1000', '1000001'],
    ['AT', '0101', '10100'],
    ['SE', '011 29', '11129 1'],
    ['JP', '1000', '100-001'],
    ['IN', '010001', '11000'],
    ['BR', '01310', '01310-10'],
    ['UA', '1001', '010011'],
  ])('%s knows no postal code %s', (at, ...codes) => {
    for (const postalCode of codes)
      expect(issues(address(at, { postalCode }))).toEqual([
        'postalCode address.postal_code_malformed',
      ])
  })

  test.each([
    ['US', 'XX'],
    ['US', 'ON'],
    ['CA', 'CA'],
    ['AU', 'Auckland'],
    ['MX', 'MEXICO CITY'],
    ['BR', 'XX'],
    ['AE', 'Qatar'],
  ])('%s has no state %s', (at, state) =>
    expect(issues(address(at, { state }))).toEqual(['state address.state_unknown']),
  )

  test('elsewhere a street and a town are enough', () => {
    expect(issues({ country: 'BO', line1: 'Calle 1', city: 'La Paz' })).toEqual([])
    expect(issues({ country: 'BO', line1: 'Calle 1' })).toEqual(['city address.required'])
  })

  test.each(['', 'XX', 'UK', 'EU', 'USA', 'constructor'])('%j is no country', (country) =>
    expect(issues({ country, line1: '1' })).toEqual(['country address.country_unknown']),
  )

  test('all that is wrong is told at once', () =>
    expect(issues({ country: 'US', state: 'XX', postalCode: '1', vatId: '?' })).toEqual([
      'line1 address.required',
      'city address.required',
      'state address.state_unknown',
      'postalCode address.postal_code_malformed',
      'vatId address.vat_malformed',
    ]))

  test('a VAT number is asked of nobody, and is its country’s when given', () => {
    expect(issues(address('DE', { vatId: '' }))).toEqual([])
    expect(issues(address('DE', { vatId: null }))).toEqual([])
    expect(issues(address('DE', { vatId: 'DE 136 695 976' }))).toEqual([])
    expect(issues(address('DE', { vatId: 'DE136695977' }))).toEqual(['vatId address.vat_malformed'])
    expect(issues(address('AT', { vatId: 'DE136695976' }))).toEqual(['vatId address.vat_malformed'])
  })
})

describe('as it is kept', () => {
  test('spaces, capitals and names of states are put right, the rest is left alone', () => {
    const typed = {
      country: 'ca ',
      line1: ' 290  Bremner Blvd',
      line2: '  ',
      city: 'Toronto\n',
      state: 'ontario',
      postalCode: 'm5v 3l9',
      firstName: ' Ann ',
    }
    expect(addressIssues(typed)).toEqual([])
    expect(normaliseAddress(typed)).toEqual({
      country: 'CA',
      line1: '290 Bremner Blvd',
      line2: undefined,
      city: 'Toronto',
      state: 'ON',
      postalCode: 'M5V 3L9',
      firstName: ' Ann ',
    })
  })

  test('what is kept stays as it is', () => {
    for (const at of ruled) {
      const once = normaliseAddress(address(at))
      expect(normaliseAddress(once)).toEqual(once)
    }
  })
})

describe('lists', () => {
  test('every country of ISO 3166 has a name in the languages we speak', () => {
    expect(countries).toHaveLength(249)
    expect(new Set(countries).size).toBe(249)
    for (const locale of ['en', 'es']) {
      const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })
      expect(countries.filter((code) => !names.of(code))).toEqual([])
    }
  })

  test.each([
    ['US', usStates, 50 + 1 + 5 + 3, 'CA', 'California'],
    ['Canada', caProvinces, 13, 'QC', 'Quebec'],
    ['Mexico', mxStates, 32, 'CMX', 'Ciudad de México'],
    ['Brazil', brStates, 27, 'SP', 'São Paulo'],
    ['Australia', auStates, 8, 'NSW', 'New South Wales'],
  ])('the states of %s are complete', (_, states, count, code, name) => {
    expect(states).toContainEqual({ code, name })
    expect(new Set(states.map((state) => state.code)).size).toBe(count)
    expect(states.filter((state) => !/^[A-Z]{2,3}$/.test(state.code) || !state.name)).toEqual([])
  })
})
