import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import pg from 'pg'
import { agreementItems } from '#db/schema/agreements.ts'
import { products } from '#db/schema/catalog.ts'
import { customers } from '#db/schema/customers.ts'
import type { CustomerId, EnvId, UserId } from '#server/kernel/ids.ts'
import * as pbx from '#server/pbx/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'
import { drive, inLab, type Lab, median, report } from './harness.ts'

const clients = 48
const perRound = 600
const rounds = 3
const firstCustomer = 60_000

/** Companies with room for as many lines as are asked for, all of one product. */
async function makeCompanies({ database }: Lab, n: number): Promise<number> {
  return database.withTx({ env: 1, scope: 'all' }, async (db) => {
    const [product] = await db.select().from(products).where(eq(products.name, 'Cloud PBX line'))
    const [like] = await db.select().from(customers).where(eq(customers.id, 46170))
    for (let i = 0; i < n; i++) {
      const id = firstCustomer + i
      await db
        .insert(customers)
        .values({ ...like!, id, name: `Bench ${i}`, companyName: `Bench ${i}` })
      await db
        .insert(agreementItems)
        .values({ env: 1, customer: id, product: product!.id, quantity: 1_000_000, used: 0 })
    }
    return product!.id
  })
}

const ours = (lab: Lab, product: number, companies: number, from: number) => (n: number) => {
  const i = from + n
  const actor: Actor = {
    realm: 'customer',
    role: 'administrator',
    name: 'Bench',
    user: 1 as UserId,
    customer: (firstCustomer + (i % companies)) as CustomerId,
    ip: '127.0.0.1',
  }
  const edge = { ...lab.app, requestId: 'bench', env: 1 as EnvId, actor }
  return unitOfWork(edge, async (ctx) => {
    await pbx.addExtension(ctx, {
      extension: String(10_000 + i),
      name: 'A colleague',
      product,
      numbers: [],
      published: false,
      key: randomUUID(),
    })
  })
}

/** The least that could be done: the limit, the account and the extension in one statement. */
const least = `
  with place as (
    update agreement_items set used = used + 1
     where i_env = 1 and i_customer = $1 and i_product = $2 and (quantity is null or used + 1 <= quantity)
    returning used
  ), account as (
    insert into accounts (i_env, account_id, i_customer, i_product, kind, name, time_zone, status, sip_username, sip_password_sealed, created_at, activated_at)
    select 1, 'ph' || $1::text || 'x' || $3::text, $1, $2, 'extension', 'A colleague', 'UTC', 'active', 'ph' || $1::text || 'x' || $3::text, 'sealed', now(), now() from place
    returning id
  )
  insert into extensions (i_env, i_account, i_customer, extension)
  select 1, id, $1, $3::text from account`

/** Companies, and how many lines the first of them has already. */
type Size = Readonly<{ companies: number; there: number }>

async function measure(
  lab: Lab,
  product: number,
  { companies, there }: Size,
): Promise<[number, number]> {
  const pool = new pg.Pool({ connectionString: lab.adminUrl, max: clients })
  pool.on('error', (error) => console.error(error.message))
  await drive(there, clients, async (n) => {
    await pool.query(least, [firstCustomer, product, String(100_000 + n)])
  })
  await pool.query('analyze')
  const theirs: number[] = []
  const mine: number[] = []
  let at = 0
  // A round to warm up, then the rounds that count, ours and theirs by turns.
  for (let round = 0; round <= rounds; round++) {
    const from = at
    const baseline = await drive(perRound, clients, async (n) => {
      const i = from + n
      await pool.query(least, [firstCustomer + (i % companies), product, String(10_000 + i)])
    })
    at += perRound
    const our = await drive(perRound, clients, ours(lab, product, companies, at))
    at += perRound
    if (round > 0) {
      theirs.push(baseline.rate)
      mine.push(our.rate)
    }
  }

  const { rows } = await pool.query(
    `select sum(used) as used, (select count(*) from accounts where i_customer >= ${firstCustomer}) as accounts
       from agreement_items where i_customer >= ${firstCustomer}`,
  )
  await pool.end()
  const all = there + at
  if (Number(rows[0].used) !== all || Number(rows[0].accounts) !== all) {
    throw new Error(
      `${all} lines were added; ${rows[0].used} places and ${rows[0].accounts} accounts are there.`,
    )
  }
  return [median(mine), median(theirs)]
}

const sizes: readonly (Size & { name: string })[] = [
  { companies: 1, there: 100, name: 'extension-add, 100 lines' },
  { companies: 1, there: 1_000, name: 'extension-add, 1000 lines' },
  { companies: 1, there: 10_000, name: 'extension-add' },
  { companies: 200, there: 0, name: 'extension-add, 200 agreements' },
]

/** One extension added, 48 clients at once, against one conditional insert. */
export async function run(): Promise<boolean> {
  let ok = true
  const rates: number[] = []
  for (const { name, ...size } of sizes) {
    await inLab(clients, async (lab) => {
      const product = await makeCompanies(lab, size.companies)
      const [rate, baseline] = await measure(lab, product, size)
      rates.push(rate)
      ok = report(name, '1/s', rate, baseline, 0.5).ok && ok
    })
  }
  const growth = Math.sqrt(rates[0]! / rates[2]!)
  console.log(`beside ten times the lines one takes ${growth.toFixed(2)} times as long`)
  return ok
}
