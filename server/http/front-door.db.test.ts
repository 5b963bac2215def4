import type { FastifyInstance, InjectOptions } from 'fastify'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '#db/client.ts'
import * as auth from '#server/auth/service.ts'
import { buildServer } from '#server/http/server.ts'
import type { Calls } from '#server/http/trpc.ts'
import { anonymous } from '#server/runtime/actor.ts'
import { openLog } from '#server/runtime/log.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { testDatabase } from '#server/testing/database.ts'

const it = testDatabase()
const publicUrl = 'https://portal.example'
const cookieKey = 'a key of the cookies, for tests'
const visa = '4242424242424242'

let server: FastifyInstance
let calls: Calls
let logged = ''
let seenByPages: Record<string, unknown> = {}
let ready = true

beforeAll(async () => {
  const edge = it.edge()
  calls = {
    database: edge.database,
    clock: edge.clock,
    secrets: edge.secrets,
    log: openLog('debug', { write: (line) => (logged += line) }),
    outside: { publicUrl } as Outside,
    cookieKey,
    secure: true,
  }
  server = await buildServer({
    calls,
    cards: { kind: 'simulator', fieldsUrl: 'https://pay.example/fields' },
    development: false,
    ready: () => ready,
    pages: async (request, response) => {
      seenByPages = { ...request.headers }
      response.end('a page')
    },
  })
})
afterAll(() => server.close())
beforeEach(async () => {
  logged = ''
  await it.sql('truncate sign_in_failures')
})

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  server.inject({
    method: 'POST',
    url: `/trpc/${path}`,
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  } satisfies InjectOptions)
/** What a page reads of it, whatever it was refused for. */
const refusalIn = (answer: { json(): { error: { data: { refusal: unknown } } } }) =>
  answer.json().error.data.refusal
const signIn = (headers?: Record<string, string>) =>
  post('auth.signIn', { login: 'demo-adam', password: 'demo-adam-2026' }, headers)
const me = (headers: Record<string, string>) =>
  server.inject({ url: '/trpc/customers.me', headers })

describe('a mutation', () => {
  test.each([
    ['a program', {}],
    ['our own page', { origin: publicUrl, 'sec-fetch-site': 'same-origin' }],
    ['our page by another name of this host', { origin: 'http://localhost', host: 'localhost' }],
  ])('from %s is taken', async (_from, headers) => {
    expect((await signIn(headers)).statusCode).toBe(200)
  })

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another site that hides its name', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site', origin: 'https://other.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['nobody knows where', { origin: 'not an address' }],
    [
      'another site with made-up credentials',
      { origin: 'https://evil.example', authorization: 'Basic eDp5' },
    ],
  ])('from %s is refused', async (_from, headers) => {
    const answer = await signIn(headers)
    expect(answer.statusCode).toBe(403)
    expect(refusalIn(answer)).toMatchObject({ kind: 'forbidden', code: 'http.foreign_site' })
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'of type %s, as forms send it, is refused',
    async (type) => {
      const answer = await post('auth.signIn', '{}', { 'content-type': type })
      expect(answer.statusCode).toBe(415)
    },
  )

  test('by GET is refused', async () => {
    const answer = await server.inject({ url: '/trpc/auth.signIn?input={}' })
    expect(answer.statusCode).toBe(405)
  })

  test.each([
    ['that is no JSON', '{"login":', 400],
    ['nested ten thousand deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 400],
    ['of two megabytes', JSON.stringify({ login: 'x'.repeat(2_000_000) }), 413],
  ])('%s is refused', async (_what, body, status) => {
    expect((await post('auth.signIn', body)).statusCode).toBe(status)
  })
})

test('a body with a card number is refused before anything is done, stored or logged', async () => {
  const answer = await post('auth.signIn', { login: 'x', password: `pay ${visa}` })
  expect(answer.statusCode).toBe(400)
  expect(refusalIn(answer)).toMatchObject({ kind: 'invalid', code: 'http.card_number' })
  expect(answer.body).not.toContain(visa)
  expect(logged).toContain('request')
  expect(logged).not.toContain(visa)
  expect(await it.sql('select * from sign_in_failures')).toEqual([])
})

test('a name with a NUL in it is the sender’s mistake, not a fault of ours', async () => {
  const answer = await post('auth.signIn', { login: 'demo-adam\u0000', password: 'x' })
  expect(answer.statusCode).toBe(400)
  expect(refusalIn(answer)).toMatchObject({ kind: 'invalid', code: 'database.value_misfit' })
  expect(logged).not.toContain('"level":50')
})

test('a request is called as its sender calls it, unless that would be a card number', async () => {
  const called = async (id: string) =>
    (await server.inject({ url: '/livez', headers: { 'x-request-id': id } })).headers[
      'x-request-id'
    ]
  expect(await called('request-4711')).toBe('request-4711')
  expect(await called(visa)).toMatch(/^[0-9a-f-]{36}$/)
  expect(await called('a b')).toMatch(/^[0-9a-f-]{36}$/)
})

describe('who it is', () => {
  async function cookie() {
    const { token } = await auth.signIn(it.edge(anonymous('10.0.0.1')), {
      login: 'demo-adam',
      password: 'demo-adam-2026',
    })
    const jwt = (secret: string) => encode({ token: { sid: token }, secret })
    return { token, own: await jwt(cookieKey), forged: await jwt('another key') }
  }

  test('is told by the cookie, looked up each time: ended is ended at once', async () => {
    const { token, own } = await cookie()
    const headers = { cookie: `__Secure-next-auth.session-token=${own}` }
    expect((await me(headers)).json().result.data).toMatchObject({ login: 'demo-adam' })
    const holder = await auth.whoHolds({ ...it.edge(), ip: 'x' }, token)
    await it.as(holder!.actor, (ctx) => auth.signOut(ctx, holder!.session))
    expect((await me(headers)).statusCode).toBe(401)
  })

  test('is nobody by a cookie made with another key, or by anything else in its place', async () => {
    const { token, forged } = await cookie()
    for (const value of [forged, token, 'x.y.z', '', '%E0%A4%A']) {
      const answer = await me({ cookie: `next-auth.session-token=${value}` })
      expect(answer.statusCode).toBe(401)
      expect(answer.json().error.data.refusal.code).toBe('auth.not_signed_in')
    }
  })

  test('is told by an API token, which comes before any cookie', async () => {
    const { own } = await cookie()
    const authorization = 'Bearer demo-admin-token'
    const cookies = `next-auth.session-token=${own}`
    expect((await me({ authorization, cookie: cookies })).json().result.data).toMatchObject({
      login: 'demo-admin',
    })
    const wrong = { authorization: 'Bearer not-this-token', cookie: cookies }
    expect((await me(wrong)).statusCode).toBe(401)
  })
})

describe('an answer', () => {
  test('says which refusal it was, in which words, and what it is about', async () => {
    const answer = await post('auth.signIn', { login: 'nobody', password: 'wrong' })
    expect(answer.statusCode).toBe(401)
    expect(answer.json().error).toMatchObject({
      message: 'Login or password is not right.',
      data: { refusal: { kind: 'unauthenticated', code: 'auth.sign_in_failed', details: {} } },
    })
  })

  test('to what can’t be right says where it isn’t, and repeats nothing', async () => {
    const answer = await post('auth.signIn', { login: 'x', password: '', secret: 'hunter2' })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.data.fields).toContainEqual({
      path: 'password',
      code: 'too_small',
      details: { minimum: 1 },
    })
    expect(answer.body).not.toContain('hunter2')
  })

  test('to a fault of ours tells nothing of it; the log does, under the same number', async () => {
    const broken = await buildServer({
      calls: {
        ...calls,
        database: { ...calls.database, withTx: () => Promise.reject(new Error('inner workings')) },
      },
      cards: { kind: 'simulator', fieldsUrl: 'https://pay.example/fields' },
      development: false,
      ready: () => true,
      pages: async () => {},
    })
    const answer = await broken.inject({
      method: 'POST',
      url: '/trpc/auth.signIn',
      headers: { 'content-type': 'application/json', 'x-request-id': 'request-4711' },
      payload: { login: 'x', password: 'y' },
    })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('inner workings')
    expect(answer.body).toContain('request-4711')
    expect(logged).toContain('inner workings')
    expect(logged).toContain('request-4711')
    await broken.close()
  })

  test('to a fault outside of a procedure tells nothing of it either', async () => {
    const broken = await buildServer({
      calls: {
        ...calls,
        database: { ...calls.database, withTx: () => Promise.reject(new Error('inner workings')) },
      },
      cards: { kind: 'simulator', fieldsUrl: 'https://pay.example/fields' },
      development: false,
      ready: () => true,
      pages: async () => {},
    })
    const answer = await broken.inject({ url: `/config/${'x'.repeat(43)}` })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('inner workings')
    expect(logged).toContain('inner workings')
    expect(logged).toContain(answer.json().requestId)
    await broken.close()
  })

  test('without a database is 503, and when to come again', async () => {
    const nowhere = openDatabase({ url: 'postgres://a:b@127.0.0.1:1/c' })
    const cut = await buildServer({
      calls: { ...calls, database: nowhere },
      cards: { kind: 'simulator', fieldsUrl: 'https://pay.example/fields' },
      development: false,
      ready: () => true,
      pages: async () => {},
    })
    // The second is lost on the way to its procedure, when its sender is looked up.
    for (const sender of [{}, { authorization: 'Bearer whoever-this-is' }]) {
      const answer = await cut.inject({
        method: 'POST',
        url: '/trpc/auth.signIn',
        headers: { 'content-type': 'application/json', ...sender },
        payload: { login: 'x', password: 'y' },
      })
      expect(answer.statusCode).toBe(503)
      expect(answer.headers['retry-after']).toBe('2')
    }
    expect((await cut.inject({ url: '/readyz' })).statusCode).toBe(503)
    await cut.close()
    await nowhere.close()
  })

  test('is kept by no cache, and sniffed, framed or referred by none', async () => {
    const answer = await signIn()
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    })
  })
})

describe('a page', () => {
  test('has a policy with a nonce of its own, which whoever makes it is told', async () => {
    const first = await server.inject({ url: '/anything' })
    const nonce = /'nonce-([^']+)'/.exec(String(first.headers['content-security-policy']))?.[1]
    expect(seenByPages['x-nonce']).toBe(nonce)
    const second = await server.inject({ url: '/anything' })
    expect(second.headers['content-security-policy']).not.toBe(
      first.headers['content-security-policy'],
    )
    expect(first.headers['x-content-type-options']).toBe('nosniff')
  })

  test('is not told another address or policy by the visitor’s own headers', async () => {
    await server.inject({
      url: '/anything',
      headers: { 'x-portico-ip': '6.6.6.6', 'x-nonce': 'mine', 'content-security-policy': 'none' },
    })
    expect(seenByPages['x-portico-ip']).toBe('127.0.0.1')
    expect(seenByPages['x-nonce']).not.toBe('mine')
    expect(seenByPages['content-security-policy']).not.toBe('none')
  })
})

test('a log line has the path, and neither query nor one-time link', async () => {
  await server.inject({ url: '/login?door=hunter2' })
  await server.inject({ url: '/config/hunter2-hunter2-hunter2' })
  expect(logged).toContain('/login')
  expect(logged).toContain('/config/…')
  expect(logged).not.toContain('hunter2')
})

test('a request has one line in the log, also when it is for a page', async () => {
  await server.inject({ url: '/login' })
  await signIn()
  expect(logged.match(/"msg":"request"/g)).toHaveLength(2)
})

test('a path that holds a card number, or goes on for ever, is not repeated', async () => {
  await server.inject({ url: `/signup/${visa}` })
  await server.inject({ url: `/${'x'.repeat(5000)}` })
  expect(logged).not.toContain(visa)
  expect(logged.match(/x+/g)?.every((run) => run.length <= 200)).toBe(true)
})

test('it is ready when it says so and the database answers, alive all along', async () => {
  expect((await server.inject({ url: '/readyz' })).statusCode).toBe(200)
  ready = false
  expect((await server.inject({ url: '/readyz' })).statusCode).toBe(503)
  expect((await server.inject({ url: '/livez' })).statusCode).toBe(200)
  ready = true
})

test.each([
  ['this machine', '127.0.0.1', 200],
  ['a private network', '10.1.2.3', 200],
  ['a private network, as a socket for both says it', '::ffff:192.168.1.9', 200],
  ['the internet', '203.0.113.7', 404],
  ['the internet by IPv6', '2001:db8::1', 404],
])('figures are told to %s as they should', async (_who, remoteAddress, status) => {
  const answer = await server.inject({ url: '/metrics', remoteAddress })
  expect(answer.statusCode === 200 && answer.body.includes('http_')).toBe(status === 200)
})

test('an address that can’t be read is said to hold nothing', async () => {
  const answer = await server.inject({ url: '/%ff' })
  expect([answer.statusCode, answer.body]).toEqual([400, 'There is nothing at this address.'])
})

test('twenty calls at once are answered, and not one more', async () => {
  const calls = (n: number) =>
    `/trpc/${Array.from({ length: n }, () => 'auth.me').join(',')}?batch=1&input={}`
  expect((await server.inject({ url: calls(20) })).json()).toHaveLength(20)
  expect((await server.inject({ url: calls(21) })).statusCode).toBe(400)
})
