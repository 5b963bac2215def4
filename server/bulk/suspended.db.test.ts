import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as approvals from '#server/accounts/service.approvals.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as products from '#server/accounts/service.products.ts'
import * as sims from '#server/accounts/service.sims.ts'
import * as orders from '#server/bulk/service.orders.ts'
import * as bulk from '#server/bulk/service.ts'
import { workDue } from '#server/bulk/service.work.ts'
import type { CustomerId, ProductId } from '#server/kernel/ids.ts'
import * as lines from '#server/pbx/service.lines.ts'
import * as pbx from '#server/pbx/service.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

// Every door is asked, where all of them can be reached from.

const it = testDatabase()
const { adam, meter, ten, admin } = people
const product: Record<string, ProductId> = {}

beforeAll(async () => {
  for (const name of ['Cloud PBX', 'Auto attendant', 'Call recording', 'IoT SIM']) {
    product[name] = await productId(it, name)
  }
})
beforeEach(() =>
  it.sql(`update customers set status = 'active', suspended_for = null, suspended_at = null`),
)

const suspend = (reason = 'overdue') =>
  it.sql(`update customers set status = 'suspended', suspended_for = $1, suspended_at = now()`, [
    reason,
  ])
const key = () => randomUUID()

let next = 600
const addLine = (who: Actor = adam) =>
  it.as(who, (ctx) =>
    pbx.addExtension(ctx, {
      extension: String(next++),
      name: 'Somebody',
      product: product['Cloud PBX']!,
      numbers: [],
      published: false,
      key: key(),
    }),
  )
const addSim = () =>
  it.as(meter, (ctx) =>
    sims.addSim(ctx, {
      iccid: '8901260000000000013',
      imsi: '310150000000001',
      name: 'Meter',
      product: product['IoT SIM']!,
      key: key(),
    }),
  )
const addTo = (account: number) =>
  it.as(adam, (ctx) =>
    products.addAddonToMine(ctx, {
      accounts: [account],
      product: product['Call recording']!,
      key: key(),
    }),
  )
const upload = async (who: Actor, file: string) => {
  const table = await bulk.read(Buffer.from(file))
  return (await it.as(who, (ctx) => bulk.keep(ctx, { fileName: 'people.csv', table }))).id
}
const stateOf = (id: string, who: Actor) => it.as(who, (ctx) => bulk.batch(ctx, { id }))
const counts = () =>
  it.sql(
    'select (select sum(used)::int from agreement_items) as used, (select count(*)::int from accounts) as accounts',
  )

describe('while service is suspended', () => {
  test('nothing is added by any form: extension, attendant, SIM card, add-on', async () => {
    const { account } = await addLine()
    await suspend()
    const before = await counts()
    for (const door of [
      () => addLine(),
      () =>
        it.as(adam, (ctx) =>
          pbx.addAttendant(ctx, {
            name: 'Night',
            product: product['Auto attendant']!,
            numbers: [],
            key: key(),
          }),
        ),
      addSim,
      () => addTo(account),
    ]) {
      expect(await refused(door())).toMatchObject({
        kind: 'conflict',
        code: 'agreement.suspended',
        details: { reason: 'overdue' },
      })
    }
    expect(await counts()).toEqual(before)
  })

  test.each(['all', 'good'] as const)('an upload (%s) goes back, and says why', async (mode) => {
    const id = await upload(adam, 'Extension,Product\n7100,Cloud PBX\n7101,Cloud PBX\n')
    await suspend('credit_limit')
    await it.as(adam, (ctx) => bulk.apply(ctx, { id, mode }))
    await workDue(it.edge(system('bulk')))
    expect(await stateOf(id, adam)).toMatchObject({
      state: 'checked',
      failure: { code: 'agreement.suspended', details: { reason: 'credit_limit' } },
    })
    // Once: asking again wouldn't help.
    expect(await it.sql('select attempt from bulk_batches where id = $1', [id])).toEqual([
      { attempt: 1 },
    ])
  })

  test('an order that was approved is not made', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => `${7200 + i},Cloud PBX up to 10 phone lines`)
    const id = await upload(ten, `Extension,Product\n${rows.join('\n')}\n`)
    await it.as(ten, (ctx) => bulk.apply(ctx, { id, mode: 'order' }))
    await workDue(it.edge(system('bulk')))
    const [order] = await it.sql<{ id: string }>(
      'select id from bulk_batches where i_origin = $1',
      [id],
    )
    await suspend('admin')
    const before = await counts()
    await it.as(admin, (ctx) => orders.approveOrder(ctx, { id: order!.id }))
    await workDue(it.edge(system('bulk')))
    expect(await stateOf(order!.id, ten)).toMatchObject({
      failure: { code: 'agreement.suspended', details: { reason: 'admin' } },
    })
    expect(await counts()).toEqual(before)
  })

  test('blocking, unblocking, approving and ending stay possible, and an end can be taken back', async () => {
    const { account } = await addLine()
    const sim = await addSim()
    await suspend()
    const of = { accounts: [account], key: key() }
    await it.as(adam, (ctx) => blocks.block(ctx, { ...of, reason: '', key: key() }))
    await it.as(adam, (ctx) => blocks.unblock(ctx, { ...of, key: key() }))
    await it.as(admin, (ctx) => approvals.activate(ctx, { accounts: [sim.account] }))
    await it.as(adam, (ctx) => lines.removeExtensions(ctx, { ...of, key: key() }))
    await it.as(adam, (ctx) => lines.restoreExtensions(ctx, { ...of, key: key() }))
    expect(await it.sql('select status from accounts where id = $1', [account])).toEqual([
      { status: 'active' },
    ])
  })

  test('once it is restored, additions go on', async () => {
    await suspend()
    expect((await refused(addLine())).code).toBe('agreement.suspended')
    await it.sql(
      `update customers set status = 'active', suspended_for = null, suspended_at = null where id = $1`,
      [adam.customer as CustomerId],
    )
    await addLine()
  })
})
