import { describe, expect, test } from 'vitest'
import { usualTerms } from '#server/catalog/schema.ts'
import { civilDate } from '#server/kernel/civil.ts'
import type { SubscriptionId } from '#server/kernel/ids.ts'
import { money } from '#server/kernel/money.ts'
import { chargesOf } from './charges.ts'
import { limits, proofSteps } from './limits.ts'
import { doorLink, resumeLink } from './links.ts'
import { quoteOf } from './quote.ts'
import type { DraftData } from './schema.ts'
import { zAddress, zSubmit } from './schema.ts'
import { nextStep } from './steps.ts'
import { inLocale, orderView } from './views.ts'

const draft: DraftData = { plan: 'easycall', locale: 'en' }
const address = {
  firstName: 'Anna',
  lastName: 'Lee',
  email: 'anna@lee.example',
  phone: '(604) 555-0142',
  country: 'CA',
  line1: '350 Robson Street',
  city: 'Vancouver',
  state: 'BC',
  postalCode: 'V6B 2B2',
  timeZone: 'America/Vancouver',
}

describe('a visitor belongs to the first step that is not done', () => {
  test('who has a plan belongs to the address', () =>
    expect(nextStep(draft, false, false)).toBe('address'))
  test('who has an address belongs to the phone', () =>
    expect(nextStep({ ...draft, address }, false, false)).toBe('phone'))
  test('a number alone is not enough: it needs a phone', () =>
    expect(nextStep({ ...draft, address, number: '1' }, true, false)).toBe('phone'))
  test('who lost the number belongs back to the phone', () =>
    expect(nextStep({ ...draft, address, device: 'softphone', number: '1' }, false, false)).toBe(
      'phone',
    ))
  test('who has both belongs to the payment', () =>
    expect(nextStep({ ...draft, address, device: 'softphone' }, true, false)).toBe('payment'))
  test('who is a customer is done', () => expect(nextStep(draft, false, true)).toBe('done'))
})

describe('the proof of work', () => {
  const steps = (draft: number, ip: number, site: number) =>
    proofSteps({ draft, ip, site }, { ...limits, proofSteps: 100 })
  test('is twice as much for each decline', () =>
    expect([0, 1, 2, 3].map((n) => steps(n, 0, 0))).toEqual([100, 200, 400, 800]))
  test('is four times as much for everybody once a site is under attack', () =>
    expect([steps(0, 0, 9), steps(0, 0, 10), steps(0, 0, 25)]).toEqual([100, 400, 1_200]))
  test('is never more than a phone can do', () => expect(steps(3, 9, 10_000)).toBe(3_200))
})

test('mailed links lead to the pages that open them', () => {
  expect(resumeLink('https://portal.example', 'panda', 'T')).toBe(
    'https://portal.example/signup/panda#resume=T',
  )
  expect(doorLink('https://portal.example', 'D')).toBe('https://portal.example/enter#door=D')
})

test('a text is shown in the language asked for, else in English, else in any', () => {
  expect(inLocale({ en: 'Line', es: 'Línea' }, 'es')).toBe('Línea')
  expect(inLocale({ en: 'Line' }, 'es')).toBe('Line')
  expect(inLocale({ de: 'Leitung' }, 'es')).toBe('Leitung')
})

test('an order that is being undone is still being worked on', () => {
  const order = { key: 'k', challengeUrl: null, failureCode: 'number_taken' }
  expect(orderView({ ...order, state: 'voiding' }, [])).toMatchObject({
    state: 'working',
    failure: null,
  })
  expect(orderView({ ...order, state: 'failed' }, [])).toMatchObject({
    state: 'failed',
    failure: 'number_taken',
  })
})

test('charges are the lines agreed to, of the subscriptions started, from the day they start', () => {
  const quote = quoteOf({
    fees: [
      {
        subscription: 7 as SubscriptionId,
        name: 'EasyCall',
        currency: 'USD',
        activationFee: money('5'),
        periodicFee: money('9.99'),
        ...usualTerms,
      },
    ],
    tax: { name: 'GST', rate: '5', inclusive: false, reverseCharge: false, note: null },
    currency: 'USD',
    day: civilDate('2026-11-21'),
  })
  const details = { line: '16045550142', name: 'Anna Lee' }
  const started = [{ id: 31, subscription: 7, account: 100_001, details }]
  expect(chargesOf(quote, started, civilDate('2026-11-22'))).toEqual([
    {
      kind: 'activation',
      description: 'EasyCall',
      net: money('5'),
      taxRate: '5',
      tax: money('0.25'),
      account: 100_001,
      details,
      customerSubscription: 31,
      period: undefined,
    },
    {
      kind: 'periodic',
      description: 'EasyCall',
      net: money('9.99'),
      taxRate: '5',
      tax: money('0.5'),
      account: 100_001,
      details,
      customerSubscription: 31,
      period: { from: '2026-11-22', until: '2026-12-22' },
    },
  ])
})

describe('what is typed is checked', () => {
  test('an address is taken as it is', () => expect(zAddress.safeParse(address).success).toBe(true))
  test.each([
    ['email', 'anna@lee', 'email_malformed'],
    ['phone', '12', 'phone_malformed'],
  ])('%s: %s is refused with %s', (field, typed, code) => {
    const { error } = zAddress.safeParse({ ...address, [field]: typed })
    expect(error?.issues.find(({ path }) => path[0] === field)).toMatchObject({ params: { code } })
  })
  test('nobody signs up without agreeing to the terms', () =>
    expect(zSubmit.safeParse({ acceptTerms: false }).success).toBe(false))
})
