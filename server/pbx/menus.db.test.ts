import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import type { AccountId, ProductId } from '#server/kernel/ids.ts'
import { inEffect, type Menu, zTargetQuery } from '#server/pbx/schema.menus.ts'
import * as groups from '#server/pbx/service.groups.ts'
import * as lines from '#server/pbx/service.lines.ts'
import * as menus from '#server/pbx/service.menus.ts'
import * as pbx from '#server/pbx/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 12 })
const key = randomUUID
let cloud: ProductId
let attendant: ProductId
let main: AccountId
let anna: AccountId
let bob: AccountId
let sales: number

const add = async (extension: string, name: string) =>
  (
    await it.as(people.adam, (ctx) =>
      pbx.addExtension(ctx, {
        extension,
        name,
        product: cloud,
        numbers: [],
        published: false,
        key: key(),
      }),
    )
  ).account as AccountId
const addGroup = async (name: string) =>
  (
    await it.as(people.adam, (ctx) =>
      groups.addGroup(ctx, { name, mode: 'simultaneous', ringSeconds: 20, key: key() }),
    )
  ).group

beforeAll(async () => {
  cloud = await productId(it, 'Cloud PBX')
  attendant = await productId(it, 'Auto attendant')
  const [row] = await it.sql<{ id: AccountId }>(
    "select id from accounts where account_id = 'ph46170aa1'",
  )
  main = row!.id
  anna = await add('810', 'Anna Reyes')
  bob = await add('811', 'Bob 100%')
  sales = await addGroup('Outbound')
  await it.as(people.adam, (ctx) =>
    groups.placeMembers(ctx, { group: sales, accounts: [anna, bob] }),
  )
})

const menu = (patch: Partial<Menu> = {}): Menu => ({
  greeting: 'Welcome to ABC.',
  keys: {
    '1': { to: 'group', group: sales },
    '2': { to: 'extension', account: anna },
    '9': { to: 'repeat' },
  },
  plays: 2,
  otherwise: { to: 'voicemail', account: bob },
  ...patch,
})
const set = (wanted: Menu, account = main, who: Actor = people.adam) =>
  it.as(who, (ctx) => menus.setMenu(ctx, { account, menu: wanted }))
const view = (account = main, who: Actor = people.adam) =>
  it.as(who, (ctx) => menus.attendant(ctx, { account }))
const end = (accounts: number[]) =>
  it.as(people.adam, (ctx) => lines.removeExtensions(ctx, { accounts, key: key() }))

describe('a menu', () => {
  test('nobody has made yet says goodbye, and is known as that', async () => {
    const { menu: first, keys, lost } = await view()
    expect(first).toEqual({ greeting: '', keys: {}, plays: 3, otherwise: { to: 'goodbye' } })
    expect({ keys, lost }).toEqual({ keys: null, lost: [] })
  })

  test('is kept as it was made, and told with what it was', async () => {
    await set(menu())
    const { menu: kept, keys, reached } = await view()
    expect(kept).toEqual(menu())
    expect(keys).toBe(3)
    expect(reached).toEqual({
      lines: expect.arrayContaining([
        { account: anna, extension: '810', name: 'Anna Reyes', status: 'active' },
        { account: bob, extension: '811', name: 'Bob 100%', status: 'active' },
      ]),
      groups: [{ group: sales, name: 'Outbound', members: 2 }],
    })
    const [told] = await it.sql(
      `select e.payload, a.before, a.after from events e, audit_rows a
        where e.type = 'auto_attendant.menu_changed' and a.action = 'auto_attendant.set_menu'`,
    )
    expect(told).toMatchObject({
      payload: { id: 'ph46170aa1', menu: menu() },
      before: { menu: { otherwise: { to: 'goodbye' } } },
      after: { menu: { otherwise: { to: 'voicemail' } } },
    })
  })

  test('leads to extensions and hunt groups of its own PBX alone', async () => {
    const [theirs] = await it.sql<{ id: number }>(
      "select id from accounts where account_id = 'ph46171x101'",
    )
    for (const wrong of [
      { keys: { '4': { to: 'extension', account: theirs!.id } } },
      { keys: { '4': { to: 'voicemail', account: main } } },
      { keys: { '4': { to: 'group', group: 999_999 } } },
    ] as const) {
      expect(await refused(set(menu(wrong)))).toMatchObject({
        kind: 'conflict',
        code: 'pbx.leads_gone',
        details: { keys: ['4'] },
      })
    }
    expect(await refused(set(menu(), main, people.ten))).toMatchObject({
      code: 'accounts.not_found',
    })
    expect(await refused(view(main, people.ten))).toMatchObject({ code: 'accounts.not_found' })
    expect(await refused(set(menu(), anna))).toMatchObject({ code: 'accounts.not_found' })
  })

  test('that would never end is not taken by the database either', async () => {
    const never = '{"greeting": "", "keys": {}, "plays": 3, "otherwise": {"to": "repeat"}}'
    await expect(
      it.sql('update auto_attendants set menu = $1 where i_account = $2', [never, main]),
    ).rejects.toMatchObject({ constraint: 'auto_attendants_menu_ends' })
  })
})

describe('a target that disappears', () => {
  test('is flagged, says the menu again meanwhile, and must be replaced to save', async () => {
    const carl = await add('812', 'Carl')
    const wanted = menu({
      keys: { '1': { to: 'extension', account: carl }, '2': { to: 'extension', account: anna } },
      otherwise: { to: 'voicemail', account: carl },
    })
    await set(wanted)
    await end([carl])
    const { menu: kept, reached, lost } = await view()
    expect(lost).toEqual([
      { key: '1', why: 'ended' },
      { key: 'otherwise', why: 'ended' },
    ])
    expect(inEffect(kept, reached)).toMatchObject({
      keys: { '1': { to: 'repeat' }, '2': { to: 'extension' } },
      otherwise: { to: 'goodbye' },
    })
    expect(await refused(set(wanted))).toMatchObject({
      code: 'pbx.leads_gone',
      details: { keys: ['1', 'otherwise'] },
    })
    await it.as(people.adam, (ctx) =>
      lines.restoreExtensions(ctx, { accounts: [carl], key: key() }),
    )
    expect((await view()).lost).toEqual([])
    await set(menu())
  })

  test('that is a hunt group can’t be removed, by the name of the menu; emptied it is flagged', async () => {
    await set(menu())
    const remove = () => it.as(people.adam, (ctx) => groups.removeGroup(ctx, { group: sales }))
    expect(await refused(remove())).toMatchObject({
      code: 'pbx.group_in_use',
      details: { name: 'Outbound', menus: ['Main menu'] },
    })
    await it.as(people.adam, (ctx) =>
      groups.removeMembers(ctx, { group: sales, accounts: [anna, bob] }),
    )
    expect((await it.as(people.adam, menus.attendants))[0]).toMatchObject({
      account: main,
      keys: 3,
      lost: [{ key: '1', why: 'empty' }],
    })
    await it.as(people.adam, (ctx) =>
      groups.placeMembers(ctx, { group: sales, accounts: [anna, bob] }),
    )
  })

  test('a group removed while menus begin to lead to it: it is there, or no menu leads to it', async () => {
    for (let round = 0; round < 10; round++) {
      const group = await addGroup(`Round ${round}`)
      await it.as(people.adam, (ctx) => groups.placeMembers(ctx, { group, accounts: [anna] }))
      const { refusals } = await outcomes([
        set(menu({ keys: { '5': { to: 'group', group } } })),
        it.as(people.adam, (ctx) => groups.removeGroup(ctx, { group })),
      ])
      for (const { code } of refusals) {
        expect(['pbx.leads_gone', 'pbx.group_in_use']).toContain(code)
      }
      expect(refusals).toHaveLength(1)
      expect((await view()).lost).toEqual([])
    }
    await set(menu())
    expect(await verify((text) => it.sql(text))).toEqual([])
  })
})

describe('an auto attendant', () => {
  test('gets another name and numbers, is removed, and comes back with its menu', async () => {
    const { account } = await it.as(people.adam, (ctx) =>
      pbx.addAttendant(ctx, { name: 'Night', product: attendant, numbers: [], key: key() }),
    )
    await set(menu(), account as AccountId)
    await it.as(people.adam, (ctx) =>
      menus.editAttendant(ctx, { account, name: 'Holidays', numbers: ['12094555970'] }),
    )
    expect(await view(account as AccountId)).toMatchObject({
      name: 'Holidays',
      numbers: ['12094555970'],
    })
    const [ended] = await it.as(people.adam, (ctx) =>
      menus.removeAttendants(ctx, { accounts: [account], key: key() }),
    )
    expect(ended).toMatchObject({ name: 'Holidays', numbers: ['12094555970'] })
    expect(await refused(view(account as AccountId))).toMatchObject({ code: 'accounts.not_found' })
    expect((await it.as(people.adam, menus.attendants)).map((row) => row.name)).toEqual([
      'Main menu',
    ])
    await it.as(people.adam, (ctx) =>
      menus.restoreAttendants(ctx, { accounts: [account], key: key() }),
    )
    expect(await view(account as AccountId)).toMatchObject({ name: 'Holidays', menu: menu() })
  })

  test('is no extension, and an extension no auto attendant', async () => {
    const ends = [
      () => end([main]),
      () =>
        it.as(people.adam, (ctx) => menus.removeAttendants(ctx, { accounts: [anna], key: key() })),
      () => it.as(people.adam, (ctx) => menus.editAttendant(ctx, { account: anna, name: 'x' })),
    ]
    for (const attempt of ends) {
      expect(await refused(attempt())).toMatchObject({ code: 'accounts.not_found' })
    }
  })
})

test.each([
  ['the extension that was typed first', { search: '81' }, ['810', '811']],
  ['a name, with signs that mean something in SQL', { search: '100%' }, ['811']],
  ['an account id', { search: 'aa1', kind: 'auto_attendant' }, [null]],
  ['extensions alone', { search: 'ph46170aa', kind: 'extension' }, []],
] as const)('targets are found by %s', async (_, query, extensions) => {
  const found = await it.as(people.adam, (ctx) => menus.targets(ctx, zTargetQuery.parse(query)))
  const known = found.filter((one) => one.account !== main || query.search.startsWith('aa'))
  expect(known.map((one) => one.extension).filter((one) => one !== '812')).toEqual(extensions)
})
