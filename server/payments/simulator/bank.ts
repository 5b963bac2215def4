import { createHash, createHmac, randomBytes } from 'node:crypto'
import { money } from '#server/kernel/money.ts'
import type { CardFacts, DeclineCode } from '#server/payments/gateway.ts'
import { type Behaviour, type CardFaults, readCard, type TypedCard } from './cards.ts'
import { compact, replay } from './journal.ts'
import type { WireOutcome } from './wire.ts'

type Card = Readonly<{ facts: CardFacts; behaviour: Behaviour }>

/** A card the browser typed, without its number, until an intent uses it. */
type Token = Readonly<{ token: string; card: Card; expiresAt: number; spentBy: string | null }>

export type Intent = Readonly<{
  intent: string
  createKey: string
  orderRef: string
  amount: string
  currency: string
  card: Card
  method: string
  onFile: boolean
  state: WireOutcome['state']
  declineCode: DeclineCode | null
  capturedAmount: string | null
  challenge: string | null
  at: number
}>

/** What was answered to a key, and a digest of what was asked. */
type Answered = Readonly<{ key: string; asked: string; outcome: WireOutcome; at: number }>

/** One line a change, so that a change is on file whole or not at all. */
type Entry = Readonly<{ token?: Token; intent?: Intent; answered?: Answered }>

/** An outcome, and whether this card loses the answer on its way: the first time only. */
export type Spoken = Readonly<{ outcome: WireOutcome; lost: boolean }>

export class BankRefusal extends Error {
  readonly code: 'key_reused' | 'no_such_intent' | 'amount_too_large'

  constructor(code: BankRefusal['code'], message: string) {
    super(message)
    this.code = code
  }
}

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
  const byCreateKey = new Map<string, Intent>()
  const methods = new Map<string, Card>()
  const answers = new Map<string, Answered>()
  const challenges = new Map<string, string>()

  const apply = ({ token, intent, answered }: Entry) => {
    if (token) tokens.set(token.token, token)
    if (answered) answers.set(answered.key, answered)
    if (!intent) return
    intents.set(intent.intent, intent)
    byCreateKey.set(intent.createKey, intent)
    methods.set(intent.method, intent.card)
    if (intent.challenge) challenges.set(intent.challenge, intent.intent)
  }

  replay(path, apply)
  const at = now().getTime()
  for (const { token, expiresAt } of tokens.values()) if (expiresAt < at) tokens.delete(token)
  for (const { key, at: then } of answers.values()) if (then + keyMs < at) answers.delete(key)
  const journal = compact<Entry>(path, [
    ...[...tokens.values()].map((token) => ({ token })),
    ...[...intents.values()].map((intent) => ({ intent })),
    ...[...answers.values()].map((answered) => ({ answered })),
  ])

  const record = (entry: Entry) => {
    journal.append(entry)
    apply(entry)
  }

  /** The same key, the same answer; the same key for something else is somebody's mistake. */
  const once = (
    key: string,
    ask: unknown,
    act: () => Entry & { outcome: WireOutcome; lost?: boolean },
  ) => {
    const asked = createHash('sha256').update(JSON.stringify(ask)).digest('base64url')
    const before = answers.get(key)
    if (before && before.asked !== asked) {
      throw new BankRefusal('key_reused', 'This key was used for something else.')
    }
    if (before) return { outcome: before.outcome, lost: false }

    const { outcome, lost = false, token, intent } = act()
    record({ token, intent, answered: { key, asked, outcome, at: now().getTime() } })
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
      const token = ask.token ? tokens.get(ask.token) : undefined
      const usable = token && !token.spentBy && token.expiresAt >= now().getTime()
      const card = usable ? token.card : ask.method ? methods.get(ask.method) : undefined
      if (!card) return { outcome: { state: 'declined', intent: null, code: 'token_expired' } }

      const intent: Intent = {
        intent: secret('pi'),
        createKey: key,
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

  const confirm = (key: string, id: string): Spoken =>
    once(key, ['confirm', id], () => {
      const intent = find(id)
      if (intent.state !== 'created') return { outcome: tell(intent) }
      const confirmed = authorize(intent)
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

  const lookup = (by: { intent: string } | { createKey: string }): WireOutcome => {
    const found = 'intent' in by ? intents.get(by.intent) : byCreateKey.get(by.createKey)
    const intent = found && intents.get(found.intent)
    return intent ? tell(intent) : { state: 'not_found' }
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
    challenged,
    decide,
    intents: (): readonly Intent[] => [...intents.values()],
    close: journal.close,
  }
}

const open = new Set<Intent['state']>(['created', 'requires_action', 'authorized'])

function authorize(intent: Intent): Intent {
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
      // Its holder isn't there for a payment from the card on file, and agreed to it before.
      return intent.onFile
        ? { ...intent, state: 'authorized' }
        : { ...intent, state: 'requires_action', challenge: secret('ch') }
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
