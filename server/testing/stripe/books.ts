import { createHash, randomBytes } from 'node:crypto'
import { type Behaviour, readCard, type TypedCard } from '#server/payments/simulator/cards.ts'

import {
  type Fields,
  type Intent,
  invalid,
  type Method,
  missing,
  type Refund,
  StripeSays,
} from './objects.ts'

const id = (prefix: string) => `${prefix}_${randomBytes(12).toString('hex')}`

const metadataOf = (fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      const [, name] = /^metadata\[(\w+)\]$/.exec(key) ?? []
      return name ? [[name, value]] : []
    }),
  )

export type Books = ReturnType<typeof openBooks>

/** Stripe's books, as far as cards, intents and refunds go; kept in memory. */
export function openBooks(now: () => Date) {
  const customers = new Set<string>()
  const methods = new Map<string, Method>()
  const behaviours = new Map<string, Behaviour>()
  const detached = new Set<string>()
  const intents = new Map<string, Intent>()
  const refunds = new Map<string, Refund>()

  const methodOf = (name: string | null | undefined, param = 'payment_method'): Method => {
    const found = methods.get(name ?? '')
    if (!found) throw missing(param)
    return found
  }
  const intentOf = (name: string): Intent => {
    const found = intents.get(name)
    if (!found) throw missing('intent')
    return found
  }
  const behaviourOf = (name: string | null) => behaviours.get(name ?? '') ?? 'approve'
  const past = (intent: Intent) =>
    new StripeSays(400, {
      type: 'invalid_request_error',
      code: `${intent.object}_unexpected_state`,
      message: 'It is past that.',
      [intent.object]: show(intent),
    })

  /** As it is on the wire. */
  const show = (intent: Intent, expand: readonly string[] = []): object => {
    const { last_error, amount_refunded, ...rest } = intent
    const isPayment = intent.object === 'payment_intent'
    const charge = { id: `ch_${intent.id}`, amount: intent.amount, amount_refunded }
    return {
      ...rest,
      payment_method:
        expand.includes('payment_method') && intent.payment_method
          ? methodOf(intent.payment_method)
          : intent.payment_method,
      [isPayment ? 'last_payment_error' : 'last_setup_error']: last_error,
      next_action: intent.status === 'requires_action' ? { type: 'use_stripe_sdk' } : null,
      ...(isPayment && {
        latest_charge:
          intent.amount_received === 0
            ? null
            : expand.includes('latest_charge')
              ? charge
              : charge.id,
      }),
    }
  }

  const fail = (intent: Intent, code: string, declineCode?: string) => {
    const method = methodOf(intent.payment_method)
    intent.last_error = { code, decline_code: declineCode, payment_method: method }
    intent.status = 'requires_payment_method'
    intent.payment_method = null
    return method
  }
  const decline = (intent: Intent, code: string, declineCode?: string): never => {
    const method = fail(intent, code, declineCode)
    throw new StripeSays(402, {
      type: 'card_error',
      code,
      decline_code: declineCode,
      message: 'Your card was declined.',
      payment_method: method,
      [intent.object]: show(intent),
    })
  }

  const authorize = (intent: Intent) => {
    const method = methodOf(intent.payment_method)
    if (intent.customer) method.customer = intent.customer
    intent.last_error = null
    if (intent.object === 'setup_intent') {
      intent.status = 'succeeded'
      return
    }
    if (intent.capture_method === 'manual') {
      intent.status = 'requires_capture'
      intent.amount_capturable = intent.amount
      return
    }
    intent.status = 'succeeded'
    intent.amount_received = intent.amount
  }

  return {
    show,
    intent: intentOf,
    intents: (): readonly Intent[] => [...intents.values()],
    refunds: (): readonly Refund[] => [...refunds.values()],
    behaviourOf,
    method: (name: string): Method => methodOf(name),

    /** Off its customer, and of no use to anybody from then on. */
    detach(name: string): Method {
      const method = methodOf(name)
      if (!method.customer) throw invalid('invalid_request_error', 'payment_method')
      method.customer = null
      detached.add(name)
      return method
    },

    /** What the browser's script does with a card that was typed. */
    typed(card: TypedCard): Method | { faults: object } {
      const read = readCard(card, now())
      if ('faults' in read) return read
      const digest = createHash('sha256').update(read.digits).digest('hex')
      const method: Method = {
        id: id('pm'),
        object: 'payment_method',
        type: 'card',
        customer: null,
        card: {
          brand: read.brand,
          last4: read.digits.slice(-4),
          exp_month: read.expMonth,
          exp_year: read.expYear,
          fingerprint: digest.slice(0, 16),
        },
      }
      methods.set(method.id, method)
      behaviours.set(method.id, read.behaviour)
      return method
    },

    createCustomer(fields: Fields) {
      const made = { id: id('cus'), object: 'customer', metadata: metadataOf(fields) }
      customers.add(made.id)
      return made
    },

    create(object: Intent['object'], fields: Fields): Intent {
      const amount = Number(fields.amount ?? 0)
      if (object === 'payment_intent' && !(Number.isSafeInteger(amount) && amount >= 50)) {
        throw invalid('amount_too_small', 'amount')
      }
      if (fields.customer && !customers.has(fields.customer)) throw missing('customer')
      const method = fields.payment_method ? methodOf(fields.payment_method) : undefined
      if (method && detached.has(method.id))
        throw invalid('invalid_request_error', 'payment_method')
      if (method?.customer && method.customer !== fields.customer) {
        throw invalid('payment_method_unexpected_customer', 'payment_method')
      }
      const name = id(object === 'payment_intent' ? 'pi' : 'seti')
      const intent: Intent = {
        id: name,
        object,
        status: method ? 'requires_confirmation' : 'requires_payment_method',
        client_secret: `${name}_secret_${randomBytes(8).toString('hex')}`,
        customer: fields.customer ?? null,
        payment_method: method?.id ?? null,
        metadata: metadataOf(fields),
        cancellation_reason: null,
        capture_method: fields.capture_method ?? 'automatic_async',
        amount,
        amount_capturable: 0,
        amount_received: 0,
        amount_refunded: 0,
        currency: fields.currency ?? '',
        last_error: null,
      }
      intents.set(name, intent)
      return intent
    },

    confirm(intent: Intent, fields: Fields): Intent {
      const again = intent.status === 'requires_payment_method' && fields.payment_method
      if (intent.status !== 'requires_confirmation' && !again) throw past(intent)
      if (fields.payment_method) intent.payment_method = methodOf(fields.payment_method).id

      const offSession = fields.off_session === 'true'
      const behaviour = behaviourOf(intent.payment_method)
      const onFile = methodOf(intent.payment_method).customer !== null
      const asks = behaviour === 'challenge_always' || (behaviour === 'challenge' && !offSession)
      if (asks && offSession)
        return decline(intent, 'authentication_required', 'authentication_required')
      if (asks) {
        intent.status = 'requires_action'
        return intent
      }
      if (behaviour === 'decline_later' && onFile)
        return decline(intent, 'card_declined', 'generic_decline')
      if (behaviour === 'card_declined') return decline(intent, 'card_declined', 'generic_decline')
      if (behaviour === 'insufficient_funds')
        return decline(intent, 'card_declined', 'insufficient_funds')
      if (behaviour === 'expired_card' || behaviour === 'incorrect_cvc')
        return decline(intent, behaviour)
      authorize(intent)
      return intent
    },

    capture(intent: Intent, fields: Fields): Intent {
      if (intent.status !== 'requires_capture') throw past(intent)
      const amount = Number(fields.amount_to_capture ?? intent.amount)
      if (amount > intent.amount_capturable) throw invalid('amount_too_large', 'amount_to_capture')
      if (behaviourOf(intent.payment_method) === 'refuse_capture') {
        intent.status = 'canceled'
        intent.cancellation_reason = 'automatic'
        throw invalid('charge_expired_for_capture')
      }
      Object.assign(intent, { status: 'succeeded', amount_received: amount, amount_capturable: 0 })
      return intent
    },

    cancel(intent: Intent, fields: Fields): Intent {
      if (intent.status === 'succeeded' || intent.status === 'canceled') throw past(intent)
      intent.status = 'canceled'
      intent.amount_capturable = 0
      intent.cancellation_reason = fields.cancellation_reason ?? null
      return intent
    },

    update(intent: Intent, fields: Fields): Intent {
      Object.assign(intent.metadata, metadataOf(fields))
      return intent
    },

    /** What the card's holder told the bank; nothing, once the intent is past that. */
    decide(intent: Intent, approved: boolean): void {
      if (intent.status !== 'requires_action') return
      if (approved) authorize(intent)
      else fail(intent, `${intent.object}_authentication_failure`)
    },

    refund(fields: Fields, status: Refund['status'] = 'succeeded'): Refund {
      const intent = intentOf(fields.payment_intent ?? '')
      if (intent.status !== 'succeeded') throw invalid('payment_intent_unexpected_state')
      const left = intent.amount_received - intent.amount_refunded
      const amount = Number(fields.amount ?? left)
      if (left === 0) throw invalid('charge_already_refunded')
      if (amount > left) throw invalid('amount_too_large', 'amount')
      intent.amount_refunded += amount
      const made: Refund = {
        id: id('re'),
        object: 'refund',
        payment_intent: intent.id,
        amount,
        currency: intent.currency,
        status,
        metadata: metadataOf(fields),
      }
      refunds.set(made.id, made)
      return made
    },

    refundsOf: (intent: string) =>
      [...refunds.values()].filter((one) => one.payment_intent === intent),
  }
}
