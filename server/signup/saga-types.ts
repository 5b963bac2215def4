import type { CustomerId } from '#server/kernel/ids.ts'
import type { Outcome } from '#server/payments/gateway.ts'
import type { OrderState } from './order-states.ts'

/** The columns of an order that the saga owns. */
export type Saga = Readonly<{
  state: OrderState
  fence: number
  /** Calls in a row, for the present purpose, that nobody answered. */
  tries: number
  /** The gateway's reference (`payments.intent_ref`). */
  intent: string | null
  customer: CustomerId | null
  challengeUrl: string | null
  failureCode: string | null
  operatorNeeded: boolean
}>

/** What came of a call; no answer in time is `unknown`, never declined. */
export type Answer = Outcome | Readonly<{ state: 'unknown' }>

export type SagaEvent = Readonly<
  // From the one who took the call, with the fence it was taken under.
  | { on: 'answer'; fence: number; answer: Answer }
  | { on: 'provisioned'; fence: number; customer: CustomerId }
  | { on: 'provision_refused'; fence: number; code: string }
  | { on: 'complete'; fence: number }
  // From anybody, at any time, however often.
  | { on: 'returned' } // the browser is back from the challenge, or the gateway sent word
  | { on: 'abandoned' } // the prospect gave the challenge up
  | { on: 'due' } // its time has come, and nobody seems to be at it: recovery
  | { on: 'retry' } // an operator says: try again
>

/** Performed in the transaction that saves the state. */
export type SagaWrite = Readonly<
  /** Bring the payment's row up to what the gateway said; `not_found`: it holds nothing of ours. */
  | { write: 'payment'; outcome: Outcome }
  /** Money is ours: ledger line, invoice paid. */
  | { write: 'settle' }
  /** It can't be captured, ever: the invoice stays open and goes the way of unpaid ones. */
  | { write: 'open_invoice' }
  /** The order is done: welcome the customer. */
  | { write: 'welcome' }
  /** Free whatever the order had; the draft keeps its number hold for another attempt. */
  | { write: 'release' }
  /** Flag the order and raise the alarm: a person has to look. */
  | { write: 'call_operator'; why: 'no_answer' | 'gave_up' | 'captured_without_customer' }
>

/** Taken after the commit. The first five go to the gateway; `provision` and `complete` are ours,
 *  and may as well be done in the transaction that asks for them. */
export type SagaCall = Readonly<
  | { call: 'create_intent'; afterSeconds: number }
  | { call: 'confirm' | 'lookup' | 'capture' | 'cancel'; intent: string; afterSeconds: number }
  | { call: 'provision' }
  | { call: 'complete' }
>

export type Step = Readonly<{
  state: Saga
  /** False: nothing to save, and whoever sent the event has no more part in this order. */
  moved: boolean
  writes: readonly SagaWrite[]
  next: SagaCall | null
  /** When recovery shall look (`next_try_at` from now); `keep` leaves it, `null` means never. */
  wakeSeconds: number | 'keep' | null
}>

/** One key a verb: repeating a verb can't repeat its effect. */
export const gatewayKeys = (orderRef: string) => ({
  create: `${orderRef}:create`,
  confirm: `${orderRef}:confirm`,
  capture: `${orderRef}:capture`,
  cancel: `${orderRef}:cancel`,
})
