import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import * as packages from '#server/agreements/service.packages.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase()
const tenLines = 'Up to 10 Cloud PBX phone lines for $30'

const view = (customer: number, as: Actor = people.admin) =>
  it.as(as, (ctx) => packages.packages(ctx, { customer }))
const idOf = async (name: string) =>
  (await view(46170)).addable.find((one) => one.name === name)!.subscription
const add = async (customer: number, as: Actor = people.admin, key: string = randomUUID()) => {
  const subscription = await idOf(tenLines)
  return it.as(as, (ctx) => packages.addPackage(ctx, { customer, subscription, key }))
}
const end = (customer: number, held: number, as: Actor = people.admin) =>
  it.as(as, (ctx) => packages.endPackage(ctx, { customer, held }))
const resume = (customer: number, held: number) =>
  it.as(people.admin, (ctx) => packages.resumePackage(ctx, { customer, held }))
const aMonth = (amount: string) => ({ period: 'month', periodCount: 1, inAdvance: true, amount })
const told = (customer: number) =>
  it.sql(
    `select type, entity, payload->>'subscription' as name from events
      where i_customer = $1 and type like 'subscription.%' and entity = 'customer' order by id`,
    [customer],
  )

describe('a customer holds', () => {
  test('the package of its signup or contract, with what it costs', async () => {
    const { rows, recurring, currency } = await view(46171)
    expect(rows).toMatchObject([{ name: tenLines, periodic: '30.00000', endedOn: null }])
    expect([recurring, currency]).toEqual([[aMonth('30.00000')], 'USD'])
  })

  test('what is of no product can be added, and nothing else', async () => {
    const { addable } = await view(46170)
    expect(addable.map(({ name }) => name)).toContain(tenLines)
    const ofProduct = await it.sql<{ name: string }>(
      `select name::text from subscriptions s
        where exists (select from product_subscriptions ps where ps.i_subscription = s.id)`,
    )
    for (const { name } of ofProduct) expect(addable.map((one) => one.name)).not.toContain(name)

    const [product] = await it.sql<{ id: number }>(
      'select i_subscription as id from product_subscriptions limit 1',
    )
    const asked = { customer: 46170, subscription: product!.id, key: randomUUID() }
    const added = it.as(people.admin, (ctx) => packages.addPackage(ctx, asked))
    expect((await refused(added)).code).toBe('agreement.package_not_found')
  })

  test('what an administrator hung on it: from today, told, on the record with both names', async () => {
    const { held } = await add(46170)
    expect((await view(46170)).rows).toMatchObject([
      { held, name: tenLines, startedOn: '2026-11-21', chargedUntil: '2026-11-21', endedOn: null },
    ])
    expect(await told(46170)).toEqual([
      { type: 'subscription.started', entity: 'customer', name: tenLines },
    ])
    const acts = await it.sql(
      `select actor, on_behalf_of, after from audit_rows where action = 'agreement.add_package'`,
    )
    expect(acts).toEqual([
      {
        actor: 'Pat Panda',
        on_behalf_of: 'ABC Company',
        after: { name: tenLines, monthly: '30.00000', currency: 'USD', startedOn: '2026-11-21' },
      },
    ])
  })
})

test('a press that comes twice adds one', async () => {
  const key = randomUUID()
  const { done } = await outcomes([1, 2, 3].map(() => add(46172, people.admin, key)))
  expect(done).toBe(3)
  expect((await view(46172)).rows).toHaveLength(1)
})

test('ended it costs nothing from today on; on the same day the end can be taken back, later not', async () => {
  const { held } = await add(46175)
  const before = (await view(46175)).recurring
  await end(46175, held)
  await end(46175, held)
  expect(before).toEqual([aMonth('50.00000')])
  expect(await view(46175)).toMatchObject({
    recurring: [aMonth('20.00000')],
    rows: [{ endedOn: null }, { held, endedOn: '2026-11-21' }],
  })
  await resume(46175, held)
  expect((await view(46175)).recurring).toEqual([aMonth('50.00000')])
  await end(46175, held)
  it.clock.advance(86_400_000)
  expect((await refused(resume(46175, held))).code).toBe('agreement.package_ended')
  const types = (await told(46175)).map(({ type }) => type)
  expect(types.slice(-4)).toEqual([
    'subscription.started',
    'subscription.ended',
    'subscription.resumed',
    'subscription.ended',
  ])
})

test('nobody touches a customer that isn’t theirs, nor a subscription of another', async () => {
  const { held } = (await view(46171)).rows[0]!
  expect((await refused(end(46170, held))).code).toBe('agreement.package_not_found')
  expect((await refused(end(46171, held, people.bamboo))).code).toBe('customers.not_found')
  expect((await refused(view(46171, people.ten))).code).toBe('auth.not_allowed')
  await it.sql("update customers set currency = 'EUR' where id = 46174")
  expect((await refused(add(46174, people.bamboo))).code).toBe('agreement.wrong_currency')
  expect((await view(46174, people.bamboo)).addable).toEqual([])
})

test('a company sees what it pays: its package by the year, its lines by the month, and what a line costs since', async () => {
  const costs = (who: Actor) => it.as(who, packages.recurring)
  expect(await costs(people.ten)).toEqual({
    currency: 'USD',
    accounts: [aMonth('0.00000')],
    packages: [{ name: tenLines, n: 1, costs: [aMonth('30.00000')] }],
    total: [aMonth('30.00000')],
  })
  // An auto attendant at $6 and a line at $10, beside the package that was hung on it.
  expect(await costs(people.adam)).toMatchObject({
    accounts: [aMonth('16.00000')],
    total: [aMonth('46.00000')],
  })
  await it.sql('update subscriptions set period_count = 12 where name = $1', [tenLines])
  expect((await costs(people.adam)).total).toEqual([
    aMonth('16.00000'),
    { ...aMonth('30.00000'), periodCount: 12 },
  ])
  await it.sql('update subscriptions set period_count = 1 where name = $1', [tenLines])
  // While it waits for approval nobody pays for the line.
  const put = (status: string) =>
    it.sql(`update accounts set status = '${status}' where account_id = 'ph46170x4665'`)
  await put('inactive')
  expect((await costs(people.adam)).total).toEqual([aMonth('36.00000')])
  await put('active')
})

test('the books agree after all of that', async () => {
  const faults = await verify((text) => it.sql(text))
  expect(faults.map(({ name, sentence }) => `${name} ${sentence}`)).toEqual([])
})
