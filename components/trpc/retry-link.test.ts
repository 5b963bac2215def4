import { createTRPCUntypedClient, httpLink } from '@trpc/client'
import { expect, test } from 'vitest'
import type { AppRouter } from './app-router.ts'
import { idempotencyHeaders } from './idempotency.ts'
import { refusedBy } from './refusal.ts'
import { idempotent, retryLink } from './retry-link.ts'

const ok = () => Response.json({ result: { data: 'here' } })

const refusal = (httpStatus: number, kind: string, headers: Record<string, string> = {}) =>
  Response.json(
    {
      error: {
        message: 'No.',
        code: -32000,
        data: { httpStatus, refusal: { kind, code: `test.${kind}`, details: {} } },
      },
    },
    { status: httpStatus, headers },
  )

const away = (retryAfter?: string) =>
  refusal(503, 'unavailable', retryAfter ? { 'retry-after': retryAfter } : {})

const noAnswer = () => {
  throw new TypeError('Failed to fetch')
}

/** A client whose clock jumps ahead instead of waiting, against a server that says `answers`. */
function against(answers: (() => Response)[]) {
  let now = 0
  const pauses: number[] = []
  const keys: (string | undefined)[] = []
  let waiting = 0

  const client = createTRPCUntypedClient<AppRouter>({
    links: [
      retryLink({
        patience: 20_000,
        now: () => now,
        after(milliseconds, then) {
          pauses.push(milliseconds)
          now += milliseconds
          queueMicrotask(then)
          return () => {}
        },
        waiting: () => {
          waiting++
          return () => waiting--
        },
      }),
      httpLink({
        url: 'http://portico.test/trpc',
        headers: ({ op }) => idempotencyHeaders(op),
        fetch: async (_, init) => {
          const headers = new Headers(init?.headers as Record<string, string>)
          keys.push(headers.get('idempotency-key') ?? undefined)
          return (answers.length > 1 ? answers.shift()! : answers[0]!)()
        },
      }),
    ],
  })
  return { client, pauses, keys, stillWaiting: () => waiting }
}

test('a query asked while the server restarts is answered when it is back', async () => {
  const { client, pauses, stillWaiting } = against([() => away(), noAnswer, ok])
  expect(await client.query('a')).toBe('here')
  expect(pauses).toEqual([400, 800])
  expect(stillWaiting()).toBe(0)
})

test('the server says when to come back, and is believed', async () => {
  const { client, pauses } = against([() => away('3'), ok])
  expect(await client.query('a')).toBe('here')
  expect(pauses).toEqual([3_000])
})

test('after twenty seconds the person is told', async () => {
  const { client, pauses, stillWaiting } = against([() => away()])
  const error = await client.query('a').catch((e: unknown) => e)
  expect(refusedBy(error)?.kind).toBe('unavailable')
  expect(pauses.reduce((sum, pause) => sum + pause)).toBeLessThanOrEqual(20_000)
  expect(pauses.length).toBeGreaterThan(4)
  expect(stillWaiting()).toBe(0)
})

test('a mutation is repeated only where that is the same as once', async () => {
  const plain = against([() => away(), ok])
  await expect(plain.client.mutation('pay')).rejects.toThrow()
  expect(plain.pauses).toEqual([])

  const safe = against([() => away(), noAnswer, ok])
  expect(await safe.client.mutation('pay', {}, idempotent)).toBe('here')
})

test('every attempt of one mutation carries the same key, the next mutation another', async () => {
  const { client, keys } = against([() => away(), () => away(), ok])
  await client.mutation('pay', {}, idempotent)
  await client.mutation('pay', {}, idempotent)
  const [first, second, third, next] = keys
  expect(first).toMatch(/^[0-9a-f]{32}$/)
  expect([second, third]).toEqual([first, first])
  expect(next).not.toBe(first)
})

test('a refusal is an answer: asked once, shown as it is', async () => {
  const { client, pauses } = against([() => refusal(409, 'conflict')])
  const error = await client.query('a').catch((e: unknown) => e)
  expect(refusedBy(error)).toMatchObject({ kind: 'conflict', code: 'test.conflict' })
  expect(pauses).toEqual([])
})

test('what is not a refusal of ours is unexpected, what never arrived is offline', () => {
  expect(refusedBy(new Error('boom'))?.kind).toBe('unexpected')
  expect(refusedBy(new TypeError('Failed to fetch'))?.kind).toBe('offline')
  expect(refusedBy(undefined)).toBeUndefined()
})
