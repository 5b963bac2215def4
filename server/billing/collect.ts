import type { Outcome } from '#server/payments/gateway.ts'
import type { PaymentState } from '#server/payments/schema.ts'

/** What is on record of a payment, and what happened just now: all that decides what is done next. */
export type Collecting = Readonly<{
  state: PaymentState
  /** Whether the gateway has told its name for the intent. */
  known: boolean
  /** Whether it can still be created: with a card on file, or while the card's token is at hand. */
  creatable: boolean
  /** Taken by itself: nobody is there to answer a bank's question. */
  automatic: boolean
  /** What it pays still asks for so much. */
  wanted: boolean
  /** Somebody came back from the bank's question, or word came from the gateway. */
  returned: boolean
  /** Since it was begun, in minutes. */
  waitedMinutes: number
}>

/** What to ask the gateway; each has a key of its own, so that asking again is asking once. */
export type Ask = 'create' | 'confirm' | 'lookup' | 'capture' | 'cancel'

/** What to do next; `give_up`: nothing was ever asked that could take money, so there is nobody to ask. */
export type Step = Ask | 'give_up' | 'wait' | 'over'

/** So long a bank's question may stand; then the payment is given up. */
export const patienceMinutes = 15

/**
 * The next step of a payment, from what is on record: whoever finds it, after whatever crash, goes on
 * the same way. Money is only ever reserved by `confirm`, and `cancel` is a fence: after it nothing can.
 */
export function nextStep(now: Collecting): Step {
  const { state, known, creatable, automatic, wanted, returned, waitedMinutes } = now
  switch (state) {
    case 'intended':
      if (!known) return wanted && creatable ? 'create' : 'give_up'
      return wanted ? 'confirm' : 'cancel'
    case 'requires_action':
      if (returned) return 'lookup'
      if (automatic || !wanted || waitedMinutes >= patienceMinutes) return 'cancel'
      return 'wait'
    case 'authorized':
      // Paid by another way meanwhile: given back unused.
      return wanted ? 'capture' : 'cancel'
    case 'captured':
    case 'declined':
    case 'canceled':
    case 'failed':
      return 'over'
  }
}

/** What an answer makes of a payment. An intent nobody has heard of was never made, and never will be. */
export const stateAfter = (outcome: Outcome): PaymentState => {
  if (outcome.state === 'created') return 'intended'
  return outcome.state === 'not_found' ? 'failed' : outcome.state
}
