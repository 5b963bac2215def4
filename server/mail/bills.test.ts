import { describe, expect, test } from 'vitest'
import { civilDate } from '#server/kernel/civil.ts'
import { money } from '#server/kernel/money.ts'
import { billMail } from '#server/mail/bills.ts'
import { type Bill, billKinds, duesKinds } from '#server/mail/schema.ts'

const card = { brand: 'visa', last4: '4242' }
const invoice = { number: 'INV-2026-000042', amount: money('54.05'), currency: 'USD' }
const dueOn = civilDate('2026-12-15')

const bills = {
  invoice_issued: { kind: 'invoice_issued', ...invoice, dueOn, card: null },
  invoice_paid: { kind: 'invoice_paid', ...invoice, paidOn: dueOn, card },
  payment_failed: {
    kind: 'payment_failed',
    ...invoice,
    card,
    why: 'declined',
    nextTryOn: civilDate('2026-12-18'),
  },
  invoice_overdue: {
    kind: 'invoice_overdue',
    ...invoice,
    dueOn,
    suspendsOn: civilDate('2026-12-29'),
  },
  service_suspended: { kind: 'service_suspended', amount: money('54.05'), currency: 'USD' },
  service_restored: { kind: 'service_restored' },
  card_expiring: { kind: 'card_expiring', card, month: 11, year: 2026 },
  balance_warning: {
    kind: 'balance_warning',
    amount: money('450'),
    limit: money('500'),
    currency: 'USD',
  },
  credit_limit_reached: {
    kind: 'credit_limit_reached',
    amount: money('500'),
    limit: money('500'),
    currency: 'USD',
  },
} as const satisfies { [Kind in Bill['kind']]: Extract<Bill, { kind: Kind }> }

const mail = (bill: Bill, locale = 'en') =>
  billMail({
    locale,
    brand: { title: 'Panda Telecom', accent: '#5b4bdb' },
    company: 'ABC Company',
    billingUrl: 'https://portal.example/billing',
    bill,
  })

describe('what is said', () => {
  test('an invoice: how much, until when, or which card is charged, or that nothing is to pay', () => {
    const { subject, text } = mail(bills.invoice_issued)
    expect(subject).toBe('Your invoice INV-2026-000042: $54.05 · Panda Telecom')
    expect(text).toContain('Please pay $54.05 by December 15, 2026.')
    expect(text).toContain('https://portal.example/billing')
    expect(mail({ ...bills.invoice_issued, card }).text).toContain(
      '$54.05 will be charged to Visa ···· 4242 on December 15, 2026.',
    )
    const pays = { charged: money('0.30'), along: money('0'), little: false }
    const paying = { ...bills.invoice_issued, card, pays }
    expect(mail(paying).text).toContain('$0.30 will be charged to Visa ···· 4242')
    expect(mail({ ...paying, pays: { ...pays, along: money('0.10') } }).text).toContain(
      '$0.30 will be charged to Visa ···· 4242 on December 15, 2026, $0.10 of it left over from earlier invoices.',
    )
    const little = mail({ ...paying, pays: { ...pays, little: true } }).text
    expect(little).toContain('if it can’t be taken from Visa ···· 4242 on December 15, 2026')
    expect(little).not.toContain('will be charged')
    const credited = { ...paying, pays: { ...pays, charged: money('0') } }
    expect(mail(credited).text).toContain('There is nothing to pay')
    const nothing = mail({ ...bills.invoice_issued, amount: money('-4.06') })
    expect(nothing.subject).toContain('nothing to pay')
    expect(nothing.text).not.toContain('Due on')
  })

  test('a payment that failed: when it is tried again, or that nobody will', () => {
    expect(mail(bills.payment_failed).text).toContain('tried again on December 18, 2026')
    expect(mail({ ...bills.payment_failed, nextTryOn: null }).text).toContain(
      'will not be tried again by itself',
    )
  })

  test('a bank that wanted to ask: that it is to be paid by hand, and answered', () => {
    const asked = { ...bills.payment_failed, why: 'asked' } as const
    expect(mail(asked).text).toContain('Please pay invoice INV-2026-000042 by hand in self-care')
    expect(mail({ ...asked, nextTryOn: null }, 'es').text).toContain(
      'Pague la factura INV-2026-000042 a mano en el portal',
    )
    expect(mail(asked).text).not.toContain('not accepted')
  })

  test('what follows from not paying, where something does', () => {
    expect(mail(bills.invoice_overdue).text).toContain('service stops on December 29, 2026')
    expect(mail({ ...bills.invoice_overdue, suspendsOn: null }).text).not.toMatch(/stops|suspend/i)
  })

  test('the month on the card, and how near the limit is', () => {
    expect(mail(bills.card_expiring).text).toContain('is valid until November 2026')
    expect(mail(bills.balance_warning).text).toContain('owes $450.00 of the $500.00 it may')
  })

  test('Spanish in Spanish, with its dates and amounts', () => {
    const { subject, text } = mail(bills.invoice_issued, 'es')
    expect(subject).toContain('Su factura INV-2026-000042')
    expect(text).toContain('15 de diciembre de 2026')
    expect(text).toMatch(/54,05\sUS\$/)
  })
})

test.each(Object.values(bills))('$kind leaves no place unfilled in any language', (bill) => {
  for (const locale of ['en', 'es']) {
    const { subject, text, html } = mail(bill, locale)
    expect(`${subject}${text}`).not.toMatch(/[{}]|undefined|null/)
    expect(html).toContain('ABC Company')
  }
})

test('only what can be switched off says where', () => {
  const says = (kind: Bill['kind']) =>
    mail(bills[kind]).text.includes('under Settings, Notifications')
  expect(billKinds.filter((kind) => !says(kind))).toEqual([])
  expect(duesKinds.filter(says)).toEqual([])
})
