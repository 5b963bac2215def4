import { expect, test } from 'vitest'
import { belowFloor, isOlder } from './floors.ts'

test('a package below its floor is named, wherever in the tree it is', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/next': { version: '16.2.5' },
      'node_modules/drizzle-orm': { version: '0.45.2' },
      'node_modules/soap/node_modules/fast-xml-parser': { version: '4.5.0' },
    },
  }

  expect(belowFloor(lock).map((fault) => fault.split(',')[0])).toEqual([
    'node_modules/next is 16.2.5',
    'node_modules/soap/node_modules/fast-xml-parser is 4.5.0',
  ])
})

test.each([
  ['16.2.6', '16.2.6', false],
  ['16.10.0', '16.2.6', false],
  ['17.0.0', '16.2.6', false],
  ['16.2.6-canary.3', '16.2.6', true],
  ['9.9.9', '16.2.6', true],
])('%s against a floor of %s: older is %s', (version, floor, older) => {
  expect(isOlder(version, floor)).toBe(older)
})
