import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeFlags } from '../scripts/prepare.mjs'

export type Portico = {
  url: string
  dataDir: string
  process: ChildProcess
  /** As an operator would: SIGTERM, and wait. */
  stop(): Promise<void>
  /** As the power company would. */
  kill(): Promise<void>
}

export type StartOptions = {
  dataDir?: string
  port?: number
  logFile?: string
  env?: Record<string, string>
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** A Portico of its own: embedded database, demo data, production pages. Ready when it says so. */
export async function startPortico(options: StartOptions = {}): Promise<Portico> {
  const port = options.port ?? (await freePort())
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'portico-e2e-')))
  const child = spawn(process.execPath, [...nodeFlags, 'server/main.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: dataDir,
      NEXT_TELEMETRY_DISABLED: '1',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  if (options.logFile) {
    mkdirSync('test-results', { recursive: true })
    const log = createWriteStream(options.logFile, { flags: 'a' })
    child.stdout!.pipe(log, { end: false })
    child.stderr!.pipe(log, { end: false })
  }
  await new Promise<void>((resolve, reject) => {
    let tail = ''
    child.stdout!.on('data', (chunk: Buffer) => {
      tail = (tail + chunk).slice(-4000)
      if (tail.includes('Portico is ready at')) resolve()
    })
    child.once('exit', () => reject(new Error(`Portico ended while starting:\n${tail}`)))
  })

  return {
    url: `http://localhost:${port}`,
    dataDir,
    process: child,
    async stop() {
      child.kill('SIGTERM')
      await ended
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** What went wrong by a server's log; pino's levels: 50 is error, 60 is fatal. */
export const errorsIn = async (logFile: string): Promise<string[]> =>
  (await readFile(logFile, 'utf8'))
    .split('\n')
    .filter((line) => /"level":(50|60)/.test(line) || /^\s*(⨯|Error:)/.test(line))
