import http from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import pg from 'pg'
import { trpcRoutes } from '#server/http/trpc.ts'
import type { CustomerId, EnvId, UserId } from '#server/kernel/ids.ts'
import * as repo from '#server/pbx/repo.lines.ts'
import { zExtensionQuery } from '#server/pbx/schema.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { hashToken } from '#server/runtime/secrets.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'
import { drive, inLab, type Lab, median, report } from './harness.ts'

const clients = 16
const perRound = 400
const rounds = 3
const sizes = [100, 1_000, 10_000]
const token = 'a token of this bench and of nothing else'.replaceAll(' ', '-')
const first = 70_000

/** A company of so many lines, every second with a phone number, every fifth with an add-on. */
async function makeCompany(pool: pg.Pool, customer: number, lines: number): Promise<void> {
  await pool.query(
    `insert into customers (i_env, id, i_customer_class, name, currency, time_zone)
     select i_env, $1::int, i_customer_class, 'Bench', currency, time_zone from customers where id = 46170`,
    [customer],
  )
  await pool.query(
    `with made as (
       insert into accounts (i_env, account_id, i_customer, i_product, kind, name, time_zone, status, sip_username, sip_password_sealed, created_at)
       select 1, 'ph' || $1::int || 'x' || (100000 + n), $1::int, p.id, 'extension', 'Colleague ' || n, 'UTC', 'active', 'ph' || $1::int || 'x' || (100000 + n), 'sealed', now()
         from generate_series(1, $2) n, products p where p.name = 'Cloud PBX'
       returning id, account_id, right(account_id, 6) as extension
     ), extended as (
       insert into extensions (i_env, i_account, i_customer, extension)
       select 1, id, $1::int, extension from made
     ), numbered as (
       insert into account_aliases (i_env, alias, i_account, i_customer)
       select 1, $1::int::text || extension, id, $1::int from made where id % 2 = 0
     )
     insert into account_addons (i_env, i_account, i_customer, i_product)
     select 1, m.id, $1::int, p.id from made m, products p where p.name = 'Call recording' and m.id % 5 = 0`,
    [customer, lines],
  )
  const { rows } = await pool.query<{ id: number }>(
    `insert into users (i_env, realm, login, name, password_hash, i_customer)
     select 1, 'customer', 'bench-' || $1::int, 'Bench', password_hash, $1::int from users where login = 'demo-adam'
     returning id`,
    [customer],
  )
  await pool.query(
    `insert into api_tokens (token_hash, i_env, i_user, name, created_at) values ($1, 1, $2, 'bench', now())`,
    [hashToken(`${token}-${customer}`), rows[0]!.id],
  )
}

/** The statements of the page's first view, as they are sent. */
const statementsOf = (lab: Lab, customer: CustomerId) =>
  unitOfWork(
    {
      ...lab.app,
      requestId: 'bench',
      env: 1 as EnvId,
      actor: { realm: 'customer', name: 'Bench', user: 1 as UserId, customer, ip: '127.0.0.1' },
    },
    async (ctx) => [
      repo.page(ctx, customer, zExtensionQuery.parse({})).toSQL(),
      repo.countAll(ctx, customer).toSQL(),
    ],
  )

type Ask = () => Promise<string>

/** GET over connections that are kept; answers the body. */
function asker(port: number, path: string, authorization: string): Ask {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients })
  return () =>
    new Promise((resolve, reject) => {
      const request = http.get(
        { port, host: '127.0.0.1', path, agent, headers: { authorization } },
        (response) => {
          let body = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => {
            body += chunk
          })
          response.on('end', () => resolve(body))
        },
      )
      request.on('error', reject)
    })
}

async function measure(lab: Lab, customer: number, lines: number): Promise<[number, number]> {
  const pool = new pg.Pool({ connectionString: lab.adminUrl, max: clients })
  pool.on('error', (error) => console.error(error.message))
  await makeCompany(pool, customer, lines)
  await pool.query('vacuum analyze')

  const ours = fastify()
  trpcRoutes(ours, {
    ...lab.app,
    outside: { publicUrl: 'http://127.0.0.1' } as Outside,
    cookieKey: 'none',
    secure: false,
  })
  const statements = await statementsOf(lab, customer as CustomerId)
  const bare = fastify()
  bare.get('/', async () => {
    const [page, count] = await Promise.all(
      statements.map(({ sql, params }, n) =>
        pool.query({ name: `bench_${n}_${lines}`, text: sql, values: params as unknown[] }),
      ),
    )
    return { rows: page!.rows, all: count!.rows[0] }
  })
  for (const server of [ours, bare]) await server.listen({ port: 0, host: '127.0.0.1' })
  const portOf = (server: typeof ours) => (server.server.address() as AddressInfo).port
  const path = `/trpc/pbx.extensions?input=${encodeURIComponent('{}')}`
  const asks = {
    ours: asker(portOf(ours), path, `Bearer ${token}-${customer}`),
    bare: asker(portOf(bare), '/', ''),
  }
  const { result } = JSON.parse(await asks.ours())
  const { rows } = JSON.parse(await asks.bare())
  if (result?.data?.rows?.length !== 50 || result.data.all !== lines || rows.length !== 50) {
    throw new Error(`Fifty rows of ${lines} were asked for.`)
  }

  const rates = { ours: [] as number[], bare: [] as number[] }
  // A round to warm up, then the rounds that count, ours and theirs by turns.
  for (let round = 0; round <= rounds; round++) {
    for (const who of ['bare', 'ours'] as const) {
      const { rate } = await drive(perRound, clients, async () => void (await asks[who]()))
      if (round > 0) rates[who].push(rate)
    }
  }
  for (const server of [ours, bare]) await server.close()
  await pool.end()
  return [median(rates.ours), median(rates.bare)]
}

/** The first view of the extensions page over tRPC and HTTP, against its SQL behind a bare route. */
export async function run(): Promise<boolean> {
  return inLab(clients, async (lab) => {
    const took: number[] = []
    let ok = true
    for (const [i, lines] of sizes.entries()) {
      const [rate, baseline] = await measure(lab, first + i, lines)
      took.push(1000 / rate)
      const last = lines === sizes.at(-1)
      const name = last ? 'trpc-read' : `trpc-read, ${lines} lines`
      ok = report(name, '1/s', rate, baseline, 0.3).ok && ok
    }
    const growth = (took.at(-1)! / took[0]!) ** (1 / (sizes.length - 1))
    console.log(`ten times the lines take ${growth.toFixed(2)} times as long`)
    return ok
  })
}
