import { sql } from 'drizzle-orm'
import pg from 'pg'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, type Db, openDatabase, sqlState } from '#db/client.ts'
import { testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 4 })
const everything = { env: 1, scope: 'all' } as const

beforeAll(async () => {
  await it.sql('create table scratch (who text, n int)')
  await it.sql('grant all on scratch to portico_app')
})
beforeEach(async () => {
  await it.sql('truncate scratch')
})

const write = (db: Db, who: string) => db.execute(sql`insert into scratch values (${who}, 0)`)
const rows = async () =>
  (await it.sql<{ who: string }>('select who from scratch order by who')).map((row) => row.who)
const raise = (db: Db, state: string) =>
  db.execute(sql.raw(`do $$ begin raise exception 'as asked' using errcode = '${state}'; end $$`))
const backendOf = async (db: Db) =>
  (await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)).rows[0]!.pid
const backends = async () =>
  it.sql<{ pid: number; state: string }>(
    "select pid, state from pg_stat_activity where usename = 'portico_app' and datname = current_database()",
  )

test('a query asked often is planned once, and one of several statements never', async () => {
  const one = openDatabase({ url: it.appUrl, max: 1 })
  const named = (db: Db) =>
    db.execute<{ text: string; n: number }>(
      sql`select statement as text, (generic_plans + custom_plans)::int as n from pg_prepared_statements where statement like ${'%scratch%'}`,
    )
  for (let n = 0; n < 20; n++) {
    await one.withTx(everything, async (db) => {
      await write(db, `person ${n}`)
      await db.execute(sql.raw('select 1 from scratch; select 2 from scratch'))
    })
  }
  const { rows: planned } = await one.withTx(everything, named)
  expect(planned).toEqual([{ text: 'insert into scratch values ($1, 0)', n: 13 }])
  expect(await rows()).toHaveLength(20)
  await one.close()
})

test('what returns is committed, whole', async () => {
  const answer = await it.database.withTx(everything, async (db) => {
    await write(db, 'a')
    await write(db, 'b')
    return 'answer'
  })
  expect(answer).toBe('answer')
  expect(await rows()).toEqual(['a', 'b'])
})

test('what throws leaves nothing behind, and the error is handed on as it is', async () => {
  const mine = new Error('no')
  const work = it.database.withTx(everything, async (db) => {
    await write(db, 'a')
    throw mine
  })
  await expect(work).rejects.toBe(mine)
  expect(await rows()).toEqual([])
})

test('what a transaction may see ends with it, on the same connection too', async () => {
  const one = openDatabase({ url: it.appUrl, max: 1 })
  const sees = (db: Db) =>
    db.execute(sql`select app_env() as env, app_scope() as scope, app_customer() as customer`)
  await one.withTx({ env: 1, scope: 'customer', customer: 46170 }, sees)
  const after = await one.withTx({ env: 0, scope: 'none' }, sees)
  expect(after.rows).toEqual([{ env: 0, scope: 'none', customer: 0 }])
  await one.close()
})

test('whoever asks outside of a transaction sees nothing, on a connection that saw everything', async () => {
  const after = await it.database.withTx(everything, async (db) => {
    await db.execute(sql`commit`)
    const found = await db.execute(sql`select app_env() as env, app_scope() as scope`)
    await db.execute(sql`begin`)
    return found.rows
  })
  expect(after).toEqual([{ env: null, scope: 'none' }])
})

describe('statements that travel with COMMIT', () => {
  const left = (who: string, n: string) => ({
    name: 'scratch_left',
    text: 'insert into scratch values ($1, $2::text::int)',
    values: [who, n],
  })

  test('are committed with what was done before', async () => {
    const answer = await it.database.withTx(everything, async (db, last) => {
      await write(db, 'a')
      last.push(left('b', '1'), left('c', '2'))
      return 'answer'
    })
    expect(answer).toBe('answer')
    expect(await rows()).toEqual(['a', 'b', 'c'])
  })

  test('undo all of it where one of them fails, and say why', async () => {
    const work = it.database.withTx(everything, async (db, last) => {
      await write(db, 'a')
      last.push(left('b', '1'), left('c', 'no number'), left('d', '3'))
    })
    await expect(work).rejects.toSatisfy((error) => sqlState(error) === '22P02')
    expect(await rows()).toEqual([])
  })

  test('are not sent where the work throws', async () => {
    const work = it.database.withTx(everything, async (_, last) => {
      last.push(left('a', '1'))
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await rows()).toEqual([])
  })

  test('one alone is a transaction: it sees what it may, and answers', async () => {
    const seen = { name: 'seen', text: 'select app_env() as env, app_door() as door', values: [] }
    expect(await it.database.ask({ env: 0, scope: 'none', door: 'a hash' }, seen)).toEqual([
      { env: 0, door: 'a hash' },
    ])
    const wrong = { name: 'wrong', text: 'select $1::text::int as n', values: ['no number'] }
    await expect(it.database.ask(everything, wrong)).rejects.toSatisfy(
      (error) => sqlState(error) === '22P02',
    )
  })
})

describe('trying again', () => {
  test.each(['40001', '40P01'])('%s is tried again, and written once', async (state) => {
    let runs = 0
    await it.database.withTx(everything, async (db) => {
      await write(db, 'once')
      if (++runs < 3) await raise(db, state)
    })
    expect(runs).toBe(3)
    expect(await rows()).toEqual(['once'])
  })

  test.each(['23505', '55006', 'P0001'])('%s is not', async (state) => {
    let runs = 0
    const work = it.database.withTx(everything, (db) => {
      runs++
      return raise(db, state)
    })
    await expect(work).rejects.toSatisfy((error) => sqlState(error) === state)
    expect(runs).toBe(1)
  })

  test('four times are enough', async () => {
    let runs = 0
    const work = it.database.withTx(everything, (db) => {
      runs++
      return raise(db, '40001')
    })
    await expect(work).rejects.toSatisfy((error) => sqlState(error) === '40001')
    expect(runs).toBe(4)
  })

  test('two that lock each other out both get done, once each', async () => {
    await it.sql("insert into scratch values ('x', 0), ('y', 0)")
    const both = Promise.withResolvers<void>()
    let arrived = 0
    const meet = () => {
      if (++arrived === 2) both.resolve()
      return both.promise
    }
    const add = (db: Db, who: string) =>
      db.execute(sql`update scratch set n = n + 1 where who = ${who}`)
    const work = (first: string, second: string) =>
      it.database.withTx(everything, async (db) => {
        await add(db, first)
        await meet()
        await add(db, second)
      })
    await Promise.all([work('x', 'y'), work('y', 'x')])
    expect(await it.sql('select who, n from scratch order by who')).toEqual([
      { who: 'x', n: 2 },
      { who: 'y', n: 2 },
    ])
    // One of them at least was cut off, and began again.
    expect(arrived).toBeGreaterThan(2)
  })
})

describe('a lost connection', () => {
  test('50 rounds of backends killed at work: each is told, none hangs, none leaks, none is committed', async () => {
    for (let round = 0; round < 50; round++) {
      const { done, refusals } = await outcomes(
        [0, 1, 2, 3, 4, 5].map((n) =>
          it.database.withTx(everything, async (db) => {
            const killed = n % 2 === 0
            await write(db, `${killed ? 'killed' : 'kept'} ${round} ${n}`)
            if (killed) await it.sql('select pg_terminate_backend($1)', [await backendOf(db)])
            await write(db, `${killed ? 'killed' : 'kept'} ${round} ${n}`)
          }),
        ),
      )
      expect(done).toBe(3)
      expect(refusals.map((refusal) => refusal.code)).toEqual(Array(3).fill('database.unavailable'))
    }
    expect(await it.sql('select who from scratch group by who having count(*) <> 2')).toEqual([])
    expect(await it.sql("select who from scratch where who like 'killed%'")).toEqual([])
    expect(await it.sql("select who from scratch where who like 'kept%'")).toHaveLength(300)
    expect(it.database.waiting()).toBe(0)
    expect((await backends()).filter((row) => row.state !== 'idle')).toEqual([])
    expect((await backends()).length).toBeLessThanOrEqual(4)
  })

  test('connections killed while idle cost at most one answer each', async () => {
    const fill = () =>
      outcomes(Array.from({ length: 4 }, () => it.database.withTx(everything, backendOf)))
    await fill()
    for (const { pid } of await backends()) await it.sql('select pg_terminate_backend($1)', [pid])
    for (const refusal of (await fill()).refusals) expect(refusal.code).toBe('database.unavailable')
    expect(await fill()).toEqual({ done: 4, refusals: [] })
  })

  test('where no server is, the answer is "unavailable", not a fault', async () => {
    const nowhere = openDatabase({ url: 'postgres://a:b@127.0.0.1:1/c' })
    const refusal = await refused(nowhere.withTx(everything, backendOf))
    expect(refusal).toMatchObject({ kind: 'unavailable', code: 'database.unavailable' })
    await nowhere.close()
  })

  test('a fault that merely speaks of it is not one', async () => {
    const spoken = [
      (db: Db) => db.execute(sql`select ${'Client was closed'}::int`),
      (db: Db) => db.execute(sql`select terminated_at from accounts where 1 / 0 = 1`),
      () => Promise.reject(new Error('the line was terminated')),
      () => Promise.reject(Object.assign(new Error('no such file'), { code: 'ENOENT' })),
    ]
    for (const work of spoken) {
      const error = await it.database.withTx<unknown>(everything, work).catch((e) => e)
      expect(error).toBeInstanceOf(Error)
      expect(error).not.toMatchObject({ name: 'Refusal' })
    }
  })
})

test.each([
  ['a NUL in a text', sql`insert into scratch values (${'a\u0000b'}, 0)`],
  ['a NUL in JSON', sql`select ${JSON.stringify({ name: 'a\u0000b' })}::jsonb ->> 'name'`],
  ['a number beyond its column', sql`insert into scratch values ('a', ${2_147_483_648})`],
])('%s is the sender’s mistake, and named as that', async (_what, statement) => {
  const asked = it.database.withTx(everything, (db) => db.execute(statement))
  await expect(asked).rejects.toMatchObject({ kind: 'invalid', code: 'database.value_misfit' })
})

test('a transaction that can’t begin gives its connection back', async () => {
  const few = openDatabase({ url: it.appUrl, max: 2 })
  for (let round = 0; round < 20; round++) {
    // The protocol ends a statement at a zero byte: what is left doesn't parse.
    await expect(
      few.withTx({ env: 1, scope: 'none', door: '\0' }, async () => 'begun'),
    ).rejects.toThrow()
  }
  expect(
    await outcomes([few.withTx(everything, backendOf), few.withTx(everything, backendOf)]),
  ).toEqual({ done: 2, refusals: [] })
  await few.close()
})

describe('waiting has an end', () => {
  /** Somebody else holds the lock while `work` runs. */
  async function whileLocked(work: () => Promise<void>) {
    const other = new pg.Client({ connectionString: it.adminUrl })
    await other.connect()
    await other.query('begin; lock table scratch')
    await work().finally(() => other.end())
  }

  test('for a lock: the answer is to come back in a moment', () =>
    whileLocked(async () => {
      const refusal = await refused(it.database.withTx(everything, (db) => write(db, 'late')))
      expect(refusal).toMatchObject({ kind: 'unavailable', code: 'database.busy' })
    }))

  test('for a statement', async () => {
    const hasty = openDatabase({ url: it.appUrl, statementTimeoutMs: 50 })
    const refusal = await refused(
      hasty.withTx(everything, (db) => db.execute(sql`select pg_sleep(30)`)),
    )
    expect(refusal.code).toBe('database.busy')
    await hasty.close()
  })

  test('for a connection', async () => {
    const one: Database = openDatabase({ url: it.appUrl, max: 1 })
    await one.withTx(everything, async () => {
      const refusal = await refused(one.withTx(everything, backendOf))
      expect(refusal.code).toBe('database.unavailable')
    })
    await one.close()
  })
})
