import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startEmbedded } from '#db/embedded.ts'
import { ensureDatabase } from '#db/prepare.ts'
import { urlAs } from '#db/roles.ts'
import { verify } from '#db/verify.ts'
import { openBank } from '#server/payments/simulator/bank.ts'
import { standInEnv, startStripeStandIn } from '#server/testing/stripe/stand-in.ts'
import { cards, prospect } from '../e2e/prospect.ts'
import { freePort, type Portico, startPortico } from '../e2e/server.ts'

const signups = Number(process.env.CHAOS_SIGNUPS ?? 100)
const atOnce = 6
/** Between two kills: long enough to start, short enough to hit every step. */
const [soonest, latest] = [2_500, 7_000]

type World = { url: string; over: boolean; kills: number }

/** One prospect who doesn't give up: presses until there is an answer, whatever died meanwhile. */
async function signUp(world: World, n: number): Promise<'completed' | 'failed'> {
  const ip = `10.9.${Math.floor(n / 250)}.${(n % 250) + 1}`
  const card = n % 10 === 0 ? cards.timeout : cards.approved
  const plan = ['easycall', 'supercall', 'cloud-pbx', 'cloud-pbx-10'][n % 4]!
  const { trpc, site, prepare, press } = prospect(world.url, ip)
  const key = randomUUID()
  const again = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await work()
      } catch {
        await sleep(300 + Math.random() * 400)
      }
    }
  }

  await again(() => prepare({ plan, email: `kill${n}@example.com` }))
  for (;;) {
    const state = await again(async () => {
      const order = await trpc.signup.order.query({ site })
      return order?.state ?? (await press(card, key))
    })
    if (state === 'completed' || state === 'failed') return state
    await sleep(1_000)
  }
}

async function killer(world: World, start: () => Promise<Portico>): Promise<void> {
  let portico = await start()
  while (!world.over) {
    await sleep(soonest + Math.random() * (latest - soonest))
    await portico.kill()
    world.kills++
    portico = await start()
  }
  await portico.stop()
}

type Intents = readonly Readonly<{ intent: string; state: string }>[]

async function simulatorBooks(dataDir: string): Promise<Intents> {
  const journal = `${dataDir}/simulator/journal.jsonl`
  const key = Buffer.from(await readFile(`${journal}.key`))
  return openBank(journal, key, () => new Date()).intents()
}

/** What the gateway took must be what we know of, intent by intent. */
async function compareBooks(client: pg.Client, intents: Intents): Promise<string[]> {
  const { rows } = await client.query<{ intent: string; state: string }>(
    'select intent_ref as intent, state from payments where intent_ref is not null',
  )
  const ours = new Map(rows.map((row) => [row.intent, row.state]))
  return intents.flatMap(({ intent, state }) => {
    if (state === 'captured' && ours.get(intent) !== 'captured') {
      return [`${intent} was captured, and ours is ${ours.get(intent) ?? 'unknown'}`]
    }
    if (state === 'authorized') return [`${intent} is authorized and nobody decides`]
    return []
  })
}

/**
 * Signups one after the other while the process is killed again and again: paid and provisioned, or
 * neither. Through the simulator, which dies with it, or through a stand-in for Stripe, which doesn't.
 */
export async function run(gateway: 'simulator' | 'stripe'): Promise<boolean> {
  const standIn = gateway === 'stripe' ? await startStripeStandIn() : undefined
  const env = { LOG_LEVEL: 'warn', ...(standIn && standInEnv(standIn.origin)) }
  const port = await freePort()
  const dataDir = `/tmp/portico-chaos-${process.pid}`
  const world: World = { url: `http://localhost:${port}`, over: false, kills: 0 }
  const killing = killer(world, () =>
    startPortico({ port, dataDir, logFile: 'test-results/chaos.log', env }),
  )

  const outcomes = { completed: 0, failed: 0 }
  let next = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let n = next++; n < signups; n = next++) {
        outcomes[await signUp(world, n)]++
        console.log(
          `${outcomes.completed} completed, ${outcomes.failed} failed, ${world.kills} kills`,
        )
      }
    }),
  )
  world.over = true
  await killing

  // Recovery finishes what the last kills left: a start of its own, in peace.
  const portico = await startPortico({ port, dataDir, env })
  await sleep(75_000)
  await portico.stop()

  const server = await startEmbedded({ dataDir, log: () => {} })
  await ensureDatabase(server.adminUrl, 'portico')
  const { username, password } = new URL(server.adminUrl)
  const client = new pg.Client({
    connectionString: urlAs(
      server.adminUrl,
      decodeURIComponent(username),
      decodeURIComponent(password),
      'portico',
    ),
  })
  await client.connect()
  const wrong = await verify(async (text) => (await client.query(text)).rows)
  const intents = standIn?.control.intents() ?? (await simulatorBooks(dataDir))
  const books = await compareBooks(client, intents)
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from customers where email like 'kill%'`,
  )
  await client.end()
  await server.stop()
  await standIn?.stop()
  await rm(dataDir, { recursive: true, force: true })

  for (const line of [...wrong.map((w) => JSON.stringify(w)), ...books]) console.error(line)
  const customers = rows[0]!.n
  console.log(
    `${signups} signups, ${world.kills} kills: ${outcomes.completed} completed, ${outcomes.failed} failed, ${customers} customers`,
  )
  return wrong.length === 0 && books.length === 0 && customers === outcomes.completed
}
