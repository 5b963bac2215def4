import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { runDue } from '#server/billing/service.run.ts'
import * as runs from '#server/billing/service.runs.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'
import { heldOpen } from '#server/testing/waiting.ts'

const it = testDatabase()

test('a crowd at the invoice counter leaves nobody out: the run stops, and the next one bills them', async () => {
  it.clock.set('2026-12-01T09:00:00Z')
  const leave = await heldOpen((held) =>
    it.as(people.admin, async (ctx) => {
      await ctx.db.execute(sql`
        insert into invoice_counters (i_env, last) values (1, 0)
        on conflict (i_env) do update set last = invoice_counters.last`)
      await held()
    }),
  )
  expect(await refused(runDue(it.edge(), { atOnce: 2 }))).toMatchObject({
    kind: 'unavailable',
    code: 'database.busy',
  })
  expect(await it.as(people.admin, runs.countParked)).toEqual({ parked: 0 })

  await leave()
  expect(await runDue(it.edge(), { atOnce: 2 })).toMatchObject({ invoices: 3, parked: 0 })
})

test('a bill that takes too long leaves out its own customer, and keeps nobody else from being billed', async () => {
  const ten = 46171
  await it.sql(`
    create function too_slow() returns trigger language plpgsql as $$
      begin raise exception 'canceling statement due to statement timeout' using errcode = '57014'; end $$;
    create trigger too_slow before insert on invoices for each row
      when (new.i_customer = ${ten}) execute function too_slow()`)
  it.clock.set('2027-01-01T20:00:00Z')
  expect(await runDue(it.edge())).toMatchObject({ parked: 1 })
  expect(await it.as(people.admin, runs.parked)).toMatchObject([{ customer: ten, code: 'failed' }])
  const others = await it.sql(
    `select from customers where next_invoice_on <= '2027-01-01' and id <> $1`,
    [ten],
  )
  expect(others).toEqual([])
})
