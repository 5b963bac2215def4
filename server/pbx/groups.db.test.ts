import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import type { AccountId, CustomerId, HuntGroupId, ProductId } from '#server/kernel/ids.ts'
import * as groups from '#server/pbx/service.groups.ts'
import * as lines from '#server/pbx/service.lines.ts'
import * as pbx from '#server/pbx/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { system } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 24 })
const abc = 46170 as CustomerId
let cloud: ProductId
let sales: HuntGroupId
/** Extensions 801 to 806. */
const line: AccountId[] = []

const key = randomUUID
const add = async (extension: string) =>
  (
    await it.as(people.adam, (ctx) =>
      pbx.addExtension(ctx, {
        extension,
        name: `Name ${extension}`,
        product: cloud,
        numbers: [],
        published: false,
        key: key(),
      }),
    )
  ).account as AccountId

beforeAll(async () => {
  cloud = await productId(it, 'Cloud PBX')
  for (const extension of ['801', '802', '803', '804', '805', '806'])
    line.push(await add(extension))
  const found = await it.as(people.adam, (ctx) => groups.groupsByName(ctx, abc, ['sales']))
  sales = found.get('sales')!
})

const view = (group: number, who: Actor = people.adam) =>
  it.as(who, (ctx) => groups.group(ctx, { group }))
const ringing = async (group: number) =>
  (await view(group)).members.map((member) => member.extension).join(' ')
const place = (group: number, some: number[], before: number | null = null, who = people.adam) =>
  it.as(who, (ctx) => groups.placeMembers(ctx, { group, accounts: some, before }))
const takeOut = (group: number, accounts: number[], who = people.adam) =>
  it.as(who, (ctx) => groups.removeMembers(ctx, { group, accounts }))
const make = async (name: string) =>
  (
    await it.as(people.adam, (ctx) =>
      groups.addGroup(ctx, { name, mode: 'sequential', ringSeconds: 15, key: key() }),
    )
  ).group
const end = (accounts: number[]) =>
  it.as(people.adam, (ctx) => lines.removeExtensions(ctx, { accounts, key: key() }))
const restore = (accounts: number[]) =>
  it.as(people.adam, (ctx) => lines.restoreExtensions(ctx, { accounts, key: key() }))
const told = (group: number) =>
  it.sql(
    `select e.type, a.action, a.before, a.after, e.payload
       from (select *, row_number() over (order by id) as n from events
              where entity = 'hunt_group' and entity_id = $1) e
       full join (select *, row_number() over (order by id) as n from audit_rows
                   where entity = 'hunt_group' and entity_id = $1) a using (n)
      order by n`,
    [String(group)],
  )

describe('a hunt group', () => {
  test('is found by its name, whatever its case; a name nobody has is not in the answer', async () => {
    const found = await it.as(people.adam, (ctx) =>
      groups.groupsByName(ctx, abc, ['SALES', 'Sales', 'support', 'Nobody']),
    )
    expect([...found.keys()].sort()).toEqual(['SALES', 'Sales', 'support'])
    expect(found.get('SALES')).toBe(found.get('Sales'))
  })

  test('is added once by a key, and refused by name where there is one', async () => {
    const input = { name: 'Night', mode: 'sequential', ringSeconds: 15, key: key() } as const
    const first = await it.as(people.adam, (ctx) => groups.addGroup(ctx, input))
    expect(await it.as(people.adam, (ctx) => groups.addGroup(ctx, input))).toEqual(first)
    expect(
      await refused(
        it.as(people.adam, (ctx) => groups.addGroup(ctx, { ...input, name: 'NIGHT', key: key() })),
      ),
    ).toMatchObject({ kind: 'conflict', code: 'pbx.group_name_taken', details: { name: 'NIGHT' } })
    expect(await view(first.group)).toMatchObject({ name: 'Night', ringSeconds: 15, members: [] })
  })

  test('changes in what is said; each change is told once, with what was', async () => {
    const group = await make('Desk')
    await it.as(people.adam, (ctx) => groups.editGroup(ctx, { group, name: 'Front desk' }))
    await it.as(people.adam, (ctx) => groups.editGroup(ctx, { group, name: 'Front desk' }))
    expect(await view(group)).toMatchObject({ name: 'Front desk', mode: 'sequential' })
    expect(await told(group)).toMatchObject([
      { type: 'hunt_group.added', action: 'hunt_group.add' },
      {
        type: 'hunt_group.changed',
        action: 'hunt_group.edit',
        before: { name: 'Desk' },
        after: { name: 'Front desk' },
      },
    ])
    expect(
      await refused(it.as(people.adam, (ctx) => groups.editGroup(ctx, { group, name: 'sales' }))),
    ).toMatchObject({ code: 'pbx.group_name_taken' })
  })

  test('of another customer is not there', async () => {
    for (const attempt of [
      () => view(sales, people.ten),
      () => it.as(people.ten, (ctx) => groups.editGroup(ctx, { group: sales, name: 'Mine' })),
      () => it.as(people.ten, (ctx) => groups.removeGroup(ctx, { group: sales })),
    ]) {
      expect(await refused(attempt())).toMatchObject({ code: 'pbx.group_not_found' })
    }
    const [theirs] = await it.sql<{ id: number }>(
      "select id from accounts where account_id = 'ph46171x101'",
    )
    expect(await refused(place(sales, [theirs!.id]))).toMatchObject({ code: 'accounts.not_found' })
    expect(await refused(place(sales, [line[0]!], null, people.ten))).toMatchObject({
      code: 'accounts.not_found',
    })
  })

  test('rings extensions, and no auto attendant', async () => {
    const [menu] = await it.sql<{ id: number }>(
      "select id from accounts where account_id = 'ph46170aa1'",
    )
    expect(await refused(place(sales, [menu!.id]))).toMatchObject({ code: 'accounts.not_found' })
  })
})

describe('members', () => {
  test('come last, or before another; order, coming and leaving are told', async () => {
    const group = await make('Order')
    await place(group, [line[0]!, line[1]!])
    await place(group, [line[2]!], line[1]!)
    expect(await ringing(group)).toBe('801 803 802')
    await place(group, [line[1]!], line[0]!)
    expect(await ringing(group)).toBe('802 801 803')
    await place(group, [line[1]!], line[0]!)
    await takeOut(group, [line[0]!, line[5]!])
    await takeOut(group, [line[0]!])
    expect(await ringing(group)).toBe('802 803')
    const id = (extension: string) => `ph46170x${extension}`
    expect((await told(group)).slice(1)).toMatchObject([
      { payload: { added: [id('801'), id('802')], order: [id('801'), id('802')] } },
      { payload: { added: [id('803')], order: [id('801'), id('803'), id('802')] } },
      {
        type: 'hunt_group.members_changed',
        action: 'hunt_group.members',
        before: { members: [id('801'), id('803'), id('802')] },
        after: { members: [id('802'), id('801'), id('803')] },
      },
      { payload: { removed: [id('801')] }, after: { members: [id('802'), id('803')] } },
    ])
  })

  test('that the provider has blocked stay where they are', async () => {
    const group = await make('Blocked')
    const account = await add('807')
    await place(group, [account, line[0]!])
    await it.as(people.admin, (ctx) =>
      blocks.blockFor(ctx, { customer: abc, accounts: [account], reason: 'Unpaid', key: key() }),
    )
    expect(await refused(takeOut(group, [account]))).toMatchObject({
      code: 'accounts.blocked_by_admin',
    })
    await place(group, [line[0]!], account)
    expect(await ringing(group)).toBe('801 807')
  })

  test('who end leave, and brought back have their places again, whatever moved meanwhile', async () => {
    const group = await make('Leavers')
    await place(group, line.slice(0, 4))
    await end([line[1]!, line[2]!])
    expect(await ringing(group)).toBe('801 804')
    expect(await refused(place(group, [line[1]!]))).toMatchObject({ code: 'accounts.wrong_state' })
    await place(group, [line[3]!], line[0]!)
    expect(await ringing(group)).toBe('804 801')
    await restore([line[1]!, line[2]!])
    expect(await ringing(group)).toBe('804 801 802 803')
  })

  test('are in the groups their drawer shows', async () => {
    const group = await make('Drawer')
    await place(group, [line[4]!])
    const shown = await it.as(people.adam, (ctx) =>
      groups.membershipsOf(ctx, { account: line[4]! }),
    )
    expect(shown.find((one) => one.group === group)).toMatchObject({ member: true, members: 1 })
    expect(shown.find((one) => one.group === sales)).toMatchObject({ member: false })
    expect(
      await refused(it.as(people.ten, (ctx) => groups.membershipsOf(ctx, { account: line[4]! }))),
    ).toMatchObject({ code: 'accounts.not_found' })
  })

  test('added by many at once, moved and ended: each in one place, none lost', async () => {
    const group = (await make('Rush')) as HuntGroupId
    const [a, b, c, d, e, f] = line.map((account) => [account])
    const acts = [
      () => place(group, line.slice(0, 3)),
      () => place(group, [...f!, ...d!], a![0]),
      () => takeOut(group, b!),
      () => it.as(people.adam, (ctx) => groups.addToGroups(ctx, [{ group, account: e![0]! }])),
      () => place(group, c!, d![0]),
      () => end(f!).then(() => restore(f!)),
    ]
    const { refusals } = await outcomes(Array.from({ length: 24 }, (_, n) => acts[n % 6]!()))
    for (const { code } of refusals) expect(code).toBe('accounts.wrong_state')
    expect(await verify((text) => it.sql(text))).toEqual([])
    await place(group, line)
    expect(await ringing(group)).toBe('801 802 803 804 805 806')
  })
})

describe('many at once', () => {
  test('come to the end of their groups in the order given; members keep their places', async () => {
    const [one, two] = [
      (await make('Bulk 1')) as HuntGroupId,
      (await make('Bulk 2')) as HuntGroupId,
    ]
    await place(one, [line[3]!])
    await it.as(people.adam, (ctx) =>
      groups.addToGroups(ctx, [
        { group: one, account: line[2]! },
        { group: two, account: line[2]! },
        { group: one, account: line[3]! },
        { group: one, account: line[0]! },
        { group: one, account: line[2]! },
      ]),
    )
    expect(await ringing(one)).toBe('804 803 801')
    expect(await ringing(two)).toBe('803')
    expect((await told(one)).slice(2)).toMatchObject([
      { payload: { added: ['ph46170x803', 'ph46170x801'] } },
    ])
  })

  test('none of them where one group is not their customer’s', async () => {
    const group = (await make('Mixed')) as HuntGroupId
    const [theirs] = await it.sql<{ id: AccountId }>(
      "select id from accounts where account_id = 'ph46171x101'",
    )
    const attempt = it.as(system('bulk'), (ctx) =>
      groups.addToGroups(ctx, [
        { group, account: line[0]! },
        { group, account: theirs!.id },
      ]),
    )
    expect(await refused(attempt)).toMatchObject({ code: 'pbx.group_not_found' })
    expect(await ringing(group)).toBe('')
  })
})

test('what is left breaks no promise', async () => {
  expect(await verify((text) => it.sql(text))).toEqual([])
})
