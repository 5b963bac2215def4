import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { ensureDatabase, prepareDatabase } from '#db/prepare.ts'
import { urlAs } from '#db/roles.ts'
import { seedDemo } from '#db/seed/demo.ts'
import { systemClock } from '#server/runtime/clock.ts'
import { openLog } from '#server/runtime/log.ts'
import { deriveSecrets } from '#server/runtime/secrets.ts'
import type { App } from '#server/runtime/unit-of-work.ts'

export type Result = {
  bench: string
  rate: number
  unit: string
  baseline: number
  ratio: number
  bar: number
  ok: boolean
}

/** The line that tools read: ours over the baseline's rate, so that more is always better. */
export function report(
  bench: string,
  unit: string,
  rate: number,
  baseline: number,
  bar: number,
): Result {
  const ratio = rate / baseline
  const result = {
    bench,
    rate: round(rate),
    unit,
    baseline: round(baseline),
    ratio: round(ratio),
    bar,
    ok: ratio >= bar,
  }
  console.log(JSON.stringify(result))
  return result
}

const round = (n: number) => Number(n.toPrecision(4))

export const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

export const percentile = (values: number[], p: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))]!

/** Does `total` pieces of work, `clients` at a time. Answers pieces a second and each one's time in ms. */
export async function drive(
  total: number,
  clients: number,
  work: (n: number) => Promise<void>,
): Promise<{ rate: number; times: number[] }> {
  const times: number[] = []
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let n = next++; n < total; n = next++) {
        const at = performance.now()
        await work(n)
        times.push(performance.now() - at)
      }
    }),
  )
  return { rate: (total / (performance.now() - began)) * 1000, times }
}

export type Lab = Readonly<{ app: App; database: Database; appUrl: string; adminUrl: string }>

/** A database of its own with the demo data, gone afterwards. */
export async function inLab<T>(max: number, work: (lab: Lab) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-bench-'))
  const server = await startEmbedded({ dataDir, log: () => {} })
  try {
    await ensureDatabase(server.adminUrl, 'portico')
    const { username, password } = new URL(server.adminUrl)
    const adminUrl = urlAs(
      server.adminUrl,
      decodeURIComponent(username),
      decodeURIComponent(password),
      'portico',
    )
    const appUrl = await prepareDatabase(adminUrl, { owner: 'bench', app: 'bench', query: 'bench' })
    const database = openDatabase({ url: appUrl, max, statementTimeoutMs: 60_000 })
    const secrets = deriveSecrets('a secret for benches, and for benches alone, of 50 letters')
    await seedDemo({ database, secrets, now: new Date() })
    const app = { database, clock: systemClock, log: openLog('silent'), secrets }
    try {
      return await work({ app, database, appUrl, adminUrl })
    } finally {
      await database.close()
    }
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
