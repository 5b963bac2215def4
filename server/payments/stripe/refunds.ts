import type { Stripe } from 'stripe'
import type {
  Capture,
  GivenBack,
  LookUp,
  OnIntent,
  RefundFailure,
  RefundOutcome,
} from '#server/payments/gateway.ts'
import { fromStripe, toStripe } from './amounts.ts'
import { hear, unexpected } from './heard.ts'

const failed = (code: RefundFailure) => ({ state: 'failed', code }) as const

/** An intent has few refunds; of more than this somebody else has to tell. */
const limit = 100

/** What was given back on Stripe's own pages has no key but Stripe's name for it. */
const keyOf = ({ id, metadata }: Stripe.Refund) => metadata?.key ?? `stripe-${id}`

/**
 * Money given back. Stripe forgets keys after a day, and a refund may wait longer than that for its
 * answer: so it is looked for by the key it carries before it is asked for (the list of an intent's
 * refunds is never behind), and is asked for under that key.
 */
export function refunds(stripe: Stripe) {
  const list = async (intent: string): Promise<readonly Stripe.Refund[]> =>
    (await stripe.refunds.list({ payment_intent: intent, limit })).data

  const givenBack = async ({ intent }: LookUp): Promise<readonly GivenBack[]> => {
    const found = await orHeard(() => list(intent))
    if (found === 'no_such') return []
    return found.flatMap((one) => {
      const outcome = read(one)
      return outcome.state === 'failed' ? [] : [{ key: keyOf(one), ...outcome }]
    })
  }

  const lookupRefund = async (ask: OnIntent): Promise<RefundOutcome> => {
    if (!ask.intent.startsWith('pi_')) return { state: 'not_found' }
    const all = await orHeard(() => list(ask.intent))
    if (all === 'no_such') return { state: 'not_found' }
    const found = all.find((one) => keyOf(one) === ask.key)
    return found ? read(found) : { state: 'not_found' }
  }

  const refund = async ({ key, intent, amount }: Capture): Promise<RefundOutcome> => {
    const known = await lookupRefund({ key, intent })
    if (known.state !== 'not_found') return known
    if (!intent.startsWith('pi_')) return failed('not_captured')

    const paid = await orHeard(() =>
      stripe.paymentIntents.retrieve(intent, { expand: ['latest_charge'] }),
    )
    if (paid === 'no_such' || paid.status !== 'succeeded') return failed('not_captured')
    const { latest_charge: charge, amount_received: taken } = paid
    const back = charge && typeof charge !== 'string' ? charge.amount_refunded : 0
    const units = toStripe(amount, paid.currency.toUpperCase())
    if (back >= taken) return failed('already_refunded')
    if (units > taken - back) return failed('too_much')
    return make(intent, units, { key, order: paid.metadata.order ?? '' })
  }

  const make = async (
    intent: string,
    amount: number,
    metadata: Readonly<{ key: string; order: string }>,
  ): Promise<RefundOutcome> => {
    try {
      return read(
        await stripe.refunds.create(
          { payment_intent: intent, amount, metadata },
          { idempotencyKey: metadata.key },
        ),
      )
    } catch (error) {
      const heard = hear(error)
      if (heard.kind === 'past') return failed('already_refunded')
      // Somebody gave some of it back since we looked.
      if (heard.kind === 'misuse' && heard.param === 'amount') return failed('too_much')
      if (heard.kind === 'declined') return failed('refused')
      throw unexpected(heard)
    }
  }

  return { refund, lookupRefund, givenBack }
}

async function orHeard<T>(call: () => Promise<T>): Promise<T | 'no_such'> {
  try {
    return await call()
  } catch (error) {
    const heard = hear(error)
    if (heard.kind === 'no_such') return 'no_such'
    throw unexpected(heard)
  }
}

function read({ id, status, amount, currency }: Stripe.Refund) {
  if (status === 'failed' || status === 'canceled') return failed('refused')
  const told = { refund: id, amount: fromStripe(amount, currency.toUpperCase()) }
  return { state: status === 'succeeded' ? 'refunded' : 'pending', ...told } as const
}
