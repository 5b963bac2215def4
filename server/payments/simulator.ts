import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import type { Log } from '#server/runtime/log.ts'
import { type Gateway, gatewayTimeoutMs } from './gateway.ts'
import { openBank } from './simulator/bank.ts'
import { simulatorGateway } from './simulator/client.ts'
import { type Control, openControl } from './simulator/control.ts'
import { serve } from './simulator/http.ts'

export type SimulatorOptions = Readonly<{
  host: string
  /** Left out: the one it had before if that is free, so that open pages keep working; else any. */
  port?: number
  /** Its books; beside it `….key`, of the card fingerprints, and `….port`. */
  journalPath: string
  /** Where browsers reach it, when that isn't `host` and port. */
  publicUrl?: string
  /** Origins whose pages may show the card fields; asked anew for each request when a function. */
  allowedParents: readonly string[] | (() => readonly string[])
  delayMs?: number
  timeoutMs?: number
  now?: () => Date
  log: Log
}>

export type Simulator = Readonly<{
  origin: string
  gateway: Gateway
  control: Control & Readonly<{ down(): Promise<void>; up(): Promise<void> }>
  stop(): Promise<void>
}>

/**
 * A payment gateway to try everything with: its own server on its own origin, so that card numbers
 * stay as far from ours as they would with a real one. It keeps its books through a killed process.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { host, journalPath, publicUrl, allowedParents, delayMs = 0, log } = options
  const { timeoutMs = gatewayTimeoutMs, now = () => new Date() } = options
  mkdirSync(dirname(journalPath), { recursive: true })

  const bank = openBank(journalPath, keyIn(`${journalPath}.key`), now)
  const control = openControl(bank, delayMs)
  const secret = randomBytes(32).toString('base64url')
  const place = { port: 0 }
  const base = () => `http://${reachable(host)}:${place.port}`
  const origin = () => (publicUrl ? new URL(publicUrl).origin : base())
  const parents = typeof allowedParents === 'function' ? allowedParents : () => allowedParents
  const server = createServer(
    serve({ bank, control, secret, origin, allowedParents: parents, log }),
  )

  place.port = await listen(server, host, options.port ?? portIn(`${journalPath}.port`))
  writeFileSync(`${journalPath}.port`, String(place.port))

  const down = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return {
    origin: origin(),
    gateway: simulatorGateway({ base, origin, secret, timeoutMs }),
    control: {
      ...control,
      down,
      up: async () => {
        await listen(server, host, place.port)
      },
    },
    stop: async () => {
      await down()
      bank.close()
    },
  }
}

/** Addresses to listen on that can't be connected to. */
const reachable = (host: string): string => {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

function keyIn(path: string): Buffer {
  if (!existsSync(path)) writeFileSync(path, randomBytes(32), { mode: 0o600, flag: 'wx' })
  return readFileSync(path)
}

const portIn = (path: string): number => {
  const port = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0
}

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.off('listening', ready)
      if (error.code !== 'EADDRINUSE' || port === 0) return reject(error)
      listen(server, host, 0).then(resolve, reject)
    }
    const ready = () => {
      server.off('error', failed)
      resolve((server.address() as AddressInfo).port)
    }
    server.once('error', failed).once('listening', ready).listen(port, host)
  })
