import { expect, test } from 'vitest'
import { chooseLocale, directionOf, knownTimeZone } from './locales.ts'

test('the cookie wins over the browser, the browser over the site', () => {
  expect(chooseLocale({ cookie: 'es', acceptLanguage: 'en' })).toBe('es')
  expect(chooseLocale({ cookie: undefined, acceptLanguage: 'fr, es-MX;q=0.8, en;q=0.5' })).toBe(
    'es',
  )
  expect(chooseLocale({ cookie: undefined, acceptLanguage: 'fr' })).toBe('en')
  expect(chooseLocale({ cookie: undefined, acceptLanguage: 'es;q=0, en;q=0.1' })).toBe('en')
})

test('a site offers its own languages only', () => {
  expect(chooseLocale({ cookie: 'en', acceptLanguage: 'en', offered: ['es'] })).toBe('es')
  expect(chooseLocale({ cookie: 'en', acceptLanguage: null, offered: ['xx'] })).toBe('en')
})

test('nonsense in a cookie or header is no language and no time zone', () => {
  expect(chooseLocale({ cookie: '../en', acceptLanguage: ';;;q=,,' })).toBe('en')
  expect(knownTimeZone('Mars/Olympus')).toBeUndefined()
  expect(knownTimeZone('America/Vancouver')).toBe('America/Vancouver')
})

test('Arabic runs from right to left', () => {
  expect(directionOf('ar-EG')).toBe('rtl')
  expect(directionOf('es')).toBe('ltr')
})
