import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { SimQuery } from '#server/accounts/schema.sims.ts'
import { zAddSim, zSimQuery } from '#server/accounts/schema.sims.ts'
import * as approvals from '#server/accounts/service.approvals.ts'
import * as directory from '#server/accounts/service.directory.ts'
import * as ends from '#server/accounts/service.ends.ts'
import * as sims from '#server/accounts/service.sims.ts'
import { open } from '#server/accounts/service.ts'
import * as agreements from '#server/agreements/service.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 16 })
let product: ProductId

beforeAll(async () => {
  product = await productId(it, 'IoT SIM')
})

/** ICCIDs in a row, each with its check digit. */
function iccid(n: number): string {
  const digits = `89012600000${String(n).padStart(7, '0')}`
  const total = [...digits].reverse().reduce((sum, d, i) => {
    const doubled = i % 2 === 0 ? Number(d) * 2 : Number(d)
    return sum + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return `${digits}${(10 - (total % 10)) % 10}`
}
const imsi = (n: number) => `31015000${String(n).padStart(7, '0')}`

const add = (n: number, as: Actor = people.meter, more = {}) =>
  it.as(as, (ctx) =>
    sims.addSim(ctx, {
      iccid: iccid(n),
      imsi: imsi(n),
      name: `Meter ${n}`,
      product,
      key: randomUUID(),
      ...more,
    }),
  )
const list = (query: Partial<SimQuery> = {}) =>
  it.as(people.meter, (ctx) => sims.sims(ctx, zSimQuery.parse(query)))
const activate = (accounts: number[], as: Actor = people.admin) =>
  it.as(as, (ctx) => approvals.activate(ctx, { accounts }))
const reject = (
  accounts: number[],
  reason = 'The meter is not registered.',
  as: Actor = people.admin,
) => it.as(as, (ctx) => approvals.reject(ctx, { accounts, reason }))
const used = async () =>
  (await it.sql<{ used: number }>('select used from agreement_items where i_customer = 46172'))[0]!
    .used

test.each([
  [`8901 2600 0000 0000 01${iccid(1).slice(-1)}`, imsi(1), undefined],
  [`${iccid(1).slice(0, -1)}${(Number(iccid(1).slice(-1)) + 1) % 10}`, imsi(1), 'iccid_check'],
  ['89012', imsi(1), 'iccid'],
  [iccid(1), '123', 'imsi'],
])('an ICCID %s with an IMSI %s: %s', (typed, network, fault) => {
  const parsed = zAddSim.safeParse({
    iccid: typed,
    imsi: network,
    product: 1,
    key: randomUUID(),
  })
  expect(parsed.error?.issues[0]?.message).toBe(fault)
})

describe('a SIM card', () => {
  test('is called by its ICCID, waits as its product says, and takes a place', async () => {
    const added = await add(1)
    expect(added).toMatchObject({ iccid: iccid(1), status: 'inactive' })
    expect(await used()).toBe(1)
    expect((await list()).rows).toMatchObject([
      { iccid: iccid(1), imsi: imsi(1), name: 'Meter 1', product: 'IoT SIM', state: 'waiting' },
    ])
  })

  test('is one by its ICCID and one by its IMSI among the living', async () => {
    expect(await refused(add(1, people.meter, { imsi: imsi(99) }))).toMatchObject({
      kind: 'conflict',
      code: 'accounts.iccid_taken',
      details: { iccid: iccid(1) },
    })
    expect(await refused(add(99, people.meter, { imsi: imsi(1) }))).toMatchObject({
      kind: 'conflict',
      code: 'accounts.imsi_taken',
      details: { imsi: imsi(1) },
    })
    const { done } = await outcomes(Array.from({ length: 12 }, () => add(2)))
    expect(done).toBe(1)
    expect(await used()).toBe(2)
  })

  test('of the same press is added once', async () => {
    const key = randomUUID()
    const [a, b] = await Promise.all([add(3, people.meter, { key }), add(3, people.meter, { key })])
    expect(a).toEqual(b)
  })

  test('is not for somebody whose agreement has none', async () => {
    expect(await refused(add(50, people.adam))).toMatchObject({ code: 'agreement.not_included' })
    expect(await it.as(people.adam, (ctx) => sims.sims(ctx, zSimQuery.parse({})))).toMatchObject({
      rows: [],
      total: 0,
    })
  })

  test('beyond the agreement is refused by name', async () => {
    await it.sql('update agreement_items set quantity = used where i_customer = 46172')
    expect(await refused(add(51))).toMatchObject({
      code: 'agreement.quantity_exceeded',
      details: { product: 'IoT SIM', used: 3, limit: 3 },
    })
    await it.sql('update agreement_items set quantity = 1000 where i_customer = 46172')
  })

  test('is renamed by its customer and by nobody else', async () => {
    const { rows } = await list({ search: iccid(2) })
    const account = rows[0]!.account
    await it.as(people.meter, (ctx) => sims.renameSim(ctx, { account, name: 'Pump' }))
    expect((await list({ search: 'pump' })).rows).toHaveLength(1)
    const stranger = it.as(people.adam, (ctx) => sims.renameSim(ctx, { account, name: 'Mine' }))
    expect(await refused(stranger)).toMatchObject({ code: 'accounts.not_found' })
  })
})

describe('an administrator', () => {
  const accountOf = async (n: number) => (await list({ search: iccid(n) })).rows[0]!.account

  test('sees who waits, oldest first, and how many', async () => {
    const waiting = await it.as(people.admin, (ctx) =>
      directory.waiting(ctx, { search: '', page: 0 }),
    )
    expect(waiting.rows.map((row) => [row.accountId, row.customerName])).toEqual(
      [1, 2, 3].map((n) => [iccid(n), 'Meter Networks']),
    )
    expect(await it.as(people.admin, directory.countWaiting)).toEqual({ waiting: 3 })
    expect(await it.as(people.bamboo, directory.countWaiting)).toEqual({ waiting: 0 })
  })

  test('lets one begin: from today on it is charged, not from when it was added', async () => {
    const account = await accountOf(1)
    it.clock.set('2026-11-25T18:00:00Z')
    await activate([account])
    expect((await list({ state: 'active' })).rows.map((row) => row.iccid)).toEqual([iccid(1)])
    const [subscription] = await it.sql(
      `select started_on::text, charged_until::text, ended_on from customer_subscriptions where i_account = $1`,
      [account],
    )
    expect(subscription).toEqual({
      started_on: '2026-11-25',
      charged_until: '2026-11-25',
      ended_on: null,
    })
    const told = await it.sql(
      `select (select count(*)::int from events where type = 'account.activated' and entity_id = $1) as events,
              (select count(*)::int from audit_rows
                where action = 'account.activate' and entity_id = $1 and on_behalf_of = 'Meter Networks') as audited`,
      [String(account)],
    )
    expect(told).toEqual([{ events: 1, audited: 1 }])
    expect(await refused(activate([account]))).toMatchObject({ code: 'accounts.wrong_state' })
  })

  test('rejects one: its place is free, nothing is charged, its customer reads why', async () => {
    const account = await accountOf(2)
    await reject([account])
    expect(await used()).toBe(2)
    expect((await list({ state: 'rejected' })).rows).toMatchObject([
      { iccid: iccid(2), state: 'rejected', rejection: 'The meter is not registered.' },
    ])
    expect((await list()).counts).toEqual({ active: 1, waiting: 1, blocked: 0, rejected: 1 })
    const [days] = await it.sql<{ days: number }>(
      'select ended_on - started_on as days from customer_subscriptions where i_account = $1',
      [account],
    )
    expect(days!.days).toBe(0)
  })

  test('has the last word: what was rejected can’t be brought back, but added anew', async () => {
    const account = (await list({ state: 'rejected' })).rows[0]!.account as AccountId
    const back = it.as(people.meter, (ctx) => ends.restore(ctx, [account]))
    expect(await refused(back)).toMatchObject({ code: 'accounts.restore_lapsed' })

    await add(2)
    const { rows, counts } = await list({ search: iccid(2) })
    expect(rows.map((row) => row.state)).toEqual(['waiting'])
    expect(counts.rejected).toBe(0)
  })

  test('decides on all of them or none', async () => {
    const [one, two] = [await accountOf(2), await accountOf(1)]
    expect(await refused(activate([one, two]))).toMatchObject({ code: 'accounts.wrong_state' })
    expect(await refused(reject([one, 999_999]))).toMatchObject({ code: 'accounts.not_found' })
    expect((await list({ state: 'waiting' })).total).toBe(2)
  })

  test('of a reseller decides on its own customers’ accounts and on no others', async () => {
    const account = await accountOf(2)
    expect(await refused(activate([account], people.bamboo))).toMatchObject({
      kind: 'not_found',
      code: 'accounts.not_found',
    })
    expect(await refused(reject([account], 'No.', people.bamboo))).toMatchObject({
      code: 'accounts.not_found',
    })

    const waitingOf = (customer: number, n: number) =>
      it.as(system('test'), async (ctx) => {
        await agreements.grant(ctx, customer as CustomerId, [{ product, quantity: 1 }])
        return open(ctx, {
          customer: customer as CustomerId,
          product,
          kind: 'sim',
          accountId: iccid(n),
          name: '',
          numbers: [],
        })
      })
    const own = await waitingOf(46173, 60)
    const shops = await waitingOf(46174, 61)
    expect(await refused(activate([own.account], people.bamboo))).toMatchObject({
      code: 'customers.not_found',
    })
    await activate([shops.account], people.bamboo)
  })
})

test('24 presses of activate and reject on one card: one of them counts', async () => {
  await add(10)
  const account = (await list({ search: iccid(10) })).rows[0]!.account
  const before = await used()
  const { done, refusals } = await outcomes(
    Array.from({ length: 24 }, (_, i) => (i % 2 ? activate([account]) : reject([account]))),
  )
  expect(done).toBe(1)
  expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['accounts.wrong_state']))
  const [row] = await it.sql<{ status: string }>('select status from accounts where id = $1', [
    account,
  ])
  expect(await used()).toBe(row!.status === 'active' ? before : before - 1)
})

test('an ended card is brought back unless its IMSI is in another', async () => {
  const { account } = await add(20)
  await it.as(people.meter, (ctx) =>
    sims.removeSims(ctx, { accounts: [account], key: randomUUID() }),
  )
  const restore = () =>
    it.as(people.meter, (ctx) => sims.restoreSims(ctx, { accounts: [account], key: randomUUID() }))
  await restore()
  await it.as(people.meter, (ctx) =>
    sims.removeSims(ctx, { accounts: [account], key: randomUUID() }),
  )
  await add(21, people.meter, { imsi: imsi(20) })
  expect(await refused(restore())).toMatchObject({ code: 'accounts.restore_taken' })
})

test('a list of thousands: paged, sorted and found by the database', async () => {
  await it.sql(
    `insert into accounts (i_env, account_id, i_customer, i_product, kind, name, time_zone, status,
                           sip_username, sip_password_sealed, created_at, imsi)
     select 1, '8944' || lpad(n::text, 15, '0'), 46172, $1, 'sim', 'Big ' || n, 'UTC', 'active', '', 'v1.x',
            now(), '23410' || lpad(n::text, 10, '0')
       from generate_series(1, 3000) n`,
    [product],
  )
  const first = await list({ search: 'Big', sort: 'iccid', descending: false })
  expect(first.total).toBe(3000)
  expect(first.rows).toHaveLength(50)
  expect(first.rows[0]!.name).toBe('Big 1')
  const last = await list({ search: 'Big', sort: 'iccid', descending: false, page: 59 })
  expect(last.rows.at(-1)!.name).toBe('Big 3000')
  expect((await list({ search: '2341 0000 0002 999' })).rows.map((row) => row.name)).toEqual([
    'Big 2999',
  ])
})
