import { Stripe } from 'stripe'
import { zero } from '#server/kernel/money.ts'
import {
  type CreateIntent,
  declineMessageKey,
  type Gateway,
  GatewayMisuse,
  gatewayTimeoutMs,
  type Outcome,
} from './gateway.ts'
import { forget } from './stripe/cards.ts'
import { type Heard, hear, unexpected } from './stripe/heard.ts'
import { declinedFor, type Intents, type Payer, payerOf } from './stripe/intents.ts'
import { paymentIntents } from './stripe/payment-intents.ts'
import { refunds } from './stripe/refunds.ts'
import { setupIntents } from './stripe/setup-intents.ts'
import { hearStripe } from './stripe/word.ts'

export type StripeOptions = Readonly<{
  secretKey: string
  publishableKey: string
  webhookSecret: string
  /** A stand-in's origin; Stripe's own unless said. Its script is then loaded from there, too. */
  apiBase?: string
  timeoutMs?: number
}>

/**
 * Stripe, with Payment Intents captured by hand. Cards are typed into Stripe's own fields in the
 * browser; what we get is the name of a card. `docs/decisions/0011-stripe.md` says why it is done so.
 */
export function stripeGateway(options: StripeOptions): Gateway {
  const stripe = clientOf(options)
  const [payments, setups] = [paymentIntents(stripe), setupIntents(stripe)]
  const of = (intent: string): Intents => (intent.startsWith('seti_') ? setups : payments)

  /** What it is now. One that was declined is closed first: the browser may still have its secret. */
  const look = async (intent: string): Promise<Outcome> => {
    if (!/^(pi|seti)_\w+$/.test(intent)) return { state: 'not_found' }
    const now = await of(intent).retrieve(intent).catch(orNone)
    return now.state === 'declined' ? close(intent) : now
  }
  const close = (intent: string) =>
    of(intent)
      .close(intent, `${intent}:close`)
      .catch((error: unknown) => {
        const heard = hear(error)
        if (heard.kind === 'past') return of(intent).retrieve(intent).catch(orNone)
        throw unexpected(heard)
      })

  /** One call under one key, and what an answer that is none means. */
  const onIntent = async (
    { key, intent }: Readonly<{ key: string; intent: string }>,
    act: (key: string) => Promise<Outcome>,
    isDone: (now: Outcome) => boolean,
    orElse: (heard: Heard) => Promise<Outcome> | undefined = () => undefined,
  ): Promise<Outcome> => {
    const attempt = async (under: string): Promise<Outcome> => {
      try {
        return await act(under)
      } catch (error) {
        const heard = hear(error)
        if (heard.kind === 'past') return look(intent)
        if (heard.kind === 'fault') return afterFault(heard, under)
        const other = orElse(heard)
        if (other) return other
        throw heard.kind === 'no_such' ? noSuchIntent() : unexpected(heard)
      }
    }
    // A fault may come after the deed, and is told again under the same key for as long as Stripe
    // keeps keys: the intent says whether it was done. If not, a new key is as safe, for an intent is
    // confirmed, captured and canceled once.
    const afterFault = async (heard: Heard & { kind: 'fault' }, under: string) => {
      const now = await look(intent)
      if (isDone(now)) return now
      if (heard.replayed && under === key) return attempt(`${key}:again`)
      throw heard.error
    }
    return attempt(key)
  }

  return {
    name: 'stripe',
    clientConfig: () => ({
      kind: 'stripe',
      publishableKey: options.publishableKey,
      scriptUrl: options.apiBase ? `${options.apiBase}/stripe.js` : null,
    }),
    async createIntent(ask) {
      const intents = ask.amount === zero ? setups : payments
      return creating(ask.key, async (key) => {
        const payer = await payerFor(stripe, ask, key)
        return payer ? intents.create({ ...ask, key, payer }) : unusable
      })
    },
    confirm: ({ key, intent, offSession = false }) =>
      onIntent(
        { key, intent },
        (under) => of(intent).confirm(intent, { offSession }, under),
        ({ state }) => state !== 'created',
        (heard) => {
          if (heard.kind !== 'declined') return undefined
          if (!offSession || !heard.needsHolder || !heard.method)
            return Promise.resolve(declined(intent, heard))
          // Asked on session it waits for its holder; without that it would just be declined.
          const how = { offSession: false, card: heard.method }
          return onIntent(
            { key: `${key}:session`, intent },
            (under) => of(intent).confirm(intent, how, under),
            ({ state }) => state !== 'created' && state !== 'declined',
            (again) =>
              again.kind === 'declined' ? Promise.resolve(declined(intent, again)) : undefined,
          )
        },
      ),
    capture: ({ key, intent, amount }) =>
      onIntent(
        { key, intent },
        (under) => of(intent).capture(intent, amount, under),
        ({ state }) => state !== 'created' && state !== 'authorized',
        (heard) => {
          if (heard.kind === 'declined' || heard.kind === 'lapsed') {
            return Promise.resolve({ state: 'failed', intent, code: 'capture_refused' })
          }
          if (heard.kind !== 'misuse' || heard.param !== 'amount_to_capture') return undefined
          throw new GatewayMisuse('amount_too_large', 'More than was authorized.')
        },
      ),
    cancel: ({ key, intent }) =>
      onIntent(
        { key, intent },
        (under) => of(intent).cancel(intent, under),
        ({ state }) => !open.has(state),
      ),
    lookup: ({ intent }) => look(intent),
    ...refunds(stripe),
    forget: ({ method }) => forget(stripe, method),
    hear: (body, signature) => hearStripe(options.webhookSecret, body, signature),
  }
}

const open = new Set<Outcome['state']>(['created', 'requires_action', 'authorized'])

const declined = (intent: string, { code }: Heard & { kind: 'declined' }): Outcome => ({
  ...(declinedFor(intent, null) as Outcome & { state: 'declined' }),
  code,
  messageKey: declineMessageKey(code),
})

/** Nothing is sent twice by the library: who asks again is decided here and above. */
function clientOf({ secretKey, apiBase, timeoutMs = gatewayTimeoutMs }: StripeOptions): Stripe {
  const base = apiBase ? new URL(apiBase) : undefined
  return new Stripe(secretKey, {
    ...(base && {
      host: base.hostname,
      port: base.port || (base.protocol === 'https:' ? 443 : 80),
      protocol: base.protocol === 'https:' ? 'https' : 'http',
    }),
    // The library sends once more what a closed connection swallowed, unless it can't tell.
    httpClient: Stripe.createFetchHttpClient(),
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
  })
}

const unusable: Outcome = {
  state: 'declined',
  intent: null,
  code: 'token_expired',
  messageKey: declineMessageKey('token_expired'),
}

const tooSmall: Outcome = { state: 'failed', intent: null, code: 'amount_too_small' }

const noSuchIntent = () => new GatewayMisuse('no_such_intent', 'There is no such intent.')

function orNone(error: unknown): Outcome {
  const heard = hear(error)
  if (heard.kind === 'no_such') return { state: 'not_found' }
  throw unexpected(heard)
}

/** A card token is made somebody's at Stripe first, so that it can be kept. */
async function payerFor(
  stripe: Stripe,
  ask: CreateIntent,
  key: string,
): Promise<Payer | undefined> {
  if ('method' in ask) return payerOf(ask.method)
  if (!/^pm_\w+$/.test(ask.token)) return undefined
  const made = await stripe.customers.create(
    { metadata: { order: ask.orderRef } },
    { idempotencyKey: `${key}:customer` },
  )
  return { customer: made.id, card: ask.token, onFile: false }
}

/** Without a confirmation nothing is reserved, so a creation that went wrong is done anew. */
async function creating(key: string, act: (key: string) => Promise<Outcome>): Promise<Outcome> {
  const attempt = async (under: string): Promise<Outcome> => {
    try {
      return await act(under)
    } catch (error) {
      const heard = hear(error)
      if (heard.kind === 'fault' && heard.replayed && under === key) return attempt(`${key}:again`)
      if (heard.kind === 'declined') {
        return {
          ...unusable,
          code: heard.code,
          messageKey: declineMessageKey(heard.code),
        } as Outcome
      }
      if (heard.kind === 'too_small') return tooSmall
      const aboutCard = 'param' in heard && /^(payment_method|customer)$/.test(heard.param ?? '')
      if (aboutCard) return unusable
      throw unexpected(heard)
    }
  }
  return attempt(key)
}
