import { expect, test } from 'vitest'
import { parkCodes } from '#server/billing/schema.runs.ts'
import { civilDate } from '#server/kernel/civil.ts'
import { billingParkedMail } from '#server/mail/parked.ts'

const mail = (locale: string, code: (typeof parkCodes)[number] = 'wrong_currency') =>
  billingParkedMail({
    locale,
    brand: { title: 'Panda Telecom', accent: '#5b4bdb' },
    customer: 46171,
    company: 'Ten Lines Ltd',
    day: civilDate('2026-12-01'),
    code,
    customerUrl: 'https://portal.example/admin/customers/46171',
  })

test('a customer left out of billing: who, which invoice, why, and where to go', () => {
  const { subject, text } = mail('en')
  expect(subject).toBe('Ten Lines Ltd is left out of billing · Panda Telecom')
  expect(text).toContain('The invoice of December 1, 2026 can’t be right')
  expect(text).toContain('Ten Lines Ltd (46171)')
  expect(text).toContain('A subscription is priced in another currency')
  expect(text).toContain('See the customer:\nhttps://portal.example/admin/customers/46171')
  expect(mail('es').text).toContain('La factura del 1 de diciembre de 2026 no puede ser correcta')
})

test('every reason is said, in every language', () => {
  for (const locale of ['en', 'es']) {
    const texts = parkCodes.map((code) => mail(locale, code).text)
    expect(new Set(texts).size).toBe(parkCodes.length)
    for (const text of texts) expect(text).not.toMatch(/[{}]|undefined/)
  }
})
