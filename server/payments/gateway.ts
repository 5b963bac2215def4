import type { Money } from '#server/kernel/money.ts'

/**
 * Whoever authorizes cards for us: the simulator, or a real payment company. One payment is one
 * *intent*, captured by hand: created → confirmed (perhaps with a challenge by the bank) →
 * captured or canceled. Nothing here ever carries a card number: the browser gives it to the
 * gateway, which returns a single-use token.
 *
 * Three rules hold for every gateway:
 * - every verb is keyed: the same key gives the same outcome however often it is sent, the same
 *   key with other parameters is `GatewayMisuse`;
 * - what the gateway said is data (`Outcome`: the state its intent is in after the call);
 * - what it did not say is thrown: `GatewayUnknown` is *unknown*, and never to be read as declined.
 */
export type Gateway = Readonly<{
  name: 'simulator'
  /** What the browser needs in order to turn a card into a token. */
  clientConfig(): ClientConfig
  /**
   * Reserves nothing yet. `created`, or `declined` with code `token_expired` and no intent: the
   * token was used, has lapsed (15 minutes) or is none. An amount of zero verifies the card.
   */
  createIntent(ask: CreateIntent): Promise<Outcome>
  /**
   * Authorizes. `authorized`, `declined`, `requires_action`; `canceled`, `captured` or `failed`
   * when the intent is past that. On a canceled intent it can't authorize any more: canceling is
   * therefore a fence against a confirmation still on its way.
   */
  confirm(ask: OnIntent): Promise<Outcome>
  /** Takes the money: `captured`; or `failed` or `canceled`, for good: there is nothing to take. */
  capture(ask: Capture): Promise<Outcome>
  /** Gives it back unused: `canceled`; `declined` or `failed` if it had ended; `captured` if too late. */
  cancel(ask: OnIntent): Promise<Outcome>
  /**
   * What the gateway knows now, changing nothing: any state, or `not_found`. By the gateway's
   * reference, or by the key its creation was sent with when that reference never arrived.
   */
  lookup(ask: LookUp): Promise<Outcome>
}>

/** After so long a call is unknown. Confirmations of real gateways take two seconds, rarely four. */
export const gatewayTimeoutMs = 5_000

export type ClientConfig = Readonly<{ kind: 'simulator'; fieldsUrl: string }>

/** A card token from the browser, or `method`: a card on file, paid without its holder there. */
export type CreateIntent = Readonly<
  { key: string; amount: Money; currency: string; orderRef: string } & (
    | { token: string }
    | { method: string }
  )
>

export type OnIntent = Readonly<{ key: string; intent: string }>

export type Capture = Readonly<OnIntent & { amount: Money }>

export type LookUp = Readonly<{ intent: string } | { createKey: string }>

export type CardBrand = 'visa' | 'mastercard' | 'amex' | 'discover' | 'unknown'

/** What a person recognises a card by; `fingerprint` is the same for the same number, and says nothing of it. */
export type CardFacts = Readonly<{
  brand: CardBrand
  last4: string
  expMonth: number
  expYear: number
  fingerprint: string
}>

export const declineCodes = [
  'card_declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_cvc',
  'authentication_failed',
  'token_expired',
] as const

export type DeclineCode = (typeof declineCodes)[number]

/** `method` is the gateway's name for the card, to be kept for later payments. */
export type Outcome = Readonly<
  | { state: 'created'; intent: string; card: CardFacts }
  | { state: 'requires_action'; intent: string; card: CardFacts; challengeUrl: string }
  | { state: 'authorized'; intent: string; card: CardFacts; method: string; amount: Money }
  | { state: 'captured'; intent: string; card: CardFacts; method: string; amount: Money }
  | { state: 'declined'; intent: string | null; code: DeclineCode; messageKey: string }
  | { state: 'canceled'; intent: string }
  | { state: 'failed'; intent: string; code: 'capture_refused' }
  | { state: 'not_found' }
>

/** Key of the sentence a person reads, in `messages/*.json`. */
export const declineMessageKey = (code: DeclineCode): string => `payments.declined.${code}`

/** No answer, or none that can be trusted: it may have happened. Ask again with the same key, or look it up. */
export class GatewayUnknown extends Error {
  override readonly name: string = 'GatewayUnknown'
}

/** No answer because nothing was sent. It is still a `GatewayUnknown` to whoever doesn't care. */
export class GatewayUnreachable extends GatewayUnknown {
  override readonly name = 'GatewayUnreachable'
}

/** We asked for something that can't be: a fault of ours, which no repetition mends. */
export class GatewayMisuse extends Error {
  override readonly name = 'GatewayMisuse'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
