import type { Stripe } from 'stripe'
import { zero } from '#server/kernel/money.ts'
import { GatewayUnknown, type Outcome } from '#server/payments/gateway.ts'
import {
  challengeUrlOf,
  declinedFor,
  factsOf,
  type Intents,
  methodName,
  withCard,
} from './intents.ts'

const expand = withCard

/**
 * Cards that are verified and charged nothing: Stripe has no payments of zero. Once a set-up has
 * succeeded it can't be undone at Stripe, and there is nothing to undo; that it was, or that it was
 * taken, is kept with it in `ended`, so that the same questions have the same answers.
 */
export const setupIntents = (stripe: Stripe): Intents => {
  const confirm: Intents['confirm'] = async (intent, { offSession, card }, key) =>
    read(
      await stripe.setupIntents.confirm(
        intent,
        {
          ...(card ? { payment_method: card } : {}),
          ...(offSession ? {} : { use_stripe_sdk: true }),
          expand,
        },
        { idempotencyKey: key },
      ),
    )
  const end = async (intent: string, ended: 'captured' | 'canceled', key: string) =>
    read(
      await stripe.setupIntents.update(
        intent,
        { metadata: { ended }, expand },
        { idempotencyKey: key },
      ),
    )
  const retrieve = async (intent: string) =>
    read(await stripe.setupIntents.retrieve(intent, { expand }))

  return {
    create: async ({ key, orderRef, payer }) =>
      read(
        await stripe.setupIntents.create(
          {
            customer: payer.customer,
            payment_method: payer.card,
            allowed_payment_method_types: ['card'],
            usage: 'off_session',
            metadata: { order: orderRef },
            expand,
          },
          { idempotencyKey: key },
        ),
      ),
    retrieve,
    confirm,
    async capture(intent, _amount, key) {
      const now = await retrieve(intent)
      return now.state === 'authorized' ? end(intent, 'captured', key) : now
    },
    async cancel(intent, key) {
      const now = await retrieve(intent)
      if (now.state === 'authorized') return end(intent, 'canceled', key)
      if (now.state !== 'created' && now.state !== 'requires_action') return now
      return read(await stripe.setupIntents.cancel(intent, { expand }, { idempotencyKey: key }))
    },
    close: async (intent, key) =>
      read(
        await stripe.setupIntents.cancel(
          intent,
          { cancellation_reason: closed, expand },
          { idempotencyKey: key },
        ),
      ),
  }
}

const closed = 'abandoned'

function read(found: Stripe.SetupIntent): Outcome {
  const { id: intent, status, customer, payment_method: method, metadata } = found
  const card = factsOf(method)
  const kept = {
    intent,
    card,
    method: methodName(customer as string | null, method),
    amount: zero,
  }
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
    case 'succeeded':
      if (metadata?.ended === 'canceled') return { state: 'canceled', intent }
      return { state: metadata?.ended === 'captured' ? 'captured' : 'authorized', ...kept }
    case 'requires_payment_method':
      return declinedFor(intent, found.last_setup_error)
    case 'canceled':
      return found.cancellation_reason === closed
        ? declinedFor(intent, found.last_setup_error)
        : { state: 'canceled', intent }
    default:
      throw new GatewayUnknown(`Stripe is not done with it: ${status}.`)
  }
}
