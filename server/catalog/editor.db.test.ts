import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import * as items from '#server/agreements/service.items.ts'
import { usualTerms, zAddProduct, zProductQuery } from '#server/catalog/schema.ts'
import * as editor from '#server/catalog/service.editor.ts'
import type { ProductId } from '#server/kernel/ids.ts'
import * as pbx from '#server/pbx/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase()

const blank = {
  description: '',
  role: 'main',
  accountKind: 'extension',
  newAccounts: 'active',
  currency: 'USD',
  activationFee: '0',
  periodicFee: '0',
  terms: usualTerms,
  services: [],
} as const
const add = (made: Partial<Parameters<typeof editor.addProduct>[1]> & { name: string }) =>
  it.as(people.admin, (ctx) =>
    editor.addProduct(ctx, { ...blank, services: [], key: randomUUID(), ...made }),
  )
const edit = (product: number, more: Record<string, unknown>, as: Actor = people.admin) =>
  it.as(as, async (ctx) => {
    const { product: row } = await editor.editorOf(ctx, { product })
    return editor.editProduct(ctx, {
      product,
      name: row.name,
      description: row.description,
      newAccounts: row.newAccounts,
      currency: 'USD',
      activationFee: row.activation,
      periodicFee: row.periodic,
      terms: row.terms,
      services: row.services,
      ...more,
    })
  })
const view = (product: number) =>
  it.as(people.admin, async (ctx) => (await editor.editorOf(ctx, { product })).product)
const list = (query = {}) =>
  it.as(people.admin, (ctx) => editor.products(ctx, zProductQuery.parse(query)))

describe('a product', () => {
  test('is put on sale with its fees and what it is made of, once a press', async () => {
    const key = randomUUID()
    const services = (await it.as(people.admin, editor.services)).slice(0, 2)
    const made = {
      name: 'Fax line',
      activationFee: '5',
      periodicFee: '2.5',
      services: services.map(({ service }) => service).sort((a, b) => a - b),
      key,
    }
    const { product } = await add(made)
    expect(await add(made)).toEqual({ product })
    expect(await view(product)).toMatchObject({
      name: 'Fax line',
      role: 'main',
      accountKind: 'extension',
      currency: 'USD',
      activation: '5.00000',
      periodic: '2.50000',
      terms: usualTerms,
      services: made.services,
      used: 0,
    })
    expect((await list({ search: 'fax' })).total).toBe(1)
    expect(
      await it.sql(
        "select action, actor from audit_rows where entity = 'product' and entity_id = $1",
        [String(product)],
      ),
    ).toEqual([{ action: 'product.add', actor: 'Pat Panda' }])
  })

  test('has a name of its own, whatever its case, also of two at once', async () => {
    expect(await refused(add({ name: 'CLOUD pbx' }))).toMatchObject({
      kind: 'conflict',
      code: 'catalog.name_taken',
      details: { name: 'CLOUD pbx' },
    })
    const { done } = await outcomes(
      Array.from({ length: 8 }, () => add({ name: 'Lift phone', periodicFee: '1' })),
    )
    expect(done).toBe(1)
    // Not even the name of a package.
    expect(
      await refused(add({ name: 'Up to 10 Cloud PBX phone lines for $30', periodicFee: '1' })),
    ).toMatchObject({ code: 'catalog.name_taken' })
  })

  test.each([
    ['-1', 'amount'],
    ['1e3', 'amount'],
    ['1,5', 'amount'],
    ['0.000001', 'amount'],
  ])('costs no %s', (periodicFee, fault) => {
    const parsed = zAddProduct.safeParse({ ...blank, name: 'x', periodicFee, key: randomUUID() })
    expect(parsed.error?.issues[0]?.message).toBe(fault)
  })

  test('made of what isn’t there is refused', async () => {
    expect(await refused(add({ name: 'Odd', services: [999] }))).toMatchObject({
      code: 'catalog.service_not_found',
    })
    expect((await list({ search: 'Odd' })).total).toBe(0)
  })

  test('is changed by the provider alone', async () => {
    const product = await productId(it, 'Bamboo Voice')
    for (const actor of [people.bamboo, people.adam]) {
      expect(await refused(edit(product, { name: 'Mine' }, actor))).toMatchObject({
        code: 'auth.not_allowed',
      })
    }
  })
})

describe('a new price', () => {
  const monthlyOf = async (accountId: string) =>
    (
      await it.sql<{ fee: string }>(
        `select s.periodic_fee::text as fee from customer_subscriptions c
           join accounts a on a.i_env = c.i_env and a.id = c.i_account
           join subscriptions s on s.i_env = c.i_env and s.id = c.i_subscription
          where a.account_id = $1`,
        [accountId],
      )
    ).map(({ fee }) => fee)
  const extension = (number: string, product: ProductId) =>
    it.as(people.adam, (ctx) =>
      pbx.addExtension(ctx, {
        extension: number,
        name: '',
        product,
        numbers: [],
        published: false,
        key: randomUUID(),
      }),
    )

  test('is for accounts made from now on; who has the old one keeps it', async () => {
    const product = await productId(it, 'Cloud PBX')
    expect(await monthlyOf('ph46170x4665')).toEqual(['10.00000'])
    await edit(product, { periodicFee: '12' })
    await extension('7001', product)
    expect(await monthlyOf('ph46170x4665')).toEqual(['10.00000'])
    expect(await monthlyOf('ph46170x7001')).toEqual(['12.00000'])

    const [told] = await it.sql(
      "select before->>'periodic' as before, after->>'periodic' as after from audit_rows where action = 'product.edit'",
    )
    expect(told).toEqual({ before: '10.00000', after: '12.00000' })
  })

  test('that is none: from now on the package pays', async () => {
    const product = await productId(it, 'Cloud PBX')
    await edit(product, { periodicFee: '0' })
    await extension('7002', product)
    expect(await monthlyOf('ph46170x7002')).toEqual([])
    await edit(product, { periodicFee: '10' })
    await extension('7003', product)
    expect(await monthlyOf('ph46170x7003')).toEqual(['10.00000'])
  })

  test('is not what a new name, or saving nothing, makes', async () => {
    const product = await productId(it, 'Cloud PBX')
    const count = async () =>
      (await it.sql<{ n: number }>('select count(*)::int as n from subscriptions'))[0]!.n
    const before = await count()
    await edit(product, {})
    await edit(product, { name: 'Cloud PBX seat' })
    expect(await count()).toBe(before)
    const [row] = await it.sql(
      'select name from subscriptions where name = $1 and replaced_at is null',
      ['Cloud PBX seat'],
    )
    expect(row).toBeDefined()
    await edit(product, { name: 'Cloud PBX' })
  })

  test('of two editors at once leaves one price on sale', async () => {
    const product = await productId(it, 'EasyCall')
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => edit(product, { periodicFee: String(20 + i) })),
    )
    const [row] = await it.sql(
      'select count(*)::int as n from product_subscriptions where i_product = $1',
      [product],
    )
    expect(row).toEqual({ n: 1 })
  })
})

test('an archived product can’t be given any more; put back on sale it can', async () => {
  const product = await productId(it, 'SuperCall')
  const archive = (archived: boolean) =>
    it.as(people.admin, (ctx) => editor.archiveProduct(ctx, { product, archived }))
  const addable = async () =>
    (await it.as(people.admin, (ctx) => items.ofCustomer(ctx, { customer: 46170 }))).addable.map(
      ({ name }) => name,
    )

  await archive(true)
  await archive(true)
  expect(await addable()).not.toContain('SuperCall')
  expect((await list({ search: 'SuperCall' })).total).toBe(0)
  expect((await list({ search: 'SuperCall', state: 'archived' })).rows).toMatchObject([
    { archived: true, used: 14 },
  ])
  await archive(false)
  expect(await addable()).toContain('SuperCall')
  const told = await it.sql(
    "select type from events where entity = 'product' and entity_id = $1 order by seq",
    [String(product)],
  )
  expect(told.map(({ type }) => type)).toEqual(['product.archived', 'product.sold_again'])
})

test('even a verb that forgets to ask changes nothing for a reseller', async () => {
  const product = await productId(it, 'SuperCall')
  const rename = it.as(people.bamboo, (ctx) =>
    ctx.db.$client.query("update products set name = 'Mine' where id = $1 returning id", [product]),
  )
  expect((await rename).rows).toEqual([])
})
