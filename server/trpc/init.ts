import { initTRPC, TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { notSignedIn, passwordChangeRequired } from '#server/auth/errors.ts'
import { demand, type Right } from '#server/auth/rights.ts'
import type { SignedIn } from '#server/auth/service.ts'
import { Refusal, type RefusalKind } from '#server/kernel/errors.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** What a call arrives with; made per request by `server/http/trpc.ts`. */
export type CallContext = Readonly<{
  edge: Edge
  outside: Outside
  signedIn?: SignedIn
  /** Cookies of the browser; `set` goes out with the answer, httpOnly. */
  cookies: {
    get(name: string): string | undefined
    set(name: string, value: string, maxAgeSeconds: number): void
  }
}>

const codes = {
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  gone: 'PRECONDITION_FAILED',
  too_many: 'TOO_MANY_REQUESTS',
  declined: 'PAYMENT_REQUIRED',
  unavailable: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<RefusalKind, TRPCError['code']>

/** A refusal as tRPC's error of its kind. */
export const errorOf = (refusal: Refusal): TRPCError =>
  new TRPCError({ code: codes[refusal.kind], message: refusal.message, cause: refusal })

/** One field that isn't right: where, why in a word, and what is needed to say it in a sentence. */
export type FieldFault = {
  path: string
  code: string
  details?: Record<string, string | number>
}

function fieldFaults(error: ZodError): FieldFault[] {
  return error.issues.map((issue): FieldFault => {
    const path = issue.path.join('.')
    const params = 'params' in issue ? (issue.params as { code?: string } | undefined) : undefined
    if (issue.code === 'custom') return { path, code: params?.code ?? 'invalid' }
    if (issue.code === 'too_small') {
      return { path, code: 'too_small', details: { minimum: Number(issue.minimum) } }
    }
    if (issue.code === 'too_big') {
      return { path, code: 'too_big', details: { maximum: Number(issue.maximum) } }
    }
    if (issue.code === 'invalid_format') return { path, code: `format_${issue.format}` }
    return { path, code: issue.code }
  })
}

/** What only a program can do wrong. */
const misuses: Partial<Record<TRPCError['code'], string>> = {
  NOT_FOUND: 'There is no such call.',
  METHOD_NOT_SUPPORTED: 'Queries are called by GET, mutations by POST.',
  BAD_REQUEST: 'This is not how a call is written.',
  PARSE_ERROR: 'This is not JSON.',
}

/** Who may call a procedure; every one says it, and a test reads it off each. */
export type Access =
  | Readonly<{ open: true }>
  | Readonly<{ right: Right; beforePasswordChange: boolean }>

const t = initTRPC
  .context<CallContext>()
  .meta<Access>()
  .create({
    errorFormatter({ shape, error, ctx }) {
      const { cause } = error
      const refusal = cause instanceof Refusal ? cause : undefined
      const fields = cause instanceof ZodError ? fieldFaults(cause) : undefined
      return {
        message: refusal
          ? refusal.message
          : fields
            ? 'Some of what was sent is not right.'
            : (misuses[error.code] ?? 'Something went wrong on our side. It has been noted.'),
        code: shape.code,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          refusal: refusal && {
            kind: refusal.kind,
            code: refusal.code,
            details: refusal.details,
          },
          fields,
          requestId: ctx?.edge.requestId,
        },
      }
    },
  })

export const router = t.router
export const callerFactory = t.createCallerFactory

/**
 * A refusal becomes tRPC's error of its kind, after the unit of work has been rolled back. `next()`
 * answers with errors instead of throwing them.
 */
const translated = t.procedure.use(async ({ next, ctx, path }) => {
  const result = await next()
  if (result.ok) return result

  const { cause } = result.error
  if (cause instanceof Refusal) {
    ctx.edge.log.info({ path, refusal: cause.code, requestId: ctx.edge.requestId }, 'refused')
    throw errorOf(cause)
  }
  if (result.error.code === 'INTERNAL_SERVER_ERROR') {
    ctx.edge.log.error(
      { path, err: cause ?? result.error, requestId: ctx.edge.requestId },
      'failed',
    )
  }
  return result
})

/** Open to everybody: signing in, and the signup of prospects. */
export const openProcedure = translated.meta({ open: true })

type Options = {
  /** Reachable before the first password is changed; only the way to change it may say so. */
  beforePasswordChange?: true
}

/**
 * A procedure for somebody who is signed in and has the right. There is no other kind, so none can
 * forget the gate of the first login.
 */
export const procedure = (right: Right, options: Options = {}) => {
  const beforePasswordChange = options.beforePasswordChange ?? false
  return translated.meta({ right, beforePasswordChange }).use(({ ctx, next }) => {
    if (!ctx.signedIn) throw notSignedIn()
    if (ctx.signedIn.mustChangePassword && !beforePasswordChange) throw passwordChangeRequired()
    demand(ctx.signedIn.actor, right)
    return next({ ctx: { ...ctx, signedIn: ctx.signedIn } })
  })
}

type Call<Input> = { ctx: CallContext; input: Input }

/** A service verb as a procedure: one unit of work around it, and nothing else. */
export const work =
  <Input, Output>(verb: (ctx: Ctx, input: Input) => Promise<Output>) =>
  ({ ctx, input }: Call<Input>): Promise<Output> =>
    unitOfWork(ctx.edge, (unit) => verb(unit, input))
