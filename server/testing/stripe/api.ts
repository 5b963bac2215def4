import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Verb } from '#server/payments/simulator/control.ts'
import type { Books } from './books.ts'
import { type Fields, StripeSays } from './objects.ts'
import { type Route, routeOf } from './routes.ts'

/**
 * `lose_request`: never done, never answered. `lose_answer`: done, never answered. `break`: 503 before
 * it is begun, so nothing is saved. `break_after`: done, and answered 500, which is saved under the
 * key like any answer; `break_within`: the same, and not done. `twice`: the network delivers it two
 * times. `too_many`: 429.
 */
export type Fault =
  | 'lose_request'
  | 'lose_answer'
  | 'break'
  | 'break_after'
  | 'break_within'
  | 'twice'
  | 'too_many'

type Asked = Verb | 'customer'
type Planned = { fault: Fault; verb: Asked | undefined; times: number }
type Saved = Readonly<{ asked: string; status: number; body: string }>

export type ApiOptions = Readonly<{
  books: Books
  secretKey: string
  /** What is lost is cut off at once, or never answered: the library runs into its time-out. */
  lost: 'cut' | 'hang'
}>

/** Stripe's REST API: keys as Stripe keeps them, and what goes wrong on the way. */
export function openApi({ books, secretKey, lost }: ApiOptions) {
  const saved = new Map<string, Saved>()
  const underWay = new Set<string>()
  const counts = new Map<string, number>()
  let planned: Planned[] = []
  let delay = 0

  const take = (verb: Asked, key: string): Fault | undefined => {
    const counted = `${verb} ${verb === 'lookup' ? '' : key}`
    counts.set(counted, (counts.get(counted) ?? 0) + 1)
    const plan = planned.find((one) => one.times > 0 && (one.verb ?? verb) === verb)
    if (plan) plan.times -= 1
    return plan?.fault
  }

  /** Under a key, what was answered to it is answered again. */
  const answer = ({ act }: Route, asked: string, key: string, fields: Fields) => {
    const before = saved.get(key)
    if (key && before && before.asked !== asked) {
      throw new StripeSays(400, { type: 'idempotency_error', message: 'Other parameters.' })
    }
    if (key && before) return { ...before, replayed: true }
    const now = { asked, ...done(() => act(fields)) }
    // What isn't valid is not saved.
    if (key && (now.status === 200 || now.status === 402)) saved.set(key, now)
    return { ...now, replayed: false }
  }

  const lose = (response: ServerResponse) => {
    if (lost === 'cut') response.destroy()
  }

  const serve = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    if (request.headers.authorization !== `Bearer ${secretKey}`) {
      throw new StripeSays(401, { type: 'invalid_request_error', message: 'Invalid API Key' })
    }
    const { method = 'GET' } = request
    const sent = method === 'GET' ? url.search.slice(1) : await bodyOf(request)
    const fields = Object.fromEntries(new URLSearchParams(sent))
    const key = String(request.headers['idempotency-key'] ?? '')
    const route = routeOf(books, method, url.pathname)

    const fault = take(route.verb, key)
    if (fault === 'lose_request') return lose(response)
    if (fault === 'break') throw new StripeSays(503, { type: 'api_error', message: 'Closed.' })
    if (fault === 'too_many') throw new StripeSays(429, { type: 'rate_limit', message: 'Slowly.' })
    if (key && underWay.has(key)) {
      throw new StripeSays(409, { code: 'idempotency_key_in_use', message: 'In use.' })
    }

    const asked = `${method} ${url.pathname} ${sent}`
    const loses = !saved.has(key) && route.lost?.() === true
    if (fault === 'break_within') saved.set(key, { asked, ...outOfOrder })
    const said =
      fault === 'break_within'
        ? { ...outOfOrder, replayed: false }
        : answer(route, asked, key, fields)
    if (fault === 'twice') answer(route, asked, key, fields)
    if (fault === 'break_after') {
      saved.set(key, { asked, ...outOfOrder })
      return send(response, outOfOrder.status, outOfOrder.body)
    }
    underWay.add(key)
    if (delay > 0) await pause(delay)
    underWay.delete(key)
    if (loses || fault === 'lose_answer') return lose(response)
    if (said.replayed) response.setHeader('idempotent-replayed', 'true')
    send(response, said.status, said.body)
  }

  return {
    serve,
    control: {
      /** The next calls (of a verb) go wrong. */
      fail: (fault: Fault, verb?: Asked, times = 1): void => {
        planned.push({ fault, verb, times })
      },
      mend: (): void => {
        planned = []
      },
      slow: (ms: number): void => {
        delay = ms
      },
      /** How often a verb was asked for with a key, answered or not. */
      calls: (verb: Asked, key = ''): number => counts.get(`${verb} ${key}`) ?? 0,
      /** Stripe forgets keys after a day. */
      forgetKeys: (): void => saved.clear(),
    },
  }
}

const outOfOrder = {
  status: 500,
  body: JSON.stringify({ error: { type: 'api_error', message: 'Out of order.' } }),
} as const

function done(act: () => object): { status: number; body: string } {
  try {
    return { status: 200, body: JSON.stringify(act()) }
  } catch (error) {
    if (!(error instanceof StripeSays)) throw error
    return { status: error.status, body: error.body }
  }
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

export function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(body)
}
