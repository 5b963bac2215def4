import { expect, test } from 'vitest'
import type { NumberQuery } from '#server/accounts/schema.ts'
import * as accounts from '#server/accounts/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()

const list = (query: Partial<NumberQuery>, who: Actor = people.adam) =>
  it.as(who, (ctx) => accounts.numbersOfMine(ctx, { search: '', only: 'all', page: 0, ...query }))

test('each number says whom it reaches, and how many are free', async () => {
  const { rows, all, free, found } = await list({})
  expect({ all, free, found }).toEqual({ all: 32, free: 30, found: 32 })
  expect(rows.slice(0, 3)).toEqual([
    {
      number: '12094555948',
      city: 'Stockton',
      region: 'CA',
      account: {
        account: expect.any(Number),
        accountId: 'ph46170aa1',
        name: 'Main menu',
        kind: 'auto_attendant',
      },
    },
    {
      number: '12094555949',
      city: 'Stockton',
      region: 'CA',
      account: {
        account: expect.any(Number),
        accountId: 'ph46170x4665',
        name: 'John Doe',
        kind: 'extension',
      },
    },
    { number: '12094555950', city: 'Stockton', region: 'CA', account: null },
  ])
})

test.each([
  ['digits as they are written', '(209) 455-5949', ['12094555949']],
  ['the name of whom it reaches', 'john', ['12094555949']],
  ['an account ID', 'ph46170aa1', ['12094555948']],
  ['nothing', 'nobody', []],
])('numbers are found by %s', async (_, search, numbers) => {
  const { rows, found, all } = await list({ search })
  expect(rows.map((row) => row.number)).toEqual(numbers)
  expect({ found, all }).toEqual({ found: numbers.length, all: 32 })
})

test('the free ones alone, and a page after the last is empty', async () => {
  const { rows, found } = await list({ only: 'free' })
  expect(found).toBe(30)
  expect(rows.every((row) => row.account === null)).toBe(true)
  expect((await list({ page: 1 })).rows).toEqual([])
})

test('a customer sees its own numbers and no one else’s, a phone user none', async () => {
  const { rows } = await list({}, people.ten)
  expect(rows.every((row) => row.number.startsWith('1206555'))).toBe(true)
  expect((await refused(list({}, people.john(1)))).code).toBe('auth.not_allowed')
})
