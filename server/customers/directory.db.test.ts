import { describe, expect, test } from 'vitest'
import { zCustomerQuery } from '#server/customers/schema.ts'
import * as directory from '#server/customers/service.directory.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()

const find = (query: Record<string, unknown>, as: Actor = people.admin) =>
  it.as(as, (ctx) => directory.directory(ctx, zCustomerQuery.parse(query)))
const names = async (search: string, as?: Actor) =>
  (await find({ search }, as)).rows.map((row) => row.name)

describe('a customer is found by', () => {
  test.each([
    ['name', 'abc comp', ['ABC Company']],
    ['number', '46171', ['Ten Lines Ltd']],
    ['login', 'demo-meter', ['Meter Networks']],
    ['its user’s address', 'demo-ten@example', ['Ten Lines Ltd']],
    ['phone number as written', '+1 (209) 455-5960', ['ABC Company']],
    ['account id', 'ph46175x101', ['Five Plus One Ltd']],
    ['person', 'Ava Nguyen', ['Ava Nguyen']],
    ['nothing there is', 'nobody at all', []],
    ['no wildcard', 'ABC%', []],
  ])('%s', async (_what, search, found) => {
    expect(await names(search)).toEqual(found)
  })
})

test('the list is by name, a page of it, with balance and accounts', async () => {
  const { rows, total } = await find({})
  expect(total).toBe(46)
  expect(rows[0]).toMatchObject({
    customer: 46170,
    name: 'ABC Company',
    balance: '0.00000',
    currency: 'USD',
    accounts: 2,
    waiting: 0,
    blocked: 0,
  })
  expect((await find({ page: 1 })).rows).toEqual([])
  expect((await find({ status: 'closed' })).total).toBe(0)
})

test('a reseller sees its own customers and nobody else, not by any search', async () => {
  expect((await find({}, people.bamboo)).rows.map((row) => row.name)).toEqual(['Bamboo Shop'])
  for (const search of ['ABC', '46170', 'demo-adam', '12094555960', 'Bamboo Resale']) {
    expect(await names(search, people.bamboo)).toEqual([])
  }
  for (const customer of [46170, 46173]) {
    const seen = it.as(people.bamboo, (ctx) => directory.overview(ctx, { customer }))
    expect(await refused(seen)).toMatchObject({ kind: 'not_found', code: 'customers.not_found' })
  }
})

test('one customer: whom to call, what is owed, how many accounts', async () => {
  const seen = await it.as(people.admin, (ctx) => directory.overview(ctx, { customer: 46174 }))
  expect(seen).toMatchObject({
    name: 'Bamboo Shop',
    parent: { customer: 46173, name: 'Bamboo Resale' },
    address: ['1 Harbour Street', 'Vancouver BC V6B 1A1', 'CA'],
    creditLimit: '500.00000',
    customerClass: 'Business',
    accounts: 0,
  })
})

test('customers have no list of customers', async () => {
  expect(await refused(find({}, people.adam))).toMatchObject({ code: 'auth.not_allowed' })
})
