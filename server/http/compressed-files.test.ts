import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressedFiles } from './compressed-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'portico-files-'))
const script = 'export const ready = true\n'
let url = ''
const server = createServer(async (request, response) => {
  if (!(await send(request, response))) response.writeHead(200).end('left to Next')
})
let send: ReturnType<typeof compressedFiles>

beforeAll(async () => {
  mkdirSync(join(folder, 'chunks'))
  writeFileSync(join(folder, 'chunks/a.js'), script)
  writeFileSync(join(folder, 'chunks/a.js.br'), brotliCompressSync(script))
  writeFileSync(join(folder, 'chunks/b.js'), script)
  send = compressedFiles(folder, '/_next/static')
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const get = (path: string, accepted: string) =>
  fetch(`${url}${path}`, { headers: { 'accept-encoding': accepted } })

test('a browser that reads Brotli gets what the build compressed, to keep for good', async () => {
  const answer = await get('/_next/static/chunks/a.js?dpl=1', 'gzip, deflate, br, zstd')
  expect(await answer.text()).toBe(script)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/javascript; charset=UTF-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  })
})

test.each([
  ['a client that reads no Brotli', '/_next/static/chunks/a.js', 'gzip'],
  ['one that refuses it by name', '/_next/static/chunks/a.js', 'gzip, br;q=0'],
  ['a file that was not compressed', '/_next/static/chunks/b.js', 'br'],
  ['the copy itself', '/_next/static/chunks/a.js.br', 'br'],
  ['an address that climbs', '/_next/static/chunks/../../../etc/passwd', 'br'],
])('%s is left to Next', async (_what, path, accepted) => {
  expect(await (await get(path, accepted)).text()).toBe('left to Next')
})
