import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import type { CustomerId, ProductId } from '#server/kernel/ids.ts'
import { type ExtensionOfMany, openExtensions } from '#server/pbx/service.many.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 12 })
const abc = 46170 as CustomerId
let line: ProductId
let waiting: ProductId

beforeAll(async () => {
  line = await productId(it, 'Cloud PBX')
  waiting = await productId(it, 'Cloud PBX up to 10 phone lines')
})

const row = (extension: string, more: Partial<ExtensionOfMany> = {}): ExtensionOfMany => ({
  extension,
  name: `Number ${extension}`,
  product: line,
  numbers: [],
  published: false,
  ...more,
})
const open = (extensions: ExtensionOfMany[], onMade?: (n: number) => Promise<void>) =>
  it.as(people.adam, (ctx) => openExtensions(ctx, { customer: abc, extensions, onMade }))
const accountsOfAbc = async () =>
  (await it.sql('select 1 from accounts where i_customer = 46170')).length

test('700 at once: accounts, numbers, subscriptions, facts and audit as one by one, in the order given', async () => {
  const rows = Array.from({ length: 700 }, (_, i) =>
    row(String(20_000 + i), {
      published: i % 2 === 0,
      ...(i === 3 ? { numbers: ['12094555960', '12094555961'], email: 'three@abc.example' } : {}),
      ...(i === 4 ? { timeZone: 'Europe/Kyiv' } : {}),
    }),
  )
  const heard: number[] = []
  const ids = await open(rows, async (n) => void heard.push(n))

  expect(heard).toEqual([250, 500, 700])
  expect(
    await it.sql(
      `select count(*)::int as n, count(distinct sip_password_sealed)::int as passwords,
              (array_agg(account_id order by position))[1:2] as first
         from accounts join unnest($1::int[]) with ordinality as i(id, position) using (id)`,
      [ids],
    ),
  ).toEqual([{ n: 700, passwords: 700, first: ['ph46170x20000', 'ph46170x20001'] }])
  expect(
    await it.sql('select email, time_zone from accounts where id = any($1) order by id', [
      [ids[3], ids[4]],
    ]),
  ).toEqual([
    { email: 'three@abc.example', time_zone: 'America/Los_Angeles' },
    { email: null, time_zone: 'Europe/Kyiv' },
  ])
  expect(
    await it.sql('select type from events where entity = $1 and entity_id = $2 order by seq', [
      'account',
      String(ids[3]),
    ]),
  ).toEqual(
    [
      'account.created',
      'account.alias_added',
      'account.alias_added',
      'extension.added',
      'subscription.started',
    ].map((type) => ({ type })),
  )
  expect(
    await it.sql(
      `select count(*)::int as n from audit_rows where action = 'account.create' and entity_id::int = any($1)`,
      [ids],
    ),
  ).toEqual([{ n: 700 }])
  expect(
    await it.sql('select alias from account_aliases where i_account = $1 order by 1', [ids[3]]),
  ).toEqual([{ alias: '12094555960' }, { alias: '12094555961' }])
})

describe('one that can’t be made leaves none', () => {
  test.each<[string, string, Partial<ExtensionOfMany>]>([
    ['an extension somebody has', 'pbx.extension_taken', { extension: '4665' }],
    ['an extension twice', 'pbx.extension_taken', { extension: '30001' }],
    ['a number in use', 'numbers.not_available', { numbers: ['12094555949'] }],
    ['a number twice', 'numbers.not_available', { numbers: ['12094555970'] }],
    ['another’s number', 'numbers.not_available', { numbers: ['12065557105'] }],
  ])('%s', async (_what, code, wrong) => {
    const before = await accountsOfAbc()
    const rows = Array.from({ length: 300 }, (_, i) => row(String(30_000 + i)))
    rows[2] = row('30002', { numbers: ['12094555970'] })
    rows.push(row('30999', wrong))
    expect(await refused(open(rows))).toMatchObject({ kind: 'conflict', code })
    expect(await accountsOfAbc()).toBe(before)
  })

  test('a product that isn’t agreed', async () => {
    const refusal = await refused(open([row('31000'), row('31001', { product: waiting })]))
    expect(refusal.code).toBe('agreement.not_included')
  })

  test('a product for another kind of account', async () => {
    const product = await productId(it, 'Auto attendant')
    expect((await refused(open([row('31002', { product })]))).code).toBe('accounts.wrong_product')
  })

  test('eight where seven are left: all are counted together', async () => {
    const eight = Array.from({ length: 8 }, (_, i) => row(String(500 + i), { product: waiting }))
    const refusal = await refused(
      it.as(people.ten, (ctx) =>
        openExtensions(ctx, { customer: 46171 as CustomerId, extensions: eight }),
      ),
    )
    expect(refusal).toMatchObject({
      code: 'agreement.quantity_exceeded',
      details: { limit: 10, used: 3, asked: 8 },
    })
  })
})

test('what was made keeps every promise', async () => {
  const client = (text: string) => it.sql(text)
  expect(await verify(client)).toEqual([])
})
