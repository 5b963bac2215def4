import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'
import compress from '@fastify/compress'
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from 'fastify'
import * as devices from '#server/devices/service.ts'
import { activityRoutes } from '#server/http/activity.ts'
import { bulkRoutes } from '#server/http/bulk.ts'
import { commonHeaders, contentSecurityPolicy, newNonce } from '#server/http/headers.ts'
import { invoiceRoutes } from '#server/http/invoices.ts'
import { sampleInvoiceRoutes } from '#server/http/sample-invoice.ts'
import { type Calls, trpcRoutes } from '#server/http/trpc.ts'
import { usageRoutes } from '#server/http/usage.ts'
import { webhookRoutes } from '#server/http/webhooks.ts'
import { hasCardNumber } from '#server/kernel/card.ts'
import { carriesCard } from '#server/kernel/card-guard.ts'
import { Refusal } from '#server/kernel/errors.ts'
import type { ClientConfig } from '#server/payments/gateway.ts'
import { databaseWaiting, httpSeconds, registry } from '#server/runtime/metrics.ts'

export type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export type FrontDoor = Readonly<{
  calls: Calls
  /** Who takes the cards: pages may load and show what is theirs. */
  cards: ClientConfig
  development: boolean
  /** Whether new requests are welcome: false before start is done and once stopping began. */
  ready: () => boolean
  pages: Pages
}>

const kindOf = (url: string) =>
  url.startsWith('/trpc') ? 'trpc' : url.startsWith('/_next') ? 'asset' : 'page'

/** The one port: our protocols first, Next.js for all the rest. */
export async function buildServer(door: FrontDoor): Promise<FastifyInstance> {
  const { calls } = door
  const server = fastify({
    loggerInstance: calls.log as FastifyBaseLogger,
    // One line a request, written below: with what it was and never with its query.
    logController: new LogController({ disableRequestLogging: true }),
    // A proxy on this machine may say whom it speaks for; nobody else is believed.
    trustProxy: 'loopback',
    genReqId: (request) => {
      const given = request.headers['x-request-id']
      const taken = typeof given === 'string' && /^[\w-]{8,64}$/.test(given)
      return taken && !carriesCard(given) ? given : randomUUID()
    },
    // Real clients send `//` and JSON in path segments; Next is to see what was sent.
    routerOptions: { ignoreDuplicateSlashes: false },
    forceCloseConnections: 'idle',
    // Before any route: an address that is not even one, such as `/%ff`.
    frameworkErrors: (error, request, reply: FastifyReply) => {
      const status = error.statusCode ?? 400
      record(calls, request.id, request.method, '/…', status, reply.elapsedTime)
      void reply.code(status).type('text/plain').send('There is nothing at this address.')
    },
  })
  // What we answer ourselves; pages and their files are compressed by Next.
  await server.register(compress, { encodings: ['gzip'] })

  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...commonHeaders, 'x-request-id': request.id })
  })
  server.addHook('onResponse', async (request, reply) => {
    record(calls, request.id, request.method, request.url, reply.statusCode, reply.elapsedTime)
  })

  sayLittle(server, calls)
  operations(server, door)
  trpcRoutes(server, calls)
  bulkRoutes(server, calls)
  usageRoutes(server, calls)
  activityRoutes(server, calls)
  invoiceRoutes(server, calls)
  webhookRoutes(server, calls)
  sampleInvoiceRoutes(server, calls)
  configFiles(server, calls)
  pages(server, door)
  return server
}

/** What went wrong before or outside of a procedure. Our own faults are the log's business alone. */
function sayLittle(server: FastifyInstance, { log }: Calls): void {
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) log.error({ err: error, requestId: request.id }, 'failed')
    const message = status < 500 ? error.message : 'Something went wrong on our side.'
    return reply.code(status).send({ statusCode: status, message, requestId: request.id })
  })
}

function record(
  calls: Calls,
  requestId: string,
  method: string,
  url: string,
  status: number,
  ms: number,
): void {
  const route = kindOf(url)
  httpSeconds.observe({ route, status: `${Math.floor(status / 100)}xx` }, ms / 1000)
  if (route === 'asset') return
  calls.log[status >= 500 ? 'error' : 'info'](
    { requestId, method, path: loggedPath(url), status, ms: Math.round(ms) },
    'request',
  )
}

/** The path alone: queries and one-time links can hold what is nobody's business. */
function loggedPath(url: string): string {
  const path = url.split('?')[0]!.replace(/^\/config\/.*/, '/config/…')
  if (hasCardNumber(path)) return '…'
  return path.length > 200 ? `${path.slice(0, 200)}…` : path
}

const inside = new BlockList()
for (const [net, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  inside.addSubnet(net, prefix, 'ipv4')
}
inside.addAddress('::1', 'ipv6')
inside.addSubnet('fc00::', 7, 'ipv6')

/** This machine and private networks: how busy we are is no business of the internet's. */
const isInside = (ip: string) => inside.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4')

/** For whoever runs us: alive, ready, and in numbers. */
function operations(server: FastifyInstance, { calls, ready }: FrontDoor): void {
  server.get('/livez', async () => ({ alive: true }))
  server.get('/readyz', async (_request, reply) => {
    try {
      if (!ready()) throw new Error('starting or stopping')
      await calls.database.ping()
      return { ready: true }
    } catch {
      return reply.code(503).header('retry-after', '2').send({ ready: false })
    }
  })
  server.get('/metrics', async (request, reply) => {
    if (!isInside(request.ip)) return reply.callNotFound()
    databaseWaiting.set(calls.database.waiting())
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** What phones fetch: a file, once, by an address nobody can guess. */
function configFiles(server: FastifyInstance, calls: Calls): void {
  server.get<{ Params: { token: string } }>('/config/:token', async (request, reply) => {
    try {
      const file = await devices.openConfig(calls, request.params.token, request.id)
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="${file.filename}"`)
        .header('cache-control', 'no-store')
        .send(file.body)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const status = error.kind === 'unavailable' ? 503 : 410
      return reply.code(status).type('text/plain; charset=utf-8').send(error.message)
    }
  })
}

/** No form of ours is deeper; what walks a body does so step by step, and a stack has an end. */
const deepest = 32

function parsed(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text)
    return isDeeper(body, deepest) ? new Error('This is nested too deeply.') : body
  } catch {
    return new Error('This is not JSON.')
  }
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)))

/** Everything else is a page. Next reads the nonce from the request and gives it to its scripts. */
function pages(server: FastifyInstance, door: FrontDoor): void {
  const { cards, development } = door
  // Next reads bodies itself (next-auth's forms).
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (!request.url.startsWith('/trpc')) return done(null, body)
    const asked = body === '' ? undefined : parsed(body as string)
    if (asked instanceof Error) return done(Object.assign(asked, { statusCode: 400 }))
    done(null, asked)
  })

  server.setNotFoundHandler((request, reply) => {
    const nonce = newNonce()
    const policy = contentSecurityPolicy(nonce, cards, development)
    const { raw } = request
    Object.assign(raw.headers, {
      'x-nonce': nonce,
      'content-security-policy': policy,
      'x-portico-ip': request.ip,
      'x-portico-path': request.url,
      'x-request-id': request.id,
    })
    for (const [name, value] of Object.entries(commonHeaders)) reply.raw.setHeader(name, value)
    reply.raw.setHeader('content-security-policy', policy)
    reply.raw.setHeader('x-request-id', request.id)
    reply.hijack()
    void door.pages(raw, reply.raw)
  })
}
