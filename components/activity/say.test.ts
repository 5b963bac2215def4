import { expect, test } from 'vitest'
import { sayValue } from './say.ts'

const reader = {
  locale: 'en',
  timeZone: 'America/Los_Angeles',
  word: (text: string) => (text === 'blocked' ? 'Blocked' : undefined),
}

test.each([
  ['blocked', 'Blocked'],
  ['anna', 'anna'],
  ['2026-11-21', 'Nov 21, 2026'],
  ['2026-11-21T07:30:00.000Z', 'Nov 20, 2026, 11:30 PM'],
  ['30.00000', '30.00'],
  ['0.12345', '0.12345'],
  ['12094555948', '+1 (209) 455-5948'],
  ['8901260000000000015', '8901260000000000015'],
  ['ph46170x4665', 'ph46170x4665'],
  ['4665', '4665'],
])('%s is read as %s', (kept, read) => expect(sayValue(kept, reader)).toBe(read))
