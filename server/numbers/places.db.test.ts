import { expect, test } from 'vitest'
import { type PlacesQuery, zPlacesQuery } from '#server/numbers/schema.places.ts'
import * as places from '#server/numbers/service.places.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()

const list = (query: Partial<PlacesQuery> = {}, who: Actor = people.adam) =>
  it.as(who, (ctx) => places.list(ctx, zPlacesQuery.parse(query)))
const numbers = async (query: Partial<PlacesQuery>) =>
  (await list(query)).rows.map((row) => row.number)

test('each number says whom it reaches, and how many are free', async () => {
  const { rows, all, free, found } = await list()
  expect({ all, free, found }).toEqual({ all: 32, free: 30, found: 32 })
  expect(rows.slice(0, 3)).toMatchObject([
    {
      number: '12094555948',
      city: 'Stockton',
      region: 'CA',
      reaches: { accountId: 'ph46170aa1', name: 'Main menu', kind: 'auto_attendant' },
    },
    {
      number: '12094555949',
      reaches: {
        accountId: 'ph46170x4665',
        name: 'John Doe',
        kind: 'extension',
        extension: '4665',
        status: 'active',
      },
    },
    { number: '12094555950', city: 'Stockton', region: 'CA', reaches: null },
  ])
  expect(await it.as(people.adam, places.counts)).toEqual({ all: 32, free: 30 })
})

test.each([
  ['digits as they are written', '(209) 455-5949', ['12094555949']],
  ['the name of whom it reaches', 'john', ['12094555949']],
  ['an extension', '4665', ['12094555949']],
  ['an account ID', 'ph46170aa1', ['12094555948']],
  ['a sign that means anything in SQL', '%', []],
  ['nothing', 'nobody', []],
])('numbers are found by %s', async (_, search, expected) => {
  const { rows, found, all } = await list({ search })
  expect(rows.map((row) => row.number)).toEqual(expected)
  expect({ found, all }).toEqual({ found: expected.length, all: 32 })
})

test('the free ones alone, those of extensions, those of auto attendants', async () => {
  const { rows, found } = await list({ only: 'free' })
  expect(found).toBe(30)
  expect(rows.every((row) => row.reaches === null)).toBe(true)
  expect(await numbers({ only: 'extension' })).toEqual(['12094555949'])
  expect(await numbers({ only: 'auto_attendant' })).toEqual(['12094555948'])
  expect(await numbers({ only: 'auto_attendant', search: 'john' })).toEqual([])
})

test('sorted by whom they reach either way, the free ones last', async () => {
  expect((await numbers({ sort: 'reaches' })).slice(0, 3)).toEqual([
    '12094555948',
    '12094555949',
    '12094555950',
  ])
  expect((await numbers({ sort: 'reaches', descending: true })).slice(0, 2)).toEqual([
    '12094555949',
    '12094555948',
  ])
  expect((await numbers({ descending: true }))[0]).toBe('12094555979')
})

test('of ten thousand a page is read, and pages never overlap', async () => {
  await it.sql(
    `insert into numbers (i_env, number, city, region, country, pool, pleasant, i_customer)
     select 1, (15125550000 + n)::text, case n % 3 when 0 then 'Austin' else 'Dallas' end, 'TX', 'US', 'x', 0, 46175
       from generate_series(1, 10000) n`,
  )
  const query = { sort: 'city', search: 'dallas' } as const
  const [first, second] = [
    await list(query, people.five),
    await list({ ...query, page: 1 }, people.five),
  ]
  expect(first.rows).toHaveLength(50)
  expect(first.found).toBe(6667)
  const both = [...first.rows, ...second.rows].map((row) => row.number)
  expect(new Set(both).size).toBe(100)
  expect((await list({ ...query, page: 500 }, people.five)).rows).toEqual([])
})

test('a customer sees its own numbers and no one else’s, a phone user none', async () => {
  const { rows } = await list({}, people.ten)
  expect(rows.every((row) => row.number.startsWith('1206555'))).toBe(true)
  expect((await refused(list({}, people.john(1)))).code).toBe('auth.not_allowed')
})
