import pg from 'pg'
import { expect, test } from 'vitest'
import * as audit from '#server/audit/service.ts'
import { type Fact, publish } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { system } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { people, testDatabase } from '#server/testing/database.ts'

const it = testDatabase({ max: 24 })
const me = system('test')

const fact = (entityId: string, payload = {}): Fact => ({
  type: 'thing.changed',
  entity: 'thing',
  entityId,
  customer: 46170 as CustomerId,
  payload,
})
const sequence = (entityId: string) =>
  it.sql<{ seq: number; writer: number }>(
    "select seq, (payload->>'writer')::int as writer from events where entity = 'thing' and entity_id = $1 order by id",
    [entityId],
  )
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

test('of 24 writers to one entity each event has its number, 1 to n in the order of commits, at every moment', async () => {
  let writing = true
  const gaps: unknown[] = []
  const watch = (async () => {
    while (writing) {
      const [seen] = await it.sql<{ n: number; last: number }>(
        "select count(*)::int as n, coalesce(max(seq), 0) as last from events where entity_id = 'busy'",
      )
      if (seen!.n !== seen!.last) gaps.push(seen)
    }
  })()
  await Promise.all(
    upTo(24).map(async (writer) => {
      for (let i = 0; i < 10; i++) await it.as(me, (ctx) => publish(ctx, fact('busy', { writer })))
    }),
  )
  writing = false
  await watch

  const rows = await sequence('busy')
  expect(rows.map((row) => row.seq)).toEqual(upTo(240))
  expect(gaps).toEqual([])
})

test('what is undone leaves neither an event nor a gap', async () => {
  await Promise.all(
    upTo(24).map((writer) =>
      it
        .as(me, async (ctx) => {
          await publish(ctx, fact('shaky', { writer }))
          if (writer % 3 === 0) throw new Error('no')
        })
        .catch((error) => expect(error.message).toBe('no')),
    ),
  )
  const rows = await sequence('shaky')
  expect(rows.map((row) => row.seq)).toEqual(upTo(16))
  expect(rows.filter((row) => row.writer % 3 === 0)).toEqual([])
})

test('writers of several entities take them in one order, so they never wait for each other in a circle', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  await it.as(me, (ctx) => publish(ctx, ...names.map((name) => fact(name))))
  const lock = "select 1 from event_streams where entity = 'thing' and entity_id"

  // Somebody has the first one: who wants all of them waits there, and has none of the others yet.
  const other = new pg.Client({ connectionString: it.adminUrl })
  await other.connect()
  await other.query(`begin; ${lock} = 'a' for update`)
  const waiting = it.as(me, (ctx) => publish(ctx, ...names.toReversed().map((name) => fact(name))))
  while (
    (
      await it.sql(
        "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      )
    ).length === 0
  );
  await other.query(`${lock} <> 'a' for update nowait`)
  await other.query('commit')
  await other.end()

  await waiting
  for (const name of names) expect(await sequence(name)).toHaveLength(2)
})

test('an event says who, when and in which request', async () => {
  it.clock.set('2026-11-22T10:00:00Z')
  await it.as(people.adam, (ctx) => publish(ctx, fact('one')))
  const [row] = await it.sql("select actor, at, request_id from events where entity_id = 'one'")
  expect(row).toEqual({
    actor: 'Adam Abbott',
    at: new Date('2026-11-22T10:00:00Z'),
    request_id: 'test',
  })
})

const act = { action: 'thing.change', entity: 'thing', entityId: '1' }
const audited = () =>
  it.sql(
    "select realm, actor, i_user, i_customer, outcome, ip from audit_rows where action = 'thing.change'",
  )

test('an audit row is written with its work, and undone with it', async () => {
  const broken = it.as(people.adam, async (ctx: Ctx) => {
    await audit.done(ctx, act)
    throw new Error('no')
  })
  await expect(broken).rejects.toThrow('no')
  expect(await audited()).toEqual([])

  await it.as(people.adam, (ctx) => audit.done(ctx, act))
  expect(await audited()).toEqual([
    {
      realm: 'customer',
      actor: 'Adam Abbott',
      i_user: 2,
      i_customer: 46170,
      outcome: 'done',
      ip: '127.0.0.1',
    },
  ])
})

test.each(['ledger_entries', 'invoice_lines', 'events', 'audit_rows'])(
  'history is appended to and never changed: %s',
  async (table) => {
    const column = table === 'invoice_lines' ? 'line' : 'id'
    for (const statement of [
      `update ${table} set ${column} = ${column}`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      const refusal = it.database.withTx({ env: 1, scope: 'all' }, (db) => db.execute(statement))
      await expect(refusal).rejects.toMatchObject({ cause: { code: '42501' } })
    }
  },
)
