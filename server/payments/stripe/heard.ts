import { Stripe } from 'stripe'
import {
  type DeclineCode,
  GatewayMisuse,
  GatewayUnknown,
  GatewayUnreachable,
} from '#server/payments/gateway.ts'

const { errors } = Stripe

/**
 * What an error of Stripe's library means to us. Its own objects go no further than this: they carry
 * secrets of intents, and end up in logs.
 */
export type Heard = Readonly<
  /** A fault of Stripe's, saved under the key: `replayed` says that it was told before. */
  | { kind: 'fault'; replayed: boolean; error: GatewayUnknown }
  | { kind: 'silence'; error: GatewayUnknown }
  | { kind: 'declined'; code: DeclineCode; needsHolder: boolean; method: string | undefined }
  /** The intent, or what was to be refunded, is past what was asked for. */
  | { kind: 'past' }
  | { kind: 'lapsed' }
  /**
   * Less than Stripe charges at once: about half a dollar, by the currency it settles in and the day's
   * rate, so that only Stripe can tell. https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
   */
  | { kind: 'too_small' }
  | { kind: 'no_such'; param: string | undefined }
  | { kind: 'misuse'; param: string | undefined; error: GatewayMisuse }
>

export function hear(error: unknown): Heard {
  if (!(error instanceof errors.StripeError)) throw error
  if (error instanceof errors.StripeConnectionError)
    return { kind: 'silence', error: silent(error) }
  if (error instanceof errors.StripeRateLimitError) {
    return { kind: 'silence', error: new GatewayUnknown('Stripe asks us to come back later.') }
  }
  if (error instanceof errors.StripeAPIError) {
    return {
      kind: 'fault',
      replayed: error.headers?.['idempotent-replayed'] === 'true',
      error: new GatewayUnknown(`Stripe answered with status ${error.statusCode ?? 'unknown'}.`),
    }
  }
  if (error instanceof errors.StripeCardError) return declined(error)
  return refused(error)
}

/** Errors before a connection exists: nothing can have been sent. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

function silent({ detail }: InstanceType<typeof errors.StripeError>): GatewayUnknown {
  const cause: unknown = (detail as Error | undefined)?.cause
  const code = (cause as { code?: string } | undefined)?.code
  return code !== undefined && notSent.has(code)
    ? new GatewayUnreachable('Stripe can’t be reached.')
    : new GatewayUnknown('Stripe did not answer.')
}

function declined(error: InstanceType<typeof errors.StripeCardError>): Heard {
  const on = error.payment_intent?.last_payment_error ?? error.setup_intent?.last_setup_error
  return {
    kind: 'declined',
    code: declineCodeOf(error.code, error.decline_code),
    needsHolder: error.code === 'authentication_required',
    method: error.payment_method?.id ?? on?.payment_method?.id,
  }
}

const pastCodes = new Set([
  'payment_intent_unexpected_state',
  'setup_intent_unexpected_state',
  'charge_already_refunded',
])
const lapsedCodes = new Set(['charge_expired_for_capture', 'capture_charge_authorization_expired'])

function refused({ code, param, type }: InstanceType<typeof errors.StripeError>): Heard {
  const said = code ?? type
  if (pastCodes.has(said)) return { kind: 'past' }
  if (lapsedCodes.has(said)) return { kind: 'lapsed' }
  if (said === 'amount_too_small') return { kind: 'too_small' }
  if (said === 'resource_missing') return { kind: 'no_such', param }
  // The sentence may repeat what was sent.
  return { kind: 'misuse', param, error: new GatewayMisuse(said, `Stripe refused: ${said}.`) }
}

/** What is to be thrown where nothing of what was heard was expected. */
export function unexpected(heard: Heard): Error {
  if ('error' in heard) return heard.error
  return new GatewayMisuse(heard.kind, `Stripe said what nobody asked for: ${heard.kind}.`)
}

const holders = new Set([
  'payment_intent_authentication_failure',
  'setup_intent_authentication_failure',
  'authentication_required',
])
const funds = new Set(['insufficient_funds', 'withdrawal_count_limit_exceeded'])
const securityCodes = new Set(['incorrect_cvc', 'invalid_cvc'])

/** https://docs.stripe.com/declines/codes: what a person can do about it, and no more. */
export function declineCodeOf(code = '', declineCode = ''): DeclineCode {
  const said = [code, declineCode]
  if (said.some((one) => holders.has(one))) return 'authentication_failed'
  if (said.includes('expired_card')) return 'expired_card'
  if (said.some((one) => securityCodes.has(one))) return 'incorrect_cvc'
  if (said.some((one) => funds.has(one))) return 'insufficient_funds'
  return 'card_declined'
}
