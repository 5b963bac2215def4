import type { Stripe } from 'stripe'
import { hear, unexpected } from './heard.ts'
import { payerOf } from './intents.ts'

/**
 * Takes a card off its customer at Stripe, for good: it can't be paid with, nor put on file again.
 * https://docs.stripe.com/api/payment_methods/detach. One that is off already is refused without a code
 * that says so: what it is now is the answer.
 */
export async function forget(stripe: Stripe, method: string): Promise<void> {
  const payer = payerOf(method)
  if (!payer) return
  try {
    await stripe.paymentMethods.detach(payer.card)
  } catch (error) {
    const heard = hear(error)
    if (heard.kind === 'no_such') return
    if (heard.kind === 'misuse' && (await isNobodys(stripe, payer.card))) return
    throw unexpected(heard)
  }
}

async function isNobodys(stripe: Stripe, card: string): Promise<boolean> {
  try {
    const { customer } = await stripe.paymentMethods.retrieve(card)
    return customer === null
  } catch (error) {
    const heard = hear(error)
    if (heard.kind === 'no_such') return true
    throw unexpected(heard)
  }
}
