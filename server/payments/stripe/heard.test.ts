import { Stripe } from 'stripe'
import { describe, expect, test } from 'vitest'
import { GatewayMisuse, GatewayUnknown, GatewayUnreachable } from '#server/payments/gateway.ts'
import { declineCodeOf, hear, unexpected } from '#server/payments/stripe/heard.ts'

const { errors } = Stripe
type Raw = ConstructorParameters<typeof errors.StripeError>[0]

const card = (raw: object) => hear(new errors.StripeCardError(raw as Raw))
const refusal = (raw: object) => hear(new errors.StripeInvalidRequestError(raw as Raw))
const lost = (code?: string) =>
  hear(
    new errors.StripeConnectionError({
      detail: Object.assign(new Error('fetch failed'), { cause: code ? { code } : undefined }),
    } as object as Raw),
  )

describe('nobody knows what became of it', () => {
  test.each([[undefined], ['ECONNRESET'], ['ETIMEDOUT']])('a connection lost by %s', (code) => {
    const heard = lost(code)
    expect(heard).toMatchObject({ kind: 'silence', error: { name: 'GatewayUnknown' } })
  })

  test('a connection lost by nobody knows what', () =>
    expect(hear(new errors.StripeConnectionError({} as Raw))).toMatchObject({
      kind: 'silence',
      error: { name: 'GatewayUnknown', message: 'Stripe did not answer.' },
    }))

  test('a fault of Stripe’s, and whether it was told before', () => {
    const fault = (headers: object) =>
      hear(new errors.StripeAPIError({ statusCode: 500, headers } as object as Raw))
    expect(fault({})).toMatchObject({
      kind: 'fault',
      replayed: false,
      error: { name: 'GatewayUnknown', message: 'Stripe answered with status 500.' },
    })
    expect(fault({ 'idempotent-replayed': 'true' })).toMatchObject({ replayed: true })
  })

  test('one without a status', () =>
    expect(hear(new errors.StripeAPIError({} as Raw))).toMatchObject({
      replayed: false,
      error: { message: 'Stripe answered with status unknown.' },
    }))
})

describe('nothing was done', () => {
  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])(
    'for nothing was sent: %s',
    (code) =>
      expect(lost(code)).toMatchObject({ kind: 'silence', error: expect.any(GatewayUnreachable) }),
  )

  test('for we asked too often; but who asks again may be the second to be heard', () => {
    const heard = hear(new errors.StripeRateLimitError({} as Raw))
    expect(heard).toMatchObject({ kind: 'silence', error: expect.any(GatewayUnknown) })
    expect(heard).not.toMatchObject({ error: expect.any(GatewayUnreachable) })
  })
})

describe('a card is declined', () => {
  const code = 'card_declined'

  test('why, and with which card where Stripe tells', () => {
    expect(card({ code, decline_code: 'insufficient_funds' })).toEqual({
      kind: 'declined',
      code: 'insufficient_funds',
      needsHolder: false,
      method: undefined,
    })
    expect(card({ code, payment_method: { id: 'pm_1' } })).toMatchObject({ method: 'pm_1' })
  })

  test.each([
    ['payment_intent', 'last_payment_error'],
    ['setup_intent', 'last_setup_error'],
  ])('its %s tells of the card too, or of none', (intent, error) => {
    const told = (last: object) => card({ code, [intent]: { [error]: last } })
    expect(told({ payment_method: { id: 'pm_2' } })).toMatchObject({ method: 'pm_2' })
    expect(told({})).toMatchObject({ method: undefined })
  })

  test('until its holder says who it is', () =>
    expect(card({ code: 'authentication_required' })).toMatchObject({
      code: 'authentication_failed',
      needsHolder: true,
    }))
})

describe('a request is refused', () => {
  test.each([
    ['payment_intent_unexpected_state', 'past'],
    ['setup_intent_unexpected_state', 'past'],
    ['charge_already_refunded', 'past'],
    ['charge_expired_for_capture', 'lapsed'],
    ['capture_charge_authorization_expired', 'lapsed'],
    ['amount_too_small', 'too_small'],
  ])('%s: %s', (code, kind) => expect(refusal({ code })).toEqual({ kind }))

  test('what was named is not there', () =>
    expect(refusal({ code: 'resource_missing', param: 'intent' })).toEqual({
      kind: 'no_such',
      param: 'intent',
    }))

  test('anything else is our mistake, told without what was sent', () => {
    const heard = refusal({ code: 'amount_too_large', param: 'amount', message: '4242' })
    expect(heard).toMatchObject({ kind: 'misuse', param: 'amount' })
    expect(unexpected(heard)).toEqual(
      new GatewayMisuse('amount_too_large', 'Stripe refused: amount_too_large.'),
    )
    expect(refusal({})).toMatchObject({ error: { code: 'StripeInvalidRequestError' } })
  })

  test('what nobody asked for is named', () =>
    expect(unexpected({ kind: 'lapsed' })).toEqual(
      new GatewayMisuse('lapsed', 'Stripe said what nobody asked for: lapsed.'),
    ))
})

test('an error that isn’t Stripe’s is nobody’s word', () => {
  const ours = new TypeError('ours')
  expect(() => hear(ours)).toThrow(ours)
})

test.each([
  ['card_declined', 'insufficient_funds', 'insufficient_funds'],
  ['card_declined', 'generic_decline', 'card_declined'],
  ['card_declined', 'lost_card', 'card_declined'],
  ['card_declined', 'authentication_required', 'authentication_failed'],
  ['authentication_required', undefined, 'authentication_failed'],
  ['payment_intent_authentication_failure', undefined, 'authentication_failed'],
  ['setup_intent_authentication_failure', undefined, 'authentication_failed'],
  ['expired_card', undefined, 'expired_card'],
  ['incorrect_cvc', undefined, 'incorrect_cvc'],
  ['card_declined', 'invalid_cvc', 'incorrect_cvc'],
  ['processing_error', undefined, 'card_declined'],
])('Stripe’s %s, %s is our %s', (code, declineCode, ours) => {
  expect(declineCodeOf(code, declineCode)).toBe(ours)
})
