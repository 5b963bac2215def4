import { money } from '#server/kernel/money.ts'
import type { CardFacts, Outcome } from '#server/payments/gateway.ts'
import type { SagaCall } from './saga-types.ts'

export type Card = 'approved' | 'declined' | 'challenged' | 'capture_refused'

/** One intent as the gateway's contract describes it, keys included. */
export type ModelIntent = {
  state: Outcome['state']
  captures: number
  challenged: boolean
  challenge(prospect: 'approves' | 'declines' | 'leaves'): void
  readonly card: Card
  readonly answers: Map<string, Outcome>
}

const amount = money('14.99')
const facts: CardFacts = {
  brand: 'visa',
  last4: '4242',
  expMonth: 12,
  expYear: 2030,
  fingerprint: 'f',
}
const id = 'pi_1'

export function newIntent(card: Card): ModelIntent {
  const intent: ModelIntent = {
    state: 'not_found',
    captures: 0,
    challenged: false,
    card,
    answers: new Map(),
    challenge(prospect) {
      if (intent.state !== 'requires_action' || prospect === 'leaves') return
      intent.challenged = true
      intent.state = prospect === 'approves' ? 'authorized' : 'declined'
    },
  }
  return intent
}

/** The gateway does what a call asks for, once a verb: each has one key. */
export function receive(intent: ModelIntent, { call }: SagaCall): Outcome {
  const before = call === 'lookup' ? undefined : intent.answers.get(call)
  if (before) return before

  if (call === 'create_intent') intent.state = 'created'
  if (call === 'confirm' && intent.state === 'created') intent.state = confirmed[intent.card]
  if (call === 'capture' && intent.state === 'authorized') {
    intent.state = intent.card === 'capture_refused' ? 'failed' : 'captured'
    if (intent.state === 'captured') intent.captures += 1
  }
  if (call === 'cancel' && cancelable.has(intent.state)) intent.state = 'canceled'

  const answer = answers[intent.state]
  intent.answers.set(call, answer)
  return answer
}

const confirmed = {
  approved: 'authorized',
  capture_refused: 'authorized',
  declined: 'declined',
  challenged: 'requires_action',
} as const satisfies Record<Card, Outcome['state']>

const cancelable = new Set<Outcome['state']>(['created', 'requires_action', 'authorized'])

const answers = {
  created: { state: 'created', intent: id, card: facts },
  requires_action: { state: 'requires_action', intent: id, card: facts, challengeUrl: 'https://x' },
  authorized: { state: 'authorized', intent: id, card: facts, method: 'pm_1', amount },
  captured: { state: 'captured', intent: id, card: facts, method: 'pm_1', amount },
  declined: { state: 'declined', intent: id, code: 'card_declined', messageKey: 'x' },
  canceled: { state: 'canceled', intent: id },
  failed: { state: 'failed', intent: id, code: 'capture_refused' },
  not_found: { state: 'not_found' },
} as const satisfies { [S in Outcome['state']]: Extract<Outcome, { state: S }> }
