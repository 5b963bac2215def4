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
  name: GatewayName
  /** What the browser needs in order to turn a card into a token. */
  clientConfig(): ClientConfig
  /**
   * Reserves nothing yet. `created`; or `declined` with code `token_expired` and no intent: the
   * token was used, has lapsed (15 minutes) or is none; or `failed` with code `amount_too_small` and no
   * intent: it doesn't take so little at once. An amount of zero verifies the card.
   */
  createIntent(ask: CreateIntent): Promise<Outcome>
  /**
   * Authorizes. `authorized`, `declined`, `requires_action`; `canceled`, `captured` or `failed`
   * when the intent is past that. On a canceled intent it can't authorize any more: canceling is
   * therefore a fence against a confirmation still on its way. A bank may ask for its customer
   * (`requires_action`) off session, too: the intent then waits until the customer comes.
   */
  confirm(ask: Confirm): Promise<Outcome>
  /** Takes the money: `captured`; or `failed` or `canceled`, for good: there is nothing to take. */
  capture(ask: Capture): Promise<Outcome>
  /** Gives it back unused: `canceled`; `declined` or `failed` if it had ended; `captured` if too late. */
  cancel(ask: OnIntent): Promise<Outcome>
  /**
   * What the gateway knows of an intent now: any state, or `not_found`. Where the answer to its
   * creation never arrived, sending the creation again is how to look it up.
   */
  lookup(ask: LookUp): Promise<Outcome>
  /** Gives captured money back, all or a part of it, as often as there is something left to give. */
  refund(ask: Capture): Promise<RefundOutcome>
  /** What became of the refund that was sent with this key. */
  lookupRefund(ask: OnIntent): Promise<RefundOutcome>
  /**
   * All that went back of an intent, or is on its way: what we asked for, and what somebody gave back on
   * the gateway's own pages, which has a key of the gateway's. Only where there are such pages.
   */
  givenBack?(ask: LookUp): Promise<readonly GivenBack[]>
  /**
   * Forgets a card on file: from now on nobody can pay with it. Money it paid can still be given back.
   * One that is forgotten, or never was there, is forgotten: it needs no key.
   */
  forget(card: CardOnFile): Promise<void>
  /**
   * Reads what a gateway sends by itself, once it has made sure that it is the gateway's and not old.
   *
   * @throws NotItsWord
   */
  hear?(body: Buffer, signature: string): Word
}>

/**
 * Something happened to a payment; to learn what, the gateway is asked. `key`: null where it is none of
 * ours. `refunds`: it is about money that went back.
 */
export type Word = Readonly<{ event: string; type: string; key: string | null; refunds: boolean }>

/** Those that take cards. A payment and a card on file remember theirs. */
export const gatewayNames = ['simulator', 'stripe'] as const

export type GatewayName = (typeof gatewayNames)[number]

/** After so long a call is unknown. Confirmations of real gateways take two seconds, rarely four. */
export const gatewayTimeoutMs = 5_000

export type ClientConfig = Readonly<
  | { kind: 'simulator'; fieldsUrl: string }
  /** `scriptUrl`: where a stand-in has its script; null for Stripe's own. */
  | { kind: 'stripe'; publishableKey: string; scriptUrl: string | null }
>

/** A card token from the browser, or `method`: a card on file. */
export type CreateIntent = Readonly<
  { key: string; amount: Money; currency: string; orderRef: string } & (
    | { token: string }
    | { method: string }
  )
>

export type OnIntent = Readonly<{ key: string; intent: string }>

/** `offSession`: with a card on file, and its holder isn't there to be asked anything. */
export type Confirm = Readonly<OnIntent & { offSession?: boolean }>

/** `method` is the gateway's name for it. */
export type CardOnFile = Readonly<{ method: string }>

export type Capture = Readonly<OnIntent & { amount: Money }>

export type LookUp = Readonly<{ intent: string }>

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

/** `amount_too_small`: nothing is wrong with the card, there just isn't enough to be taken. */
export const failureCodes = ['capture_refused', 'amount_too_small'] as const

export type FailureCode = (typeof failureCodes)[number]

/**
 * `method` is the gateway's name for the card, to be kept for later payments. `challengeUrl` is where
 * the card's holder is asked: a page of the bank's, or `stripe:…`, which Stripe's script shows.
 */
export type Outcome = Readonly<
  | { state: 'created'; intent: string; card: CardFacts }
  | { state: 'requires_action'; intent: string; card: CardFacts; challengeUrl: string }
  | { state: 'authorized'; intent: string; card: CardFacts; method: string; amount: Money }
  | { state: 'captured'; intent: string; card: CardFacts; method: string; amount: Money }
  | { state: 'declined'; intent: string | null; code: DeclineCode; messageKey: string }
  | { state: 'canceled'; intent: string }
  | { state: 'failed'; intent: string | null; code: FailureCode }
  | { state: 'not_found' }
>

/** `not_captured`: there is nothing to give back; `refused`: the bank won't, for good. */
export const refundFailures = ['already_refunded', 'too_much', 'not_captured', 'refused'] as const

export type RefundFailure = (typeof refundFailures)[number]

/** `pending`: it is on its way, and the bank may still refuse it. */
export type RefundOutcome = Readonly<
  | { state: 'refunded' | 'pending'; refund: string; amount: Money }
  | { state: 'failed'; code: RefundFailure }
  | { state: 'not_found' }
>

/** One of an intent's refunds, with its key. */
export type GivenBack = Readonly<{
  key: string
  state: 'refunded' | 'pending'
  refund: string
  amount: Money
}>

/** Key of the sentence a person reads, in `messages/*.json`. */
export const declineMessageKey = (code: DeclineCode): string => `payments.declined.${code}`

/**
 * The gateway of a payment or of a card on file, also when new ones go elsewhere by now.
 *
 * @throws GatewayMisuse where this installation no longer has it
 */
export function gatewayOf(
  {
    gateway,
    olderGateways = [],
  }: Readonly<{ gateway: Gateway; olderGateways?: readonly Gateway[] }>,
  name: string,
): Gateway {
  const found = [gateway, ...olderGateways].find((one) => one.name === name)
  if (!found) throw new GatewayMisuse('no_such_gateway', `There is no gateway ${name} here.`)
  return found
}

/** No answer, or none that can be trusted: it may have happened. Ask again with the same key, or look it up. */
export class GatewayUnknown extends Error {
  override readonly name: string = 'GatewayUnknown'
}

/** No answer because nothing was sent. It is still a `GatewayUnknown` to whoever doesn't care. */
export class GatewayUnreachable extends GatewayUnknown {
  override readonly name = 'GatewayUnreachable'
}

/** Not sent by the gateway, or not for us, or long ago and sent again by somebody. */
export class NotItsWord extends Error {
  override readonly name = 'NotItsWord'
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
