import { expect, test } from 'vitest'
import { hot } from '#db/prepared.ts'
import { alongIndex, due } from '#server/customers/repo.billing.ts'
import { system } from '#server/runtime/actor.ts'
import { testDatabase } from '#server/testing/database.ts'

const it = testDatabase()

/** How the rows that are locked are come by, from the lock inwards. */
const taken = async () => {
  const rows = await it.as(system('test'), (ctx) =>
    alongIndex(ctx, () =>
      hot<{ 'QUERY PLAN': string }>(
        ctx.db,
        { name: `${due.name}_plan`, text: `explain ${due.text}` },
        [ctx.env, ctx.now, 200, []],
      ),
    ),
  )
  const nodes = rows.map((row) => /^ *-> {2}(.*?) {2}\(cost/.exec(row['QUERY PLAN'])?.[1] ?? '')
  return nodes.slice(nodes.indexOf('LockRows')).filter(Boolean).join(' -> ')
}

test('a part of a run reads a few of those that are due, and sorts none', async () => {
  await it.sql(
    `insert into customers (i_env, id, i_customer_class, name, currency, time_zone, created_at)
     select 1, 100000 + n, 1, 'Due ' || n, 'USD', 'America/Vancouver', '2026-10-15T12:00:00Z'
       from generate_series(1, 20000) n`,
  )
  // Also of a table that nobody has counted yet.
  expect(await taken()).toMatch(/^LockRows -> (Result -> )?Index Scan using customers_due/)
  await it.sql('analyze customers')
  expect(await taken()).toMatch(/^LockRows -> (Result -> )?Index Scan using customers_due/)
})
