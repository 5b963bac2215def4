import { expect, test } from 'vitest'
import { loginHref, returnAddress } from './return-address.ts'

test('after signing in one is back where one wanted to be', () => {
  expect(returnAddress('/extensions?q=46&page=2')).toBe('/extensions?q=46&page=2')
  expect(returnAddress('/numbers?_rsc=1a2b')).toBe('/numbers')
  expect(loginHref('/extensions?q=46', true)).toBe('/login?from=%2Fextensions%3Fq%3D46&ended=1')
  expect(loginHref('/', false)).toBe('/login')
})

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/login?from=/login',
  '/x/../login',
  '/api/auth/signout',
  `/${'a'.repeat(600)}`,
  '',
  undefined,
])('no link leads out of the house or in a circle: %s', (from) => {
  expect(returnAddress(from)).toBe('/')
})
