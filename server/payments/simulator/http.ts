import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Log } from '#server/runtime/log.ts'
import { act, look, verbOf } from './act.ts'
import type { Bank } from './bank.ts'
import { BankRefusal, type Told } from './books.ts'
import type { Control, Verb } from './control.ts'
import { challengePage, fieldsPage } from './pages.ts'
import { zForget } from './wire.ts'

/** What a request may cost: nothing sent here is longer than a few lines. */
const bodyLimit = 16_384

export type Site = Readonly<{
  bank: Bank
  control: Control
  secret: string
  origin: () => string
  allowedParents: () => readonly string[]
  log: Log
}>

type Exchange = Readonly<{
  site: Site
  request: IncomingMessage
  response: ServerResponse
  url: URL
}>

class BadRequest extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const font = () =>
  fileURLToPath(
    import.meta.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
  )

const assets = new Map(
  [
    ['/fields.js', 'text/javascript', here('./pages/fields.js')],
    ['/fields.css', 'text/css', here('./pages/fields.css')],
    ['/challenge.js', 'text/javascript', here('./pages/challenge.js')],
    ['/challenge.css', 'text/css', here('./pages/challenge.css')],
    ['/inter.woff2', 'font/woff2', font()],
  ].map(([path, type, file]) => [path!, { type: type!, file: file! }]),
)

/** Every request of the simulator: the browser's pages and tokens, and our server's calls. */
export const serve =
  (site: Site) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const url = new URL(request.url ?? '/', 'http://simulator')
      await route({ site, request, response, url })
    } catch (error) {
      answerError(site, response, error)
    }
  }

async function route(x: Exchange): Promise<void> {
  const { pathname } = x.url
  const get = x.request.method === 'GET'
  const asset = get ? assets.get(pathname) : undefined
  if (asset) {
    x.response.setHeader('cache-control', 'public, max-age=300')
    return send(x.response, 200, asset.type, readFileSync(asset.file))
  }
  if (pathname === '/fields' && get) return fields(x)
  if (pathname === '/tokens' && !get) return tokens(x)
  const [, challenge] = /^\/challenge\/([\w-]{1,80})$/.exec(pathname) ?? []
  if (challenge) return get ? showChallenge(x, challenge) : decideChallenge(x, challenge)
  if (pathname.startsWith('/v1/')) return api(x)
  throw new BadRequest(404, 'There is nothing here.')
}

function fields(x: Exchange): void {
  const q = x.url.searchParams
  const parent = q.get('parent') ?? ''
  if (!isAllowed(x, parent)) throw new BadRequest(403, 'This page is shown on known sites only.')
  const theme = q.get('theme') === 'dark' ? 'dark' : 'light'
  sendPage(
    x,
    fieldsPage({
      parent,
      theme,
      locale: q.get('locale') ?? 'en',
      accent: q.get('accent') ?? '',
      name: q.get('name') === '1',
    }),
  )
}

const zTyped = z.strictObject({
  number: z.string().max(40),
  expiry: z.string().max(20),
  cvc: z.string().max(10),
})

async function tokens(x: Exchange): Promise<void> {
  ownPagesOnly(x)
  const made = x.site.bank.tokenize(zTyped.parse(await json(x.request)))
  if ('faults' in made) return sendJson(x.response, 422, { fields: made.faults })
  const { brand, last4, expMonth, expYear } = made.card
  sendJson(x.response, 200, { token: made.token, card: { brand, last4, expMonth, expYear } })
}

const askOf = (q: URLSearchParams) => ({
  parent: q.get('parent') ?? '',
  back: q.get('return') ?? '',
  locale: q.get('locale') ?? 'en',
})

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '')

function showChallenge(x: Exchange, id: string): void {
  const ask = askOf(x.url.searchParams)
  const intent = x.site.bank.challenged(id)
  if (!intent) throw new BadRequest(404, 'There is nothing to confirm here.')
  if (ask.parent && !isAllowed(x, ask.parent)) throw new BadRequest(403, 'Not from there.')

  // Reloaded, or come to with the browser's back button: the way is forward.
  const over = ask.back !== '' && intent.state !== 'requires_action'
  const answer = over
    ? () => leadBack(x, ask.back, intent.intent)
    : () => sendPage(x, challengePage(intent, ask))
  answer()
}

async function decideChallenge(x: Exchange, id: string): Promise<void> {
  ownPagesOnly(x)
  const form = new URLSearchParams(await text(x.request))
  const { parent, back, locale } = askOf(form)
  const intent = x.site.bank.challenged(id)
  if (!intent) throw new BadRequest(404, 'There is nothing to confirm here.')
  if (back && !isAllowed(x, originOf(back))) throw new BadRequest(403, 'Not to there.')
  x.site.bank.decide(id, form.get('verdict') === 'approve')

  if (back) return leadBack(x, back, intent.intent)
  redirect(
    x,
    new URL(`/challenge/${id}?${new URLSearchParams({ parent, locale })}`, x.site.origin()),
  )
}

function leadBack(x: Exchange, back: string, intent: string): void {
  if (!isAllowed(x, originOf(back))) throw new BadRequest(403, 'Not to there.')
  const target = new URL(back)
  target.searchParams.set('intent', intent)
  redirect(x, target)
}

function redirect({ response }: Exchange, target: URL): void {
  response.setHeader('location', target.href)
  send(response, 303, 'text/plain', '')
}

const paths = /^\/v1\/intents(?:\/([\w-]{1,80}))?(?:\/(confirm|capture|cancel|refunds))?$/

async function api(x: Exchange): Promise<void> {
  const { site, request, response, url } = x
  if (!sameSecret(request.headers.authorization ?? '', `Bearer ${site.secret}`)) {
    throw new BadRequest(401, 'Who is asking?')
  }
  if (url.pathname === '/v1/methods/forget' && request.method === 'POST') return forget(x)
  const [path, id, verb] = paths.exec(url.pathname) ?? []
  if (!path) throw new BadRequest(404, 'There is nothing here.')

  const lookup = request.method === 'GET'
  const doing: Verb = lookup ? 'lookup' : verbOf(verb)
  const key = String(request.headers['idempotency-key'] ?? '')
  if (!lookup && !/^[\x21-\x7e]{1,200}$/.test(key)) throw new BadRequest(400, 'A key is missing.')
  const body = lookup ? undefined : await json(request)

  const fault = site.control.take(doing, key)
  if (fault === 'lose_request') return
  if (fault === 'break') throw new BadRequest(503, 'Out of order.')

  const { outcome, lost } = lookup
    ? { outcome: look(site.bank, id ?? '', verb, url.searchParams.get('key')), lost: false }
    : act(site.bank, doing, key, id ?? '', body)
  await site.control.pause()
  // Never answered: whoever asked runs into its own time-out.
  if (lost || fault === 'lose_answer') return
  sendJson(response, 200, outward(outcome, site.origin()))
}

async function forget({ site, request, response }: Exchange): Promise<void> {
  const { method } = zForget.parse(await json(request))
  const fault = site.control.take('forget', method)
  if (fault === 'lose_request') return
  if (fault === 'break') throw new BadRequest(503, 'Out of order.')

  site.bank.forget(method)
  await site.control.pause()
  if (fault !== 'lose_answer') sendJson(response, 200, { state: 'forgotten' })
}

const outward = (outcome: Told, origin: string): Told =>
  outcome.state === 'requires_action'
    ? { ...outcome, challengeUrl: `${origin}${outcome.challengeUrl}` }
    : outcome

const digest = (text: string) => createHash('sha256').update(text).digest()
const sameSecret = (given: string, right: string) => timingSafeEqual(digest(given), digest(right))

const isAllowed = ({ site }: Exchange, origin: string): boolean =>
  site.allowedParents().includes(origin)

/** Browsers say where a request comes from; other sites' pages have no business with ours. */
function ownPagesOnly({ request }: Exchange): void {
  if ((request.headers['sec-fetch-site'] ?? 'same-origin') !== 'same-origin') {
    throw new BadRequest(403, 'Not from there.')
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyLimit) throw new BadRequest(413, 'Too long.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function json(request: IncomingMessage): Promise<unknown> {
  const sent = await text(request)
  try {
    return sent === '' ? {} : (JSON.parse(sent) as unknown)
  } catch {
    throw new BadRequest(400, 'Not JSON.')
  }
}

function sendPage(x: Exchange, html: string): void {
  const parents = x.site.allowedParents().join(' ')
  x.response.setHeader(
    'content-security-policy',
    // Browsers hold a redirect after a form to `form-action` too: hence the parents there.
    `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self' ${parents}; frame-ancestors ${parents || "'none'"}`,
  )
  x.response.setHeader('referrer-policy', 'no-referrer')
  x.response.setHeader('cache-control', 'no-store')
  send(x.response, 200, 'text/html; charset=utf-8', html)
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.setHeader('cache-control', 'no-store')
  send(response, status, 'application/json', JSON.stringify(body))
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}

const refusalStatus = { key_reused: 409, no_such_intent: 404, amount_too_large: 400 } as const

type Reason = Readonly<{ status: number; code: string; message: string }>

function reasonOf(error: unknown): Reason | undefined {
  if (error instanceof BankRefusal) {
    return { status: refusalStatus[error.code], code: error.code, message: error.message }
  }
  if (error instanceof BadRequest) {
    return { status: error.status, code: 'bad_request', message: error.message }
  }
  if (error instanceof z.ZodError) {
    return { status: 400, code: 'bad_request', message: 'Not of the form asked for.' }
  }
  return undefined
}

/** What was sent is never repeated: it may have been a card. */
function answerError(site: Site, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return
  const reason = reasonOf(error)
  if (!reason) site.log.error({ err: error }, 'the payment simulator failed')
  const { status, code, message } = reason ?? {
    status: 500,
    code: 'failed',
    message: 'Something went wrong here.',
  }
  sendJson(response, status, { error: { code, message } })
}
