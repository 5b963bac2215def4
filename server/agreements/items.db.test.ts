import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as items from '#server/agreements/service.items.ts'
import * as agreements from '#server/agreements/service.ts'
import type { CustomerId, ProductId } from '#server/kernel/ids.ts'
import * as pbx from '#server/pbx/service.ts'
import { system } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 24 })
const [ten, five, bamboo, shop] = [46171, 46175, 46173, 46174]
const name = 'Cloud PBX up to 10 phone lines'
const ids: Record<string, ProductId> = {}

beforeAll(async () => {
  for (const each of [name, 'Call recording', 'Bamboo Voice', 'Cloud PBX', 'EasyCall']) {
    ids[each] = await productId(it, each)
  }
})

const set = (customer: number, product: string, quantity: number | null, as = people.admin) =>
  it.as(as, (ctx) => items.setItem(ctx, { customer, product: ids[product]!, quantity }))
const remove = (customer: number, product: string, as = people.admin) =>
  it.as(as, (ctx) => items.removeItem(ctx, { customer, product: ids[product]! }))
const row = async (customer: number, product: string) =>
  (
    await it.sql<{ used: number; quantity: number | null }>(
      'select used, quantity from agreement_items where i_customer = $1 and i_product = $2',
      [customer, ids[product]],
    )
  )[0]

describe('an administrator', () => {
  test('adds a product with a quantity, makes it unlimited, and takes it out again', async () => {
    await set(ten, 'Call recording', 2)
    expect(await row(ten, 'Call recording')).toEqual({ used: 0, quantity: 2 })
    await set(ten, 'Call recording', null)
    expect(await row(ten, 'Call recording')).toEqual({ used: 0, quantity: null })
    await remove(ten, 'Call recording')
    expect(await row(ten, 'Call recording')).toBeUndefined()

    const told = await it.sql(
      `select type, payload->>'quantity' as quantity from events
        where i_customer = $1 and type like 'agreement.item%' order by seq`,
      [ten],
    )
    expect(told).toEqual([
      { type: 'agreement.item_set', quantity: '2' },
      { type: 'agreement.item_set', quantity: null },
      { type: 'agreement.item_removed', quantity: null },
    ])
  })

  test('reads who changed it, from what to what, back to what the customer started with', async () => {
    const history = await it.as(people.admin, (ctx) => items.history(ctx, { customer: ten }))
    expect(
      history.map(({ actor, change, name, before, after }) => [actor, change, name, before, after]),
    ).toEqual([
      ['Pat Panda', 'removed', 'Call recording', null, undefined],
      ['Pat Panda', 'changed', 'Call recording', 2, null],
      ['Pat Panda', 'added', 'Call recording', undefined, 2],
      ['Panda Telecom', 'added', name, undefined, 10],
    ])
    const rows = await it.sql(
      `select distinct realm, on_behalf_of from audit_rows where action = 'agreement.set_item'`,
    )
    expect(rows).toEqual([{ realm: 'admin', on_behalf_of: 'Ten Lines Ltd' }])
  })

  test('is told how many are in use when the quantity would be below, and nothing changes', async () => {
    expect(await refused(set(ten, name, 2))).toMatchObject({
      kind: 'conflict',
      code: 'agreement.below_use',
      details: { product: name, used: 3, quantity: 2 },
    })
    expect(await row(ten, name)).toEqual({ used: 3, quantity: 10 })
    await set(ten, name, 3)
    await set(ten, name, 10)
  })

  test('can’t take out what is in use', async () => {
    expect(await refused(remove(ten, name))).toMatchObject({
      kind: 'conflict',
      code: 'agreement.in_use',
      details: { product: name, used: 3 },
    })
    expect(await row(ten, name)).toBeDefined()
    expect(await refused(remove(ten, 'EasyCall'))).toMatchObject({
      code: 'agreement.not_included',
    })
  })

  test('adds nothing that isn’t sold any more, or is paid in another currency', async () => {
    await it.sql('update products set archived_at = now() where id = $1', [ids.EasyCall])
    expect(await refused(set(ten, 'EasyCall', 1))).toMatchObject({
      code: 'catalog.product_not_found',
    })
    await it.sql('update products set archived_at = null where id = $1', [ids.EasyCall])

    await it.sql("update subscriptions set currency = 'EUR' where name = 'EasyCall'")
    expect(await refused(set(ten, 'EasyCall', 1))).toMatchObject({
      code: 'agreement.wrong_currency',
      details: { product: 'EasyCall', currency: 'USD' },
    })
    const { addable } = await it.as(people.admin, (ctx) => items.ofCustomer(ctx, { customer: ten }))
    expect(addable.map((each) => each.name)).not.toContain('EasyCall')
    await it.sql("update subscriptions set currency = 'USD' where name = 'EasyCall'")
  })

  test('still sets the quantity of what was archived: who has it keeps it', async () => {
    await it.sql('update products set archived_at = now() where id = $1', [ids[name]])
    await set(ten, name, 12)
    await set(ten, name, 10)
    await it.sql('update products set archived_at = null where id = $1', [ids[name]])
  })

  test('sees what is in it with use and price, and what could be added', async () => {
    const view = await it.as(people.admin, (ctx) => items.ofCustomer(ctx, { customer: five }))
    expect(view.items.map((item) => [item.name, item.role, item.used, item.quantity])).toEqual([
      ['Cloud PBX up to 5 phone lines', 'main', 2, 5],
      ['Call recording, in the package', 'addon', 0, 1],
    ])
    const names = view.addable.map((each) => each.name)
    expect(names).toContain('Cloud PBX')
    expect(names).not.toContain('Cloud PBX up to 5 phone lines')
  })
})

describe('a reseller', () => {
  test('sets the agreements of its own customers', async () => {
    await set(shop, 'Bamboo Voice', 5, people.bamboo)
    expect(await row(shop, 'Bamboo Voice')).toEqual({ used: 0, quantity: 5 })
    await remove(shop, 'Bamboo Voice', people.bamboo)
  })

  test.each([
    ['another’s', ten],
    ['its own', bamboo],
  ])('finds no customer where it is %s', async (_whose, customer) => {
    for (const attempt of [
      () => set(customer, 'Bamboo Voice', 5, people.bamboo),
      () => remove(customer, name, people.bamboo),
      () => it.as(people.bamboo, (ctx) => items.ofCustomer(ctx, { customer })),
      () => it.as(people.bamboo, (ctx) => items.history(ctx, { customer })),
    ]) {
      expect(await refused(attempt())).toMatchObject({
        kind: 'not_found',
        code: 'customers.not_found',
      })
    }
  })

  test('and a customer, can add nothing to their own agreement, whatever a verb forgets to ask', async () => {
    for (const [actor, customer] of [
      [people.bamboo, bamboo],
      [people.ten, ten],
    ] as const) {
      await expect(
        it.as(actor, (ctx) =>
          agreements.grant(ctx, customer as CustomerId, [
            { product: ids['Cloud PBX']!, quantity: null },
          ]),
        ),
      ).rejects.toThrow('row-level security')
    }
  })
})

describe('while an administrator lowers the quantity', () => {
  beforeEach(async () => {
    await set(ten, name, 10)
  })

  const used = async () => (await row(ten, name))!.used
  const take = (n: number) =>
    it.as(system('test'), (ctx) =>
      agreements.take(ctx, { customer: ten as CustomerId, product: ids[name]!, n }),
    )
  const giveBack = (n: number) =>
    it.as(system('test'), (ctx) =>
      agreements.giveBack(ctx, { customer: ten as CustomerId, product: ids[name]!, n }),
    )

  test('30 rounds of 48 who take and give back: never over, and every refusal says how it was', async () => {
    for (let round = 0; round < 30; round++) {
      await set(ten, name, 10)
      let [taken, given] = [0, 0]
      const works = Array.from({ length: 48 }, async (_, i) => {
        if (i % 6 === 5) return set(ten, name, 3 + ((i + round) % 8))
        await take(1)
        taken++
        if (i % 3 !== 0) return
        await giveBack(1)
        given++
      })
      const { refusals } = await outcomes(works)

      const now = (await row(ten, name))!
      expect(now.used).toBeLessThanOrEqual(now.quantity!)
      expect(now.used).toBe(3 + taken - given)
      for (const { code, details } of refusals) {
        const { product, limit, used, quantity } = details
        expect(product).toBe(name)
        if (code === 'agreement.below_use') expect(Number(used)).toBeGreaterThan(Number(quantity))
        if (code === 'agreement.quantity_exceeded') {
          expect(Number(used) + 1).toBeGreaterThan(Number(limit))
        }
        expect(['agreement.below_use', 'agreement.quantity_exceeded']).toContain(code)
      }
      await set(ten, name, 10)
      if (taken > given) await giveBack(taken - given)
    }
    expect(await used()).toBe(3)
  })

  test('48 who add extensions while it goes down to 5: as many exist as are counted, never more than agreed', async () => {
    const works = Array.from({ length: 48 }, (_, i) =>
      i === 10
        ? set(ten, name, 5)
        : it.as(people.ten, (ctx) =>
            pbx.addExtension(ctx, {
              extension: String(300 + i),
              name: '',
              product: ids[name]!,
              numbers: [],
              published: false,
              key: randomUUID(),
            }),
          ),
    )
    await outcomes(works)
    const now = (await row(ten, name))!
    const [counted] = await it.sql<{ n: number }>(
      `select count(*)::int as n from accounts
        where i_customer = $1 and i_product = $2 and status <> 'terminated'`,
      [ten, ids[name]],
    )
    expect(counted!.n).toBe(now.used)
    expect(now.used).toBeLessThanOrEqual(now.quantity!)
    expect([5, 10]).toContain(now.used)
  })
})
