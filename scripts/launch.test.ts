import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { brotliDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'

let house: string

/** A house as small as can be: the real launcher, with stand-ins for npm, Next and the server. */
beforeEach(async () => {
  house = await mkdtemp(join(tmpdir(), 'portico-launch-'))
  for (const file of ['launch.mjs', 'precompress.mjs', 'prepare.mjs']) {
    await cp(join(import.meta.dirname, file), join(house, 'scripts', file))
  }
  await write('package.json', '{ "type": "module" }')
  await write('package-lock.json', lock('1.0.0'))
  await write(
    'node_modules/.package-lock.json',
    lock('1.0.0').replace('for-another', 'not-for-this'),
  )
  await write(
    'node_modules/next/dist/bin/next',
    `const { mkdirSync, writeFileSync } = require('node:fs')
    mkdirSync('.next/static/chunks', { recursive: true })
    writeFileSync('.next/static/chunks/a.js', 'a script')
    console.log('built')`,
  )
  await write('server/main.ts', server)
  await write('messages/en.json', '{}')
  await write(
    'bin/npm',
    '#!/bin/sh\necho npm $1\ncp package-lock.json node_modules/.package-lock.json\n',
  )
  await chmod(join(house, 'bin/npm'), 0o755)
  await mkdir(join(house, 'node_modules/.bin'))
  await symlink(process.execPath, join(house, 'node_modules/.bin/node'))
})

afterEach(() => rm(house, { recursive: true, force: true }))

const server = `
  const beat = setInterval(() => {}, 1000)
  process.once('SIGTERM', () => { console.log('stopped'); clearInterval(beat); process.exitCode = 7 })
  console.log('ready ' + process.env.NODE_ENV)
`

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': {},
      'node_modules/next': { version },
      'node_modules/for-another-machine': { version: '9.9.9', optional: true },
    },
  })

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(house, file)), { recursive: true })
  await writeFile(join(house, file), text)
}

type Running = Readonly<{ child: ChildProcessByStdio<null, Readable, null>; said: string[] }>

/** Starts the server and waits for its first word; `said` is what came before it. */
async function start(env: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, ['scripts/launch.mjs', 'start'], {
    cwd: house,
    env: { ...process.env, PATH: `${join(house, 'bin')}:${process.env.PATH}`, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const said: string[] = []
  const lines = createInterface({ input: child.stdout }).on('line', (line) => said.push(line))
  while (!said.some((line) => line.startsWith('ready'))) {
    await Promise.race([once(lines, 'line'), once(lines, 'close')])
    if (child.exitCode !== null) throw new Error(`ended before it was ready: ${said.join(' | ')}`)
  }
  return { child, said }
}

async function startAndStop(env?: Record<string, string>) {
  const { child, said } = await start(env)
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  const [code] = await closed
  return { said, code }
}

test.each([
  ['takes its place', {}],
  ['passes them on', { NODE_OPTIONS: '--import=data:text/javascript,delete%20process.execve' }],
])('signals reach the server and its exit code comes back: the launcher %s', async (_, env) => {
  const { said, code } = await startAndStop(env)

  expect(said.slice(-2)).toEqual(['ready production', 'stopped'])
  expect(code).toBe(7)
})

test('what browsers fetch is compressed with the build', async () => {
  await startAndStop()
  const compressed = await readFile(join(house, '.next/static/chunks/a.js.br'))
  expect(brotliDecompressSync(compressed).toString()).toBe('a script')
})

test('pages are built once, and again when a text or a page has changed', async () => {
  expect((await startAndStop()).said).toContain('built')
  expect((await startAndStop()).said).not.toContain('built')

  await write('messages/en.json', '{ "greeting": "Hello" }')
  expect((await startAndStop()).said).toContain('built')
  await write('app/page.tsx', 'export default () => null')
  expect((await startAndStop()).said).toContain('built')
  await write('server/accounts/service.ts', 'export {}')
  expect((await startAndStop()).said).not.toContain('built')
})

test('packages are installed when the lock file names another version, and only then', async () => {
  expect((await startAndStop()).said).not.toContain('npm ci')

  await write('package-lock.json', lock('1.0.1'))
  expect((await startAndStop()).said).toContain('npm ci')
  expect((await startAndStop()).said).not.toContain('npm ci')
  expect(await readFile(join(house, 'node_modules/.package-lock.json'), 'utf8')).toBe(lock('1.0.1'))
})
