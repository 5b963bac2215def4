import type { Stripe } from 'stripe'
import type { Money } from '#server/kernel/money.ts'
import {
  type CardBrand,
  type CardFacts,
  declineMessageKey,
  type Outcome,
} from '#server/payments/gateway.ts'
import { declineCodeOf } from './heard.ts'

/** Whose card it is at Stripe: a card is kept for later with a customer only. */
export type Payer = Readonly<{ customer: string; card: string; onFile: boolean }>

export type NewIntent = Readonly<{
  key: string
  amount: Money
  currency: string
  orderRef: string
  payer: Payer
}>

export type How = Readonly<{
  offSession: boolean
  /** Named again where a first try took it off the intent. */
  card?: string
}>

/**
 * What can be asked of an intent, of a payment or of a set-up. Each is one call under one key, and
 * throws Stripe's own errors.
 */
export type Intents = Readonly<{
  create(made: NewIntent): Promise<Outcome>
  retrieve(intent: string): Promise<Outcome>
  confirm(intent: string, how: How, key: string): Promise<Outcome>
  capture(intent: string, amount: Money, key: string): Promise<Outcome>
  cancel(intent: string, key: string): Promise<Outcome>
  /** Ends an intent that was declined, while the browser may still have its secret. */
  close(intent: string, key: string): Promise<Outcome>
}>

/** So that the card's facts come with it. */
export const withCard = ['payment_method']

const brands = new Set<string>(['visa', 'mastercard', 'amex', 'discover'])

const brandOf = (brand: string): CardBrand => (brands.has(brand) ? (brand as CardBrand) : 'unknown')

type Method = string | Stripe.PaymentMethod | null

/** A card of a kind that tells nothing of itself is told from others by its own name. */
export function factsOf(method: Method): CardFacts {
  const card = method === null || typeof method === 'string' ? undefined : method.card
  const id = typeof method === 'string' ? method : (method?.id ?? 'none')
  return {
    brand: brandOf(card?.brand ?? ''),
    last4: card?.last4 ?? '0000',
    expMonth: card?.exp_month ?? 12,
    expYear: card?.exp_year ?? 2099,
    fingerprint: card?.fingerprint ?? id,
  }
}

type Named = string | Readonly<{ id: string }> | null

const idOf = (named: Named): string => (typeof named === 'string' ? named : (named?.id ?? ''))

/** Our name for a card on file: who has it, and which it is. */
export const methodName = (customer: Named, method: Named) => `${idOf(customer)}/${idOf(method)}`

export function payerOf(method: string): Payer | undefined {
  const [, customer, card] = /^(cus_\w+)\/(pm_\w+)$/.exec(method) ?? []
  return customer && card ? { customer, card, onFile: true } : undefined
}

/** Only Stripe's script in the browser knows what to do with it. */
export const challengeUrlOf = (clientSecret: string | null) => `stripe:${clientSecret ?? ''}`

type Failure = Readonly<{ code?: string; decline_code?: string }> | null

export function declinedFor(intent: string, failure: Failure): Outcome {
  const code = failure ? declineCodeOf(failure.code, failure.decline_code) : 'token_expired'
  return { state: 'declined', intent, code, messageKey: declineMessageKey(code) }
}
