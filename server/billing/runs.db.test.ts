import { beforeAll, expect, test } from 'vitest'
import { runDue } from '#server/billing/service.run.ts'
import * as runs from '#server/billing/service.runs.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()
const { admin, bamboo } = people
const ten = 46171
const publicUrl = 'https://portal.example'

const listed = () => it.as(admin, (ctx) => runs.runs(ctx, { page: 0 }))
const parked = () => it.as(admin, runs.parked)
const release = (customer = ten) => it.as(admin, (ctx) => runs.release(ctx, { customer }))

beforeAll(async () => {
  // Billed in what its plan isn't priced in.
  await it.sql("update customers set currency = 'CAD' where id = $1", [ten])
  it.clock.set('2026-12-01T09:00:00Z')
})

test('a run is on record with whom it billed and for how much, part by part as one', async () => {
  const done = await runDue(it.edge(), { atOnce: 2, publicUrl })
  const { rows, total } = await listed()
  expect(total).toBe(1)
  expect(rows).toMatchObject([{ state: 'done', customers: done.customers, invoices: 2, parked: 1 }])
  // $22.40 of ABC, $28.00 of Five Plus One.
  expect(rows[0]!.totals).toEqual([{ currency: 'USD', amount: '50.40000' }])
})

test('a run that finds nobody due leaves no row', async () => {
  const { customers } = await runDue(it.edge())
  expect(customers).toBe(0)
  expect((await listed()).total).toBe(1)
})

test('whoever is left out is listed with why, and told to nobody but administrators of the provider', async () => {
  expect(await parked()).toMatchObject([
    {
      customer: ten,
      name: 'Ten Lines Ltd',
      onDay: '2026-12-01',
      code: 'wrong_currency',
      details: { plan: 'USD', customer: 'CAD' },
    },
  ])
  expect(await it.as(admin, runs.countParked)).toEqual({ parked: 1 })
  expect(
    await it.sql(
      `select to_address, subject,
              substring(text from 'https://[^[:space:]]+') as link
         from mails where kind = $1`,
      ['billing_parked'],
    ),
  ).toEqual([
    {
      to_address: 'help@panda.example',
      subject: 'Ten Lines Ltd is left out of billing · Panda Telecom',
      link: 'https://portal.example/admin/customers/46171',
    },
  ])
  expect(await refused(it.as(bamboo, runs.parked))).toMatchObject({ kind: 'forbidden' })
  expect(await refused(it.as(bamboo, (ctx) => runs.release(ctx, { customer: ten })))).toMatchObject(
    { kind: 'forbidden' },
  )
})

test('billed again before it is put right, it is left out again; after that, it has its invoice', async () => {
  await release()
  expect(await runs.runNow(it.edge(admin), { publicUrl })).toMatchObject({
    customers: 1,
    invoices: 0,
    parked: 1,
  })
  const led = "select 1 from mails where kind = 'billing_parked' and text like $1"
  expect(await it.sql(led, [`%${publicUrl}/admin/customers/${ten}%`])).toHaveLength(2)

  await it.sql("update customers set currency = 'USD' where id = $1", [ten])
  await release()
  expect(await parked()).toEqual([])
  expect(await runs.runNow(it.edge(admin), { publicUrl })).toMatchObject({
    invoices: 1,
    parked: 0,
    totals: [{ currency: 'USD', amount: '42.00000' }],
  })

  expect(await it.sql("select 1 from audit_rows where action = 'billing.release'")).toHaveLength(2)
  expect(
    await it.sql("select 1 from events where type = 'customer.billing_released'"),
  ).toHaveLength(2)
  expect(await refused(release())).toMatchObject({ kind: 'conflict', code: 'billing.not_parked' })
})

test('a run that never ended is running for half an hour, and interrupted from then on', async () => {
  await it.sql('update billing_runs set ended_at = null')
  expect((await listed()).rows[0]!.state).toBe('running')
  it.clock.set('2026-12-01T09:30:00Z')
  expect((await listed()).rows.map(({ state }) => state)).toEqual(Array(3).fill('interrupted'))
})
