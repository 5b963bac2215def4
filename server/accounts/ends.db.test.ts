import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as ends from '#server/accounts/service.ends.ts'
import * as auth from '#server/auth/service.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import * as lines from '#server/pbx/service.lines.ts'
import * as pbx from '#server/pbx/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()
const product: Record<string, ProductId> = {}
let john: AccountId

beforeAll(async () => {
  for (const name of ['Cloud PBX', 'Call recording']) product[name] = await productId(it, name)
  const [row] = await it.sql<{ id: AccountId }>(
    "select id from accounts where account_id = 'ph46170x4665'",
  )
  john = row!.id
})
beforeEach(() => it.clock.set('2026-11-21T12:00:00Z'))

let next = 200
const add = async (numbers: string[] = []) =>
  (
    await it.as(people.adam, (ctx) =>
      pbx.addExtension(ctx, {
        extension: String(next++),
        name: 'Somebody',
        product: product['Cloud PBX']!,
        numbers,
        published: false,
        key: randomUUID(),
      }),
    )
  ).account
const remove = (accounts: number[], key: string = randomUUID(), who: Actor = people.adam) =>
  it.as(who, (ctx) => lines.removeExtensions(ctx, { accounts, key }))
const bringBack = (accounts: number[], who: Actor = people.adam) =>
  it.as(who, (ctx) => lines.restoreExtensions(ctx, { accounts, key: randomUUID() }))
const blockedByProvider = (account: number) =>
  it.as(people.admin, (ctx) =>
    blocks.blockFor(ctx, { customer: 46170, accounts: [account], reason: '', key: randomUUID() }),
  )

const stateOf = async (account: number) =>
  (
    await it.sql(
      `select a.status, a.blocked_by, e.live,
              array(select alias from account_aliases l where l.i_account = a.id order by 1) as aliases,
              array(select number from numbers n where n.i_account = a.id order by 1) as numbers,
              (select count(*)::int from customer_subscriptions s
                where s.i_account = a.id and s.ended_on is null) as running
         from accounts a join extensions e on e.i_account = a.id where a.id = $1`,
      [account],
    )
  )[0]!
const used = async (customer: number, of: ProductId) =>
  (
    await it.sql<{ used: number }>(
      'select used from agreement_items where i_customer = $1 and i_product = $2',
      [customer, of],
    )
  )[0]!.used
const toldOf = async (account: number) =>
  (
    await it.sql<{ type: string }>(
      "select type from events where entity = 'account' and entity_id = $1 order by seq",
      [account],
    )
  ).map((row) => row.type)
const audited = (account: number) =>
  it.sql(
    `select action, before, after from audit_rows
      where entity = 'account' and entity_id = $1 and action <> 'account.create' order by id`,
    [account],
  )
const broken = async () => (await verify((text) => it.sql(text))).map((found) => found.sentence)

describe('the end of an extension', () => {
  test('frees its place and its numbers, ends its subscriptions, and is told once', async () => {
    const before = await used(46170, product['Cloud PBX']!)
    const account = await add(['12094555960', '12094555961'])
    expect(await used(46170, product['Cloud PBX']!)).toBe(before + 1)

    // Four in the morning of the 22nd in UTC is the evening of the 21st in Los Angeles.
    it.clock.set('2026-11-22T04:00:00Z')
    expect(await remove([account])).toEqual([
      {
        account,
        accountId: expect.stringMatching(/^ph46170x/),
        name: 'Somebody',
        product: 'Cloud PBX',
        numbers: ['12094555960', '12094555961'],
      },
    ])
    expect(await stateOf(account)).toEqual({
      status: 'terminated',
      blocked_by: null,
      live: false,
      aliases: [],
      numbers: [],
      running: 0,
    })
    expect(await used(46170, product['Cloud PBX']!)).toBe(before)
    expect(
      await it.sql('select i_customer, i_account from numbers where number = any($1)', [
        ['12094555960', '12094555961'],
      ]),
    ).toEqual([
      { i_customer: 46170, i_account: null },
      { i_customer: 46170, i_account: null },
    ])
    expect(
      await it.sql('select ended_on::text from customer_subscriptions where i_account = $1', [
        account,
      ]),
    ).toEqual([{ ended_on: '2026-11-21' }])
    expect((await toldOf(account)).slice(-4)).toEqual([
      'account.alias_removed',
      'account.alias_removed',
      'account.terminated',
      'subscription.ended',
    ])
    expect(await audited(account)).toMatchObject([
      {
        action: 'account.terminate',
        before: { status: 'active', numbers: ['12094555960', '12094555961'] },
        after: { status: 'terminated' },
      },
    ])
    expect(await broken()).toEqual([])
  })

  test('shuts its user out at once, and lets nobody in who was out before', async () => {
    const { token } = await auth.signIn(it.edge(), {
      login: 'demo-john',
      password: 'demo-john-2026',
    })
    const here = { ...it.edge(), ip: '127.0.0.1' }
    expect(await auth.whoHolds(here, token)).toBeDefined()
    await remove([john])
    expect(await auth.whoHolds(here, token)).toBeUndefined()
    await bringBack([john])
    expect(await auth.whoHolds(here, token)).toBeDefined()

    await it.sql("update users set status = 'disabled' where login = 'demo-john'")
    await remove([john])
    await bringBack([john])
    expect(await auth.whoHolds(here, token)).toBeUndefined()
    await it.sql("update users set status = 'active' where login = 'demo-john'")
  })

  test('of many at once is all or nothing, in one set of statements', async () => {
    const accounts = [await add(['12094555962']), await add(), await add()]
    await blockedByProvider(accounts[1]!)
    const refusal = await refused(remove(accounts))
    expect(refusal).toMatchObject({
      kind: 'conflict',
      code: 'accounts.blocked_by_admin',
      details: { others: 0 },
    })
    expect((await stateOf(accounts[0]!)).status).toBe('active')

    await it.as(people.admin, (ctx) =>
      blocks.unblockFor(ctx, { customer: 46170, accounts: [accounts[1]!], key: randomUUID() }),
    )
    expect(await remove(accounts)).toHaveLength(3)
    expect(await broken()).toEqual([])
  })

  test('pressed twice is the same end, and another press finds nothing to end', async () => {
    const account = await add()
    const key = randomUUID()
    const [one, two] = await Promise.all([remove([account], key), remove([account], key)])
    expect(two).toEqual(one)
    expect(await toldOf(account)).toHaveLength(5)
    expect(await refused(remove([account]))).toMatchObject({
      code: 'accounts.wrong_state',
      details: { status: 'terminated' },
    })
  })

  test('of another customer’s is not there, nor is that of a menu', async () => {
    const account = await add()
    expect(await refused(remove([account], undefined, people.ten))).toMatchObject({
      code: 'accounts.not_found',
    })
    const [menu] = await it.sql<{ id: number }>(
      "select id from accounts where account_id = 'ph46170aa1'",
    )
    expect(await refused(remove([menu!.id]))).toMatchObject({ code: 'accounts.not_found' })
    const elsewhere = it.as(people.admin, (ctx) =>
      ends.endMany(ctx, [account as AccountId], { of: 46171 as CustomerId }),
    )
    expect(await refused(elsewhere)).toMatchObject({ code: 'accounts.not_found' })
  })

  test('by the provider says why, and is possible for what the provider has blocked', async () => {
    const account = (await add()) as AccountId
    await blockedByProvider(account)
    await it.as(people.admin, (ctx) => ends.endMany(ctx, [account], { reason: 'Fraud' }))
    expect((await audited(account)).at(-1)).toMatchObject({ after: { reason: 'Fraud' } })
    // What it was blocked by comes back with it.
    await it.as(people.admin, (ctx) => ends.restore(ctx, [account]))
    expect(await stateOf(account)).toMatchObject({ status: 'blocked', blocked_by: 'admin' })
    expect(await broken()).toEqual([])
  })
})

describe('the end undone', () => {
  test('is the same account as it was: name, numbers, place, subscriptions', async () => {
    const account = await add(['12094555963'])
    const before = [await stateOf(account), await used(46170, product['Cloud PBX']!)]
    await remove([account])
    it.clock.set('2026-11-21T12:09:59Z')
    await bringBack([account])
    expect([await stateOf(account), await used(46170, product['Cloud PBX']!)]).toEqual(before)
    expect((await toldOf(account)).slice(-3)).toEqual([
      'account.alias_added',
      'account.restored',
      'subscription.resumed',
    ])
    expect((await audited(account)).map((row) => row.action)).toEqual([
      'account.terminate',
      'account.restore',
    ])
    expect(await broken()).toEqual([])
  })

  test('is possible for ten minutes', async () => {
    const account = await add()
    await remove([account])
    it.clock.set('2026-11-21T12:10:01Z')
    expect(await refused(bringBack([account]))).toMatchObject({
      kind: 'gone',
      code: 'accounts.restore_lapsed',
    })
  })

  test('is refused when its extension has been given to somebody else', async () => {
    const account = await add()
    await remove([account])
    next--
    await add()
    expect(await refused(bringBack([account]))).toMatchObject({ code: 'accounts.restore_taken' })
    expect((await stateOf(account)).live).toBe(false)
  })

  test('is refused when another extension has its number by now, under another name', async () => {
    const account = await add()
    const other = await add()
    await remove([account])
    await it.as(people.adam, (ctx) =>
      lines.editExtension(ctx, { account: other, extension: String(next - 2) }),
    )
    expect(await refused(bringBack([account]))).toMatchObject({ code: 'accounts.restore_taken' })
  })

  test('is refused when a number of its was put elsewhere', async () => {
    const account = await add(['12094555964'])
    await remove([account])
    await add(['12094555964'])
    expect(await refused(bringBack([account]))).toMatchObject({
      code: 'numbers.not_available',
      details: { numbers: ['12094555964'] },
    })
    expect((await stateOf(account)).status).toBe('terminated')
  })

  test('is refused when its place is taken', async () => {
    const account = await add()
    await remove([account])
    const cloud = product['Cloud PBX']!
    await it.sql(
      'update agreement_items set quantity = used where i_customer = 46170 and i_product = $1',
      [cloud],
    )
    expect(await refused(bringBack([account]))).toMatchObject({
      code: 'agreement.quantity_exceeded',
    })
    await it.sql('update agreement_items set quantity = null where i_customer = 46170')
    await bringBack([account])
    expect(await broken()).toEqual([])
  })

  test('of one that lives is refused', async () => {
    expect(await refused(bringBack([await add()]))).toMatchObject({ code: 'accounts.wrong_state' })
  })
})
