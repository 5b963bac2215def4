import { rm } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import pg from 'pg'
import * as bulk from '#server/bulk/service.ts'
import { work } from '#server/bulk/service.work.ts'
import type { CustomerId, EnvId, UserId } from '#server/kernel/ids.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'
import { company, fileOf } from './bulk-files.ts'
import { inLab, type Lab, median, report } from './harness.ts'

const sizes = [100, 1_000, 10_000]
const rounds = 3

/** What applying writes rows into; numbers are updated, and batches say what was asked. */
const tables = [
  ['accounts', 'i_customer = $1'],
  ['extensions', 'i_customer = $1'],
  ['account_aliases', 'i_customer = $1'],
  ['customer_subscriptions', 'i_customer = $1'],
  [
    'event_streams',
    `(entity, entity_id) in (select entity, entity_id from events where i_customer = $1)`,
  ],
  ['events', 'i_customer = $1'],
  ['audit_rows', 'i_customer = $1'],
] as const

async function timed<T>(job: () => Promise<T>): Promise<{ ms: number; held: number; answer: T }> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const began = performance.now()
  const answer = await job()
  const ms = performance.now() - began
  delay.disable()
  return { ms, held: delay.max / 1e6, answer }
}

/** The same rows once more, as fast as PostgreSQL takes them: COPY, with its keys and indexes. */
async function copied(client: pg.Client, id: number): Promise<{ ms: number; held: number }> {
  const folder = '/tmp'
  const file = (table: string) => `${folder}/portico-bench-${process.pid}-${table}`
  const where = (text: string) => text.replaceAll('$1', String(id))
  for (const [table, of] of tables) {
    await client.query(`copy (select * from ${table} where ${where(of)}) to '${file(table)}'`)
  }
  await client.query('set session_replication_role = replica')
  await client.query('update numbers set i_account = null where i_customer = $1', [id])
  await client.query('delete from bulk_rows where i_customer = $1', [id])
  for (const [table, of] of [...tables].reverse()) {
    if (table !== 'event_streams') await client.query(`delete from ${table} where ${where(of)}`)
  }
  await client.query(
    `delete from event_streams where entity = 'account' and not exists
       (select 1 from accounts a where a.id::text = entity_id)`,
  )
  await client.query('set session_replication_role = origin')

  const kept = await client.query(`select entity, entity_id from event_streams`)
  const known = new Set(kept.rows.map((row) => `${row.entity} ${row.entity_id}`))
  await client.query('create temp table streams (like event_streams) on commit preserve rows')
  await client.query(`copy streams from '${file('event_streams')}'`)
  await client.query(
    `delete from streams s using event_streams e where e.entity = s.entity and e.entity_id = s.entity_id`,
  )
  await client.query(`copy streams to '${file('event_streams')}'`)
  await client.query('drop table streams')
  if (known.size === 0) throw new Error('There are no streams.')

  const again = await timed(async () => {
    await client.query('begin')
    for (const [table] of tables) await client.query(`copy ${table} from '${file(table)}'`)
    await client.query('commit')
  })
  await Promise.all(tables.map(([table]) => rm(file(table), { force: true })))
  return again
}

/** `held`: how long anybody else had to wait at most; `noise`: the same while we only wait ourselves. */
type Round = { dryRun: number; apply: number; copy: number; held: number; noise: number }

async function round(lab: Lab, client: pg.Client, id: number, rows: number): Promise<Round> {
  await company(client, id, rows)
  const actor: Actor = {
    realm: 'customer',
    role: 'administrator',
    name: 'Bench',
    user: 1 as UserId,
    customer: id as CustomerId,
    ip: '127.0.0.1',
  }
  const edge: Edge = { ...lab.app, requestId: 'bench', env: 1 as EnvId, actor }
  const bytes = fileOf(id, rows)

  const dry = await timed(async () => {
    const table = await bulk.read(bytes)
    return unitOfWork(edge, (ctx) => bulk.keep(ctx, { fileName: 'bench.csv', table }))
  })
  const batch = dry.answer.id
  const { report: said } = await unitOfWork(edge, (ctx) => bulk.batch(ctx, { id: batch }))
  if (said.counts.good !== rows) throw new Error(`${said.counts.good} of ${rows} are good.`)

  await unitOfWork(edge, (ctx) => bulk.apply(ctx, { id: batch, mode: 'all' }))
  const applied = await timed(() => work({ ...edge, actor: system('bench') }, batch))
  const { rows: found } = await client.query(
    `select (select count(*) from extensions where i_customer = $1)::int as extensions,
            (select count(*) from account_aliases where i_customer = $1)::int as aliases,
            (select used from agreement_items where i_customer = $1) as used`,
    [id],
  )
  const all = { extensions: rows, aliases: rows, used: rows }
  if (JSON.stringify(found[0]) !== JSON.stringify(all)) throw new Error(JSON.stringify(found[0]))
  const copy = await copied(client, id)
  const held = Math.max(dry.held, applied.held)
  return { dryRun: dry.ms, apply: applied.ms, copy: copy.ms, held, noise: copy.held }
}

/** A file of 100, 1,000 and 10,000 extensions: dry run, and applied against COPY of what that writes. */
export async function run(): Promise<boolean> {
  return inLab(4, async (lab) => {
    const client = new pg.Client({ connectionString: lab.adminUrl })
    await client.connect()
    let id = 70_000
    await round(lab, client, id++, 1_000)

    let ok = true
    const perRow: number[] = []
    for (const size of sizes) {
      const all: Round[] = []
      for (let i = 0; i < rounds; i++) all.push(await round(lab, client, id++, size))
      const of = (key: keyof Round) => median(all.map((one) => one[key]))
      const [dryRun, apply, copy, held] = [of('dryRun'), of('apply'), of('copy'), of('held')]
      const noise = of('noise')
      console.log(
        `${size} rows: dry run ${dryRun.toFixed(0)} ms, apply ${apply.toFixed(0)} ms, COPY ${copy.toFixed(0)} ms, others waited ${held.toFixed(0)} ms at most (${noise.toFixed(0)} ms while nothing was done here)`,
      )
      perRow.push(apply / size)
      if (size < 10_000) continue
      // A second for the dry run, five for the work, 50 ms for anybody else.
      ok = report('bulk, dry run', 'rows/s', (size / dryRun) * 1_000, 10_000, 1).ok && ok
      ok = report('bulk, others', 'ms', 1_000 / held, 1_000 / 50, 1).ok && ok
      ok = report('bulk', 'rows/s', (size / apply) * 1_000, (size / copy) * 1_000, 0.2).ok && ok
      ok = apply <= 5_000 && ok
    }
    const slope = perRow.at(-1)! / perRow.at(1)!
    console.log(`a row costs ${slope.toFixed(2)} times as much among 10,000 as among 1,000`)
    await client.end()
    return ok
  })
}
