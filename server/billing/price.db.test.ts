import { expect, test } from 'vitest'
import { addAddonToMine } from '#server/accounts/service.products.ts'
import * as agreements from '#server/agreements/service.ts'
import * as previews from '#server/billing/service.preview.ts'
import { addExtension } from '#server/pbx/service.ts'
import { people, testDatabase } from '#server/testing/database.ts'

const it = testDatabase()
const { adam } = people

const productOf = async (name: string) =>
  (await it.sql<{ id: number }>('select id from products where name = $1', [name]))[0]!.id
const add = (product: number, n = 1) => ({ add: [{ product, n }], remove: [] })
const john = async () =>
  (await it.sql<{ id: number }>("select id from accounts where account_id = 'ph46170x4665'"))[0]!.id

test('what was said of an extension is what the next invoice gains by it', async () => {
  it.clock.set('2026-11-21T20:00:00Z')
  const product = await productOf('Cloud PBX')
  const said = await it.as(adam, (ctx) => previews.preview(ctx, add(product)))
  expect(said).toMatchObject({
    monthly: '10.00000',
    untilInvoice: '3.33333',
    days: { from: '2026-11-21', until: '2026-12-01' },
    onInvoice: '13.33333',
    invoiceOn: '2026-12-01',
  })

  const before = await it.as(adam, previews.upcoming)
  await it.as(adam, (ctx) =>
    addExtension(ctx, {
      extension: '4801',
      name: 'New Hire',
      product,
      numbers: [],
      published: false,
      key: crypto.randomUUID(),
    }),
  )
  const after = await it.as(adam, previews.upcoming)
  expect([before.net, after.net]).toEqual(['21.33000', '34.67000'])
  expect(after.lines.filter(({ line }) => line === '4801')).toHaveLength(2)
})

test('another main product settles by days, both ways, whatever else the line has', async () => {
  const [pbx, attendant] = [await productOf('Cloud PBX'), await productOf('Auto attendant')]
  const lines = [await john()]
  const recording = await productOf('Call recording')
  await it.as(adam, (ctx) =>
    addAddonToMine(ctx, { accounts: lines, product: recording, key: crypto.randomUUID() }),
  )
  const price = await it.as(adam, (ctx) =>
    previews.preview(ctx, {
      add: [{ product: attendant, n: 1 }],
      remove: [{ accounts: lines, product: 'main' }],
    }),
  )
  // $6 instead of $10: ten days of November’s thirty, and December.
  expect(price).toMatchObject({
    monthly: '-4.00000',
    untilInvoice: '-1.33333',
    onInvoice: '-5.33333',
    days: { from: '2026-11-21', until: '2026-12-01' },
  })
  const same = await it.as(adam, (ctx) =>
    previews.preview(ctx, {
      add: [{ product: pbx, n: 1 }],
      remove: [{ accounts: lines, product: 'main' }],
    }),
  )
  expect(same).toMatchObject({ monthly: '0.00000', onInvoice: '0.00000' })
})

test('a plan of three months says so, and is compared by the month', async () => {
  const product = await productOf('Auto attendant')
  await it.sql(
    `update subscriptions set period_count = 3 where id in
       (select i_subscription from product_subscriptions where i_product = $1)`,
    [product],
  )
  const price = await it.as(adam, (ctx) => previews.preview(ctx, add(product)))
  expect(price).toMatchObject({ monthly: '2.00000', average: true })
  const places = await it.as(adam, agreements.mine)
  expect(places.find((place) => place.product === product)).toMatchObject({
    periodic: '6.00000',
    terms: { period: 'month', periodCount: 3 },
  })
})

test('what waits for approval says so', async () => {
  const product = await productOf('Cloud PBX')
  await it.sql("update products set new_accounts = 'inactive' where id = $1", [product])
  const price = await it.as(adam, (ctx) => previews.preview(ctx, add(product)))
  expect(price.waits).toBe(true)
})
