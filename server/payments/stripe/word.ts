import { Stripe } from 'stripe'
import { NotItsWord, type Word } from '#server/payments/gateway.ts'

/** Older than this, a word that is signed rightly is somebody's copy of it. */
const toleranceSeconds = 300

/** A webhook's signature is over its very bytes. https://docs.stripe.com/webhooks#verify-events */
export function hearStripe(secret: string, body: Buffer, signature: string): Word {
  const { id, type, data } = verified(secret, body, signature)
  const { metadata } = data.object as { metadata?: Record<string, string> | null }
  return { event: id, type, key: metadata?.order ?? null, refunds: /^(charge\.)?refund/.test(type) }
}

function verified(secret: string, body: Buffer, signature: string): Stripe.Event {
  try {
    return Stripe.webhooks.constructEvent(body, signature, secret, toleranceSeconds)
  } catch {
    // The library's own errors carry what was sent.
    throw new NotItsWord('The signature is not Stripe’s, or is old.')
  }
}
