import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { hashPassword } from '#server/auth/passwords.ts'
import type { EnvId } from '#server/kernel/ids.ts'
import { system } from '#server/runtime/actor.ts'
import type { DraftView } from '#server/signup/schema.ts'
import { anna, cards, openWorld } from '#server/signup/testing.ts'
import type { TestDatabase } from '#server/testing/database.ts'
import { drive, inLab, type Lab, median, percentile, report } from './harness.ts'
import { likenessOf, plain, plainDrafts } from './plain-signup.ts'

const clients = 16
const perRound = 160
const rounds = 3
const slowestMs = 250

/** Numbers enough for every signup: the demo data's five hundred are not. */
async function moreNumbers(client: pg.Pool, n: number): Promise<void> {
  await client.query(
    `insert into numbers (i_env, number, country, region, city, pool)
     select 1, (15145500000 + i)::text, 'CA', 'QC', 'Montréal', 'retail' from generate_series(1, $1) i`,
    [n],
  )
}

type Rows = Readonly<Record<string, number>>

/** How many rows each table has. */
async function rowsOf(pool: pg.Pool): Promise<Rows> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const counts = tables.map(
    ({ name }) => `select '${name}' as name, count(*)::int as n from ${name}`,
  )
  const { rows } = await pool.query<{ name: string; n: number }>(counts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}

const difference = (after: Rows, before: Rows): Rows =>
  Object.fromEntries(Object.keys(after).map((name) => [name, after[name]! - before[name]!]))

/** The baseline is worth something only if it writes what a signup writes. */
function demandSame(ours: Rows, theirs: Rows): void {
  // Per signup: a counter has a row more where five minutes are over.
  const each = (n = 0) => Math.round(n / perRound)
  for (const [table, n] of Object.entries(ours)) {
    if (each(n) !== each(theirs[table]))
      throw new Error(`${table}: ${n} rows of ours, ${theirs[table]} plain.`)
  }
}

async function measure(lab: Lab): Promise<{ ours: number[]; theirs: number[]; times: number[] }> {
  const it = {
    database: lab.database,
    clock: lab.app.clock,
    edge: (actor = system('bench')) => ({
      ...lab.app,
      requestId: 'bench',
      env: 1 as EnvId,
      actor,
    }),
  } as unknown as TestDatabase
  const world = openWorld(it, { limits: { holdsPerIp: 1_000_000 } })
  const pool = new pg.Pool({ connectionString: lab.adminUrl, max: clients })
  pool.on('error', (error) => console.error(error.message))
  const passwordHash = await hashPassword('a password of the bench')
  const all = perRound * (rounds + 1)
  await moreNumbers(pool, 2 * all)

  const result = { ours: [] as number[], theirs: [] as number[], times: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const from = round * perRound
    // Everything up to the button is not what is measured.
    const people = Array.from({ length: perRound }, (_, n) =>
      world.visitor(`10.7.${round}.${n % 250}`),
    )
    const proofs: string[] = []
    const seen: DraftView[] = []
    await drive(perRound, clients, async (n) => {
      seen[n] = await people[n]!.prepare({
        number: String(15145500000 + from + n + 1),
        address: { ...anna, email: `bench${from + n}@example.com` },
      })
      proofs[n] = await people[n]!.proof()
    })
    const tokens = people.map(() => world.tokenFor(cards.approved))
    const drafts = await plainDrafts(pool, perRound)
    const before = await rowsOf(pool)
    const pressed = await drive(perRound, clients, async (n) => {
      const { version, quote } = seen[n]!
      const order = await people[n]!.trpc.submit({
        site: 'panda',
        version,
        key: randomUUID(),
        cardToken: tokens[n]!,
        dueToday: quote.dueToday,
        acceptTerms: true,
        proof: proofs[n]!,
      })
      if (order.state !== 'completed')
        throw new Error(`A signup ended ${order.state}: ${order.failure}`)
    })

    const between = await rowsOf(pool)
    const like = await likenessOf(pool)
    const plainly = await drive(perRound, clients, async (n) => {
      const client = await pool.connect()
      const signup = { n: all + from + n + 1, draft: drafts[n]!, passwordHash, like }
      await plain(client, signup).finally(() => client.release())
    })
    if (round === 0) continue
    demandSame(difference(between, before), difference(await rowsOf(pool), between))
    result.theirs.push(plainly.rate)
    result.ours.push(pressed.rate)
    result.times.push(...pressed.times)
  }

  const { rows } = await pool.query(
    `select count(*)::int as n from customers where email like 'bench%' and balance = 0`,
  )
  await pool.end()
  if (rows[0].n !== all)
    throw new Error(`${all} people signed up, ${rows[0].n} customers are there.`)
  return result
}

/** From the button to the finished customer, 16 at once, the gateway answering at once. */
export async function run(): Promise<boolean> {
  return inLab(24, async (lab) => {
    const { ours, theirs, times } = await measure(lab)
    const p99 = percentile(times, 0.99)
    console.log(`p50 ${percentile(times, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`)
    const rate = report('signup', '1/s', median(ours), median(theirs), 0.35)
    const quick = report('signup, p99', '1/s', 1000 / p99, 1000 / slowestMs, 1)
    return rate.ok && quick.ok
  })
}
