import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import * as products from '#server/accounts/service.products.ts'
import * as agreements from '#server/agreements/service.ts'
import { publish } from '#server/events/service.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { CustomerId, ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import * as pbx from '#server/pbx/service.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import {
  agree as agreed,
  type CompanyActor,
  company as companyOf,
  sell as sold,
} from '#server/testing/company.ts'
import { testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

/** The manual's ways to sell, from the product on; what they cost a month, to the cent. */
const it = testDatabase()

const sell = (product: Parameters<typeof sold>[1]) => sold(it, product)
const company = (name: string) => companyOf(it, name)
const agree = (who: CompanyActor, product: ProductId, quantity: number | null) =>
  agreed(it, who, product, quantity)
const holds = (who: Actor, name: string, monthly: string) =>
  it.as(system('test'), async (ctx) => {
    const [subscription] = await it.sql<{ id: number }>(
      `insert into subscriptions (i_env, name, currency, activation_fee, periodic_fee)
       values (1, $1, 'USD', 0, $2) returning id`,
      [name, monthly],
    )
    const { facts } = await agreements.subscribe(ctx, [
      {
        customer: who.customer as CustomerId,
        subscription: subscription!.id as SubscriptionId,
        name,
        startedOn: '2026-11-21' as CivilDate,
      },
    ])
    await publish(ctx, ...facts)
  })

let next = 100
const line = async (who: Actor, product: ProductId): Promise<number> => {
  const { account } = await it.as(who, (ctx) =>
    pbx.addExtension(ctx, {
      extension: String(next++),
      name: '',
      product,
      numbers: [],
      published: false,
      key: randomUUID(),
    }),
  )
  return account
}
const lines = async (who: Actor, product: ProductId, n: number) => {
  for (let i = 0; i < n; i++) await line(who, product)
}
const record = (who: Actor, account: number, product: ProductId) =>
  it.as(who, (ctx) =>
    products.addAddonToMine(ctx, { accounts: [account], product, key: randomUUID() }),
  )

/** What runs for a customer: how many subscriptions, and what they are a month. */
const monthly = async (who: Actor) => {
  const [sum] = await it.sql<{ n: number; a_month: string }>(
    `select count(*)::int as n, coalesce(sum(s.periodic_fee), 0)::numeric(12, 2)::text as a_month
       from customer_subscriptions c
       join subscriptions s on s.i_env = c.i_env and s.id = c.i_subscription
      where c.i_customer = $1 and c.ended_on is null`,
    [who.customer],
  )
  return [sum!.n, sum!.a_month]
}

describe('“$6 each phone line”', () => {
  test('as many lines as they like, $6 for each: 7 lines are $42.00', async () => {
    const product = await sell({ name: '$6 each phone line', periodicFee: '6' })
    const abc = await company('Six Each')
    await agree(abc, product, null)
    expect(await monthly(abc)).toEqual([0, '0.00'])
    await lines(abc, product, 1)
    expect(await monthly(abc)).toEqual([1, '6.00'])
    await lines(abc, product, 6)
    expect(await monthly(abc)).toEqual([7, '42.00'])
  })

  test('with a limit against bill shock: the fourth is refused, and $18.00 it stays', async () => {
    const product = await sell({ name: '$6 each, not too many', periodicFee: '6' })
    const abc = await company('No Shock')
    await agree(abc, product, 3)
    await lines(abc, product, 3)
    expect(await refused(line(abc, product))).toMatchObject({
      code: 'agreement.quantity_exceeded',
      details: { product: '$6 each, not too many', limit: 3, used: 3, asked: 1 },
    })
    expect(await monthly(abc)).toEqual([3, '18.00'])
  })
})

describe('“Up to 10 Cloud PBX phone lines for $30”', () => {
  test('$30.00 with none, with one and with ten; the eleventh is refused', async () => {
    const product = await sell({ name: 'Up to 10', periodicFee: '0' })
    const abc = await company('Ten For Thirty')
    await agree(abc, product, 10)
    await holds(abc, 'Ten for thirty', '30')
    expect(await monthly(abc)).toEqual([1, '30.00'])
    await lines(abc, product, 1)
    expect(await monthly(abc)).toEqual([1, '30.00'])
    await lines(abc, product, 9)
    expect(await monthly(abc)).toEqual([1, '30.00'])
    expect(await refused(line(abc, product))).toMatchObject({
      kind: 'conflict',
      code: 'agreement.quantity_exceeded',
      details: { product: 'Up to 10', limit: 10, used: 10, asked: 1 },
    })
    expect(await monthly(abc)).toEqual([1, '30.00'])
  })
})

test('Example 1: an attendant at $6, three lines at $10, two of them recorded at $4, are $44.00', async () => {
  const attendant = await sell({
    name: 'Auto attendant $6 per line',
    periodicFee: '6',
    accountKind: 'auto_attendant',
  })
  const cloud = await sell({ name: 'Cloud PBX $10 per line', periodicFee: '10' })
  const recording = await sell({
    name: 'Call recording $4 per line',
    periodicFee: '4',
    role: 'addon',
  })
  const abc = await company('Example One')
  for (const product of [attendant, cloud, recording]) await agree(abc, product, null)

  await it.as(abc, (ctx) =>
    pbx.addAttendant(ctx, { name: 'Menu', product: attendant, numbers: [], key: randomUUID() }),
  )
  const [first, second] = [await line(abc, cloud), await line(abc, cloud)]
  await line(abc, cloud)
  await record(abc, first, recording)
  await record(abc, second, recording)
  expect(await monthly(abc)).toEqual([6, '44.00'])

  // Only what is agreed on: nothing else the provider sells.
  const places = await it.as(abc, agreements.mine)
  expect(places.map(({ name, quantity }) => [name, quantity])).toEqual([
    ['Auto attendant $6 per line', null],
    ['Cloud PBX $10 per line', null],
    ['Call recording $4 per line', null],
  ])
})

test('Example 2: five lines and one recording for $20.00; the sixth line and the second recording are refused', async () => {
  const cloud = await sell({ name: 'Up to 5', periodicFee: '0' })
  const recording = await sell({ name: 'One recording', periodicFee: '0', role: 'addon' })
  const abc = await company('Example Two')
  await agree(abc, cloud, 5)
  await agree(abc, recording, 1)
  await holds(abc, 'Five and one', '20')

  const first = await line(abc, cloud)
  const second = await line(abc, cloud)
  await lines(abc, cloud, 3)
  await record(abc, first, recording)
  expect(await monthly(abc)).toEqual([1, '20.00'])
  expect(await refused(line(abc, cloud))).toMatchObject({
    details: { product: 'Up to 5', limit: 5, used: 5, asked: 1 },
  })
  expect(await refused(record(abc, second, recording))).toMatchObject({
    code: 'agreement.quantity_exceeded',
    details: { product: 'One recording', limit: 1, used: 1, asked: 1 },
  })
  expect(await monthly(abc)).toEqual([1, '20.00'])

  // The administrator raises the limit: now there is one.
  await agree(abc, recording, 2)
  await record(abc, second, recording)
  expect(await monthly(abc)).toEqual([1, '20.00'])
})
