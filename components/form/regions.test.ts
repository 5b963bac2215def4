import { expect, test } from 'vitest'
import { addressIssues } from '#server/kernel/address.ts'
import { countries } from '#server/kernel/countries.ts'
import { countryOptions } from './regions.ts'

test('the countries offered are those an address may be in, each once', () => {
  const offered = countryOptions('en', ['CA', 'US']).map(({ value }) => value)
  expect(offered.slice(0, 2)).toEqual(['CA', 'US'])
  expect(offered.toSorted()).toEqual(countries.toSorted())
  for (const country of offered) {
    expect(addressIssues({ country })).not.toContainEqual(
      expect.objectContaining({ field: 'country' }),
    )
  }
})

test('they stand in the reader’s language and order', () => {
  const named = countryOptions('es').map(({ label }) => label)
  expect(named).toContain('Alemania')
  expect(named).toEqual(named.toSorted(new Intl.Collator('es').compare))
})
