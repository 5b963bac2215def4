import { beforeAll, describe, expect, test } from 'vitest'
import type { ProductId } from '#server/kernel/ids.ts'
import { type ExtensionQuery, zExtensionQuery } from '#server/pbx/schema.ts'
import * as list from '#server/pbx/service.list.ts'
import * as pbx from '#server/pbx/service.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()
let cloud: ProductId
let line: ProductId
let recording: ProductId

const ask = (query: Partial<ExtensionQuery> = {}, who: Actor = people.adam) =>
  it.as(who, (ctx) => list.extensions(ctx, zExtensionQuery.parse(query)))
const numbersOf = async (query: Partial<ExtensionQuery>, who?: Actor) =>
  (await ask(query, who)).rows.map((row) => row.extension)

/** Five more beside John Doe's 4665, no two alike. */
beforeAll(async () => {
  cloud = await productId(it, 'Cloud PBX')
  line = await productId(it, 'Cloud PBX line')
  recording = await productId(it, 'Call recording')
  await it.sql(
    'insert into agreement_items (i_env, i_customer, i_product, quantity, used) values (1, 46170, $1, null, 0)',
    [line],
  )
  const made = [
    ['99', 'zoe', cloud, ['12094555960'], 'zoe@abc.example', true],
    ['100', 'Ana', line, [], undefined, false],
    ['0101', 'Émile', cloud, ['12094555961', '12094555962'], undefined, false],
    ['101', '', cloud, [], 'desk_1%@abc.example', false],
    ['2000', 'bob', line, [], undefined, false],
  ] as const
  for (const [extension, name, product, numbers, email, published] of made) {
    it.clock.advance(60_000)
    await it.as(system('test'), (ctx) =>
      pbx.openExtension(ctx, {
        customer: people.adam.customer!,
        extension,
        name,
        product,
        numbers,
        email,
        published,
      }),
    )
  }
  await it.sql("update accounts set status = 'inactive' where account_id = 'ph46170x2000'")
  await it.sql(
    "update accounts set status = 'blocked', blocked_by = 'admin' where account_id = 'ph46170x100'",
  )
  await it.sql(
    `insert into account_addons (i_env, i_account, i_customer, i_product)
     select 1, id, 46170, $1 from accounts where account_id = 'ph46170x99'`,
    [recording],
  )
})

test('a row has all that the table shows', async () => {
  const { rows, total, all } = await ask({ search: 'zoe' })
  expect({ total, all }).toEqual({ total: 1, all: 6 })
  expect(rows).toEqual([
    {
      account: expect.any(Number),
      accountId: 'ph46170x99',
      extension: '99',
      name: 'zoe',
      email: 'zoe@abc.example',
      timeZone: expect.any(String),
      product: 'Cloud PBX',
      productId: cloud,
      addons: [{ product: recording, name: 'Call recording' }],
      numbers: ['12094555960'],
      published: true,
      status: 'active',
      blockedBy: null,
      added: '2026-11-21T12:01:00.000Z',
    },
  ])
})

describe('in the order of', () => {
  test.each([
    ['extension', ['99', '100', '101', '0101', '2000', '4665']],
    ['name', ['100', '2000', '4665', '99', '0101', '101']],
    ['product', ['99', '101', '0101', '4665', '100', '2000']],
    ['status', ['99', '101', '0101', '4665', '100', '2000']],
    ['added', ['4665', '99', '100', '0101', '101', '2000']],
  ] as const)('%s', async (sort, order) => {
    const found = await numbersOf({ sort })
    // Two alike stand in the order people count, whichever came first.
    expect(found.filter((number) => !number.endsWith('101'))).toEqual(
      order.filter((number) => !number.endsWith('101')),
    )
    expect(new Set(found)).toEqual(new Set(order))
  })

  test('numbers as people count, and the other way round', async () => {
    expect(await numbersOf({})).toEqual(['99', '100', '101', '0101', '2000', '4665'])
    expect(await numbersOf({ direction: 'descending' })).toEqual([
      '4665',
      '2000',
      '0101',
      '101',
      '100',
      '99',
    ])
  })
})

describe('found by', () => {
  test.each([
    ['a part of the number', '10', ['100', '101', '0101']],
    ['the name, in any case', 'ZOE', ['99']],
    ['the account id', 'ph46170x4665', ['4665']],
    ['a phone number as people write it', '(209) 455-5961', ['0101']],
    ['the e-mail address', '@abc.example', ['99', '101']],
    ['what looks like a pattern, as it is', 'desk_1%', ['101']],
    ['nothing', 'nobody', []],
  ])('%s', async (_what, search, found) => {
    expect(await numbersOf({ search })).toEqual(found)
  })

  test.each([
    [{ status: 'inactive' }, ['2000']],
    [{ status: 'blocked' }, ['100']],
    [{ number: 'with' }, ['99', '0101', '4665']],
    [{ number: 'without' }, ['100', '101', '2000']],
    [{ published: true }, ['99', '4665']],
    [{ number: 'with', search: '4555' }, ['99', '0101', '4665']],
    [{ number: 'without', status: 'active' }, ['101']],
  ] as const)('%j', async (filter, found) => {
    const { rows, total, all } = await ask(filter)
    expect(rows.map((row) => row.extension)).toEqual(
      found.length === rows.length ? found : expect.arrayContaining([...found]),
    )
    expect({ total, all }).toEqual({ total: found.length, all: 6 })
  })

  test('product and add-on', async () => {
    expect(await numbersOf({ product: line })).toEqual(['100', '2000'])
    expect(await numbersOf({ addon: recording })).toEqual(['99'])
    expect(await numbersOf({ addon: recording, product: line })).toEqual([])
  })
})

test('a page after the last is empty, and its counts are right', async () => {
  expect(await ask({ page: 1 })).toEqual({ rows: [], total: 6, all: 6 })
})

test('what was ended is not listed, and another’s never was', async () => {
  expect(await numbersOf({ search: '4665' }, people.ten)).toEqual([])
  expect((await ask({}, people.ten)).all).toBe(3)
  expect(
    await refused(it.as(people.ten, (ctx) => list.extension(ctx, { extension: '4665' }))),
  ).toMatchObject({ code: 'accounts.not_found' })
  // Past the first wall, the second stands: the view shows what its reader may see.
  const seen = await it.as(people.ten, (ctx) =>
    ctx.db.$client.query('select distinct i_customer from extension_lines'),
  )
  expect(seen.rows).toEqual([{ i_customer: 46171 }])
  for (const view of ['extension_line_numbers', 'extension_line_addons']) {
    const { rows } = await it.as(people.ten, (ctx) =>
      ctx.db.$client.query(`select 1 from ${view} where i_customer <> 46171`),
    )
    expect(rows, view).toEqual([])
  }
})

test('a selection is those that a move is possible for, and says how many it isn’t', async () => {
  const select = (move: 'terminate' | 'unblock') =>
    it.as(people.adam, (ctx) => list.select(ctx, { search: '', product: line, move }))
  expect(await select('terminate')).toEqual({ accounts: [expect.any(Number)], left: 1 })
  expect(await select('unblock')).toEqual({ accounts: [], left: 2 })
})

test('an export is a table, and a name with a formula in it is a name', async () => {
  await it.sql("update accounts set name = '=1+1' where account_id = 'ph46170x101'")
  const { rows } = await ask({ search: '101' })
  const text = await it.as(people.adam, (ctx) =>
    list.exported(ctx, { accounts: rows.map((row) => row.account) }),
  )
  const [heading, first, second] = text.slice(1).split('\r\n')
  expect(heading).toBe(
    'Extension number,Name,DID numbers,Published,Email for notifications,Timezone,Product,Huntgroup,Add-ons,Account ID,Status',
  )
  expect(first).toMatch(/^101,'=1\+1,,N,desk_1%@abc\.example,.*,Cloud PBX,,,ph46170x101,active$/)
  expect(second).toMatch(
    /^0101,Émile,"12094555961,12094555962",N,,.*,Cloud PBX,,,ph46170x0101,active$/,
  )
})
