import type { Operation, TRPCClientError, TRPCLink } from '@trpc/client'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import type { AppRouter } from './app-router.ts'
import { refusedBy } from './refusal.ts'

export type RetryPolicy = Readonly<{
  /** How long one call may wait for a server that is away, in milliseconds. */
  patience: number
  now: () => number
  /** Calls back after a while; the returned function calls it off. */
  after: (milliseconds: number, then: () => void) => () => void
  /** Told when a call starts to wait; returns what to call when it stops. */
  waiting: () => () => void
}>

/** First pause; doubled each time, so that a restarting server is not met by a stampede. */
const FIRST_PAUSE = 400
const LONGEST_PAUSE = 5_000

/**
 * Asks again while the server is away (503, or no answer at all): queries always, mutations only
 * where repeating is the same as doing it once. Every other error is an answer and stands.
 */
export function retryLink(policy: RetryPolicy): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const deadline = policy.now() + policy.patience
        let current: Unsubscribable | undefined
        let callOff = () => {}
        let stopWaiting: (() => void) | undefined

        const settle = () => {
          stopWaiting?.()
          stopWaiting = undefined
        }

        const attempt = (pause: number) => {
          current = next(op).subscribe({
            next(value) {
              settle()
              observer.next(value)
            },
            complete() {
              settle()
              observer.complete()
            },
            error(error) {
              const wait = Math.max(pause, retryAfter(error))
              if (!isWorthRepeating(op, error) || policy.now() + wait > deadline) {
                settle()
                observer.error(error)
                return
              }

              stopWaiting ??= policy.waiting()
              callOff = policy.after(wait, () => attempt(Math.min(pause * 2, LONGEST_PAUSE)))
            },
          })
        }

        attempt(FIRST_PAUSE)
        return () => {
          callOff()
          settle()
          current?.unsubscribe()
        }
      })
}

/** Context of a mutation that may be repeated: the server knows its `Idempotency-Key`. */
export const idempotent = { context: { idempotent: true } } as const

function isWorthRepeating(op: Operation, error: unknown): boolean {
  const kind = refusedBy(error)?.kind
  if (kind !== 'unavailable' && kind !== 'offline') return false
  return op.type === 'query' || (op.type === 'mutation' && op.context.idempotent === true)
}

/** RFC 9110, 10.2.3, in seconds; the date form is not used by our server. */
function retryAfter(error: TRPCClientError<AppRouter>): number {
  const response = error.meta?.response
  const seconds = response instanceof Response ? Number(response.headers.get('retry-after')) : 0
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0
}
