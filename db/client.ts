import type { Duplex } from 'node:stream'
import { DrizzleQueryError } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { type Bound, type HotStatement, nameIfOften } from '#db/prepared.ts'
import { Refusal, refuse } from '#server/kernel/errors.ts'

/** A transaction in progress, as repos use it. */
export type Db = NodePgDatabase & { $client: pg.PoolClient }

export type DatabaseOptions = {
  url: string
  /** Connections at most. */
  max?: number
  /** Milliseconds a statement may take: pages are cut off sooner than jobs. */
  statementTimeoutMs?: number
  /** Hears of connections lost while nobody used them. */
  onIdleError?: (error: Error) => void
}

/** What row-level security lets this transaction see; see `db/migrations` for the policies. */
export type Visibility = Readonly<{
  /** 0 is the front desk: nobody is known yet, only sites and the row of one token can be seen. */
  env: number
  scope: 'all' | 'reseller' | 'customer' | 'account' | 'signup' | 'none'
  user?: number
  customer?: number
  account?: number
  /** Hash of the one token whose row a doorway (session, draft, one-time link) may show. */
  door?: string
}>

export type Database = Readonly<{
  /**
   * One transaction: begun, committed or rolled back here and nowhere else. What `work` leaves in
   * `last` travels with COMMIT; where one of these fails, nothing was done and the error is thrown.
   * `ahead` is how far the environment's own clock is ahead of the machine's, in milliseconds.
   */
  withTx<T>(sees: Visibility, work: Work<T>): Promise<T>
  /** A transaction of one statement, which is one round trip. */
  ask<Row extends pg.QueryResultRow>(sees: Visibility, statement: Bound): Promise<Row[]>
  /** Nothing but "is it there": for readiness. */
  ping(): Promise<void>
  waiting(): number
  close(): Promise<void>
}>

// What PostgreSQL says when trying the very same transaction again is right.
const retryable = new Set(['40001', '40P01'])
const attempts = 4
// Shutting down, starting up, too many connections, connection failures.
const unavailable = /^(08...|57P0[1-5]|53300)$/
// A lock not to be had, or a statement not finished, in time.
const busy = new Set(['55P03', '57014'])
// A number beyond its column, or a text that holds what no text can.
const misfit = new Set(['22003', '22021', '22P05'])
const connectionCodes =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)$/
// What `pg` says without a code. Whole beginnings: a query that mentions `terminated_at` is no loss.
const connectionMessages =
  /^(Connection terminated|Client was closed|Client has encountered a connection error|timeout exceeded when trying to connect|Cannot use a pool after calling end)/

export const databaseUnavailable = () =>
  refuse(
    'unavailable',
    'database.unavailable',
    'The database can’t be reached right now. Nothing was lost; please try again in a moment.',
  )

/** @param over what it waited for: a lock of somebody else's, or its own statement */
const databaseBusy = (over: 'lock' | 'time') =>
  refuse(
    'unavailable',
    'database.busy',
    'Too many people are changing the same thing right now. Please try again in a moment.',
    { over },
  )

/** An id no row can have, or a NUL in a name: the sender's mistake, and none of ours to be noted. */
const valueMisfit = () =>
  refuse(
    'invalid',
    'database.value_misfit',
    'A number is too large, or a text holds characters that can’t be kept. Check what was typed.',
  )

/** PostgreSQL's five-letter code of an error, through drizzle's wrapping. */
export function sqlState(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    const code = (e as { code?: unknown }).code
    if (typeof code === 'string') return code
  }
  return undefined
}

/** The constraint a statement broke, if that is why it failed. */
export function brokenConstraint(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    const name = (e as { constraint?: unknown }).constraint
    if (typeof name === 'string') return name
  }
  return undefined
}

function isConnectionError(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    // Drizzle's own sentence holds the query and what it was given: anything may stand there.
    if (e instanceof DrizzleQueryError) continue
    if (e instanceof Refusal) return false
    const { code, syscall } = e as { code?: unknown; syscall?: unknown }
    if (typeof code !== 'string') {
      if (connectionMessages.test(e.message)) return true
      continue
    }
    if (unavailable.test(code) || connectionCodes.test(code)) return true
    if (code === 'ENOENT' && syscall === 'connect') return true
  }
  return false
}

const see: HotStatement = {
  name: 'see',
  text: `
    select (select clock_ahead from environments where id = $1::text::int)::float8 as ahead,
           set_config('app.env', $1, true), set_config('app.scope', $2, true),
           set_config('app.actor', $3, true), set_config('app.customer', $4, true),
           set_config('app.account', $5, true), set_config('app.door', $6, true)`,
}

/**
 * Begins, and says what this transaction may see: all six settings, whatever was there before.
 *
 * @returns how far the environment's clock is ahead, in milliseconds
 */
async function begin({ $client }: Db, sees: Visibility): Promise<number> {
  const ids = [sees.env, sees.user ?? 0, sees.customer ?? 0, sees.account ?? 0]
  const [env, user, customer, account] = ids.map((id) => String(Math.trunc(id)))
  const values = [env, sees.scope, user, customer, account, sees.door ?? '']
  const [, { rows }] = await Promise.all([
    $client.query('begin'),
    $client.query<{ ahead: number | null }>({ ...see, values }),
  ])
  return rows[0]?.ahead ?? 0
}

/**
 * A transaction that was told the time starts before the database has answered how far its clock is
 * ahead: with what the last one was told. Where that was wrong it is undone and begun anew, knowing.
 */
class ClockMoved extends Error {}

// One drizzle per connection, so that statements prepared on it stay prepared.
const drizzled = new WeakMap<pg.PoolClient, Db>()

function over(client: pg.PoolClient): Db {
  const known = drizzled.get(client)
  if (known) return known
  const db = drizzle(sendingWell(client))
  drizzled.set(client, db)
  return db
}

/**
 * Drizzle writes a query anew each time, but always the same text: once that is known to be frequent
 * PostgreSQL plans it once. Planning, row-level security included, took longer than running. What has
 * no values stays as it is: it may be several statements.
 *
 * What is sent at one go leaves in one write, for each write wakes the other side.
 */
function sendingWell(client: pg.PoolClient): pg.PoolClient {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection
  const query = (asked: { name?: string; text?: unknown }, ...rest: unknown[]) => {
    const { name, text } = asked
    const [values] = rest
    const often =
      !name && typeof text === 'string' && Array.isArray(values) && values.length > 0
        ? nameIfOften(text)
        : undefined
    stream.cork()
    process.nextTick(() => stream.uncork())
    return Reflect.apply(client.query, client, [often ? { ...asked, name: often } : asked, ...rest])
  }
  return Object.assign(Object.create(client) as pg.PoolClient, { query })
}

/** Who was cut off and came back at once would take the same lock before whoever waits for it wakes. */
const letOthersPass = (attempt: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt))

type Work<T> = (db: Db, last: Bound[], ahead: () => number) => Promise<T>
type Done<T> = Readonly<{ result: T; rows: unknown[][] }>

/**
 * COMMIT waits for nothing: where a statement before it failed, PostgreSQL makes it a rollback.
 *
 * @returns the rows of each last statement
 */
async function end({ $client }: Db, begun: Promise<unknown>, last: readonly Bound[]) {
  const sent = last.map((statement) => $client.query(statement))
  const committed = $client.query('commit')
  // Nothing may be under way afterwards; the first to fail says why the others did.
  await Promise.allSettled([...sent, committed])
  await begun
  const results = await Promise.all(sent)
  const { command } = await committed
  if (command !== 'COMMIT') throw new Error('A statement failed, and nobody was told.')
  return results.map(({ rows }) => rows)
}

/**
 * The application's connections. `pg`, not postgres.js, and not drizzle's own `transaction()`:
 * docs/decisions/0001 has the measurements.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    // What isn't waited for is sent behind what is: BEGIN with a transaction's first statement.
    pipeline: true,
    max: options.max ?? 16,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
    options: [
      `-c statement_timeout=${options.statementTimeoutMs ?? 5_000}`,
      '-c lock_timeout=2000',
      '-c idle_in_transaction_session_timeout=10000',
      '-c timezone=UTC',
    ].join(' '),
  })
  pool.on('error', (error) => options.onIdleError?.(error))
  pool.on('connect', (client) => client.on('error', () => {}))

  /** By environment, how far ahead its clock was when last looked at. */
  const aheads = new Map<number, number>()

  async function once<T>(sees: Visibility, work: Work<T>, knowing: boolean): Promise<Done<T>> {
    const client = await pool.connect()
    let broken = false
    try {
      const db = over(client)
      const begun = begin(db, sees)
      // Where it fails so does the first statement behind it, and says less well why.
      begun.then((ahead) => aheads.set(sees.env, ahead)).catch(() => {})
      const assumed = knowing ? await begun : (aheads.get(sees.env) ?? 0)
      let told = false
      const ahead = () => {
        told = true
        return assumed
      }
      const stillSo = async () => {
        if ((await begun) !== assumed && told) throw new ClockMoved()
      }
      const last: Bound[] = []
      const result = await work(db, last, ahead).catch(async (error: unknown) => {
        await stillSo()
        throw error
      })
      if (told) await stillSo()
      return { result, rows: await end(db, begun, last) }
    } catch (error) {
      broken = isConnectionError(error)
      if (!broken) await client.query('rollback').catch(() => (broken = true))
      throw error
    } finally {
      // A connection that saw a connection error is destroyed, never handed on.
      client.release(broken)
    }
  }

  async function tried<T>(sees: Visibility, work: Work<T>): Promise<Done<T>> {
    let knowing = false
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(sees, work, knowing)
      } catch (error) {
        if (error instanceof ClockMoved) {
          knowing = true
          continue
        }
        const code = sqlState(error) ?? ''
        if (attempt < attempts && retryable.has(code)) {
          await letOthersPass(attempt)
          continue
        }
        if (isConnectionError(error)) throw databaseUnavailable()
        if (busy.has(code)) throw databaseBusy(code === '55P03' ? 'lock' : 'time')
        if (misfit.has(code)) throw valueMisfit()
        throw error
      }
    }
  }

  return {
    withTx: async (sees, work) => (await tried(sees, work)).result,
    async ask<Row extends pg.QueryResultRow>(sees: Visibility, statement: Bound) {
      const { rows } = await tried(sees, async (_, last) => last.push(statement))
      return rows[0] as Row[]
    },
    async ping() {
      await pool.query('select 1')
    },
    waiting: () => pool.waitingCount,
    close: () => pool.end(),
  }
}
