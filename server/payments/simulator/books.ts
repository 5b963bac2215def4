import type { CardFacts, DeclineCode } from '#server/payments/gateway.ts'
import type { Behaviour } from './cards.ts'
import type { WireOutcome, WireRefund } from './wire.ts'

export type Card = Readonly<{ facts: CardFacts; behaviour: Behaviour }>

/** A card the browser typed, without its number, until an intent uses it. */
export type Token = Readonly<{
  token: string
  card: Card
  expiresAt: number
  spentBy: string | null
}>

export type Intent = Readonly<{
  intent: string
  orderRef: string
  amount: string
  currency: string
  card: Card
  method: string
  onFile: boolean
  state: WireOutcome['state']
  declineCode: DeclineCode | null
  capturedAmount: string | null
  challenge: string | null
  at: number
}>

/** Money given back, under the key it was asked for with. */
export type Refund = Readonly<{ key: string; refund: string; intent: string; amount: string }>

export type Told = WireOutcome | WireRefund

/** What was answered to a key, and a digest of what was asked. */
export type Answered = Readonly<{ key: string; asked: string; outcome: Told; at: number }>

/** One line a change, so that a change is on file whole or not at all. */
export type Entry = Readonly<{
  token?: Token
  intent?: Intent
  refund?: Refund
  /** A card on file, by its name: nobody pays with it any more. */
  forgotten?: string
  answered?: Answered
}>

/** An outcome, and whether this card loses the answer on its way: the first time only. */
export type Spoken<Outcome extends Told = WireOutcome> = Readonly<{
  outcome: Outcome
  lost: boolean
}>

export class BankRefusal extends Error {
  readonly code: 'key_reused' | 'no_such_intent' | 'amount_too_large'

  constructor(code: BankRefusal['code'], message: string) {
    super(message)
    this.code = code
  }
}
