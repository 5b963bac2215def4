import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openDatabase } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { ensureDatabase, prepareDatabase } from '#db/prepare.ts'
import { urlAs } from '#db/roles.ts'
import { seedDemo } from '#db/seed/demo.ts'
import { verify } from '#db/verify.ts'
import * as bulk from '#server/bulk/service.ts'
import { work } from '#server/bulk/service.work.ts'
import type { CustomerId, EnvId, UserId } from '#server/kernel/ids.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import { systemClock } from '#server/runtime/clock.ts'
import { openLog } from '#server/runtime/log.ts'
import { deriveSecrets } from '#server/runtime/secrets.ts'
import { type App, unitOfWork } from '#server/runtime/unit-of-work.ts'
import { company, fileOf } from '../bench/bulk-files.ts'
import { freePort, type Portico, startPortico } from '../e2e/server.ts'

const kills = Number(process.env.CHAOS_KILLS ?? 50)
const rows = 1_500
/** The company of the clean run, and those whose runs are disturbed. */
const clean = 71_000
const master = 'a secret for chaos, and for chaos alone, of fifty letters'

type World = { app: App; client: pg.Client }

const edgeOf = ({ app }: World, customer: number) => {
  const actor: Actor = {
    realm: 'customer',
    role: 'administrator',
    name: 'Chaos',
    user: 1 as UserId,
    customer: customer as CustomerId,
    ip: '127.0.0.1',
  }
  return { ...app, requestId: 'chaos', env: 1 as EnvId, actor }
}

/** A company with its file uploaded and asked to be applied. */
async function asked(world: World, customer: number): Promise<string> {
  await company(world.client, customer, rows)
  const table = await bulk.read(fileOf(customer, rows))
  const edge = edgeOf(world, customer)
  return unitOfWork(edge, async (ctx) => {
    const { id } = await bulk.keep(ctx, { fileName: 'chaos.csv', table })
    await bulk.apply(ctx, { id, mode: 'all' })
    return id
  })
}

const stateOf = async ({ client }: World, id: string) =>
  (
    await client.query<{ state: string; attempt: number }>(
      'select state, attempt from bulk_batches where id = $1',
      [id],
    )
  ).rows[0]!

/** All that a company has, but for ids, times and secrets. */
async function holdings({ client }: World, customer: number): Promise<string> {
  const { rows: found } = await client.query(
    `select e.extension, e.published, e.live, a.name, a.email, a.time_zone, a.status, a.i_product,
            array(select right(alias, 5) from account_aliases l where l.i_account = a.id) as aliases,
            array(select right(number, 5) from numbers n where n.i_account = a.id) as numbers,
            array(select i_subscription from customer_subscriptions s where s.i_account = a.id) as subscriptions,
            array(select type from events v where v.entity = 'account' and v.entity_id = a.id::text order by seq) as told,
            (select count(*) from audit_rows u where u.entity = 'account' and u.entity_id = a.id::text)::int as audited
       from accounts a left join extensions e on e.i_account = a.id
      where a.i_customer = $1 order by e.extension`,
    [customer],
  )
  const { rows: places } = await client.query(
    `select used, (select count(*) from events v where v.i_customer = $1)::int as told,
            (select array_agg(distinct state) from bulk_rows r where r.i_customer = $1) as states
       from agreement_items where i_customer = $1`,
    [customer],
  )
  return JSON.stringify([found, places])
}

/** Kills the process again and again while it applies; each file ends as an undisturbed one does. */
async function disturb(world: World, start: () => Promise<Portico>, ms: number): Promise<string[]> {
  const wrong: string[] = []
  const wanted = await holdings(world, clean)
  let killed = 0
  let customer = clean + 1
  let portico = await start()
  while (killed < kills) {
    const id = await asked(world, customer)
    for (let attempt = 0; ; ) {
      const now = await stateOf(world, id)
      if (now.state === 'applied') break
      if (now.state !== 'applying') throw new Error(`The upload is ${now.state}.`)
      // Its turn has begun, or is over already.
      if (now.attempt === attempt) {
        await sleep(20)
        continue
      }
      attempt = now.attempt
      // As many kills as a batch is tried, less one: then it is let through.
      if (killed >= kills || attempt >= 6) continue
      await sleep(Math.random() * ms)
      await portico.kill()
      killed++
      portico = await start()
    }
    const has = await holdings(world, customer)
    if (has !== wanted) wrong.push(`Company ${customer} has something else than after a clean run.`)
    console.log(`${killed} kills, ${customer - clean} files: ${wrong.length} wrong`)
    customer++
  }
  await portico.stop()
  return wrong
}

async function inWorld<T>(job: (world: World, appUrl: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-chaos-'))
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
    const appUrl = await prepareDatabase(adminUrl, { owner: 'chaos', app: 'chaos', query: 'chaos' })
    const database = openDatabase({ url: appUrl, max: 4 })
    const secrets = deriveSecrets(master)
    await seedDemo({ database, secrets, now: new Date() })
    const client = new pg.Client({ connectionString: adminUrl })
    await client.connect()
    const app = { database, clock: systemClock, log: openLog('silent'), secrets }
    try {
      return await job({ app, client }, appUrl)
    } finally {
      await client.end()
      await database.close()
    }
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

export const run = (): Promise<boolean> =>
  inWorld(async (world, appUrl) => {
    const id = await asked(world, clean)
    const began = performance.now()
    await work({ ...edgeOf(world, clean), actor: system('chaos') }, id)
    const ms = performance.now() - began

    const port = await freePort()
    const dataDir = await mkdtemp(join(tmpdir(), 'portico-chaos-node-'))
    const wrong = await disturb(
      world,
      () =>
        startPortico({
          port,
          dataDir,
          logFile: 'test-results/chaos-bulk.log',
          env: { DATABASE_URL: appUrl, PORTICO_SECRET: master, LOG_LEVEL: 'warn' },
        }),
      ms,
    )
    await rm(dataDir, { recursive: true, force: true })
    const broken = await verify(async (text) => (await world.client.query(text)).rows)
    for (const line of [...wrong, ...broken.map((one) => JSON.stringify(one).slice(0, 500))]) {
      console.error(line)
    }
    return wrong.length === 0 && broken.length === 0
  })
