import { createHash, createHmac, randomBytes } from 'node:crypto'
import { minorDigits, money, subtract, sum, toDecimal, zero } from '#server/kernel/money.ts'
import type { CardFacts } from '#server/payments/gateway.ts'
import {
  type Answered,
  BankRefusal,
  type Card,
  type Entry,
  type Intent,
  type Refund,
  type Spoken,
  type Token,
  type Told,
} from './books.ts'
import { type CardFaults, readCard, type TypedCard } from './cards.ts'
import { compact, replay } from './journal.ts'
import type { WireOutcome, WireRefund } from './wire.ts'

export type CreateAsk = Readonly<{
  amount: string
  currency: string
  orderRef: string
  token?: string
  method?: string
}>

export type Bank = ReturnType<typeof openBank>

const minute = 60_000
const tokenMs = 15 * minute
const keyMs = 72 * 60 * minute

const secret = (prefix: string) => `${prefix}_${randomBytes(16).toString('base64url')}`

/** The gateway's books. Every change is in the journal before its answer leaves. */
export function openBank(path: string, fingerprintKey: Buffer, now: () => Date) {
  const tokens = new Map<string, Token>()
  const intents = new Map<string, Intent>()
  const refunds = new Map<string, Refund>()
  const methods = new Map<string, Card>()
  const answers = new Map<string, Answered>()
  const forgotten = new Set<string>()
  const challenges = new Map<string, string>()

  const apply = ({ token, intent, refund, forgotten: method, answered }: Entry) => {
    if (token) tokens.set(token.token, token)
    if (answered) answers.set(answered.key, answered)
    if (refund) refunds.set(refund.key, refund)
    if (method) {
      forgotten.add(method)
      methods.delete(method)
    }
    if (!intent) return
    intents.set(intent.intent, intent)
    if (!forgotten.has(intent.method)) methods.set(intent.method, intent.card)
    if (intent.challenge) challenges.set(intent.challenge, intent.intent)
  }

  replay(path, apply)
  const at = now().getTime()
  for (const { token, expiresAt } of tokens.values()) if (expiresAt < at) tokens.delete(token)
  for (const { key, at: then } of answers.values()) if (then + keyMs < at) answers.delete(key)
  const journal = compact<Entry>(path, [
    ...[...tokens.values()].map((token) => ({ token })),
    ...[...intents.values()].map((intent) => ({ intent })),
    ...[...refunds.values()].map((refund) => ({ refund })),
    ...[...forgotten].map((method) => ({ forgotten: method })),
    ...[...answers.values()].map((answered) => ({ answered })),
  ])

  const record = (entry: Entry) => {
    journal.append(entry)
    apply(entry)
  }

  /** The same key, the same answer; the same key for something else is somebody's mistake. */
  const once = <Outcome extends Told>(
    key: string,
    ask: unknown,
    act: () => Entry & { outcome: Outcome; lost?: boolean },
  ): Spoken<Outcome> => {
    const asked = createHash('sha256').update(JSON.stringify(ask)).digest('base64url')
    const before = answers.get(key)
    if (before && before.asked !== asked) {
      throw new BankRefusal('key_reused', 'This key was used for something else.')
    }
    // What was asked is the same, and so is the kind of what was answered.
    if (before) return { outcome: before.outcome as Outcome, lost: false }

    const { outcome, lost = false, token, intent, refund } = act()
    record({ token, intent, refund, answered: { key, asked, outcome, at: now().getTime() } })
    return { outcome, lost }
  }

  const find = (intent: string): Intent => {
    const found = intents.get(intent)
    if (!found) throw new BankRefusal('no_such_intent', 'There is no such intent.')
    return found
  }

  const tokenize = (
    typed: TypedCard,
  ): { token: string; card: CardFacts } | { faults: CardFaults } => {
    const card = readCard(typed, now())
    if ('faults' in card) return card

    const { digits, brand, expMonth, expYear, behaviour } = card
    const fingerprint = createHmac('sha256', fingerprintKey).update(digits).digest('base64url')
    const facts: CardFacts = {
      brand,
      last4: digits.slice(-4),
      expMonth,
      expYear,
      fingerprint: fingerprint.slice(0, 22),
    }
    const token = secret('tok')
    const expiresAt = now().getTime() + tokenMs
    record({ token: { token, card: { facts, behaviour }, expiresAt, spentBy: null } })
    return { token, card: facts }
  }

  const create = (key: string, ask: CreateAsk): Spoken =>
    once(key, ['create', ask], () => {
      if (isTooSmall(ask)) {
        return { outcome: { state: 'failed', intent: null, code: 'amount_too_small' } }
      }
      const token = ask.token ? tokens.get(ask.token) : undefined
      const usable = token && !token.spentBy && token.expiresAt >= now().getTime()
      const card = usable ? token.card : ask.method ? methods.get(ask.method) : undefined
      if (!card) return { outcome: { state: 'declined', intent: null, code: 'token_expired' } }

      const intent: Intent = {
        intent: secret('pi'),
        orderRef: ask.orderRef,
        amount: ask.amount,
        currency: ask.currency,
        card,
        method: ask.method ?? secret('pm'),
        onFile: ask.method !== undefined,
        state: 'created',
        declineCode: null,
        capturedAmount: null,
        challenge: null,
        at: now().getTime(),
      }
      const spent = usable ? { ...token, spentBy: intent.intent } : undefined
      return { intent, token: spent, outcome: tell(intent) }
    })

  const confirm = (key: string, id: string, offSession = false): Spoken =>
    once(key, ['confirm', id, offSession], () => {
      const intent = find(id)
      if (intent.state !== 'created') return { outcome: tell(intent) }
      const confirmed = authorize(intent, offSession)
      const lost = intent.card.behaviour === 'lose_confirmation'
      return { intent: confirmed, outcome: tell(confirmed), lost }
    })

  const capture = (key: string, id: string, amount: string): Spoken =>
    once(key, ['capture', id, amount], () => {
      const intent = find(id)
      if (intent.state !== 'authorized') return { outcome: tell(intent) }
      if (money(amount) > money(intent.amount)) {
        throw new BankRefusal('amount_too_large', 'More than was authorized.')
      }
      if (intent.card.behaviour === 'refuse_capture') {
        const failed: Intent = { ...intent, state: 'failed' }
        return { intent: failed, outcome: tell(failed) }
      }
      const captured: Intent = { ...intent, state: 'captured', capturedAmount: amount }
      const lost = intent.card.behaviour === 'lose_capture'
      return { intent: captured, outcome: tell(captured), lost }
    })

  const cancel = (key: string, id: string): Spoken =>
    once(key, ['cancel', id], () => {
      const intent = find(id)
      if (!open.has(intent.state)) return { outcome: tell(intent) }
      const canceled: Intent = { ...intent, state: 'canceled' }
      return { intent: canceled, outcome: tell(canceled) }
    })

  const lookup = (id: string): WireOutcome => {
    const intent = intents.get(id)
    return intent ? tell(intent) : { state: 'not_found' }
  }

  const givenBack = (id: string) =>
    sum([...refunds.values()].filter((one) => one.intent === id).map((one) => money(one.amount)))

  const refund = (key: string, id: string, amount: string): Spoken<WireRefund> =>
    once(key, ['refund', id, amount], () => {
      const intent = find(id)
      const taken = intent.state === 'captured' ? money(intent.capturedAmount ?? '0') : zero
      const left = subtract(taken, givenBack(id))
      if (taken === zero) return { outcome: { state: 'failed', code: 'not_captured' } }
      if (left === zero) return { outcome: { state: 'failed', code: 'already_refunded' } }
      if (money(amount) > left) return { outcome: { state: 'failed', code: 'too_much' } }
      const made: Refund = { key, refund: secret('re'), intent: id, amount }
      return { refund: made, outcome: tellRefund(made) }
    })

  const lookupRefund = (key: string): WireRefund => {
    const found = refunds.get(key)
    return found ? tellRefund(found) : { state: 'not_found' }
  }

  /** What nobody can pay with needs no line. */
  const forget = (method: string): void => {
    if (methods.has(method)) record({ forgotten: method })
  }

  const challenged = (challenge: string): Intent | undefined =>
    intents.get(challenges.get(challenge) ?? '')

  /** What the card's holder said to the bank; nothing, once the intent is past that. */
  const decide = (challenge: string, approved: boolean): void => {
    const intent = challenged(challenge)
    if (intent?.state !== 'requires_action') return
    record({
      intent: approved
        ? { ...intent, state: 'authorized' }
        : { ...intent, state: 'declined', declineCode: 'authentication_failed' },
    })
  }

  return {
    tokenize,
    create,
    confirm,
    capture,
    cancel,
    lookup,
    refund,
    lookupRefund,
    forget,
    /** All that was given back, whatever the currency. */
    refunded: () => sum([...refunds.values()].map((one) => money(one.amount))),
    challenged,
    decide,
    intents: (): readonly Intent[] => [...intents.values()],
    close: journal.close,
  }
}

/** Half a dollar, half a euro, 50 yen: as gateways have it, for whom less costs more than it brings. */
const isTooSmall = ({ amount, currency }: CreateAsk): boolean => {
  const asked = money(amount)
  return asked > zero && asked < money('50') / 10n ** BigInt(minorDigits(currency))
}

const open = new Set<Intent['state']>(['created', 'requires_action', 'authorized'])

const asked = (intent: Intent): Intent => ({
  ...intent,
  state: 'requires_action',
  challenge: secret('ch'),
})

function authorize(intent: Intent, offSession: boolean): Intent {
  const { behaviour } = intent.card
  switch (behaviour) {
    case 'card_declined':
    case 'insufficient_funds':
    case 'expired_card':
    case 'incorrect_cvc':
      return { ...intent, state: 'declined', declineCode: behaviour }
    case 'decline_later':
      return intent.onFile
        ? { ...intent, state: 'declined', declineCode: 'card_declined' }
        : { ...intent, state: 'authorized' }
    case 'challenge':
      // Its holder isn't there, and agreed to later payments before.
      return offSession && intent.onFile ? { ...intent, state: 'authorized' } : asked(intent)
    case 'challenge_always':
      return asked(intent)
    default:
      return { ...intent, state: 'authorized' }
  }
}

/** `challengeUrl` is a path here: the server that answers knows its own origin. */
function tell(of: Intent): WireOutcome {
  const { intent, state, method, card } = of
  switch (state) {
    case 'created':
      return { state, intent, card: card.facts }
    case 'requires_action':
      return { state, intent, card: card.facts, challengeUrl: `/challenge/${of.challenge}` }
    case 'authorized':
      return { state, intent, card: card.facts, method, amount: of.amount }
    case 'captured':
      return { state, intent, card: card.facts, method, amount: of.capturedAmount ?? of.amount }
    case 'declined':
      return { state, intent, code: of.declineCode ?? 'card_declined' }
    case 'canceled':
      return { state, intent }
    case 'failed':
      return { state, intent, code: 'capture_refused' }
    case 'not_found':
      return { state }
  }
}

const tellRefund = ({ refund, amount }: Refund): WireRefund => ({
  state: 'refunded',
  refund,
  amount: toDecimal(money(amount)),
})
