import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Stripe } from 'stripe'
import { type Money, sum, toDecimal } from '#server/kernel/money.ts'
import type { TypedCard } from '#server/payments/simulator/cards.ts'
import { fromStripe } from '#server/payments/stripe/amounts.ts'
import { bodyOf, openApi, send } from './api.ts'
import { openBooks } from './books.ts'
import { type Intent, StripeSays } from './objects.ts'

export type StandInOptions = Readonly<{
  port?: number
  now?: () => Date
  lost?: 'cut' | 'hang'
  /** Where to send word of what happened in the browser. */
  webhookUrl?: string
}>

export const standInKeys = {
  secretKey: 'sk_test_stand_in',
  publishableKey: 'pk_test_stand_in',
  webhookSecret: 'whsec_stand_in',
} as const

/** The variables that tell a process of it. */
export const standInEnv = (origin: string): Record<string, string> => ({
  STRIPE_SECRET_KEY: standInKeys.secretKey,
  STRIPE_PUBLISHABLE_KEY: standInKeys.publishableKey,
  STRIPE_WEBHOOK_SECRET: standInKeys.webhookSecret,
  STRIPE_API_BASE: origin,
})

export type StripeStandIn = Awaited<ReturnType<typeof startStripeStandIn>>

type Word = Readonly<{ id?: string; type?: string; at?: Date; secret?: string }>

/**
 * Stripe, as much of it as is used here: the REST API that its library calls, its script for the
 * browser, signed webhooks. Cards are those of the simulator.
 */
export async function startStripeStandIn(options: StandInOptions = {}) {
  const { now = () => new Date(), lost = 'cut', webhookUrl } = options
  const { secretKey, publishableKey, webhookSecret } = standInKeys
  const books = openBooks(now)
  const api = openApi({ books, secretKey, lost })
  let events = 0

  const byChallenge = (challenge: string): Intent =>
    books.intent(challenge.replace(/^stripe:/, '').split('_secret_')[0] ?? '')

  /** An event as Stripe would send it: its text, and the header that signs it. */
  const word = (intent: Intent, change: Word = {}) => {
    const timestamp = Math.floor((change.at ?? now()).getTime() / 1000)
    const payload = JSON.stringify({
      id: change.id ?? `evt_${++events}`,
      object: 'event',
      type: change.type ?? `${intent.object}.${intent.status}`,
      created: timestamp,
      data: { object: books.show(intent) },
    })
    const secret = change.secret ?? webhookSecret
    const signed = { payload, secret, timestamp }
    return { body: payload, signature: Stripe.webhooks.generateTestHeaderString(signed) }
  }

  /** What the script in the browser asks for, with the key that everybody may know. */
  const browser = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    response.setHeader('access-control-allow-origin', '*')
    const wanted = String(request.headers['access-control-request-headers'] ?? '')
    response.setHeader('access-control-allow-headers', wanted)
    if (request.method === 'OPTIONS') return send(response, 200, '{}')
    const asked = JSON.parse(await bodyOf(request)) as Record<string, string>
    if (asked.key !== publishableKey) throw new StripeSays(401, { message: 'Invalid API Key' })

    if (path === '/browser/methods') {
      const made = books.typed(asked as unknown as TypedCard)
      return send(response, 200, JSON.stringify(made))
    }
    const intent = byChallenge(asked.clientSecret ?? '')
    books.decide(intent, asked.verdict === 'approve')
    if (webhookUrl) await post(webhookUrl, word(intent))
    send(response, 200, JSON.stringify({ status: intent.status }))
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://stripe')
    const { pathname } = url
    try {
      if (pathname.startsWith('/v1/')) return await api.serve(request, response, url)
      if (pathname.startsWith('/browser/')) return await browser(request, response, pathname)
      if (pathname !== '/stripe.js') return send(response, 404, '{}')
      response.setHeader('content-type', 'text/javascript')
      response.end(readFileSync(fileURLToPath(new URL('./stripe.js', import.meta.url))))
    } catch (error) {
      if (!(error instanceof StripeSays)) throw error
      send(response, error.status, error.body)
    }
  }

  const server = createServer((request, response) => void serve(request, response))
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const down = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const port = await listen(options.port ?? 0)

  return {
    origin: `http://127.0.0.1:${port}`,
    books,
    word,
    /** The name the browser gets for a card that was typed. */
    tokenFor: (number: string): string => {
      const made = books.typed({ number, expiry: '12/30', cvc: '123' })
      if ('faults' in made) throw new Error(JSON.stringify(made.faults))
      return made.id
    },
    decide: (challenge: string, approved: boolean): void =>
      books.decide(byChallenge(challenge), approved),
    control: {
      ...api.control,
      intents: () =>
        books.intents().map((intent) => ({
          intent: intent.id,
          orderRef: intent.metadata.order ?? '',
          amount: toDecimal(amountOf(intent)),
          state: stateOf(intent),
        })),
      /** As the simulator counts, whatever the currency. */
      sums: () => {
        const of = (state: string) =>
          sum(
            books
              .intents()
              .filter((intent) => stateOf(intent) === state)
              .map(amountOf),
          )
        return {
          authorized: of('authorized'),
          captured: of('captured'),
          canceled: of('canceled'),
          refunded: sum(books.refunds().map((one) => inMoney(one.amount, one.currency))),
        }
      },
      down,
      up: async () => {
        await listen(port)
      },
    },
    stop: down,
  }
}

const inMoney = (units: number, currency: string): Money =>
  fromStripe(units, currency.toUpperCase() || 'USD')

const amountOf = ({ amount, amount_received: received, status, currency }: Intent) =>
  inMoney(status === 'succeeded' ? received : amount, currency)

const states: Readonly<Record<string, string>> = {
  requires_capture: 'authorized',
  succeeded: 'captured',
  requires_confirmation: 'created',
  requires_payment_method: 'declined',
}

const stateOf = ({ status, object, metadata }: Intent): string => {
  const verified = object === 'setup_intent' && status === 'succeeded'
  return verified ? (metadata.ended ?? 'authorized') : (states[status] ?? status)
}

const post = (url: string, { body, signature }: { body: string; signature: string }) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body,
  })
