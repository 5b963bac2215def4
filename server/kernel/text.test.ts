import { expect, test } from 'vitest'
import { zEditAccount } from '#server/accounts/schema.ts'
import { zAddAttendant, zAddExtension } from '#server/pbx/schema.ts'
import { zAddress } from '#server/signup/schema.ts'
import { oneLine } from './text.ts'

test.each([
  ['  Ana  ', 'Ana'],
  ['Ana\u0000Reyes', 'Ana Reyes'],
  ['Ana\r\n\tReyes\u2028', 'Ana Reyes'],
  ['\u202egnihtyna', 'gnihtyna'],
  ['a\u2066b\u2069c', 'abc'],
  ['\ud800', '\ufffd'],
  ['\u202e \u0007', ''],
])('%j is kept as %j', (typed, kept) => expect(oneLine(typed)).toBe(kept))

test.each(['مرحبا', 'שלום', '東京', '👩‍👩‍👧', "O'Néil", 'می\u200cخواهم', '<b>x</b>'])(
  '%s stays as it is',
  (name) => expect(oneLine(name)).toBe(name),
)

test('so are the names that people give to themselves, their lines and their attendants', () => {
  const name = '\u202e Ana\u0000'
  const ids = { product: 1, key: '4242a424-4242-4242-8242-424242424242' }
  const address = {
    firstName: name,
    lastName: name,
    email: 'ana@example.com',
    phone: '+16045550142',
    country: 'CA',
    line1: name,
    city: name,
    state: 'BC',
    postalCode: 'V6B 2B2',
    timeZone: 'America/Vancouver',
  }
  expect(zAddExtension.parse({ ...ids, extension: '101', name }).name).toBe('Ana')
  expect(zAddAttendant.parse({ ...ids, name }).name).toBe('Ana')
  expect(zEditAccount.parse({ account: 1, name }).name).toBe('Ana')
  expect(zAddress.parse(address)).toMatchObject({ firstName: 'Ana', line1: 'Ana', city: 'Ana' })
})
