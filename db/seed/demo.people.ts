/** Where demo people live: city, state, country, postal code, zone. */
const homes = [
  ['Toronto', 'ON', 'CA', 'M5V 2T6', 'America/Toronto'],
  ['Vancouver', 'BC', 'CA', 'V6B 1A1', 'America/Vancouver'],
  ['New York', 'NY', 'US', '10001', 'America/New_York'],
  ['San Francisco', 'CA', 'US', '94103', 'America/Los_Angeles'],
  ['Chicago', 'IL', 'US', '60601', 'America/Chicago'],
  ['Toronto', 'ON', 'CA', 'M4C 1B5', 'America/Toronto'],
  ['Austin', 'TX', 'US', '73301', 'America/Chicago'],
  ['Montréal', 'QC', 'CA', 'H2Y 1C6', 'America/Toronto'],
] as const

const firstNames =
  'Ava Liam Noah Emma Mia Lucas Zoe Ethan Chloe Owen Nora Leo Isla Hugo Ruby Felix Alma Jonas Vera Oscar'.split(
    ' ',
  )
const lastNames =
  'Nguyen Smith Garcia Tremblay Rossi Khan Müller O’Neill Silva Kowalski Brown Chen Martin Haddad Roy Lopez Novak Park Ivanov Clark'.split(
    ' ',
  )

/** The forty retail customers, always the same forty. */
export const retailPeople = Array.from({ length: 40 }, (_, i) => {
  const [city, state, country, postalCode, timeZone] = homes[i % homes.length]!
  const firstName = firstNames[i % 20]!
  const lastName = lastNames[(i * 7 + Math.floor(i / 20)) % 20]!
  return {
    id: 46_200 + i,
    firstName,
    lastName,
    email: `${firstName}.${lastName}.${i}@example.com`.toLowerCase().replace(/[^a-z0-9.@]/g, ''),
    phone: `1604555${2000 + i}`,
    line1: `${100 + i * 3} Maple Street`,
    city,
    state,
    postalCode,
    country,
    timeZone,
    number: `1778555${String(3000 + i * 7)}`,
    product: i % 3 === 0 ? ('SuperCall' as const) : ('EasyCall' as const),
  }
})

/** Five cities with a hundred free numbers each. */
export const freeCities = [
  { city: 'Vancouver', region: 'BC', country: 'CA', prefix: '1604555' },
  { city: 'Toronto', region: 'ON', country: 'CA', prefix: '1416555' },
  { city: 'New York', region: 'NY', country: 'US', prefix: '1212555' },
  { city: 'San Francisco', region: 'CA', country: 'US', prefix: '1415555' },
  { city: 'Chicago', region: 'IL', country: 'US', prefix: '1312555' },
] as const

/** Line numbers spread over the thousands, so that every ending occurs. */
export const freeNumbers = freeCities.flatMap(({ prefix, ...where }) =>
  Array.from({ length: 100 }, (_, i) => ({
    ...where,
    number: `${prefix}${4000 + ((i * 61) % 6000)}`,
  })),
)
