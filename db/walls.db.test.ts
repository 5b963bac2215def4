import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { sqlState, type Visibility } from '#db/client.ts'
import { testDatabase } from '#server/testing/database.ts'
import { everyRow, fillEveryTable, type Owner } from '#server/testing/every-table.ts'

const it = testDatabase()

type Row = Record<string, unknown>

const owner = (n: number, customer: number, account: number, user: number, parent?: number) => ({
  env: 1,
  customer,
  account,
  user,
  parent,
  door: `door ${n}`,
  draft: `00000000-0000-4000-8000-00000000000${n}`,
})
const abc = owner(1, 46170, 100_001, 2)
const ten = owner(2, 46171, 900_002, 4)
const reseller = owner(3, 46173, 900_003, 7)
const shop = owner(4, 46174, 900_004, 900_004, 46173)
const elsewhere: Owner = { ...owner(5, 46170, 100_001, 2), env: 2 }

/** Read by everybody in the environment: what is on sale, and how far streams have counted. */
const shared = new Set([
  'services',
  'products',
  'product_services',
  'subscriptions',
  'product_subscriptions',
  'customer_classes',
  'device_models',
  'signup_sites',
  'signup_plans',
  'signup_plan_items',
  'signup_site_devices',
  'promo_codes',
  'tax_rates',
  'issuers',
  'event_streams',
])
/** Concern a customer, and are the provider's business all the same. */
const kept = new Set(['mails', 'signup_orders'])

let all: Map<string, Row[]>

beforeAll(async () => {
  await fillEveryTable(it.adminUrl, [abc, ten, reseller, shop, elsewhere])
  all = await everyRow(it.adminUrl)
})

async function seen(sees: Visibility): Promise<Map<string, Row[]>> {
  return it.database.withTx(sees, async (db) => {
    const rows = new Map<string, Row[]>()
    for (const table of all.keys()) {
      const found = await db.execute<{ row: Row }>(
        sql.raw(`select to_jsonb(t) as row from ${table} t`),
      )
      rows.set(
        table,
        found.rows.map(({ row }) => row),
      )
    }
    return rows
  })
}

/** Table by table: exactly the rows that `may` says, no more and no fewer. */
async function expectSeen(sees: Visibility, may: (table: string, row: Row) => boolean) {
  const canon = (rows: Row[]) => rows.map((row) => JSON.stringify(row)).sort()
  for (const [table, rows] of await seen(sees)) {
    const right = all.get(table)!.filter((row) => may(table, row))
    expect(canon(rows), table).toEqual(canon(right))
  }
}

const customerOf = (table: string, row: Row) => (table === 'customers' ? row.id : row.i_customer)
const accountOf = (table: string, row: Row) => (table === 'accounts' ? row.id : row.i_account)
const isMine = (row: Row, user: number) =>
  ('token_hash' in row && row.i_user === user) || row.caller === `user:${user}`

describe('every table with an environment', () => {
  test('has row-level security, forced on its owner too, and a policy with a check', async () => {
    const bare = await it.sql(
      `select c.relname from pg_class c
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
          and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'i_env')
          and not (c.relrowsecurity and c.relforcerowsecurity and exists (
            select 1 from pg_policy p where p.polrelid = c.oid and p.polpermissive
               and p.polcmd = '*' and p.polqual is not null
               and (p.polwithcheck is not null or p.polname = 'wall')))`,
    )
    expect(bare).toEqual([])
  })

  test('is every table but two', async () => {
    const others = await it.sql<{ name: string }>(
      `select c.relname as name from pg_class c
        where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace = 'public'::regnamespace
          and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'i_env')
        order by 1`,
    )
    expect(others.map((row) => row.name)).toEqual(['environments', 'schema_migrations'])
  })

  test('refers to others by environment and id', async () => {
    const loose = await it.sql(
      `select conname from pg_constraint k
        where contype = 'f' and connamespace = 'public'::regnamespace and not exists (
          select 1 from unnest(k.conkey, k.confkey) as pair (mine, theirs)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.mine
            join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.theirs
           where a.attname = 'i_env' and b.attname = 'i_env')`,
    )
    expect(loose).toEqual([])
  })

  test('refers to others in every column that names one, histories excepted', async () => {
    const free = await it.sql<{ column: string }>(
      `select c.relname || '.' || a.attname as column
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
          and a.attname like 'i\\_%' and a.attname <> 'i_env'
          and not exists (select 1 from pg_constraint k
                           where k.contype = 'f' and k.conrelid = c.oid and a.attnum = any (k.conkey))
        order by 1`,
    )
    // What happened is told as it was then, whatever became of those it tells of.
    expect(free.map((row) => row.column)).toEqual([
      'audit_rows.i_customer',
      'audit_rows.i_user',
      'events.i_customer',
    ])
  })
})

describe('who sees what', () => {
  test('a customer sees its own rows in every table, and nothing of anybody else', () =>
    expectSeen(
      { env: 1, scope: 'customer', user: 2, customer: 46170 },
      (table, row) =>
        row.i_env === 1 &&
        !kept.has(table) &&
        (shared.has(table) || customerOf(table, row) === 46170 || isMine(row, 2)),
    ))

  test('the same number in another environment is another customer', () =>
    expectSeen(
      { env: 2, scope: 'customer', user: 2, customer: 46170 },
      (table, row) =>
        row.i_env === 2 &&
        !kept.has(table) &&
        (shared.has(table) || customerOf(table, row) === 46170 || isMine(row, 2)),
    ))

  test('a reseller sees itself and its sub-customers alone', () =>
    expectSeen(
      { env: 1, scope: 'reseller', user: 7, customer: 46173 },
      (table, row) =>
        row.i_env === 1 &&
        !kept.has(table) &&
        (shared.has(table) ||
          customerOf(table, row) === 46173 ||
          customerOf(table, row) === 46174 ||
          isMine(row, 7)),
    ))

  test('an account user sees its own account and whose it is: no ledger, no invoice, no other account', () =>
    expectSeen(
      { env: 1, scope: 'account', user: 3, customer: 46170, account: 100_001 },
      (table, row) => {
        if (row.i_env !== 1) return false
        if (shared.has(table) || isMine(row, 3)) return true
        if (table === 'customers') return row.id === 46170
        const others = ['customer_subscriptions', 'invoice_lines', 'ledger_entries']
        return !others.includes(table) && accountOf(table, row) === 100_001
      },
    ))

  test('a prospect sees its own draft and order, and numbers nobody has', () =>
    expectSeen({ env: 1, scope: 'signup', door: abc.door }, (table, row) => {
      if (row.i_env !== 1) return false
      if (shared.has(table)) return true
      if (table === 'numbers') return row.i_customer === null
      if (table === 'signup_drafts') return row.token_hash === abc.door
      return table === 'signup_orders' && row.i_draft === abc.draft
    }))

  test('the front desk sees the row of the token it was shown, whose it is, and the sites', () =>
    expectSeen({ env: 0, scope: 'none', door: ten.door }, (table, row) => {
      if (table === 'signup_sites') return true
      if (table === 'users') return row.i_env === 1 && row.id === ten.user
      return table !== 'signup_drafts' && row.token_hash === ten.door
    }))

  test('without a token the front desk sees the sites alone', () =>
    expectSeen({ env: 0, scope: 'none' }, (table) => table === 'signup_sites'))

  test('somebody unknown sees what is on sale', () =>
    expectSeen({ env: 1, scope: 'none' }, (table, row) => row.i_env === 1 && shared.has(table)))

  test('the provider sees all of its environment, and nothing of the next', () =>
    expectSeen({ env: 1, scope: 'all' }, (_table, row) => row.i_env === 1))
})

describe('who writes what', () => {
  const attempt = (sees: Visibility, statement: string) =>
    it.database
      .withTx(sees, async (db) => {
        const { rowCount } = await db.execute(sql.raw(statement))
        await db.execute(sql`rollback; begin`)
        return rowCount
      })
      .catch((error) => sqlState(error))
  const me: Visibility = { env: 1, scope: 'customer', user: 2, customer: 46170 }

  test('no customer can give a row away, or put one among another’s', async () => {
    for (const [table, rows] of all) {
      if (!rows.some((row) => 'i_customer' in row)) continue
      const given = await attempt(me, `update ${table} set i_customer = 46171`)
      // Revoked, against the policy, or not a row of mine in sight.
      expect([0, '42501'], table).toContain(given)
      const moved = await attempt(me, `update ${table} set i_env = 2`)
      expect([0, '42501'], table).toContain(moved)
    }
  })

  test('no customer can change or remove what is not its own', async () => {
    for (const [table, rows] of all) {
      const change = await attempt(me, `update ${table} set i_env = i_env`)
      const mine = rows.filter((row) => row.i_env === 1 && customerOf(table, row) === 46170)
      const usable = kept.has(table) ? 0 : mine.length
      if (table === 'event_streams' || table === 'idempotency_keys') continue
      if (table === 'sessions' || table === 'api_tokens') {
        expect(change, table).toBe(1)
        continue
      }
      expect([usable, '42501'], table).toContain(change)
      const removal = await attempt(me, `delete from ${table} where i_env = 2`)
      expect([0, '42501'], table).toContain(removal)
    }
  })

  test('what is on sale is the provider’s to change', async () => {
    for (const table of shared) {
      if (table === 'event_streams') continue
      expect(await attempt(me, `update ${table} set i_env = i_env`), table).toBe(0)
      expect(await attempt(me, `delete from ${table}`), table).toBe(0)
      expect(
        await attempt(me, `insert into ${table} select * from ${table} limit 1`),
        table,
      ).toMatch(/^(42501|428C9)$/)
    }
    const all = { env: 1, scope: 'all' } as const
    expect(await attempt(all, 'update products set i_env = i_env')).toBeGreaterThan(0)
  })
})

describe('walls cost little', () => {
  test('none looks into another table itself: that would bring the other’s wall into every statement', async () => {
    expect(
      await it.sql(
        `select tablename from pg_policies where coalesce(qual, '') || coalesce(with_check, '') ~ 'FROM (?!app_)'`,
      ),
    ).toEqual([])
  })

  test('a login is found by an index behind them, however many there are', async () => {
    const plan = await it.database.withTx({ env: 1, scope: 'all' }, async (db) => {
      await db.execute(sql`set local enable_seqscan = off`)
      const { rows } = await db.execute<{ 'QUERY PLAN': string }>(
        sql`explain select id from users where i_env = 1 and login_key = lower('Demo-Adam')`,
      )
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    expect(plan).toMatch(/Index Cond: .*login_key = /)
  })
})
