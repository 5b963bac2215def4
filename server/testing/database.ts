import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { type Database, openDatabase } from '#db/client.ts'
import { roles, urlAs } from '#db/roles.ts'
import type { AccountId, CustomerId, EnvId, UserId } from '#server/kernel/ids.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import { storyClock } from '#server/runtime/clock.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { openLog } from '#server/runtime/log.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'
import { testPasswords, testSecrets } from '#server/testing/secrets.ts'

export type TestDatabase = {
  database: Database
  clock: ReturnType<typeof storyClock>
  /** The edge of a request by somebody; the system itself unless said. */
  edge(actor?: Actor): Edge
  /** One unit of work by somebody. */
  as<T>(actor: Actor, work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** Past every wall, for looking at what is really there. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  /** Addresses, for tests that need connections of their own. */
  appUrl: string
  adminUrl: string
}

/** A database of its own for a test file, with the demo data: a copy of the template. */
export function testDatabase(options: { max?: number } = {}): TestDatabase {
  const name = `portico_test_${randomBytes(6).toString('hex')}`
  const it = { clock: storyClock('2026-11-21T12:00:00Z') } as TestDatabase
  let admin: pg.Pool

  beforeAll(async () => {
    const serverUrl = process.env.TEST_ADMIN_URL!
    const client = new pg.Client({ connectionString: serverUrl })
    await client.connect()
    await client.query(`create database ${name} template ${process.env.TEST_TEMPLATE!}`)
    await client.end()

    const { username, password } = new URL(serverUrl)
    it.adminUrl = urlAs(serverUrl, decodeURIComponent(username), decodeURIComponent(password), name)
    it.appUrl = urlAs(serverUrl, roles.app, testPasswords.app, name)
    it.database = openDatabase({ url: it.appUrl, max: options.max ?? 8 })
    admin = new pg.Pool({ connectionString: it.adminUrl, max: 2 })
    admin.on('error', () => {})
    it.sql = async (text, values) => (await admin.query(text, values)).rows
    it.edge = (actor = system('test')) => ({
      database: it.database,
      clock: it.clock,
      log: openLog('silent'),
      secrets: testSecrets,
      requestId: 'test',
      env: 1 as EnvId,
      actor,
    })
    it.as = (actor, work) => unitOfWork(it.edge(actor), work)
  })

  afterAll(async () => {
    await it.database?.close()
    await admin?.end()
    const client = new pg.Client({ connectionString: process.env.TEST_ADMIN_URL! })
    await client.connect()
    await client.query(`drop database if exists ${name} with (force)`)
    await client.end()
  })

  return it
}

const person = (
  realm: 'admin' | 'reseller' | 'customer' | 'account',
  name: string,
  user: number,
  customer?: number,
  account?: number,
): Actor => ({
  realm,
  name,
  user: user as UserId,
  customer: customer as CustomerId | undefined,
  role: realm === 'customer' ? 'administrator' : undefined,
  account: account as AccountId | undefined,
  ip: '127.0.0.1',
})

/** People of the demo data, as they are once signed in. */
export const people = {
  admin: person('admin', 'Pat Panda', 1),
  adam: person('customer', 'Adam Abbott', 2, 46170),
  john: (account: number) => person('account', 'John Doe', 3, 46170, account),
  ten: person('customer', 'Tina Ten', 4, 46171),
  five: person('customer', 'Fiona Five', 5, 46175),
  meter: person('customer', 'Mel Meter', 6, 46172),
  bamboo: person('reseller', 'Bao Bamboo', 7, 46173),
} as const satisfies Record<string, Actor | ((account: number) => Actor)>
