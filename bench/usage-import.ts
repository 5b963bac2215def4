import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import pg from 'pg'
import { usage } from '#db/verify/usage.ts'
import type { EnvId, UserId } from '#server/kernel/ids.ts'
import type { Actor } from '#server/runtime/actor.ts'
import type { Edge } from '#server/runtime/unit-of-work.ts'
import { importFile } from '#server/usage/service.files.ts'
import { inLab, type Lab, median, report } from './harness.ts'

const sizes = [1_000, 10_000, 100_000]
const rounds = 3
const tables = ['xdrs', 'usage_totals'] as const

const actor: Actor = { realm: 'admin', name: 'Bench', user: 1 as UserId, ip: '127.0.0.1' }

/** Calls of every retail line, in no order, of the last minutes. */
function fileOf(lines: readonly string[], rows: number, name: string): Buffer {
  const head = 'id,account,service,start,duration,amount,currency,destination\n'
  const began = Date.now() - rows * 5
  const all = Array.from({ length: rows }, (_, i) => {
    const at = new Date(began + i * 5).toISOString()
    const amount = `0.${String((i * 37) % 100_000).padStart(5, '0')}`
    return `${name}-${i},${lines[(i * 7) % lines.length]},voice,${at},${i % 600},${amount},USD,442079460018`
  })
  return Buffer.from(head + all.join('\n'))
}

async function* piecesOf(file: Buffer) {
  for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536)
}

/** The same rows once more, as fast as PostgreSQL takes them: COPY, with its keys and indexes. */
async function copied(client: pg.Client, name: string): Promise<number> {
  const file = (table: string) => `/tmp/portico-bench-${process.pid}-${table}`
  const of = { xdrs: `external_id like '${name}-%'`, usage_totals: 'true' }
  for (const table of tables) {
    await client.query(`copy (select * from ${table} where ${of[table]}) to '${file(table)}'`)
    await client.query(`delete from ${table} where ${of[table]}`)
  }
  const began = performance.now()
  await client.query('begin')
  for (const table of tables) await client.query(`copy ${table} from '${file(table)}'`)
  await client.query('commit')
  const ms = performance.now() - began
  await Promise.all(tables.map((table) => rm(file(table), { force: true })))
  return ms
}

async function round(
  lab: Lab,
  client: pg.Client,
  lines: readonly string[],
  rows: number,
  name: string,
) {
  const edge: Edge = { ...lab.app, requestId: 'bench', env: 1 as EnvId, actor }
  const file = fileOf(lines, rows, name)
  const began = performance.now()
  const told = await importFile(edge, Readable.from(piecesOf(file)), `${name}.csv`)
  const ms = performance.now() - began
  if (told.imported !== rows) throw new Error(JSON.stringify({ ...told, faults: told.faults[0] }))

  const wrong = await Promise.all(usage.map(({ find }) => client.query(String(find))))
  if (wrong.some((found) => found.rows.length > 0))
    throw new Error('Totals are not the sums of their records.')
  return { ms, copy: await copied(client, name) }
}

/** Files of 1,000, 10,000 and 100,000 records, against COPY of what they write. */
export async function run(): Promise<boolean> {
  return inLab(4, async (lab) => {
    const client = new pg.Client({ connectionString: lab.adminUrl })
    // The server may be gone before it.
    client.on('error', () => {})
    await client.connect()
    const found = await client.query("select account_id from accounts where kind = 'line'")
    const lines = found.rows.map((row) => String(row.account_id))
    await round(lab, client, lines, 10_000, 'warm')

    let ok = true
    const perRow: number[] = []
    for (const size of sizes) {
      const all: Awaited<ReturnType<typeof round>>[] = []
      for (let i = 0; i < rounds; i++)
        all.push(await round(lab, client, lines, size, `r${size}-${i}`))
      const [ms, copy] = [median(all.map((one) => one.ms)), median(all.map((one) => one.copy))]
      console.log(`${size} records: ${ms.toFixed(0)} ms, COPY ${copy.toFixed(0)} ms`)
      perRow.push(ms / size)
      if (size < 100_000) continue
      ok = report('usage-import', 'rows/s', (size / ms) * 1_000, (size / copy) * 1_000, 0.2).ok
    }
    const slope = perRow.at(-1)! / perRow.at(1)!
    console.log(`a record costs ${slope.toFixed(2)} times as much among 100,000 as among 10,000`)
    await client.end()
    return ok
  })
}
