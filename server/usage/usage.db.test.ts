import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import { civilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'
import { type Given, zImport, zUsageQuery } from '#server/usage/schema.ts'
import { importFile } from '#server/usage/service.files.ts'
import * as usage from '#server/usage/service.ts'
import * as views from '#server/usage/service.views.ts'

const it = testDatabase({ max: 12 })
const abc = 46170 as CustomerId
const { admin, adam } = people

/** John Doe of ABC: New York's calendar, billed from the 15th on, up to November 14 so far. */
beforeEach(async () => {
  it.clock.set('2026-11-21T15:00:00Z')
  await it.sql(
    'delete from usage_totals where i_customer = 46170; delete from xdrs where i_customer = 46170',
  )
  await it.sql(
    `update customers set time_zone = 'America/New_York', billing_anchor = '2025-01-15',
            next_invoice_on = '2026-12-15' where id = 46170`,
  )
})

afterEach(async () => expect(await verify((text) => it.sql(text))).toEqual([]))

const call = (over: Partial<Given> = {}): Partial<Given> & Record<string, string> => ({
  id: 'call-1',
  account: 'ph46170x4665',
  service: 'voice',
  start: '2026-11-20T14:00:00Z',
  duration: '60',
  amount: '0.12500',
  ...over,
})
const send = (rows: object[]) =>
  it.as(admin, (ctx) => usage.importRows(ctx, zImport.parse({ rows })))
const codes = async (...rows: object[]) => (await send(rows)).faults.map(({ code }) => code)
const totals = () =>
  it.sql(
    `select period_from::text as "from", records, quantity::int as quantity, amount::text as amount
       from usage_totals where i_customer = 46170 order by 1`,
  )
const cycle = { from: civilDate('2026-11-15'), until: civilDate('2026-12-15') }

describe('usage', () => {
  test('is counted with its records, by cycles of the customer and days of its calendar', async () => {
    const result = await send([
      call(),
      call({ id: 'call-2', account: '12094555949', duration: '30', amount: '1' }),
      // The 15th has not begun in New York.
      call({ id: 'call-3', start: '2026-11-15T04:59:59Z' }),
      call({ id: 'call-4', start: '2026-11-15T05:00:00Z' }),
    ])
    expect(result).toMatchObject({ imported: 3, known: 0, faulty: 1 })
    expect(result.faults).toMatchObject([
      {
        row: 3,
        id: 'call-3',
        code: 'usage.period_closed',
        details: { day: '2026-11-14', open: '2026-11-15' },
      },
    ])
    expect(await totals()).toEqual([
      { from: '2026-11-15', records: 3, quantity: 150, amount: '1.25000' },
    ])
  })

  test('is what the billing run reads: by customer, service and line, each customer in its cycle', async () => {
    await send([call(), call({ id: 'call-2', amount: '2' })])
    const read = await it.as(admin, (ctx) => usage.totalsOf(ctx, [{ customer: abc, ...cycle }]))
    expect(read).toMatchObject([
      { customer: 46170, serviceCode: 'voice', records: 2, quantity: 120n, amount: 212500n },
    ])
    const none = { customer: abc, from: cycle.until, until: civilDate('2027-01-15') }
    expect(await it.as(admin, (ctx) => usage.totalsOf(ctx, [none]))).toEqual([])
  })

  test('that comes again is known, also once its cycle is billed; with other content it is refused', async () => {
    await send([call()])
    expect(await send([call(), call()])).toMatchObject({ imported: 0, known: 2, faulty: 0 })
    await it.sql("update customers set next_invoice_on = '2027-01-15' where id = 46170")
    expect(await send([call()])).toMatchObject({ imported: 0, known: 1, faulty: 0 })
    for (const other of [
      { amount: '0.12501' },
      { duration: '61' },
      { start: '2026-11-20T14:00:01Z' },
      { account: 'ph46170aa1' },
      { destination: '442079460018' },
    ]) {
      expect(await codes(call(other)), JSON.stringify(other)).toEqual(['usage.id_conflict'])
    }
    expect(await codes(call({ id: 'new' }), call({ id: 'new', amount: '9' }))).toEqual([
      'usage.period_closed',
      'usage.id_conflict',
    ])
    expect(await totals()).toMatchObject([{ records: 1, amount: '0.12500' }])
  })

  test('twice in one call counts once, and differs by name', async () => {
    const result = await send([call(), call(), call({ amount: '5' })])
    expect(result).toMatchObject({ imported: 1, known: 1, faulty: 1 })
    expect(result.faults).toMatchObject([{ row: 3, code: 'usage.id_conflict' }])
  })

  test('imported by six at once is counted once', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => call({ id: `c-${i}`, amount: '0.01' }))
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, i) => send(i % 2 ? [...rows].reverse() : rows)),
    )
    expect(all.reduce((sum, { imported }) => sum + imported, 0)).toBe(300)
    expect(all.reduce((sum, { known }) => sum + known, 0)).toBe(1_500)
    expect(await totals()).toMatchObject([{ records: 300, amount: '3.00000' }])
  })

  test('of a cycle that is being closed waits, and is refused when it is', async () => {
    const begun = Promise.withResolvers<void>()
    const closed = Promise.withResolvers<void>()
    const run = it.as(admin, async (ctx) => {
      await ctx.db.$client.query(
        "update customers set next_invoice_on = '2027-01-15' where id = 46170",
      )
      begun.resolve()
      await closed.promise
    })
    await begun.promise
    const sent = send([call()])
    await expect
      .poll(async () => (await it.sql('select 1 from pg_locks where not granted')).length)
      .toBeGreaterThan(0)
    closed.resolve()
    await run
    expect((await sent).faults).toMatchObject([{ code: 'usage.period_closed' }])
    expect(await totals()).toEqual([])
  })
})

describe('refused by name, and nothing of it counted,', () => {
  const wrong: [code: string, over: Partial<Given>][] = [
    ['id_missing', { id: ' ' }],
    ['text_too_long', { id: 'x'.repeat(101) }],
    ['account_unknown', { account: 'ph46170x9999' }],
    ['service_unknown', { service: 'telepathy' }],
    ['start_malformed', { start: '2026-11-20 14:00' }],
    ['start_malformed', { start: '2026-02-30T14:00:00Z' }],
    ['start_malformed', { start: 'yesterday' }],
    ['in_future', { start: '2026-11-21T15:00:01Z' }],
    ['period_closed', { start: '2026-11-14T14:00:00Z' }],
    ['quantity_malformed', { duration: '-1' }],
    ['quantity_malformed', { duration: '1.5' }],
    ['quantity_malformed', { duration: '' }],
    ['quantity_malformed', { duration: '99999999999999999' }],
    ['unit_wrong', { duration: '', volume: '1000' }],
    ['unit_wrong', { service: 'Internet data', duration: '60' }],
    ['amount_negative', { amount: '-0.01' }],
    ['amount_too_precise', { amount: '0.123456' }],
    ['amount_malformed', { amount: '1,5' }],
    ['amount_malformed', { amount: '1e3' }],
    ['amount_malformed', { amount: '' }],
    ['currency_wrong', { currency: 'EUR' }],
  ]
  test.each(wrong)('%s: %o', async (code, over) => {
    const result = await send([call(over), call({ id: 'right' })])
    expect(result.faults).toMatchObject([{ row: 1, code: `usage.${code}` }])
    expect(result).toMatchObject({ imported: 1, known: 0, faulty: 1 })
    expect(await totals()).toMatchObject([{ records: 1, amount: '0.12500' }])
  })

  test('what is right in other spellings is taken', async () => {
    const result = await send([
      call({ service: 'VOICE CALLS', currency: 'usd', amount: '0.1250000' }),
      call({ id: 'b', start: '2026-11-20T09:00:00-05:00', amount: '0' }),
      call({ id: 'c', service: 'data', duration: '', volume: '123456789' }),
    ])
    expect(result).toMatchObject({ imported: 3, faulty: 0 })
  })

  test('an account of before: what was used then is its, not its successor’s', async () => {
    await it.sql(
      `insert into accounts (i_env, account_id, i_customer, i_product, kind, name, time_zone, status,
                             sip_username, sip_password_sealed, created_at, terminated_at)
       select 1, 'ph46170x7', 46170, i_product, kind, '', time_zone, s.status, '', sip_password_sealed,
              s.made, s.gone
         from accounts, (values ('terminated', timestamptz '2026-11-01T00:00:00Z', timestamptz '2026-11-18T00:00:00Z'),
                                ('active', '2026-11-19T00:00:00Z', null)) s (status, made, gone)
        where account_id = 'ph46170x4665'`,
    )
    const at = (id: string, start: string) => call({ id, start, account: 'ph46170x7' })
    expect(
      await send([at('old', '2026-11-17T12:00:00Z'), at('new', '2026-11-20T12:00:00Z')]),
    ).toMatchObject({ imported: 2 })
    const rows = await it.sql(
      `select x.external_id as id, a.status from xdrs x join accounts a on a.id = x.i_account
        where a.account_id = 'ph46170x7' order by 1`,
    )
    expect(rows).toEqual([
      { id: 'new', status: 'active' },
      { id: 'old', status: 'terminated' },
    ])
    await it.sql(
      'delete from usage_totals where i_customer = 46170; delete from xdrs where i_customer = 46170',
    )
    await it.sql("delete from accounts where account_id = 'ph46170x7'")
  })

  test('by anybody but an administrator of the provider', async () => {
    for (const person of [people.bamboo, adam]) {
      const rows = zImport.parse({ rows: [call()] })
      const refusal = await refused(it.as(person, (ctx) => usage.importRows(ctx, rows)))
      expect(refusal.code).toBe('auth.not_allowed')
    }
  })

  test('records are never changed, by the application’s role itself', async () => {
    await send([call()])
    const change = it.as(admin, (ctx) =>
      ctx.db.$client.query('update xdrs set amount = 0 where external_id = $1', ['call-1']),
    )
    await expect(change).rejects.toThrow('permission denied')
  })
})

describe('a file', () => {
  const file = (text: string) =>
    importFile(it.edge(admin), Readable.from([Buffer.from(text)]), 'u.csv')

  test('is read in any order of columns, with a mark, semicolons and what else there is', async () => {
    const result = await file(
      [
        '\ufeffStart;Amount;ID;Account;Service;Duration;Trunk;Destination',
        '2026-11-20T14:00:00Z;0.5;f-1;ph46170x4665;voice;60;t1;16045550142',
        '2026-11-20T15:00:00Z;x;f-2;ph46170x4665;voice;60;t1;16045550142',
        '',
        '2026-11-20T16:00:00Z;0.25;f-3;ph46170x4665;Voice calls;60;t1;"16045550142"',
      ].join('\r\n'),
    )
    expect(result).toMatchObject({ imported: 2, known: 0, faulty: 1 })
    expect(result.faults).toMatchObject([{ row: 3, id: 'f-2', code: 'usage.amount_malformed' }])
  })

  test('that comes again after it broke half way is counted once', async () => {
    const rows = Array.from(
      { length: 4_500 },
      (_, i) => `g-${i},ph46170x4665,voice,2026-11-20T14:00:00Z,60,0.01`,
    )
    const head = 'id,account,service,start,duration,amount'
    const broken = await refused(file([head, ...rows.slice(0, 4_100), '"open'].join('\n')))
    expect(broken.code).toBe('usage.not_a_table')
    expect(await totals()).toMatchObject([{ records: 4_000, amount: '40.00000' }])
    expect(await file([head, ...rows].join('\n'))).toMatchObject({ imported: 500, known: 4_000 })
    expect(await totals()).toMatchObject([{ records: 4_500, amount: '45.00000' }])
  })

  test('without its columns is refused by their names', async () => {
    expect((await refused(file('id,account,amount\n1,2,3\n'))).details).toEqual({
      columns: ['service', 'start'],
    })
    expect((await refused(file(''))).code).toBe('usage.columns_missing')
  })
})

describe('who used it sees it', () => {
  const look = (who: typeof adam, query: object = {}) =>
    it.as(who, (ctx) => views.mine(ctx, zUsageQuery.parse(query)))

  test('by service and line, by day, and record by record, newest first', async () => {
    await send([
      call(),
      call({ id: 'call-2', start: '2026-11-20T15:00:00Z', destination: '442079460018' }),
      call({ id: 'call-3', start: '2026-11-18T15:00:00Z', account: 'ph46170aa1', amount: '3' }),
    ])
    const page = await look(adam)
    expect(page).toMatchObject({
      currency: 'USD',
      cycle: { from: '2026-11-15', until: '2026-12-15', open: true },
      totals: [
        { accountId: 'ph46170aa1', name: 'Voice calls', unit: 'seconds', amount: '3.00000' },
        { accountId: 'ph46170x4665', records: 2, quantity: 120, amount: '0.25000' },
      ],
      days: [
        { day: '2026-11-18', amount: '3.00000' },
        { day: '2026-11-20', records: 2, amount: '0.25000' },
      ],
      total: 3,
    })
    expect(page.records.map(({ id }) => id)).toEqual(['call-2', 'call-1', 'call-3'])

    const one = await look(adam, { account: page.totals[1]!.account })
    expect(one.records.map(({ id }) => id)).toEqual(['call-2', 'call-1'])
    expect(one.total).toBe(2)
    const before = await look(adam, { cycle: '2026-10-20' })
    expect(before).toMatchObject({ cycle: { from: '2026-10-15', open: false }, total: 0 })
  })

  test('and nobody else does: the user of a line sees that line, another company nothing', async () => {
    await send([call(), call({ id: 'other', account: 'ph46170aa1' })])
    const [john] = await it.sql<{ id: number }>(
      "select id from accounts where account_id = 'ph46170x4665'",
    )
    const his = await look(people.john(john!.id), { account: 1 })
    expect(his.records.map(({ id }) => id)).toEqual(['call-1'])
    expect(his.totals).toHaveLength(1)
    expect((await look(people.ten)).total).toBe(0)
  })
})

test('the demo data has three months of calls, some of them for more than a hundred dollars', async () => {
  const rows = await it.sql(
    `select count(distinct t.i_customer)::int as customers, count(distinct period_from) >= 3 as months
       from usage_totals t join accounts a on a.id = t.i_account where a.kind = 'line'`,
  )
  expect(rows).toEqual([{ customers: 40, months: true }])
  const [much] = await it.sql<{ n: number }>(
    'select count(distinct i_customer)::int as n from usage_totals where amount > 100',
  )
  expect(much!.n).toBeGreaterThan(3)
})
