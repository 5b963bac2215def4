import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, lstat, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import pg from 'pg'
import { afterEach, expect, test, vi } from 'vitest'
import { type Embedded, startEmbedded } from './embedded.ts'
import { canEnter } from './embedded-place.ts'

const isRoot = process.getuid?.() === 0
const endings: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** A folder as `mkdtemp` makes it: closed to everybody else. */
async function closedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-test-'))
  endings.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function openFolder(): Promise<string> {
  const folder = await closedFolder()
  await chmod(folder, 0o711)
  return folder
}

const lines: string[] = []
async function start(dataDir: string): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, log: ({ msg }) => lines.push(msg) })
  endings.push(server.stop)
  return server
}

async function query(url: string, text: string) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

const serverPid = async (cluster: string) =>
  Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0])

const command = (pid: number) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')

const childrenOf = async ({ pid }: { pid?: number }) =>
  (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').map(Number)

/** Another Node that runs the server in `dataDir` until it is killed. */
async function otherNode(dataDir: string): Promise<ChildProcessByStdio<null, Readable, null>> {
  const code = `
    import { startEmbedded } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)}
    await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => {} })
    console.log('ready')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  endings.push(async () => child.kill('SIGKILL'))
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the other Node ended with code ${code}`)
  })
  failed.catch(() => undefined)
  await Promise.race([once(createInterface({ input: child.stdout }), 'line'), failed])
  return child
}

test('what was committed is there after a stop and a start, and durability is on', async () => {
  const dataDir = join(await openFolder(), 'data')
  const first = await start(dataDir)
  await query(first.adminUrl, 'create table kept as select 46170 as customer')
  await first.stop()

  const second = await start(dataDir)

  expect(await query(second.adminUrl, 'select customer from kept')).toEqual([{ customer: 46170 }])
  expect(
    await query(
      second.adminUrl,
      "select setting from pg_settings where name in ('fsync','full_page_writes','synchronous_commit')",
    ),
  ).toEqual([{ setting: 'on' }, { setting: 'on' }, { setting: 'on' }])
})

test('without the password nobody gets in, and the file that holds it is private', async () => {
  const dataDir = join(await openFolder(), 'data')
  const server = await start(dataDir)
  const wrong = new URL(server.adminUrl)
  wrong.password = 'guessed'

  await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed')
  expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600)
  expect((await stat(server.cluster)).mode & 0o777).toBe(0o700)
})

test('two data folders run side by side; the same one twice is refused by name', async () => {
  const folder = await openFolder()
  const one = await start(join(folder, 'one'))
  const two = await start(join(folder, 'two'))
  await query(one.adminUrl, 'create table only_here ()')

  await expect(query(two.adminUrl, 'table only_here')).rejects.toThrow('does not exist')
  await expect(start(join(folder, 'one'))).rejects.toThrow(`is in use by process ${process.pid}`)
  expect(await query(one.adminUrl, 'select 1 as alive')).toEqual([{ alive: 1 }])
})

test('a server whose parent was killed stops by itself, and nothing committed is lost', async () => {
  const dataDir = join(await openFolder(), 'data')
  const parent = await otherNode(dataDir)
  const cluster = join(dataDir, 'postgres')
  const orphan = await serverPid(cluster)

  parent.kill('SIGKILL')
  await vi.waitFor(async () => expect(await command(orphan)).toBe(''), { timeout: 10_000 })

  const server = await start(dataDir)
  expect(await query(server.adminUrl, 'select 1 as alive')).toEqual([{ alive: 1 }])
})

test('an orphan that nothing stopped is ended at the next start, which then serves', async () => {
  const dataDir = join(await openFolder(), 'data')
  const parent = await otherNode(dataDir)
  const orphan = await serverPid(join(dataDir, 'postgres'))
  for (const pid of await childrenOf(parent))
    if ((await command(pid)).includes('read -r')) process.kill(pid, 'SIGKILL')

  parent.kill('SIGKILL')
  await once(parent, 'exit')
  expect(await command(orphan)).toContain('postgres')
  const server = await start(dataDir)

  expect(await command(orphan)).toBe('')
  expect(server.pid()).not.toBe(orphan)
  expect(await query(server.adminUrl, 'select 1 as alive')).toEqual([{ alive: 1 }])
})

test('parent and server killed at once: the next start recovers', async () => {
  const dataDir = join(await openFolder(), 'data')
  const parent = await otherNode(dataDir)

  process.kill(await serverPid(join(dataDir, 'postgres')), 'SIGKILL')
  parent.kill('SIGKILL')
  await once(parent, 'exit')

  const server = await start(dataDir)
  expect(await query(server.adminUrl, 'select 1 as alive')).toEqual([{ alive: 1 }])
})

test('a server that dies is started again under the same address', async () => {
  const server = await start(join(await openFolder(), 'data'))
  await query(server.adminUrl, 'create table kept as select 46170 as customer')
  const before = server.pid() as number

  process.kill(before, 'SIGKILL')

  await vi.waitFor(
    async () => {
      expect(server.pid()).not.toBe(before)
      expect(await query(server.adminUrl, 'table kept')).toEqual([{ customer: 46170 }])
    },
    { timeout: 10_000 },
  )
})

test('a path too long for a socket gets a short private folder, gone after the stop', async () => {
  const deep = join(await openFolder(), 'd'.repeat(60), 'e'.repeat(60))
  await mkdir(deep, { recursive: true })
  const server = await start(join(deep, 'data'))
  const socket = new URL(server.adminUrl).searchParams.get('host') as string

  expect(await query(server.adminUrl, 'select 1 as alive')).toEqual([{ alive: 1 }])
  expect((await stat(socket)).mode & 0o777).toBe(0o700)
  await server.stop()
  await expect(stat(socket)).rejects.toThrow('ENOENT')
})

test.runIf(isRoot)('a folder closed to others stays closed, and the data is kept', async () => {
  const folder = await closedFolder()
  const dataDir = join(folder, 'data')
  const first = await start(dataDir)
  await query(first.adminUrl, 'create table kept as select 46170 as customer')
  await first.stop()

  const second = await start(dataDir)

  expect(await query(second.adminUrl, 'table kept')).toEqual([{ customer: 46170 }])
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect((await lstat(join(dataDir, 'postgres'))).isSymbolicLink()).toBe(true)
  await second.stop()
  await rm(second.cluster, { recursive: true })
  await expect(start(dataDir)).rejects.toThrow('is not there any more')
})

test.runIf(isRoot)('a folder above that is closed is found, however deep', async () => {
  const folder = await closedFolder()
  await mkdir(join(folder, 'a/b'), { recursive: true })

  expect(await canEnter(join(folder, 'a/b'), { uid: 65534, gid: 65534 })).toBe(false)
  await chmod(folder, 0o711)
  expect(await canEnter(join(folder, 'a/b'), { uid: 65534, gid: 65534 })).toBe(true)
})
