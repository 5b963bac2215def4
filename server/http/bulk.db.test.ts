import type { FastifyInstance } from 'fastify'
import { encode } from 'next-auth/jwt'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limits } from '#server/bulk/schema.ts'
import * as bulk from '#server/bulk/service.ts'
import { workDue } from '#server/bulk/service.work.ts'
import { buildServer } from '#server/http/server.ts'
import { system } from '#server/runtime/actor.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { people, testDatabase } from '#server/testing/database.ts'

const it = testDatabase()
const publicUrl = 'https://portal.example'
const cookieKey = 'a key of the cookies, for tests'
const list = (...extensions: number[]) =>
  `Extension,Product\n${extensions.map((extension) => `${extension},Cloud PBX\n`).join('')}`

let server: FastifyInstance
let adam: Record<string, string>

beforeAll(async () => {
  const { database, clock, secrets, log } = it.edge()
  server = await buildServer({
    calls: {
      ...{ database, clock, secrets, log, cookieKey, secure: true },
      outside: { publicUrl } as Outside,
    },
    cards: { kind: 'simulator', fieldsUrl: 'https://pay.example/fields' },
    development: false,
    ready: () => true,
    pages: async () => {},
  })
  adam = await signIn('demo-adam')
})
afterAll(() => server.close())

async function signIn(login: string): Promise<Record<string, string>> {
  const answer = await server.inject({
    method: 'POST',
    url: '/trpc/auth.signIn',
    payload: { login, password: `${login}-2026` },
  })
  const { token } = answer.json().result.data as { token: string }
  const cookie = await encode({ token: { sid: token }, secret: cookieKey })
  return { cookie: `__Secure-next-auth.session-token=${cookie}` }
}

function send(text: string | Buffer, headers: Record<string, string>) {
  const mark = 'a-mark-between-the-parts'
  const before = `--${mark}\r\ncontent-disposition: form-data; name="file"; filename="people.csv"\r\ncontent-type: text/csv\r\n\r\n`
  return server.inject({
    method: 'POST',
    url: '/bulk',
    headers: { 'content-type': `multipart/form-data; boundary=${mark}`, ...headers },
    payload: Buffer.concat([
      Buffer.from(before),
      Buffer.from(text),
      Buffer.from(`\r\n--${mark}--\r\n`),
    ]),
  })
}
const refusalIn = (answer: { json(): { error: { data: { refusal: { code: string } } } } }) =>
  answer.json().error.data.refusal.code

describe('an upload', () => {
  test('is kept, and answered with its id', async () => {
    const answer = await send(list(5001, 5002), { ...adam, origin: publicUrl })
    expect(answer.statusCode).toBe(201)
    const { id } = answer.json() as { id: string }
    expect(await it.as(people.adam, (ctx) => bulk.batch(ctx, { id }))).toMatchObject({
      fileName: 'people.csv',
      by: 'Adam Abbott',
      total: 2,
    })
  })

  test.each<[string, number, string, () => Record<string, string>]>([
    ['by nobody we know', 401, 'auth.not_signed_in', () => ({})],
    [
      'by a page of another site',
      403,
      'http.foreign_site',
      () => ({ ...adam, origin: 'https://evil.example' }),
    ],
    [
      'hidden by another site',
      403,
      'http.foreign_site',
      () => ({ ...adam, 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'by the provider',
      403,
      'auth.not_allowed',
      () => ({ authorization: 'Bearer demo-admin-token' }),
    ],
    [
      'that is no form',
      400,
      'bulk.no_file',
      () => ({ ...adam, 'content-type': 'application/json' }),
    ],
  ])('%s is refused', async (_what, status, code, headers) => {
    const answer = await send('{}', headers())
    expect([answer.statusCode, refusalIn(answer)]).toEqual([status, code])
  })

  test('of eleven megabytes is refused, whatever it says of its length', async () => {
    const answer = await send(Buffer.alloc(limits.bytes + 1_000_000, 'x'), adam)
    expect([answer.statusCode, refusalIn(answer)]).toEqual([400, 'bulk.file_too_large'])
  })

  test('with a card number leaves nothing of it anywhere', async () => {
    const visa = '4242424242424242'
    const answer = await send(`Extension,Product,Name\n5003,Cloud PBX,${visa}\n`, adam)
    expect(refusalIn(answer)).toBe('bulk.card_number')
    expect(answer.body).not.toContain(visa)
    const rows = await it.sql('select 1 from bulk_rows where cells::text like $1', [`%${visa}%`])
    expect(rows).toEqual([])
  })
})

test('while two files of a company are being read, a third is refused, and another company’s is not', async () => {
  const five = await signIn('demo-five')
  // Nothing can be kept for a while.
  const holding = new pg.Client({ connectionString: it.adminUrl })
  await holding.connect()
  await holding.query('begin; lock table bulk_batches in share row exclusive mode')
  const answers: number[] = []
  const sent = [5006, 5007, 5008].map(async (extension) => {
    const answer = await send(list(extension), adam)
    answers.push(answer.statusCode)
    return answer
  })
  const refused = await Promise.race(sent)
  const others = send(list(5009), five)
  await holding.query('commit')
  await holding.end()

  expect([refused.statusCode, refusalIn(refused)]).toEqual([429, 'bulk.uploads_under_way'])
  await Promise.all(sent)
  expect(answers).toEqual([429, 201, 201])
  expect((await others).statusCode).toBe(201)
  expect((await send(list(5008), adam)).statusCode).toBe(201)
})

describe('a download', () => {
  test.each([
    ['/bulk/template.csv', 'extensions-template.csv'],
    ['/bulk/export.csv', 'extensions.csv'],
  ])('%s is a file that is never kept', async (url, name) => {
    const answer = await server.inject({ url, headers: adam })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    })
    expect(answer.body).toMatch(/^\uFEFFExtension number,Name,/)
    expect((await server.inject({ url })).statusCode).toBe(401)
  })

  test('of another’s faults, or of nothing, is not there', async () => {
    const { id } = (await send(list(5011), adam)).json() as { id: string }
    const five = await signIn('demo-five')
    const answer = await server.inject({ url: `/bulk/${id}/faults.csv`, headers: five })
    expect([answer.statusCode, refusalIn(answer)]).toEqual([404, 'bulk.not_found'])
    const odd = await server.inject({ url: '/bulk/x/faults.csv', headers: adam })
    expect(odd.statusCode).toBe(400)
  })
})

test('progress is told until there is none, each state once', async () => {
  const { id } = (await send(list(5021, 5022), adam)).json() as { id: string }
  await it.as(people.adam, (ctx) => bulk.apply(ctx, { id, mode: 'all' }))
  const watching = server.inject({ url: `/bulk/${id}/progress`, headers: adam })
  await workDue(it.edge(system('bulk')))
  const answer = await watching
  expect(answer.headers['content-type']).toBe('text/event-stream')
  const told = answer.body
    .split('\n\n')
    .filter(Boolean)
    .map((event) => JSON.parse(event.replace('data: ', '')) as { state: string; done: number })
  expect(told.at(-1)).toEqual({ state: 'applied', done: 2, work: 2 })
  expect(new Set(told.map((event) => JSON.stringify(event))).size).toBe(told.length)
})
