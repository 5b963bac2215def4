import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
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
import { replaceCard } from '#server/billing/service.pay.ts'
import { addDays, civilDate } from '#server/kernel/civil.ts'
import type { CustomerId, EnvId } from '#server/kernel/ids.ts'
import { toDecimal } from '#server/kernel/money.ts'
import { stripeGateway } from '#server/payments/stripe.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { systemClock } from '#server/runtime/clock.ts'
import { openLog } from '#server/runtime/log.ts'
import { deriveSecrets } from '#server/runtime/secrets.ts'
import { standInKeys, startStripeStandIn } from '#server/testing/stripe/stand-in.ts'

const killsOfEach = Number(process.env.CHAOS_KILLS ?? 50)
const customers = Number(process.env.CHAOS_CUSTOMERS ?? 120)
const first = 80_000
const master = 'a secret for chaos, and for chaos alone, of fifty letters'
/** Long enough for two workers to start and get somewhere, short enough to hit every step. */
const [soonest, latest] = [900, 2_200]
const daysAtOnce = 62

/** Customers with three lines each, begun a week ago. */
const populate = (n: number) => `
  insert into customer_classes (i_env, id, name, currency, tax_name, tax_rate, billing_day, due_days)
  values (1, 900, 'Chaos', 'USD', 'GST', 5, 1, 5);
  insert into customers (i_env, id, i_customer_class, name, currency, time_zone, created_at)
  select 1, ${first} + n, 900, 'Chaos ' || n, 'USD', 'America/Vancouver', now() - interval '7 days'
    from generate_series(1, ${n}) n;
  insert into accounts (i_env, account_id, i_customer, i_product, kind, name, time_zone, status,
                        sip_username, sip_password_sealed, created_at, activated_at)
  select 1, 'chaos' || c || 'x' || n, ${first} + c, (select id from products where i_env = 1 and name = 'Cloud PBX'),
         'line', 'A colleague', 'UTC', 'active', 'chaos' || c || 'x' || n, 'sealed', now(), now()
    from generate_series(1, ${n}) c, generate_series(1, 3) n;
  insert into customer_subscriptions
    (i_env, i_customer, i_account, i_product, i_subscription, started_on, charged_until, anchor)
  select 1, a.i_customer, a.id, a.i_product, s.i_subscription, current_date - 7, current_date - 7, c.billing_anchor
    from accounts a join customers c on c.i_env = 1 and c.id = a.i_customer
    join product_subscriptions s on s.i_env = 1 and s.i_product = a.i_product
   where a.i_customer > ${first} and a.i_customer < ${first} + 10000;
  update customers set next_invoice_on = '2099-01-01' where id < ${first}`

type World = Readonly<{
  ask<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>
  start(until: string): ChildProcess
  captured(): string
}>

/** A question on a connection of its own, asked until the database is there to answer it. */
const asking = (url: string) =>
  async function ask<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
    for (;;) {
      const client = new pg.Client({ connectionString: url })
      client.on('error', () => {})
      try {
        await client.connect()
        return (await client.query<Row>(text)).rows
      } catch (error) {
        if ((error as { severity?: string }).severity === 'ERROR') throw error
        await sleep(50)
      } finally {
        // Of a connection that was lost the end is never told.
        client.end().catch(() => {})
      }
    }
  }

async function inWorld<T>(n: number, job: (world: World) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-chaos-'))
  const server = await startEmbedded({ dataDir, log: () => {} })
  const bank = await startStripeStandIn()
  try {
    await ensureDatabase(server.adminUrl, 'portico')
    const { username, password } = new URL(server.adminUrl)
    const credentials = [decodeURIComponent(username), decodeURIComponent(password)] as const
    const adminUrl = urlAs(server.adminUrl, ...credentials, 'portico')
    const appUrl = await prepareDatabase(adminUrl, { owner: 'chaos', app: 'chaos', query: 'chaos' })
    const ask = asking(adminUrl)
    await giveCards(appUrl, bank, n, () => ask(populate(n)))

    return await job({
      ask,
      start: (until) =>
        spawn(process.execPath, ['chaos/billing-worker.ts'], {
          stdio: ['ignore', 'ignore', 'inherit'],
          env: {
            ...process.env,
            APP_URL: appUrl,
            ADMIN_URL: adminUrl,
            BANK: bank.origin,
            UNTIL: until,
            MASTER: master,
          },
        }),
      captured: () => toDecimal(bank.control.sums().captured),
    })
  } finally {
    await bank.stop()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function giveCards(
  url: string,
  bank: Awaited<ReturnType<typeof startStripeStandIn>>,
  n: number,
  make: () => Promise<unknown>,
): Promise<void> {
  const secrets = deriveSecrets(master)
  const database = openDatabase({ url, max: 4 })
  await seedDemo({ database, secrets, now: new Date() })
  await make()
  const gateway = stripeGateway({ ...standInKeys, apiBase: bank.origin })
  for (let i = 1; i <= n; i++) {
    const actor: Actor = {
      realm: 'customer',
      role: 'administrator',
      name: 'Chaos',
      customer: (first + i) as CustomerId,
      ip: '127.0.0.1',
    }
    const app = { database, clock: systemClock, log: openLog('silent'), secrets }
    await replaceCard(
      { ...app, requestId: 'chaos', env: 1 as EnvId, actor },
      { gateway, publicUrl: '', proofKey: '' },
      { token: bank.tokenFor('4242424242424242'), key: randomUUID() },
    )
  }
  await database.close()
}

/** All that was asked of a customer, told it and taken from it, as one text. */
const holdings = ({ ask }: World) =>
  ask<{ customer: number; has: string }>(
    `select c.id as customer, jsonb_build_array(c.balance, c.next_invoice_on, c.status,
              (select jsonb_agg(jsonb_build_array(issued_on, due_on, state, net, tax, total, paid, attempts) order by id)
                 from invoices i where i.i_customer = c.id),
              (select jsonb_agg(jsonb_build_array(day, kind, amount, period_from, period_until)
                        order by day, kind, amount, period_from, id)
                 from ledger_entries l where l.i_customer = c.id),
              (select jsonb_agg(jsonb_build_array(state, amount) order by id) from payments p
                where p.i_customer = c.id and p.purpose = 'invoice'),
              (select jsonb_agg(type order by id) from events e
                where e.i_customer = c.id and e.entity = 'invoice'),
              (select jsonb_agg(kind order by id) from mails m where m.i_customer = c.id))::text as has
       from customers c where c.id > ${first} and c.id < ${first} + 10000 order by 1`,
  )

const isAtWork = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode === null && signalCode === null

const ended = (worker: ChildProcess) =>
  isAtWork(worker)
    ? new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    : Promise.resolve()

const today = async ({ ask }: World): Promise<string> => {
  const [row] = await ask<{ day: string }>(
    `select (now() + make_interval(secs => clock_ahead / 1000.0))::date::text as day
       from environments where id = 1`,
  )
  return row!.day
}

/** One of its processes dies as for want of memory: it ends all the others, and recovers. */
async function killDatabase({ ask }: World): Promise<void> {
  const [row] = await ask<{ pid: number }>(
    `select pid from pg_stat_activity
      where datname = 'portico' and pid <> pg_backend_pid() and backend_type = 'client backend' limit 1`,
  )
  if (row) process.kill(row.pid, 'SIGKILL')
}

/** Two workers live day after day; one of them is killed again and again, and so is the database. */
async function disturb(world: World): Promise<string> {
  const killed = { process: 0, database: 0 }
  let until: string = addDays(civilDate(await today(world)), daysAtOnce)
  let workers = [world.start(until), world.start(until)]
  while (killed.process < killsOfEach || killed.database < killsOfEach) {
    await sleep(soonest + Math.random() * (latest - soonest))
    if (killed.process <= killed.database) {
      workers[Math.floor(Math.random() * workers.length)]!.kill('SIGKILL')
      killed.process++
    } else {
      await killDatabase(world)
      killed.database++
    }
    // Whoever has arrived goes on from there, or there would be nothing left to disturb.
    if (workers.some(({ exitCode }) => exitCode === 0)) {
      until = addDays(civilDate(until), daysAtOnce)
      console.log(`${killed.process} and ${killed.database} kills, on to ${until}`)
    }
    await sleep(50)
    workers = workers.filter(isAtWork)
    while (workers.length < 2) workers.push(world.start(until))
  }
  await Promise.all(workers.map(ended))
  await ended(world.start(until))
  return until
}

/** Undisturbed, a few customers of the same kind up to the same day. */
const clean = (until: string): Promise<string[]> =>
  inWorld(3, async (world) => {
    await ended(world.start(until))
    return (await holdings(world)).map(({ has }) => has)
  })

export const run = (): Promise<boolean> =>
  inWorld(customers, async (world) => {
    // What was made by hand has no events, audit rows or secrets.
    const before = new Set(
      (await verify((text) => world.ask(text))).map(({ sentence }) => sentence),
    )
    const until = await disturb(world)
    const wanted = await clean(until)
    const has = await holdings(world)
    const wrong = has.filter((one) => one.has !== wanted[0])
    const found = await verify((text) => world.ask(text))
    const broken = found.filter(({ sentence }) => !before.has(sentence))

    const [paid] = await world.ask<{ sum: string }>(
      `select coalesce(sum(amount), 0)::text as sum from payments where state = 'captured'`,
    )
    const invoices = JSON.parse(wanted[0]!)[3].length
    console.log(`${has.length} customers, ${invoices} invoices each, ${paid!.sum} taken`)
    for (const one of wrong.slice(0, 3))
      console.error(`Customer ${one.customer}: ${one.has}\ninstead of ${wanted[0]}`)
    for (const one of broken) console.error(JSON.stringify(one).slice(0, 500))
    if (paid!.sum !== world.captured()) console.error(`The bank took ${world.captured()}.`)
    return wrong.length === 0 && broken.length === 0 && paid!.sum === world.captured()
  })
