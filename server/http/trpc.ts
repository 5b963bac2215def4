import type { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { cardNumberSent, foreignSite } from '#server/http/errors.ts'
import { bearerOf, identify } from '#server/http/identify.ts'
import { carriesCard } from '#server/kernel/card-guard.ts'
import { Refusal } from '#server/kernel/errors.ts'
import type { EnvId } from '#server/kernel/ids.ts'
import { anonymous } from '#server/runtime/actor.ts'
import type { Outside } from '#server/runtime/outside.ts'
import type { App } from '#server/runtime/unit-of-work.ts'
import { type CallContext, errorOf } from '#server/trpc/init.ts'
import { appRouter } from '#server/trpc/root.ts'

export type Calls = App & Readonly<{ outside: Outside; cookieKey: string; secure: boolean }>

/** The one environment of an installation that has not been told of others. */
export const homeEnv = 1 as EnvId

/** Calls one request may hold. They run at the same time, each with a connection of its own. */
const batchLimit = 20

type Caller = {
  ip: string
  requestId: string
  /** Why nothing that is asked for will be done. */
  refusal?: Refusal
}

export const readCookies = (header: string | null): Map<string, string> =>
  new Map(
    (header ?? '').split(/;\s*/).flatMap((pair) => {
      const at = pair.indexOf('=')
      return at > 0 ? [[pair.slice(0, at), safeDecode(pair.slice(at + 1))] as const] : []
    }),
  )

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Answers one tRPC request, whether it came over the wire or from a server component. */
export async function answer(calls: Calls, request: Request, caller: Caller): Promise<Response> {
  const cookies = readCookies(request.headers.get('cookie'))
  const userAgent = request.headers.get('user-agent') ?? undefined
  const setCookies: string[] = []

  const response = await fetchRequestHandler({
    endpoint: '/trpc',
    req: request,
    router: appRouter,
    maxBatchSize: batchLimit,
    createContext: async (): Promise<CallContext> => {
      if (caller.refusal) throw errorOf(caller.refusal)
      const signedIn = await identify(
        calls,
        {
          ip: caller.ip,
          userAgent,
          authorization: request.headers.get('authorization') ?? undefined,
          cookie: (name) => cookies.get(name),
        },
        calls.cookieKey,
      )
      return {
        edge: {
          database: calls.database,
          clock: calls.clock,
          log: calls.log,
          secrets: calls.secrets,
          requestId: caller.requestId,
          env: signedIn?.env ?? homeEnv,
          actor: signedIn?.actor ?? anonymous(caller.ip, userAgent),
        },
        outside: calls.outside,
        signedIn,
        cookies: {
          get: (name) => cookies.get(name),
          set: (name, value, maxAge) => {
            const secure = calls.secure ? '; Secure' : ''
            setCookies.push(
              `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`,
            )
          },
        },
      }
    },
    responseMeta: ({ errors }) =>
      errors.some(isUnavailable) ? { status: 503, headers: { 'retry-after': '2' } } : {},
  })

  for (const cookie of setCookies) response.headers.append('set-cookie', cookie)
  response.headers.set('cache-control', 'no-store')
  return response
}

/** Also when it was found while asking who sends the request, before there was a procedure. */
const isUnavailable = ({ code, cause }: TRPCError): boolean =>
  code === 'SERVICE_UNAVAILABLE' || (cause instanceof Refusal && cause.kind === 'unavailable')

/** `/trpc/*` over the wire. Mutations come from our own pages only, and as JSON only. */
export function trpcRoutes(server: FastifyInstance, calls: Calls): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/trpc/*',
    // 1 MiB: the largest form is a small fraction of it.
    bodyLimit: 1_048_576,
    handler: async (request, reply) => {
      const posted = request.method === 'POST'
      const refusal = posted ? refusalOf(request, calls) : undefined
      const caller = { ip: request.ip, requestId: request.id, refusal }
      if (refusal) calls.log.info({ refusal: refusal.code, requestId: request.id }, 'refused')

      const response = await answer(
        calls,
        new Request(new URL(request.url, 'http://portico.internal'), {
          method: request.method,
          headers: toHeaders(request.headers),
          // What is refused goes no further.
          body: posted ? JSON.stringify((refusal ? null : request.body) ?? null) : undefined,
        }),
        caller,
      )
      reply.code(response.status)
      for (const [name, value] of response.headers) {
        if (name !== 'set-cookie') reply.header(name, value)
      }
      const cookies = response.headers.getSetCookie()
      if (cookies.length > 0) reply.header('set-cookie', cookies)
      return reply.send(await response.text())
    },
  })
}

const toHeaders = (headers: NodeJS.Dict<string | string[]>): Headers => {
  const out = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) out.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return out
}

/** Why a mutation isn't even looked at; in the shape of every other refusal, for pages to show. */
function refusalOf(
  { headers, body }: Pick<FastifyRequest, 'headers' | 'body'>,
  { outside }: Calls,
): Refusal | undefined {
  if (isForeign(headers, outside.publicUrl)) return foreignSite()
  return carriesCard(body) ? cardNumberSent() : undefined
}

/**
 * A mutation from another site's page, or none at all: the browser says where it comes from. A
 * bearer's token is no cookie: no other site's page can send it along.
 */
export function isForeign(
  { authorization, origin, host, 'sec-fetch-site': site }: NodeJS.Dict<string | string[]>,
  publicUrl: string,
): boolean {
  if (bearerOf(String(authorization ?? ''))) return false
  const ownSite = site === undefined || site === 'same-origin' || site === 'none'
  const ownOrigin = origin === undefined || origin === publicUrl || hostOf(origin) === host
  return !(ownSite && ownOrigin)
}

/** Undefined for what is no address, such as the "null" of a sandboxed frame. */
const hostOf = (origin: string | string[]): string | undefined =>
  URL.parse(String(origin))?.host || undefined
