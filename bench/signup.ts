import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { hashPassword } from '#server/auth/passwords.ts'
import type { EnvId } from '#server/kernel/ids.ts'
import { system } from '#server/runtime/actor.ts'
import { anna, openWorld } from '#server/signup/testing.ts'
import type { TestDatabase } from '#server/testing/database.ts'
import { drive, inLab, type Lab, median, percentile, report } from './harness.ts'

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

/** The rows a signup comes to, in one plain transaction of plain statements, ids known beforehand. */
async function plain(client: pg.PoolClient, n: number, passwordHash: string): Promise<void> {
  const q = (name: string, text: string, values: unknown[]) =>
    client.query({ name, text, values }).then((r) => r.rows[0] as Record<string, number>)
  const number = String(15145500000 + n)
  await client.query('begin')
  const draft = randomUUID()
  await q(
    'b1',
    `insert into signup_drafts (i_env, id, i_site, token_hash, data, ip, created_at, updated_at, expires_at) select 1, $1::uuid, min(id), $2::text, '{}', '1', now(), now(), now() from signup_sites`,
    [draft, createHash('sha256').update(draft).digest('hex')],
  )
  const pay = await q(
    'b2',
    `insert into payments (i_env, gateway, key, amount, currency, state, created_at) values (1, 'simulator', $1, 15.74, 'USD', 'authorized', now()) returning id`,
    [randomUUID()],
  )
  const order = await q(
    'b3',
    `insert into signup_orders (i_env, i_draft, key, state, quote, submitted, hold_id, i_payment, card_token, ip, created_at, updated_at) values (1, $1, $2::uuid::text, 'submitted', '{}', '{}', $2::uuid, $3, 'x', '1', now(), now()) returning id`,
    [draft, randomUUID(), pay!.id],
  )
  const customer = await q(
    'b4',
    `insert into customers (i_env, i_customer_class, name, first_name, last_name, email, line1, city, country, currency, time_zone) select 1, min(id), 'Anna Lee', 'Anna', 'Lee', $1::text, 'x', 'x', 'CA', 'USD', 'UTC' from customer_classes returning id`,
    [`plain${n}@example.com`],
  )
  const c = customer!.id
  await q(
    'b5',
    `insert into agreement_items (i_env, i_customer, i_product, quantity, used) select 1, $1::int, min(id), 1, 1 from products`,
    [c],
  )
  const account = await q(
    'b6',
    `insert into accounts (i_env, account_id, i_customer, i_product, kind, name, time_zone, status, sip_username, sip_password_sealed, created_at) select 1, $2::text, $1::int, min(id), 'line', 'Anna Lee', 'UTC', 'active', $2::text, 'sealed', now() from products returning id`,
    [c, number],
  )
  const a = account!.id
  await q(
    'b7',
    'update numbers set i_customer = $2, i_account = $3 where i_env = 1 and number = $1',
    [number, c, a],
  )
  await q(
    'b8',
    'insert into account_aliases (i_env, alias, i_account, i_customer) values (1, $1, $3, $2)',
    [number, c, a],
  )
  await q(
    'b9',
    `insert into account_devices (i_env, i_account, i_customer, i_device_model) select 1, $1::int, $2::int, min(id) from device_models`,
    [a, c],
  )
  const sub = await q(
    'b10',
    `insert into customer_subscriptions (i_env, i_customer, i_account, i_subscription, started_on, charged_until) select 1, $1::int, $2::int, min(id), current_date, current_date + 30 from subscriptions returning id`,
    [c, a],
  )
  const user = await q(
    'b11',
    `insert into users (i_env, realm, login, name, password_hash, i_customer) values (1, 'customer', $1, 'Anna Lee', $2, $3) returning id`,
    [`plain${n}@example.com`, passwordHash, c],
  )
  for (let i = 0; i < 5; i++) {
    await q(
      'b12',
      `insert into audit_rows (i_env, at, realm, actor, i_customer, action, entity, entity_id, outcome, ip, request_id) values (1, now(), 'system', 'signup', $1, 'x', 'x', $2, 'done', '1', 'x')`,
      [c, String(order!.id)],
    )
  }
  for (const [entity, id, events] of [
    ['customer', c, 2],
    ['account', a, 4],
    ['invoice', sub!.id, 2],
  ] as const) {
    await q(
      'b13',
      `insert into event_streams (i_env, entity, entity_id, seq) values (1, $1, $2, $3)`,
      [entity, `${id}-${n}`, events],
    )
    for (let seq = 1; seq <= events; seq++) {
      await q(
        'b14',
        `insert into events (i_env, entity, entity_id, seq, type, payload, i_customer, actor, request_id, at) values (1, $1, $2, $3, 'x', '{}', $4, 'x', 'x', now())`,
        [entity, `${id}-${n}`, seq, c],
      )
    }
  }
  await q(
    'b15',
    `insert into mails (i_env, i_customer, to_address, kind, subject, text, html, state, next_try_at, created_at) values (1, $1, 'x', 'welcome', 'x', 'x', 'x', 'queued', now(), now())`,
    [c],
  )
  await q(
    'b16',
    `insert into one_time_tokens (token_hash, i_env, purpose, subject, created_at, expires_at) values ($1, 1, 'sign_in', '{}', now(), now())`,
    [randomUUID()],
  )
  await q(
    'b17',
    `insert into payment_methods (i_env, i_customer, gateway, gateway_ref, brand, last4, exp_month, exp_year, fingerprint, created_at) values (1, $1, 'simulator', 'x', 'visa', '4242', 12, 2030, 'x', now())`,
    [c],
  )
  const last = await q(
    'b18',
    `insert into invoice_counters (i_env, last) values (1, 1) on conflict (i_env) do update set last = invoice_counters.last + 1 returning last`,
    [],
  )
  const invoice = await q(
    'b19',
    `insert into invoices (i_env, number, i_customer, state, issued_on, due_on, currency, net, tax, total, paid, created_at) values (1, $1, $2, 'paid', current_date, current_date, 'USD', 14.99, 0.75, 15.74, 15.74, now()) returning id`,
    [`PLAIN-${last!.last}-${n}`, c],
  )
  for (let line = 1; line <= 2; line++) {
    await q(
      'b20',
      `insert into invoice_lines (i_env, i_invoice, line, i_customer, i_account, kind, description, net, tax_rate, tax) values (1, $1, $2, $3, $4, 'activation', 'x', 5, 5, 0.25)`,
      [invoice!.id, line, c, a],
    )
  }
  for (let line = 1; line <= 4; line++) {
    await q(
      'b21',
      `insert into ledger_entries (i_env, i_customer, at, day, kind, amount, rule, description, i_invoice) values (1, $1, now(), current_date, 'tax', 0, 'x', 'x', $2)`,
      [c, invoice!.id],
    )
  }
  await q(
    'b22',
    `update payments set state = 'captured', i_customer = $2 where i_env = 1 and id = $1`,
    [pay!.id, c],
  )
  await q(
    'b23',
    `update signup_orders set state = 'completed', i_customer = $2 where i_env = 1 and id = $1`,
    [order!.id, c],
  )
  await client.query('commit')
  if (!user) throw new Error('no user')
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
    const plainly = await drive(perRound, clients, async (n) => {
      const client = await pool.connect()
      await plain(client, all + from + n + 1, passwordHash).finally(() => client.release())
    })

    // Everything up to the button is not what is measured.
    const people = Array.from({ length: perRound }, (_, n) =>
      world.visitor(`10.7.${round}.${n % 250}`),
    )
    const proofs: string[] = []
    await drive(perRound, clients, async (n) => {
      await people[n]!.prepare({
        number: String(15145500000 + from + n + 1),
        address: { ...anna, email: `bench${from + n}@example.com` },
      })
      proofs[n] = await people[n]!.proof()
    })
    const tokens = people.map(() => world.tokenFor('4242424242424242'))
    const pressed = await drive(perRound, clients, async (n) => {
      const order = await people[n]!.press({ proof: proofs[n], cardToken: tokens[n] })
      if (order.state !== 'completed')
        throw new Error(`A signup ended ${order.state}: ${order.failure}`)
    })
    if (round === 0) continue
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
