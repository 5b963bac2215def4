import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as products from '#server/accounts/service.products.ts'
import type { ProductId } from '#server/kernel/ids.ts'
import * as pbx from '#server/pbx/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()
const product: Record<string, ProductId> = {}

beforeAll(async () => {
  for (const name of [
    'Cloud PBX',
    'Cloud PBX line',
    'Auto attendant',
    'Call recording',
    'EasyCall',
    'Cloud PBX up to 5 phone lines',
    'Call recording, in the package',
  ]) {
    product[name] = await productId(it, name)
  }
  // ABC may have five of a second main product.
  await it.sql(
    'insert into agreement_items (i_env, i_customer, i_product, quantity, used) values (1, 46170, $1, 5, 0)',
    [product['Cloud PBX line']],
  )
})

let next = 300
const add = async (who: Actor = people.adam, of = 'Cloud PBX') =>
  (
    await it.as(who, (ctx) =>
      pbx.addExtension(ctx, {
        extension: String(next++),
        name: 'Somebody',
        product: product[of]!,
        numbers: [],
        published: false,
        key: randomUUID(),
      }),
    )
  ).account
const door =
  (verb: typeof products.changeProductOfMine) =>
  (accounts: number[], name: string, who: Actor = people.adam) =>
    it.as(who, (ctx) => verb(ctx, { accounts, product: product[name]!, key: randomUUID() }))
const change = door(products.changeProductOfMine)
const addTo = door(products.addAddonToMine)
const takeFrom = door(products.removeAddonFromMine)

const used = async (customer: number, name: string) =>
  (
    await it.sql<{ used: number }>(
      'select used from agreement_items where i_customer = $1 and i_product = $2',
      [customer, product[name]],
    )
  )[0]!.used
const running = (account: number) =>
  it.sql(
    `select s.name, c.started_on::text, c.ended_on::text from customer_subscriptions c
       join subscriptions s on s.id = c.i_subscription
      where c.i_account = $1 order by c.id`,
    [account],
  )
const lastTold = async (account: number) =>
  (
    await it.sql(
      "select type, payload from events where entity = 'account' and entity_id = $1 order by seq desc limit 1",
      [account],
    )
  )[0]
const lastAudited = async (account: number) =>
  (
    await it.sql(
      "select action, before, after from audit_rows where entity = 'account' and entity_id = $1 order by id desc limit 1",
      [account],
    )
  )[0]

describe('another main product', () => {
  test('takes a place and gives one back; the old subscription ends on the day the new one starts', async () => {
    const account = await add()
    const before = [await used(46170, 'Cloud PBX'), await used(46170, 'Cloud PBX line')]
    it.clock.set('2026-11-25T12:00:00Z')
    expect(await change([account], 'Cloud PBX line')).toEqual({ changed: 1 })
    expect([await used(46170, 'Cloud PBX'), await used(46170, 'Cloud PBX line')]).toEqual([
      before[0]! - 1,
      before[1]! + 1,
    ])
    expect(await running(account)).toEqual([
      { name: 'Cloud PBX', started_on: '2026-11-21', ended_on: '2026-11-25' },
      { name: 'Cloud PBX line', started_on: '2026-11-25', ended_on: null },
    ])
    expect(await lastTold(account)).toMatchObject({
      type: 'account.product_changed',
      payload: { from: 'Cloud PBX', to: 'Cloud PBX line' },
    })
    expect(await lastAudited(account)).toMatchObject({
      action: 'account.change_product',
      before: { product: 'Cloud PBX' },
      after: { product: 'Cloud PBX line' },
    })
    it.clock.set('2026-11-21T12:00:00Z')
  })

  test('for more lines than places is refused as a whole, with how many are asked', async () => {
    const lines = [await add(), await add(), await add(), await add(), await add()]
    expect(await refused(change(lines, 'Cloud PBX line'))).toMatchObject({
      kind: 'conflict',
      code: 'agreement.quantity_exceeded',
      details: { product: 'Cloud PBX line', limit: 5, used: 1, asked: 5 },
    })
    expect(await used(46170, 'Cloud PBX line')).toBe(1)
    expect(await change(lines.slice(0, 4), 'Cloud PBX line')).toEqual({ changed: 4 })
    // Those that have it already are no matter: none is asked for.
    expect(await change(lines.slice(0, 4), 'Cloud PBX line')).toEqual({ changed: 0 })
  })

  test.each([
    ['of a menu', 'Auto attendant', 'accounts.wrong_product'],
    ['that is an add-on', 'Call recording', 'accounts.wrong_product'],
    ['that was not agreed on', 'Cloud PBX up to 5 phone lines', 'agreement.not_included'],
  ])('%s is refused by name', async (_what, name, code) => {
    expect(await refused(change([await add()], name))).toMatchObject({
      code,
      details: { product: name },
    })
  })
})

describe('an add-on', () => {
  test('takes a place, starts its subscription, and can be given back', async () => {
    const account = await add()
    const before = await used(46170, 'Call recording')
    expect(await addTo([account], 'Call recording')).toEqual({ changed: 1 })
    expect(await used(46170, 'Call recording')).toBe(before + 1)
    expect((await running(account)).map((row) => row.name)).toEqual(['Cloud PBX', 'Call recording'])
    expect(await lastAudited(account)).toMatchObject({
      action: 'account.add_addon',
      after: { addon: 'Call recording' },
    })

    expect(await refused(addTo([account], 'Call recording'))).toMatchObject({
      code: 'accounts.product_there',
      details: { product: 'Call recording' },
    })
    expect(await takeFrom([account], 'Call recording')).toEqual({ changed: 1 })
    expect(await used(46170, 'Call recording')).toBe(before)
    expect((await running(account)).at(-1)).toMatchObject({ ended_on: '2026-11-21' })
    expect(await refused(takeFrom([account], 'Call recording'))).toMatchObject({
      code: 'accounts.addon_not_there',
    })
  })

  test('beyond the agreement is refused with what is in use', async () => {
    const account = await add(people.five, 'Cloud PBX up to 5 phone lines')
    await it.sql(
      'update agreement_items set quantity = used where i_customer = 46175 and i_product = $1',
      [product['Call recording, in the package']],
    )
    expect(
      await refused(addTo([account], 'Call recording, in the package', people.five)),
    ).toMatchObject({ code: 'agreement.quantity_exceeded' })
  })

  test('of several lines is for those that have it not, all or none', async () => {
    const lines = [await add(), await add(), await add()]
    await addTo([lines[1]!], 'Call recording')
    expect(await addTo(lines, 'Call recording')).toEqual({ changed: 2 })
    expect(await takeFrom(lines, 'Call recording')).toEqual({ changed: 3 })
  })

  test('is not for a menu, and a main product is no add-on', async () => {
    const [menu] = await it.sql<{ id: number }>(
      "select id from accounts where account_id = 'ph46170aa1'",
    )
    expect(await refused(addTo([menu!.id], 'Call recording'))).toMatchObject({
      code: 'accounts.wrong_product',
    })
    expect(await refused(addTo([await add()], 'Cloud PBX line'))).toMatchObject({
      kind: 'invalid',
      code: 'accounts.wrong_product',
    })
  })
})

test('what the provider has blocked its customer can’t touch in any way', async () => {
  const account = await add()
  await it.as(people.admin, (ctx) =>
    blocks.blockFor(ctx, { customer: 46170, accounts: [account], reason: '', key: randomUUID() }),
  )
  for (const attempt of [
    () => change([account], 'Cloud PBX line'),
    () => addTo([account], 'Call recording'),
    () => takeFrom([account], 'Call recording'),
  ]) {
    expect(await refused(attempt())).toMatchObject({
      kind: 'conflict',
      code: 'accounts.blocked_by_admin',
    })
  }
})

test('after all of that every promise holds', async () => {
  expect(await verify((text) => it.sql(text))).toEqual([])
})
