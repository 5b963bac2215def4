import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import { zActivityQuery } from '#server/activity/schema.ts'
import * as activity from '#server/activity/service.ts'
import type { AccountId, ProductId } from '#server/kernel/ids.ts'
import type { EditExtension } from '#server/pbx/schema.ts'
import { zEditExtension } from '#server/pbx/schema.ts'
import * as lines from '#server/pbx/service.lines.ts'
import * as list from '#server/pbx/service.list.ts'
import * as pbx from '#server/pbx/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 12 })
let cloud: ProductId
let john: AccountId

beforeAll(async () => {
  cloud = await productId(it, 'Cloud PBX')
  const [row] = await it.sql<{ id: AccountId }>(
    "select id from accounts where account_id = 'ph46170x4665'",
  )
  john = row!.id
})

const edit = (account: number, patch: Omit<EditExtension, 'account'>, who: Actor = people.adam) =>
  it.as(who, (ctx) => lines.editExtension(ctx, { account, ...patch }))
const add = async (extension: string, numbers: string[] = []) =>
  (
    await it.as(people.adam, (ctx) =>
      pbx.addExtension(ctx, {
        extension,
        name: 'Somebody',
        product: cloud,
        numbers,
        published: false,
        key: randomUUID(),
      }),
    )
  ).account
const rowOf = async (account: number) =>
  (
    await it.sql(
      `select a.account_id, a.name, a.email, a.time_zone, e.extension, e.published,
              array(select alias from account_aliases l where l.i_account = a.id order by 1) as numbers
         from accounts a join extensions e on e.i_account = a.id where a.id = $1`,
      [account],
    )
  )[0]!
const lastAudited = async (account: number) =>
  (
    await it.sql(
      "select action, actor, before, after from audit_rows where entity = 'account' and entity_id = $1 order by id desc limit 1",
      [account],
    )
  )[0]
const count = async (table: 'events' | 'audit_rows', account: number) =>
  (
    await it.sql<{ n: number }>(
      `select count(*)::int as n from ${table} where entity = 'account' and entity_id = $1`,
      [account],
    )
  )[0]!.n

describe('another number', () => {
  test('shows everywhere at once, and the account keeps its name', async () => {
    await edit(john, { extension: '4700' })
    expect(await rowOf(john)).toMatchObject({ account_id: 'ph46170x4665', extension: '4700' })
    expect(
      await it.as(people.adam, (ctx) => list.extension(ctx, { extension: '4700' })),
    ).toMatchObject({ extension: '4700', accountId: 'ph46170x4665' })
    expect(await lastAudited(john)).toEqual({
      action: 'account.edit',
      actor: 'Adam Abbott',
      before: { id: 'ph46170x4665', extension: '4665' },
      after: { id: 'ph46170x4665', extension: '4700' },
    })
  })

  test('leaves the old one to nobody else while the account is called after it', async () => {
    expect(await refused(add('4665'))).toMatchObject({
      kind: 'conflict',
      code: 'pbx.extension_name_kept',
      details: { extension: '4665', now: '4700', accountId: 'ph46170x4665' },
    })
    const { suggested } = await it.as(people.adam, (ctx) => pbx.extensionOptions(ctx))
    expect(suggested).toBe('4701')
    await edit(john, { extension: '4665' })
    expect(await rowOf(john)).toMatchObject({ extension: '4665' })
    expect(await it.sql('select named_after from extensions where i_account = $1', [john])).toEqual(
      [{ named_after: null }],
    )
  })

  test('that somebody has is refused by what was typed', async () => {
    await add('301')
    expect(await refused(edit(john, { extension: '301' }))).toMatchObject({
      kind: 'conflict',
      code: 'pbx.extension_taken',
      details: { extension: '301' },
    })
  })

  test('wanted by ten at once is one’s', async () => {
    const ten = []
    for (let n = 0; n < 10; n++) ten.push(await add(`40${n}`))
    const { done, refusals } = await outcomes(
      ten.map((account) => edit(account, { extension: '999' })),
    )
    expect(done).toBe(1)
    expect(new Set(refusals.map((refusal) => refusal.code))).toEqual(
      new Set(['pbx.extension_taken']),
    )
  })
})

describe('what else can be changed', () => {
  test('name, e-mail, time zone and listing, each by itself; the rest stays', async () => {
    const account = await add('500')
    await edit(account, { name: 'Mia', email: 'mia@abc.example', timeZone: 'Europe/Madrid' })
    await edit(account, { published: true })
    expect(await rowOf(account)).toMatchObject({
      name: 'Mia',
      email: 'mia@abc.example',
      time_zone: 'Europe/Madrid',
      published: true,
      extension: '500',
    })
    expect(await lastAudited(account)).toMatchObject({
      before: { published: false },
      after: { published: true },
    })
    await edit(account, { email: '' })
    expect((await rowOf(account)).email).toBeNull()
  })

  test('saved without a change is no event and no audit row', async () => {
    const account = await add('501')
    const before = [await count('events', account), await count('audit_rows', account)]
    await edit(account, { name: 'Somebody', extension: '501', published: false, numbers: [] })
    expect([await count('events', account), await count('audit_rows', account)]).toEqual(before)
  })

  test.each([
    ['a zone that isn’t one', { timeZone: 'Mars/Olympus' }],
    ['an address that isn’t one', { email: 'mia@' }],
    ['letters for a number', { extension: '12a' }],
    ['a field nobody knows', { status: 'active' }],
  ])('%s is not taken', (_what, patch) => {
    expect(zEditExtension.safeParse({ account: 1, ...patch }).success).toBe(false)
  })

  test('not what is another’s, blocked by the provider, or gone', async () => {
    const account = await add('502')
    expect(await refused(edit(account, { name: 'x' }, people.ten))).toMatchObject({
      kind: 'not_found',
      code: 'accounts.not_found',
    })
    await it.sql("update accounts set status = 'blocked', blocked_by = 'admin' where id = $1", [
      account,
    ])
    expect(await refused(edit(account, { name: 'x' }))).toMatchObject({
      code: 'accounts.blocked_by_admin',
      details: { accountId: 'ph46170x502' },
    })
    await it.sql("update accounts set blocked_by = 'customer' where id = $1", [account])
    await edit(account, { name: 'My own block' })

    await it.as(people.adam, (ctx) =>
      lines.removeExtensions(ctx, { accounts: [account], key: randomUUID() }),
    )
    expect(await refused(edit(account, { name: 'x' }))).toMatchObject({
      code: 'accounts.wrong_state',
      details: { status: 'terminated', move: 'edit' },
    })
  })
})

describe('its DID numbers', () => {
  test('come from the own pool and go back to it', async () => {
    const account = await add('600', ['12094555960', '12094555961'])
    await edit(account, { numbers: ['12094555961', '12094555962'] })
    expect((await rowOf(account)).numbers).toEqual(['12094555961', '12094555962'])
    expect(
      await it.sql(
        "select number, i_customer, i_account from numbers where number between '12094555960' and '12094555962' order by 1",
      ),
    ).toEqual([
      { number: '12094555960', i_customer: 46170, i_account: null },
      { number: '12094555961', i_customer: 46170, i_account: account },
      { number: '12094555962', i_customer: 46170, i_account: account },
    ])
    expect(await lastAudited(account)).toMatchObject({
      before: { numbers: ['12094555960', '12094555961'] },
      after: { numbers: ['12094555961', '12094555962'] },
    })
  })

  test('that are not mine, or in use, change nothing', async () => {
    const account = await add('601', ['12094555963'])
    for (const number of ['12065557105', '12094555949', '15005550006']) {
      expect(await refused(edit(account, { name: 'x', numbers: [number] }))).toMatchObject({
        code: 'numbers.not_available',
        details: { numbers: [number] },
      })
    }
    expect(await rowOf(account)).toMatchObject({ name: 'Somebody', numbers: ['12094555963'] })
  })

  test('wanted by ten at once are one’s', async () => {
    const ten = []
    for (let n = 0; n < 10; n++) ten.push(await add(`70${n}`))
    const { done } = await outcomes(
      ten.map((account) => edit(account, { numbers: ['12094555970', '12094555971'] })),
    )
    expect(done).toBe(1)
  })
})

test('what was done to an extension is told to its customer, newest first, and to no other', async () => {
  const account = (await add('900')) as AccountId
  await edit(account, { name: 'Mia' })
  const about = { entity: 'account', entityId: String(account) }
  const told = (who: Actor) =>
    it.as(who, (ctx) => activity.mine(ctx, zActivityQuery.parse({ about })))
  expect((await told(people.adam)).rows).toMatchObject([
    { action: 'account.edit', actor: 'Adam Abbott', after: { name: 'Mia' } },
    { action: 'account.create', after: { id: 'ph46170x900' } },
  ])
  expect((await told(people.ten)).rows).toEqual([])
})

test('after all of that every promise holds', async () => {
  expect(await verify((text) => it.sql(text))).toEqual([])
})
