import { expect, test } from 'vitest'
import { isLocale, type Locale, pickLocale } from './locale.ts'

test.each([
  ['es', 'es'],
  ['es-MX,es;q=0.9,en;q=0.8', 'es'],
  ['en;q=0.5, es-419;q=0.7', 'es'],
  ['EN-gb', 'en'],
  ['de, fr;q=0.9, es;q=0.1', 'es'],
  ['es;q=0, de', 'en'],
  ['*, es;q=0.5', 'en'],
  ['de', 'en'],
  ['es;q=nonsense', 'en'],
  [';;;,,', 'en'],
  ['', 'en'],
  [null, 'en'],
  [undefined, 'en'],
])('a browser asking for %j is answered in %s', (header, locale) =>
  expect(pickLocale(header, undefined)).toBe(locale),
)

test('what was chosen here goes before what the browser asks for', () => {
  expect(pickLocale('en', 'es')).toBe('es')
  expect(pickLocale('es', 'xx')).toBe('es')
})

test('a site shows only its own languages', () => {
  const spanish: Locale[] = ['es']
  expect(pickLocale('en', 'en', spanish)).toBe('es')
  expect(pickLocale('*', undefined, spanish)).toBe('es')
  expect(pickLocale('es', 'es', ['en'])).toBe('en')
  expect(pickLocale('es', 'es', [])).toBe('en')
})

test('a locale is one that texts exist in', () => {
  expect(isLocale('es')).toBe(true)
  expect(isLocale('xx')).toBe(false)
  expect(isLocale(undefined)).toBe(false)
})
