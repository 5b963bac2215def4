import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { system } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { numbersPerPage } from './schema.ts'
import * as numbers from './service.ts'

const it = testDatabase({ max: 16 })
const pool = 'lab'
const prospect: Actor = { realm: 'signup', name: 'prospect', draft: 'nobody', ip: '192.0.2.1' }
const { adam } = people
const abc = 46170 as CustomerId

/** Ten numbers in two cities; 16045550100 … 16045550109. */
beforeEach(async () => {
  await it.sql('delete from numbers where pool = $1', [pool])
  await it.sql(
    `insert into numbers (i_env, number, country, region, city, pool, pleasant)
     select 1, '1604555010' || n, 'CA', 'BC', case when n < 4 then 'Burnaby' else 'Vancouver' end,
            $1, case n when 7 then 3 when 2 then 1 else 0 end
       from generate_series(0, 9) n`,
    [pool],
  )
})

const wanted = (n: number, draft: string = randomUUID(), ip = '192.0.2.1') => ({
  number: `1604555010${n}`,
  pool,
  draft,
  ip,
})

const hold = (given: ReturnType<typeof wanted> & { maxPerIp?: number }) =>
  it.as(prospect, (ctx) => numbers.hold(ctx, given))

const lapse = (n: number) =>
  it.sql(`update numbers set hold_until = now() - interval '1 second' where number = $1`, [
    `1604555010${n}`,
  ])

const found = (query: { city?: string; pattern?: string; page?: number } = {}) =>
  it.as(prospect, (ctx) => numbers.findFree(ctx, { pool, page: 0, ...query }))

const digits = (list: { number: string }[]) => list.map(({ number }) => number.slice(-1)).join('')

test('pleasant numbers come first, then all in order', async () => {
  const { numbers: list, more } = await found()
  expect(digits(list)).toBe('7201345689')
  expect(more).toBe(false)
})

test('a page begins where the one before it ended', async () => {
  await it.sql(
    `insert into numbers (i_env, number, country, region, city, pool)
     select 1, (16045551000 + n)::text, 'CA', 'BC', 'Vancouver', $1 from generate_series(1, 20) n`,
    [pool],
  )
  const pages = [await found(), await found({ page: 1 }), await found({ page: 2 })]
  expect(pages.map(({ numbers: list, more }) => [list.length, more])).toEqual([
    [numbersPerPage, true],
    [numbersPerPage, true],
    [6, false],
  ])
  expect(new Set(pages.flatMap((page) => page.numbers.map((row) => row.number))).size).toBe(30)
})

test('numbers are found by city, by ending, and by what follows the country code', async () => {
  expect(digits((await found({ city: 'Burnaby' })).numbers)).toBe('2013')
  expect(digits((await found({ pattern: '09' })).numbers)).toBe('9')
  expect(digits((await found({ pattern: '604*' })).numbers)).toHaveLength(10)
  expect(digits((await found({ pattern: '555*' })).numbers)).toBe('')
  expect(digits((await found({ pattern: '*5010?' })).numbers)).toHaveLength(10)
})

test('cities are counted without the numbers that are held', async () => {
  await hold(wanted(0))
  expect(await it.as(prospect, (ctx) => numbers.cities(ctx, pool))).toEqual([
    { city: 'Burnaby', region: 'BC', free: 3 },
    { city: 'Vancouver', region: 'BC', free: 6 },
  ])
})

test('a held number is not offered, and is again once the hold has lapsed', async () => {
  await hold(wanted(5))
  expect(digits((await found()).numbers)).toBe('720134689')
  await lapse(5)
  expect(digits((await found()).numbers)).toBe('7201345689')
})

test('a hold lasts 15 minutes by the database’s clock, whatever ours says', async () => {
  it.clock.set('2030-01-01T00:00:00Z')
  const { until } = await hold(wanted(1))
  it.clock.set('2026-11-21T12:00:00Z')
  const [row] = await it.sql<{ left: number }>(
    `select extract(epoch from $1::timestamptz - now())::float as left`,
    [until],
  )
  expect(row!.left).toBeGreaterThan(890)
  expect(row!.left).toBeLessThanOrEqual(900)
})

test('somebody else’s number is refused by name until its hold lapses', async () => {
  await hold(wanted(3))
  await expect(hold(wanted(3))).rejects.toMatchObject({ code: 'numbers.taken' })
  await lapse(3)
  expect((await hold(wanted(3))).number).toBe('16045550103')
})

test('picking another number lets go of the one before', async () => {
  const draft = randomUUID()
  await hold(wanted(1, draft))
  await hold(wanted(2, draft))
  expect(digits((await found()).numbers)).toBe('701345689')
  expect((await it.as(prospect, (ctx) => numbers.heldBy(ctx, draft)))?.number).toBe('16045550102')
})

test('of eight numbers picked at once by one draft, from anywhere, it keeps one', async () => {
  const draft = randomUUID()
  const browsers = [0, 1, 2, 3, 4, 5, 6, 7]
  await Promise.all(browsers.map((n) => hold(wanted(n, draft, `192.0.2.${n}`))))
  const [row] = await it.sql<{ n: number }>(
    'select count(*)::int as n from numbers where hold_draft = $1',
    [draft],
  )
  expect(row!.n).toBe(1)
})

test('picking the same number again does not make the hold last longer', async () => {
  const draft = randomUUID()
  const first = await hold(wanted(1, draft))
  const again = await hold(wanted(1, draft))
  expect(again).toEqual(first)
})

test('of twelve drafts of one address at once, ten get a number', async () => {
  await it.sql(
    `insert into numbers (i_env, number, country, region, city, pool)
     select 1, (16045552000 + n)::text, 'CA', 'BC', 'Vancouver', $1 from generate_series(0, 11) n`,
    [pool],
  )
  const asked = await Promise.allSettled(
    Array.from({ length: 12 }, (_, n) =>
      hold({ number: String(16045552000 + n), pool, draft: randomUUID(), ip: '192.0.2.9' }),
    ),
  )
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  expect(asked.find((one) => one.status === 'rejected')).toMatchObject({
    reason: { code: 'numbers.too_many_holds' },
  })
})

test('48 want one number, 30 rounds: one gets it each time', async () => {
  for (let round = 0; round < 30; round++) {
    const asked = await Promise.allSettled(
      Array.from({ length: 48 }, (_, n) => hold(wanted(4, randomUUID(), `192.0.2.${n}`))),
    )
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(new Set(refused)).toEqual(new Set(['numbers.taken']))
    await lapse(4)
  }
}, 60_000)

test('a hold is extended once', async () => {
  const draft = randomUUID()
  await hold(wanted(6, draft))
  await it.sql(
    `update numbers set hold_until = now() + interval '1 minute' where hold_draft = $1`,
    [draft],
  )
  await it.as(prospect, (ctx) => numbers.extendHold(ctx, draft))
  const once = await it.as(prospect, (ctx) => numbers.heldBy(ctx, draft))
  expect(once?.extended).toBe(true)
  await it.as(prospect, (ctx) => numbers.extendHold(ctx, draft))
  expect(await it.as(prospect, (ctx) => numbers.heldBy(ctx, draft))).toEqual(once)
})

test('a hold that has lapsed is not extended: somebody else may be at it', async () => {
  const draft = randomUUID()
  await hold(wanted(7, draft))
  await lapse(7)
  await it.as(prospect, (ctx) => numbers.extendHold(ctx, draft))
  expect(await it.as(prospect, (ctx) => numbers.heldBy(ctx, draft))).toMatchObject({
    lapsed: true,
    extended: false,
  })
})

test('a lapsed hold is taken again if nobody has, under a new fence', async () => {
  const draft = randomUUID()
  const { holdId } = await hold(wanted(8, draft))
  await lapse(8)
  const kept = await it.as(prospect, (ctx) => numbers.retake(ctx, wanted(8, draft)))
  expect(kept).toMatchObject({ holdId, lapsed: false })

  await lapse(8)
  await hold(wanted(8))
  await expect(
    it.as(prospect, (ctx) => numbers.retake(ctx, wanted(8, draft))),
  ).rejects.toMatchObject({ code: 'numbers.taken' })
})

test('a number is given to a customer by the hold that was agreed to, and by no older one', async () => {
  const { holdId } = await hold(wanted(9))
  await lapse(9)
  const newer = await hold(wanted(9))
  const [{ account } = { account: 0 as AccountId }] = await it.sql<{ account: AccountId }>(
    `select id as account from accounts where account_id = 'ph46170x4665'`,
  )
  const confirm = (id: string) =>
    it.as(system('test'), (ctx) =>
      numbers.confirm(ctx, { holdId: id, number: '16045550109', customer: abc, account }),
    )
  await expect(confirm(holdId)).rejects.toMatchObject({ code: 'numbers.hold_lost' })
  await confirm(newer.holdId)
  await expect(confirm(newer.holdId)).rejects.toMatchObject({ code: 'numbers.hold_lost' })
  expect(digits((await found()).numbers)).toBe('720134568')
  expect(
    await it.sql(`select i_customer, i_account, hold_id from numbers where number = '16045550109'`),
  ).toEqual([{ i_customer: abc, i_account: account, hold_id: null }])
})

test('the nearest free numbers stand in for one that is lost', async () => {
  await hold(wanted(5))
  const near = await it.as(prospect, (ctx) =>
    numbers.nearest(ctx, { number: '16045550105', pool, n: 4 }),
  )
  expect(digits(near)).toBe('4637')
})

test('only free numbers are provided, all or none', async () => {
  await hold(wanted(1))
  const provide = (...list: string[]) =>
    it.as(system('test'), (ctx) => numbers.provide(ctx, { numbers: list, customer: abc }))
  await expect(provide('16045550100', '16045550101')).rejects.toMatchObject({
    code: 'numbers.not_free',
    details: { numbers: ['16045550101'] },
  })
  await expect(provide('16045550100', '16045550100')).rejects.toMatchObject({
    code: 'numbers.given_twice',
    details: { numbers: ['16045550100'] },
  })
  expect((await found({ pattern: '0100' })).numbers).toHaveLength(1)
  await provide('16045550100')
  expect((await found({ pattern: '0100' })).numbers).toHaveLength(0)
})

test('a customer assigns its own free numbers, and no others', async () => {
  const [{ id }] = (await it.sql<{ id: AccountId }>(
    `select id from accounts where i_env = 1 and account_id = 'ph46170x4665'`,
  )) as [{ id: AccountId }]
  await it.as(system('test'), (ctx) =>
    numbers.provide(ctx, { numbers: ['16045550100'], customer: abc }),
  )
  const assign = (...list: string[]) =>
    it.as(adam, (ctx) => numbers.assign(ctx, { customer: abc, numbers: list, account: id }))

  await expect(assign('16045550100', '16045550101')).rejects.toMatchObject({
    code: 'numbers.not_available',
    details: { numbers: ['16045550101'] },
  })
  await assign('16045550100')
  await expect(assign('16045550100')).rejects.toMatchObject({ code: 'numbers.not_available' })

  // Row-level security hides other customers' numbers from Adam; our own jobs see them all.
  const theirs = it.as(system('test'), (ctx) =>
    numbers.assign(ctx, { customer: abc, numbers: ['12065557105'], account: id }),
  )
  await expect(theirs).rejects.toMatchObject({ code: 'numbers.not_available' })

  const mine = await it.as(adam, (ctx) => numbers.ofCustomer(ctx, abc))
  expect(mine.find(({ number }) => number === '16045550100')?.account).toBe(id)
  await it.as(adam, (ctx) => numbers.unassign(ctx, { accounts: [id] }))
  const after = await it.as(adam, (ctx) => numbers.ofCustomer(ctx, abc))
  expect(after.find(({ number }) => number === '16045550100')?.account).toBeNull()
})
