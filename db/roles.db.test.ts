import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { sqlState } from '#db/client.ts'
import { prepareDatabase } from '#db/prepare.ts'
import { assertBound, prepareRoles, roles, urlAs } from '#db/roles.ts'
import { openStorage } from '#server/runtime/boot.ts'
import { readConfig } from '#server/runtime/config.ts'
import { openLog } from '#server/runtime/log.ts'
import { testDatabase } from '#server/testing/database.ts'
import { testPasswords, testSecrets } from '#server/testing/secrets.ts'

const it = testDatabase()
const everything = { env: 1, scope: 'all' } as const

async function asApp<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: it.appUrl })
  await client.connect()
  return work(client).finally(() => client.end())
}
const refusedWith = (statement: string) =>
  asApp((client) =>
    client.query(statement).then(
      () => 'done',
      (error) => sqlState(error),
    ),
  )

describe('the application’s role', () => {
  test('owns nothing, is no superuser, can’t pass by the policies, and is nobody else', async () => {
    expect(
      await it.sql(
        `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
                (select count(*)::int from pg_class where relowner = r.oid) as owned,
                (select count(*)::int from pg_auth_members where member = r.oid) as memberships
           from pg_roles r where rolname = 'portico_app'`,
      ),
    ).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        owned: 0,
        memberships: 0,
      },
    ])
  })

  test.each([
    'create table mine (n int)',
    'alter table customers disable row level security',
    'drop policy wall on customers',
    'set role portico_owner',
    'select * from schema_migrations',
    'truncate customers',
    "update environments set name = 'ours'",
    'delete from accounts',
  ])('can’t: %s', async (statement) => {
    expect(await refusedWith(statement)).toMatch(/^42(501|P01)$/)
  })

  test('that says nothing of itself sees nothing', async () => {
    const found = await asApp((client) => client.query('select 1 from customers'))
    expect(found.rowCount).toBe(0)
  })

  test('that switches row-level security off gets errors, not rows', () =>
    asApp(async (client) => {
      await client.query('set row_security = off')
      await expect(client.query('select 1 from customers')).rejects.toThrow(/row-level security/)
    }))
})

test('the role of the extended search reads nothing but what it will be given', async () => {
  const url = urlAs(it.appUrl, roles.query, testPasswords.query)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await expect(client.query('select 1 from customers')).rejects.toThrow(/permission denied/)
  await client.end()
})

describe('starting', () => {
  test('as a superuser is refused', async () => {
    await expect(assertBound(it.adminUrl)).rejects.toThrow(/row-level security is off/)
  })

  test('as the owner of the tables is refused', async () => {
    const owner = urlAs(it.appUrl, roles.owner, testPasswords.owner)
    await expect(assertBound(owner)).rejects.toThrow(/row-level security is off/)
    await expect(prepareDatabase(owner, testPasswords)).rejects.toThrow(/row-level security is off/)
  })

  test('as a role that passes by the policies is refused', async () => {
    const name = `portico_free_${process.pid}`
    await it.sql(`create role ${name} login bypassrls password 'free'`)
    const free = urlAs(it.appUrl, name, 'free')
    await expect(assertBound(free)).rejects.toThrow(/row-level security is off/)
    await it.sql(`drop role ${name}`)
  })

  test('with a superuser’s DATABASE_URL goes on as the application’s role', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'portico-roles-'))
    const config = readConfig({ DATABASE_URL: it.adminUrl, DATA_DIR: dataDir, NODE_ENV: 'test' })
    const secrets = { ...testSecrets, key: (purpose: string) => passwordOf(purpose) }
    const { database } = await openStorage(config, secrets, openLog('silent'))
    const who = await database.withTx(everything, (db) =>
      db.execute(sql`select current_user as role`),
    )
    expect(who.rows).toEqual([{ role: 'portico_app' }])
    await database.close()
    await rm(dataDir, { recursive: true })
  })

  test('with the login of a managed server, who may make roles and no more, works each time', async () => {
    const [admin, database] = [`portico_admin_${process.pid}`, `portico_managed_${process.pid}`]
    await it.sql(`create role ${admin} login createrole password 'managed'`)
    // From PostgreSQL 16 on, who didn't make a role may change it by this alone.
    const [{ version } = { version: 0 }] = await it.sql<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    )
    if (version >= 160_000) {
      await it.sql(`grant portico_owner, portico_app, portico_query to ${admin} with admin option`)
    }
    await it.sql(`create database ${database} owner ${admin}`)
    const url = urlAs(it.adminUrl, admin, 'managed', database)
    for (let start = 0; start < 2; start++) {
      expect(await prepareDatabase(url, testPasswords)).toBe(
        urlAs(url, roles.app, testPasswords.app),
      )
    }
    await it.sql(`drop database ${database} with (force)`)
    await it.sql(`drop role ${admin}`)
  })

  test('of several databases of one server at the same moment goes well for all', async () => {
    const names = [0, 1, 2, 3].map((n) => `portico_many_${process.pid}_${n}`)
    for (const name of names) await it.sql(`create database ${name}`)
    const urls = names.map((name) =>
      Object.assign(new URL(it.adminUrl), { pathname: `/${name}` }).toString(),
    )
    for (let round = 0; round < 10; round++) {
      await Promise.all(urls.map((url) => prepareRoles(url, testPasswords)))
    }
    for (const name of names) await it.sql(`drop database ${name} with (force)`)
  })

  test('with the application’s own login takes it as it is', async () => {
    expect(await prepareDatabase(it.appUrl, testPasswords)).toBe(it.appUrl)
  })
})

// Roles belong to the whole server: other tests go on with the passwords they know.
const passwordOf = (purpose: string): string =>
  testPasswords[purpose.replace('database:', '') as keyof typeof testPasswords]

describe('an environment refers to nothing outside of it', () => {
  const insert = (statement: string) => it.sql(statement).catch((error) => sqlState(error))

  test('not to a customer, an account or a product of another', async () => {
    await it.sql(
      `insert into customer_classes (i_env, name, currency, tax_name, tax_rate) values (2, 'x', 'USD', 'GST', 5)`,
    )
    const [row] = await it.sql<{ id: number }>('select id from customer_classes where i_env = 2')
    await it.sql(
      `insert into customers (i_env, id, i_customer_class, name, currency, time_zone)
       values (2, 1, ${row!.id}, 'Other', 'USD', 'UTC')`,
    )
    const product = '(select min(id) from products)'
    expect(
      await insert(
        `insert into agreement_items (i_env, i_customer, i_product) values (2, 1, ${product})`,
      ),
    ).toBe('23503')
    expect(
      await insert(`insert into hunt_groups (i_env, i_customer, name) values (2, 46170, 'x')`),
    ).toBe('23503')
    expect(await insert(`update customers set i_parent = 46173 where i_env = 2`)).toBe('23503')
    expect(await insert(`update customers set i_env = 2 where id = 46170`)).toBe('23503')
  })

  test('and what an account has can’t be another customer’s', async () => {
    expect(
      await insert(
        `update account_aliases set i_customer = 46171 where i_customer = 46170 and i_env = 1`,
      ),
    ).toBe('23503')
    expect(await insert(`update numbers set i_customer = 46171 where number = '12094555948'`)).toBe(
      '23503',
    )
  })
})
