import type { FastifyReply, FastifyRequest } from 'fastify'
import { notSignedIn, passwordChangeRequired } from '#server/auth/errors.ts'
import { demand, type Right } from '#server/auth/rights.ts'
import { identify } from '#server/http/identify.ts'
import { type Calls, readCookies } from '#server/http/trpc.ts'
import { Refusal, type RefusalKind } from '#server/kernel/errors.ts'
import { pickLocale } from '#server/kernel/locale.ts'
import type { Edge } from '#server/runtime/unit-of-work.ts'

const statuses = {
  invalid: 400,
  unauthenticated: 401,
  declined: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_many: 429,
  unavailable: 503,
} as const satisfies Record<RefusalKind, number>

/** A file to be saved. */
export const csv = (reply: FastifyReply, name: string) =>
  reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')

/** A document to be saved; whoever only wants to look opens it from there. */
export const pdf = (reply: FastifyReply, name: string) =>
  reply
    .type('application/pdf')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')

/** What the browser brings along: cookies, and the language of its page. */
export const pageOf = (request: FastifyRequest) => {
  const cookies = readCookies(request.headers.cookie ?? null)
  return {
    cookies,
    locale: pickLocale(request.headers['accept-language'], cookies.get('portico_locale')),
  }
}

/**
 * The edge of whoever sends this, who has the right; without one, the verb that is called looks.
 *
 * @throws unauthenticated `auth.not_signed_in`, forbidden `auth.password_change_required`,
 *   `auth.not_allowed`
 */
export async function whoAsks(calls: Calls, request: FastifyRequest, right?: Right): Promise<Edge> {
  const { cookies } = pageOf(request)
  const { authorization, 'user-agent': userAgent } = request.headers
  const signedIn = await identify(
    calls,
    { ip: request.ip, userAgent, authorization, cookie: (name) => cookies.get(name) },
    calls.cookieKey,
  )
  if (!signedIn) throw notSignedIn()
  if (signedIn.mustChangePassword) throw passwordChangeRequired()
  if (right) demand(signedIn.actor, right)
  const { database, clock, log, secrets } = calls
  const { env, actor } = signedIn
  return { database, clock, log, secrets, requestId: request.id, env, actor }
}

/** A refusal in the shape that procedures answer with; what is our fault isn't told. */
export const refusalOrFault =
  ({ log }: Calls) =>
  (error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply) => {
    const { id: requestId } = request
    if (error instanceof Refusal) {
      const { kind, code, details, message } = error
      log.info({ refusal: code, requestId }, 'refused')
      const status = statuses[kind]
      if (kind === 'unavailable') reply.header('retry-after', '2')
      const data = { httpStatus: status, requestId, refusal: { kind, code, details } }
      return reply.code(status).send({ error: { message, data } })
    }
    const isTheirs = error.name === 'ZodError' || (error.statusCode ?? 500) < 500
    if (!isTheirs) log.error({ err: error, requestId }, 'failed')
    const status = isTheirs ? (error.statusCode ?? 400) : 500
    const message = isTheirs ? 'This is not right.' : 'Something went wrong on our side.'
    return reply.code(status).send({ error: { message, data: { httpStatus: status, requestId } } })
  }
