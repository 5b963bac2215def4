import { randomUUID } from 'node:crypto'
import type pg from 'pg'

/** What texts of a real signup are like: how long a row is, is part of what writing it costs. */
export type Likeness = Readonly<{
  quote: string
  submitted: string
  result: string
  credentials: string
  text: string
  html: string
}>

export async function likenessOf(pool: pg.Pool): Promise<Likeness> {
  const { rows } = await pool.query<Likeness>(
    `select o.quote::text, o.submitted::text, o.result::text, o.credentials_sealed as credentials, m.text, m.html
       from signup_orders o join mails m on m.i_env = o.i_env and m.i_customer = o.i_customer
      where o.state = 'completed' limit 1`,
  )
  return rows[0]!
}

/** Drafts of people who have come as far as the button: what is measured begins there. */
export async function plainDrafts(pool: pg.Pool, n: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into signup_drafts (i_env, id, i_site, token_hash, data, ip, created_at, updated_at, expires_at)
     select 1, gen_random_uuid(), (select min(id) from signup_sites), 'plain' || gen_random_uuid(), '{}', '1', now(), now(), now()
       from generate_series(1, $1) returning id`,
    [n],
  )
  return rows.map(({ id }) => id)
}

/** A fact's payload, or what an audit row has to say. */
const happened = JSON.stringify({ name: 'Anna Lee', product: 'EasyCall', number: '15145500000' })

type Plain = Readonly<{ n: number; draft: string; passwordHash: string; like: Likeness }>

/** The rows a signup comes to, in one plain transaction of plain statements, each prepared. */
export async function plain(
  client: pg.PoolClient,
  { n, draft, passwordHash, like }: Plain,
): Promise<void> {
  const q = (name: string, text: string, values: unknown[]) =>
    client.query({ name, text, values }).then((r) => r.rows[0] as Record<string, number>)
  const number = String(15145500000 + n)
  await client.query('begin')
  const pay = await q(
    'b2',
    `insert into payments (i_env, gateway, key, amount, currency, state, created_at) values (1, 'simulator', $1, 15.74, 'USD', 'authorized', now()) returning id`,
    [randomUUID()],
  )
  const order = await q(
    'b3',
    `insert into signup_orders (i_env, i_draft, key, state, quote, submitted, hold_id, i_payment, card_token, ip, created_at, updated_at) values (1, $1, $2::uuid::text, 'submitted', $4::jsonb, $5::jsonb, $2::uuid, $3, 'x', '1', now(), now()) returning id`,
    [draft, randomUUID(), pay!.id, like.quote, like.submitted],
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
    `insert into customer_subscriptions (i_env, i_customer, i_account, i_subscription, started_on, charged_until, anchor) select 1, $1::int, $2::int, min(id), current_date, current_date + 30, current_date from subscriptions returning id`,
    [c, a],
  )
  const user = await q(
    'b11',
    `insert into users (i_env, realm, login, name, password_hash, i_customer) values (1, 'customer', $1, 'Anna Lee', $2, $3) returning id`,
    [`plain${n}@example.com`, passwordHash, c],
  )
  for (let i = 0; i < 7; i++) {
    await q(
      'b12',
      `insert into audit_rows (i_env, at, realm, actor, i_customer, action, entity, entity_id, after, outcome, ip, request_id) values (1, now(), 'system', 'signup', $1, 'x', 'x', $2, $3::jsonb, 'done', '1', 'x')`,
      [c, String(order!.id), happened],
    )
  }
  for (const [entity, id, events] of [
    ['customer', c, 2],
    ['account', a, 4],
    ['invoice', sub!.id, 2],
    ['number', number, 2],
    ['signup_order', order!.id, 2],
  ] as const) {
    await q(
      'b13',
      `insert into event_streams (i_env, entity, entity_id, seq) values (1, $1, $2, $3)`,
      [entity, `${id}-${n}`, events],
    )
    for (let seq = 1; seq <= events; seq++) {
      await q(
        'b14',
        `insert into events (i_env, entity, entity_id, seq, type, payload, i_customer, actor, request_id, at) values (1, $1, $2, $3, 'x', $5::jsonb, $4, 'x', 'x', now())`,
        [entity, `${id}-${n}`, seq, c, happened],
      )
    }
  }
  for (const key of ['email', 'ip']) {
    await q(
      'b24',
      `insert into signup_counters (i_env, key, window_start, n) values (1, $1, now(), 1)`,
      [`${key}:${draft}`],
    )
  }
  await q('b25', `insert into spent_proofs (i_env, proof, expires_at) values (1, $1, now())`, [
    draft,
  ])
  await q(
    'b15',
    `insert into mails (i_env, i_customer, to_address, kind, subject, text, html, state, next_try_at, created_at) values (1, $1, 'x', 'welcome', 'x', $2, $3, 'queued', now(), now())`,
    [c, like.text, like.html],
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
    `update signup_orders set state = 'completed', i_customer = $2, result = $3::jsonb, credentials_sealed = $4 where i_env = 1 and id = $1`,
    [order!.id, c, like.result, like.credentials],
  )
  await client.query('commit')
  if (!user) throw new Error('no user')
}
