import type { Stripe } from 'stripe'
import { GatewayUnknown, type Outcome } from '#server/payments/gateway.ts'
import { fromStripe, toStripe } from './amounts.ts'
import {
  challengeUrlOf,
  declinedFor,
  factsOf,
  type Intents,
  methodName,
  withCard,
} from './intents.ts'

const expand = withCard

/** Payments: reserved by confirming, taken by capturing. */
export const paymentIntents = (stripe: Stripe): Intents => ({
  create: async ({ key, amount, currency, orderRef, payer }) =>
    read(
      await stripe.paymentIntents.create(
        {
          amount: toStripe(amount, currency),
          currency: currency.toLowerCase(),
          customer: payer.customer,
          payment_method: payer.card,
          allowed_payment_method_types: ['card'],
          capture_method: 'manual',
          ...(payer.onFile ? {} : { setup_future_usage: 'off_session' as const }),
          metadata: { order: orderRef },
          expand,
        },
        { idempotencyKey: key },
      ),
    ),
  retrieve: async (intent) => read(await stripe.paymentIntents.retrieve(intent, { expand })),
  confirm: async (intent, { offSession, card }, key) =>
    read(
      await stripe.paymentIntents.confirm(
        intent,
        {
          ...(card ? { payment_method: card } : {}),
          ...(offSession ? { off_session: true } : { use_stripe_sdk: true }),
          expand,
        },
        { idempotencyKey: key },
      ),
    ),
  async capture(intent, amount, key) {
    const { currency } = await stripe.paymentIntents.retrieve(intent)
    const taken = { amount_to_capture: toStripe(amount, currency.toUpperCase()), expand }
    return read(await stripe.paymentIntents.capture(intent, taken, { idempotencyKey: key }))
  },
  cancel: async (intent, key) =>
    read(await stripe.paymentIntents.cancel(intent, { expand }, { idempotencyKey: key })),
  close: async (intent, key) =>
    read(
      await stripe.paymentIntents.cancel(
        intent,
        { cancellation_reason: closed, expand },
        { idempotencyKey: key },
      ),
    ),
})

/** How we tell an intent that was declined and then closed from one that was canceled. */
const closed = 'abandoned'

function read(found: Stripe.PaymentIntent): Outcome {
  const { id: intent, status, currency, customer, payment_method: method } = found
  const card = factsOf(method)
  const paid = (units: number) => ({
    intent,
    card,
    method: methodName(customer as string | null, method),
    amount: fromStripe(units, currency.toUpperCase()),
  })
  switch (status) {
    case 'requires_confirmation':
      return { state: 'created', intent, card }
    case 'requires_action':
      return {
        state: 'requires_action',
        intent,
        card,
        challengeUrl: challengeUrlOf(found.client_secret),
      }
    case 'requires_capture':
      return { state: 'authorized', ...paid(found.amount_capturable) }
    case 'succeeded':
      return { state: 'captured', ...paid(found.amount_received) }
    case 'requires_payment_method':
      return declinedFor(intent, found.last_payment_error)
    case 'canceled':
      return found.cancellation_reason === closed
        ? declinedFor(intent, found.last_payment_error)
        : { state: 'canceled', intent }
    default:
      // `processing`: cards pass through it. What comes of it is not known yet.
      throw new GatewayUnknown(`Stripe is not done with it: ${status}.`)
  }
}
