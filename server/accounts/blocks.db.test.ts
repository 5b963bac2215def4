import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqlState } from '#db/client.ts'
import { verify } from '#db/verify.ts'
import { blocksPerPage, type UnblockInput } from '#server/accounts/schema.blocks.ts'
import { applyDueBlocks } from '#server/accounts/service.block-plans.ts'
import * as views from '#server/accounts/service.block-views.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as ends from '#server/accounts/service.ends.ts'
import { civilDate } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import * as pbx from '#server/pbx/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 20 })
const abc = 46170 as CustomerId
const { adam, admin } = people

/** Lines of ABC, new for each test. */
let lines: AccountId[] = []
let extension = 2_000

/** Adds lines to ABC, whose days begin at 05:00 UTC in winter. */
async function newLines(n: number): Promise<AccountId[]> {
  const product = await productId(it, 'Cloud PBX')
  return it.as(adam, async (ctx) => {
    const made: AccountId[] = []
    for (let i = 0; i < n; i++) {
      const name = `Specialist ${++extension}`
      const opened = await pbx.openExtension(ctx, {
        customer: abc,
        extension: String(extension),
        name,
        product,
        numbers: [],
      })
      made.push(opened.account)
    }
    return made
  })
}

beforeEach(async () => {
  it.clock.set('2026-11-21T15:00:00Z')
  await it.sql(`update customers set time_zone = 'America/New_York' where id = ${abc}`)
  lines = await newLines(2)
})

/** Whatever a test did, every promise about blocks still holds. */
afterEach(async () => {
  expect(await verify((text) => it.sql(text))).toEqual([])
})

type Wanted = { accounts?: number[]; from?: string; until?: string; reason?: string; key?: string }
const days = ({ from, until }: Wanted) => ({
  ...(from && { from: civilDate(from) }),
  ...(until && { until: civilDate(until) }),
})

const block = (wanted: Wanted = {}, actor: Actor = adam) =>
  it.as(actor, (ctx) =>
    blocks.block(ctx, {
      accounts: wanted.accounts ?? lines,
      ...days(wanted),
      reason: wanted.reason ?? '',
      key: wanted.key ?? randomUUID(),
    }),
  )
const blockFor = (wanted: Wanted = {}, actor: Actor = admin, customer: number = abc) =>
  it.as(actor, (ctx) =>
    blocks.blockFor(ctx, {
      customer,
      accounts: wanted.accounts ?? lines,
      ...days(wanted),
      reason: wanted.reason ?? '',
      key: wanted.key ?? randomUUID(),
    }),
  )
const unblock = (input: Partial<UnblockInput> = {}) =>
  it.as(adam, (ctx) => blocks.unblock(ctx, { accounts: lines, key: randomUUID(), ...input }))
const unblockFor = (accounts: number[] = lines) =>
  it.as(admin, (ctx) => blocks.unblockFor(ctx, { customer: abc, accounts, key: randomUUID() }))
const applyDue = () => applyDueBlocks(it.edge())

const statuses = async (accounts: number[] = lines) =>
  (
    await it.sql<{ said: string }>(
      `select concat_ws(' by ', status, blocked_by) as said from accounts where id = any($1) order by id`,
      [accounts],
    )
  ).map(({ said }) => said)
const stretches = (account = lines[0]) =>
  it.sql<{ placed_by: string; days: string; state: string }>(
    'select placed_by, days::text as days, state from account_blocks where i_account = $1 order by id',
    [account],
  )
const told = (account = lines[0]) =>
  it
    .sql<{ type: string }>(
      "select type from events where entity = 'account' and entity_id = $1 and type like 'account.%block%' order by seq",
      [String(account)],
    )
    .then((rows) => rows.map(({ type }) => type))

describe('a seasonal worker’s line', () => {
  test('is blocked and unblocked by the customer, and each change is one event and one audit row', async () => {
    expect((await block({ reason: 'Season is over' })).done).toHaveLength(2)
    expect(await statuses()).toEqual(['blocked by customer', 'blocked by customer'])

    it.clock.set('2026-11-25T14:00:00Z')
    await unblock()
    expect(await statuses()).toEqual(['active', 'active'])
    expect(await stretches()).toEqual([
      { placed_by: 'customer', days: '[2026-11-22,2026-11-25)', state: 'over' },
    ])
    expect(await told()).toEqual(['account.blocked', 'account.unblocked'])
    const audited = await it.sql(
      `select action, actor, on_behalf_of, before, after->>'reason' as reason from audit_rows
        where entity_id = $1 and action <> 'account.create' order by id`,
      [String(lines[0])],
    )
    expect(audited).toEqual([
      {
        action: 'account.block',
        actor: 'Adam Abbott',
        on_behalf_of: null,
        before: { status: 'active', blockedBy: null },
        reason: 'Season is over',
      },
      {
        action: 'account.unblock',
        actor: 'Adam Abbott',
        on_behalf_of: null,
        before: { status: 'blocked', blockedBy: 'customer' },
        reason: 'Season is over',
      },
    ])
  })

  test('keeps its place in the agreement while it is blocked', async () => {
    const used = () =>
      it.sql('select sum(used)::int as used from agreement_items where i_customer = $1', [abc])
    const before = await used()
    await block()
    expect(await used()).toEqual(before)
    await unblock()
    expect(await used()).toEqual(before)
  })

  test('pressed twice is blocked once', async () => {
    const key = randomUUID()
    const both = await Promise.all([block({ key }), block({ key })])
    expect(both[0]).toEqual(both[1])
    expect(await stretches()).toHaveLength(1)
    expect(await told()).toEqual(['account.blocked'])
  })

  test('of twelve who block it at once, one does and eleven are told that it is', async () => {
    const { done, refusals } = await outcomes(Array.from({ length: 12 }, () => block()))
    expect([done, refusals.map(({ code }) => code)]).toEqual([
      1,
      Array.from({ length: 11 }, () => 'accounts.already_blocked'),
    ])
    expect(await stretches()).toHaveLength(1)
  })

  test('some can, some can’t: those that can are blocked, the others named with their reason', async () => {
    await blockFor({ accounts: [lines[1]!] })
    const { done, left } = await block()
    expect(done).toEqual([{ account: lines[0], block: expect.any(Number) }])
    expect(left).toMatchObject([{ account: lines[1], why: 'blocked_by_admin' }])
  })

  test('undo of an unblock goes on with what there was to come, from now on', async () => {
    await block({ until: '2026-12-01', reason: 'Holidays' })
    it.clock.set('2026-11-24T15:00:00Z')
    const { done } = await unblock()
    it.clock.set('2026-11-24T15:00:05Z')
    const again = done.map((one) => one.block)
    await it.as(adam, (ctx) => blocks.blockAgain(ctx, { blocks: again, key: randomUUID() }))
    it.clock.set('2026-12-02T00:00:00Z')
    await applyDue()
    expect(await stretches()).toEqual([
      { placed_by: 'customer', days: '[2026-11-22,2026-11-24)', state: 'over' },
      { placed_by: 'customer', days: '[2026-11-25,2026-12-01)', state: 'over' },
    ])
  })
})

describe('planned blocks', () => {
  const december = { from: '2026-12-01', until: '2026-12-11' }

  test('begin and end at midnight of the customer’s zone', async () => {
    await block(december)
    expect(await told()).toEqual(['account.block_planned'])
    it.clock.set('2026-12-01T04:59:59Z')
    expect(await applyDue()).toBe(0)
    it.clock.set('2026-12-01T05:00:00Z')
    expect(await applyDue()).toBe(2)
    expect(await statuses()).toEqual(['blocked by customer', 'blocked by customer'])
    it.clock.set('2026-12-11T05:00:00Z')
    expect(await applyDue()).toBe(2)
    expect(await applyDue()).toBe(0)
    expect(await statuses()).toEqual(['active', 'active'])
    expect(await stretches()).toEqual([
      { placed_by: 'customer', days: '[2026-12-01,2026-12-11)', state: 'over' },
    ])
    expect(await told()).toEqual(['account.block_planned', 'account.blocked', 'account.unblocked'])
  })

  test('are applied once by eight workers, and a week late with the days that were promised', async () => {
    await block(december)
    it.clock.set('2026-12-08T12:00:00Z')
    const applied = await Promise.all(Array.from({ length: 8 }, applyDue))
    expect(applied.reduce((a, b) => a + b)).toBe(2)
    expect(await told()).toEqual(['account.block_planned', 'account.blocked'])
    await unblock()
    expect(await stretches()).toEqual([
      { placed_by: 'customer', days: '[2026-12-01,2026-12-08)', state: 'over' },
    ])
  })

  test('are taken back, and made again by undo', async () => {
    const { done } = await block(december)
    const plans = done.map((one) => one.block)
    await it.as(adam, (ctx) => blocks.cancelBlocks(ctx, { blocks: plans, key: randomUUID() }))
    expect(await stretches()).toMatchObject([{ state: 'cancelled' }])
    await it.as(adam, (ctx) => blocks.blockAgain(ctx, { blocks: plans, key: randomUUID() }))
    expect(await stretches()).toMatchObject([
      { state: 'cancelled' },
      { state: 'planned', days: '[2026-12-01,2026-12-11)' },
    ])
    expect(await told()).toEqual([
      'account.block_planned',
      'account.block_cancelled',
      'account.block_planned',
    ])
  })

  test('become part of a block that begins before them', async () => {
    await block(december)
    await block({ until: '2026-12-05' })
    expect(await stretches()).toEqual([
      { placed_by: 'customer', days: '[2026-12-01,2026-12-11)', state: 'cancelled' },
      { placed_by: 'customer', days: '[2026-11-22,2026-12-11)', state: 'running' },
    ])
  })

  test('unblocking can be planned', async () => {
    await block()
    await unblock({ on: civilDate('2026-12-01') })
    expect(await statuses()).toEqual(['blocked by customer', 'blocked by customer'])
    it.clock.set('2026-12-01T05:00:00Z')
    await applyDue()
    expect(await statuses()).toEqual(['active', 'active'])
    expect(await stretches()).toMatchObject([{ days: '[2026-11-22,2026-12-01)' }])
  })

  test.each([
    [{ from: '2026-11-20' }, 'accounts.block_in_past'],
    [{ from: '2026-12-01', until: '2026-12-01' }, 'accounts.block_ends_early'],
    [{ until: '2026-11-21' }, 'accounts.block_ends_early'],
    [{ until: '2036-01-01' }, 'accounts.block_too_far'],
  ])('%j is refused', async (wanted, code) => {
    expect(await refused(block(wanted))).toMatchObject({ kind: 'invalid', code })
  })

  test('of a line that was terminated lapse when their day comes', async () => {
    await block(december)
    await it.as(adam, (ctx) => ends.endMany(ctx, lines))
    it.clock.set('2026-12-05T05:00:00Z')
    expect(await applyDue()).toBe(2)
    expect(await stretches()).toMatchObject([{ state: 'cancelled' }])
    expect(await statuses()).toEqual(['terminated', 'terminated'])
  })
})

test('a blocked line that was terminated by mistake comes back blocked, its days free throughout', async () => {
  await block({ until: '2026-11-23' })
  it.clock.set('2026-11-22T04:55:00Z')
  await it.as(adam, (ctx) => ends.endMany(ctx, lines))
  expect(await stretches()).toMatchObject([{ state: 'over', days: 'empty' }])
  it.clock.set('2026-11-22T05:03:00Z')
  await it.as(adam, (ctx) => ends.restore(ctx, lines))
  expect(await statuses()).toEqual(['blocked by customer', 'blocked by customer'])
  it.clock.set('2026-11-23T05:00:00Z')
  await applyDue()
  expect(await stretches()).toMatchObject([{ state: 'over', days: '[2026-11-22,2026-11-23)' }])
})

describe('a line blocked by the provider', () => {
  test('can’t be touched by the customer, and names both who did it and for whom', async () => {
    const theirs = await blockFor({ reason: 'Fraud' })
    expect(await statuses()).toEqual(['blocked by admin', 'blocked by admin'])
    const plans = theirs.done.map((one) => one.block)
    for (const attempt of [
      () => block(),
      () => block({ from: '2026-12-01' }),
      () => unblock(),
      () => unblock({ on: civilDate('2026-12-01') }),
      () => it.as(adam, (ctx) => blocks.blockAgain(ctx, { blocks: plans, key: randomUUID() })),
    ]) {
      expect(await refused(attempt())).toMatchObject({
        kind: 'conflict',
        code: 'accounts.blocked_by_admin',
      })
    }
    const [row] = await it.sql(
      "select realm, actor, on_behalf_of from audit_rows where action = 'account.block' and entity_id = $1",
      [String(lines[0])],
    )
    expect(row).toEqual({ realm: 'admin', actor: 'Pat Panda', on_behalf_of: 'ABC Company' })
  })

  test('is so even for a statement that forgets to ask', async () => {
    await blockFor()
    await it.as(adam, async (ctx) => {
      const { rowCount } = await ctx.db.execute(
        "update account_blocks set state = 'over', ends_at = now() where placed_by = 'admin'",
      )
      expect(rowCount).toBe(0)
    })
    const forged = it.as(adam, (ctx) =>
      ctx.db.execute(
        `insert into account_blocks (i_env, i_account, i_customer, placed_by, starts_at, free_from, days, time_zone, state, created_at)
         values (1, ${lines[0]}, ${abc}, 'admin', now(), now(), 'empty', 'UTC', 'planned', now())`,
      ),
    )
    await expect(forged).rejects.toSatisfy((error) => sqlState(error) === '42501')
  })

  test('was the customer’s before: lifted, it works, and the shared day is free once', async () => {
    await block()
    it.clock.set('2026-11-23T18:00:00Z')
    await blockFor()
    it.clock.set('2026-11-25T18:00:00Z')
    await unblockFor()
    expect(await statuses()).toEqual(['active', 'active'])
    expect(await stretches()).toEqual([
      { placed_by: 'customer', days: '[2026-11-22,2026-11-23)', state: 'over' },
      { placed_by: 'admin', days: '[2026-11-23,2026-11-25)', state: 'over' },
    ])
    expect(await told()).toEqual(['account.blocked', 'account.blocked', 'account.unblocked'])
  })

  test('lifted while a plan of the customer covers the day: the customer’s block goes on', async () => {
    await block({ from: '2026-12-01', until: '2026-12-11' })
    await blockFor()
    it.clock.set('2026-12-02T12:00:00Z')
    expect(await applyDue()).toBe(0)
    it.clock.set('2026-12-05T12:00:00Z')
    await unblockFor()
    expect(await statuses()).toEqual(['blocked by customer', 'blocked by customer'])
    it.clock.set('2026-12-11T05:00:00Z')
    await applyDue()
    expect(await statuses()).toEqual(['active', 'active'])
  })

  test('a block planned by the provider takes over at its hour, also from a customer’s', async () => {
    await blockFor({ from: '2026-12-01', until: '2026-12-03' })
    await block({ until: '2026-12-08' })
    it.clock.set('2026-12-02T05:00:00Z')
    await applyDue()
    expect(await statuses()).toEqual(['blocked by admin', 'blocked by admin'])
    it.clock.set('2026-12-04T05:00:00Z')
    await applyDue()
    expect(await statuses()).toEqual(['blocked by customer', 'blocked by customer'])
  })

  test('two sides at once, twenty times: one stretch is in force and nothing else was promised', async () => {
    for (let round = 0; round < 20; round++) {
      await Promise.allSettled([block(), blockFor(), unblock(), unblockFor(), applyDue()])
      it.clock.advance(3_600_000 * 7)
    }
    expect(await told()).not.toEqual([])
  })
})

describe('a day of the provider’s plan that nobody has acted upon yet', () => {
  test('when it begins, the customer is told that the line is the provider’s', async () => {
    await blockFor({ from: '2026-11-25', until: '2026-11-28' })
    it.clock.set('2026-11-25T15:00:00Z')
    expect((await refused(block())).code).toBe('accounts.blocked_by_admin')
    expect((await refused(unblock())).code).toBe('accounts.blocked_by_admin')
    expect(await it.as(adam, (ctx) => views.previewBlock(ctx, { accounts: lines }))).toMatchObject({
      lines: 0,
      left: [{ why: 'blocked_by_admin' }, { why: 'blocked_by_admin' }],
    })
    await applyDue()
    expect(await statuses()).toEqual(['blocked by admin', 'blocked by admin'])
  })

  test('when it ends, the customer may block the line', async () => {
    await blockFor({ until: '2026-11-25' })
    it.clock.set('2026-11-25T15:00:00Z')
    await block()
    expect(await statuses()).toEqual(['blocked by customer', 'blocked by customer'])
    expect(await stretches()).toEqual([
      { placed_by: 'admin', days: '[2026-11-22,2026-11-25)', state: 'over' },
      { placed_by: 'customer', days: '[2026-11-26,)', state: 'running' },
    ])
  })

  test('a line that ends and is brought back has what became of it in between', async () => {
    await blockFor({ from: '2026-11-25', until: '2026-11-28' })
    it.clock.set('2026-11-25T04:55:00Z')
    await it.as(adam, (ctx) => ends.endMany(ctx, lines))
    it.clock.set('2026-11-25T05:01:00Z')
    await it.as(adam, (ctx) => ends.restore(ctx, lines))
    expect(await statuses()).toEqual(['blocked by admin', 'blocked by admin'])
  })
})

test('what ended at the moment the line did, but by hand, doesn’t go on when it is brought back', async () => {
  await blockFor()
  await unblockFor()
  await it.as(adam, (ctx) => ends.endMany(ctx, lines))
  await it.as(adam, (ctx) => ends.restore(ctx, lines))
  expect(await statuses()).toEqual(['active', 'active'])
})

describe('what isn’t mine', () => {
  test('is not there: to another customer, to another reseller', async () => {
    for (const attempt of [
      () => block({}, people.ten),
      () => blockFor({}, people.bamboo),
      () => blockFor({}, admin, 46171),
      () => blockFor({}, admin, 99_999),
    ]) {
      expect((await refused(attempt())).kind).toBe('not_found')
    }
    expect(await statuses()).toEqual(['active', 'active'])
  })

  test('is refused to a realm that has no right', async () => {
    expect(await refused(block({}, admin))).toMatchObject({ kind: 'forbidden' })
    expect(await refused(blockFor({}, adam))).toMatchObject({ kind: 'forbidden' })
  })
})

describe('what is said beforehand', () => {
  const preview = (wanted: Wanted = {}) =>
    it.as(adam, (ctx) =>
      views.previewBlock(ctx, { accounts: wanted.accounts ?? lines, ...days(wanted) }),
    )

  test('ten days of December, two lines at $10: ten of 31 days of $20', async () => {
    // Bills follow the calendar: ten days of December are worth $3.22581 a line.
    expect(await preview({ from: '2026-12-01', until: '2026-12-11' })).toMatchObject({
      lines: 2,
      days: { from: '2026-12-01', until: '2026-12-11' },
      currency: 'USD',
      monthly: '20.00000',
      total: '6.45000',
      months: [{ month: '2026-12', days: 10, amount: '6.45000' }],
      left: [],
    })
  })

  test('months add up to the whole, to the cent that is shown', async () => {
    const { total, months } = await preview({ from: '2026-12-01', until: '2027-01-11' })
    expect([total, ...months.map(({ amount }) => amount)]).toEqual([
      '26.45000',
      '20.00000',
      '6.45000',
    ])
  })

  test('from now on: free from tomorrow, and what is left of this month', async () => {
    expect(await preview()).toMatchObject({
      days: { from: '2026-11-22', until: null },
      monthly: '20.00000',
      total: null,
      months: [{ month: '2026-11', days: 9, amount: '6.00000' }],
    })
  })

  test('until the end of today: no day is free, and nothing is saved', async () => {
    expect(await preview({ until: '2026-11-22' })).toMatchObject({
      days: null,
      total: '0.00000',
      months: [],
    })
  })

  test('days that are planned already are not saved once more', async () => {
    const december = { from: '2026-12-01', until: '2026-12-11' }
    await block({ accounts: [lines[0]!], from: '2026-12-06', until: '2026-12-16' })
    // Ten days of one line, five of the other; a 31st of $10 each.
    expect(await preview(december)).toMatchObject({
      lines: 2,
      total: '4.84000',
      months: [{ month: '2026-12', days: 10, amount: '4.84000' }],
    })
    await blockFor({ accounts: [lines[1]!], ...december })
    expect(await preview({ from: '2026-12-01', until: '2026-12-12' })).toMatchObject({
      // The first to the fifth; and the eleventh of the other one.
      total: '1.94000',
    })
  })

  test('of a line that is blocked for good from Christmas on, the days until then are saved', async () => {
    await block({ accounts: [lines[0]!], from: '2026-12-25' })
    const { total, months } = await preview({ accounts: [lines[0]!], from: '2026-12-01' })
    expect(months).toMatchObject([{ month: '2026-12', days: 24 }])
    // 24 of December's 31 days.
    expect(total).toBe('7.74000')
    expect(await preview({ from: '2026-12-01' })).toMatchObject({
      total: null,
      monthly: '10.00000',
    })
  })

  test('lines that can’t be blocked are named', async () => {
    await blockFor({ accounts: [lines[0]!], reason: 'Fraud' })
    expect(await preview()).toMatchObject({
      lines: 1,
      monthly: '10.00000',
      left: [{ account: lines[0], why: 'blocked_by_admin' }],
    })
  })

  test('the month shows which days are free, what was saved, and what is to come', async () => {
    const elsewhere = await it.as(adam, (ctx) => views.blockMonth(ctx, { page: 0 }))
    await block({ accounts: [lines[0]!] })
    await block({ accounts: [lines[1]!], from: '2026-11-28', until: '2026-11-30' })
    it.clock.set('2026-11-25T15:00:00Z')
    const month = await it.as(adam, (ctx) => views.blockMonth(ctx, { page: 0 }))
    const more = month.days.map((n, i) => n - elsewhere.days[i]!)
    expect(more.slice(20)).toEqual([0, 1, 1, 1, 1, 1, 1, 2, 2, 1])
    expect(month.total - elsewhere.total).toBe(2)
    const page = Math.floor((month.total - 1) / blocksPerPage)
    const { rows } = await it.as(adam, (ctx) => views.blockMonth(ctx, { page }))
    expect(rows.at(-1)).toMatchObject({ account: lines[1], state: 'planned' })
    expect(month.today).toBe('2026-11-25')
    const gained = Number(month.saved) + Number(month.toCome)
    // Nine days and two, a thirtieth of $10 each.
    expect(gained - Number(elsewhere.saved) - Number(elsewhere.toCome)).toBeCloseTo(3.66666, 4)
  })

  test('the history of a line names who blocked it, and is another customer’s of nothing', async () => {
    await block({ reason: 'Season is over' })
    await blockFor({ reason: 'Fraud' })
    const of = async (actor: Actor) =>
      (await it.as(actor, (ctx) => views.blocksOf(ctx, { account: lines[0]! }))).rows
    expect(await of(adam)).toMatchObject([
      { placedBy: 'admin', reason: 'Fraud', state: 'running', whyNot: 'blocked_by_admin' },
      { placedBy: 'customer', reason: 'Season is over', state: 'over', whyNot: undefined },
    ])
    expect(await of(people.ten)).toEqual([])
  })
})

test('a thousand lines are blocked by a statement a table', async () => {
  const thousand = await newLines(1_000)
  const asked: string[] = []
  await it.as(adam, (ctx) => {
    const { query } = ctx.db.$client
    const $client = Object.assign(Object.create(ctx.db.$client), {
      query: (...args: [{ text: string }]) => {
        asked.push(args[0].text.trim().split(/\s+/)[0]!)
        return Reflect.apply(query, ctx.db.$client, args)
      },
    })
    const db = Object.assign(Object.create(ctx.db), { $client })
    return blocks.block({ ...ctx, db }, { accounts: thousand, reason: '', key: randomUUID() })
  })
  expect(new Set(await statuses(thousand))).toEqual(new Set(['blocked by customer']))
  expect(asked).toEqual([
    'insert', // the key
    'select', // the zone
    'select', // the accounts, locked
    'select', // their stretches
    'insert', // the new ones
    'update', // the accounts
  ])
})
