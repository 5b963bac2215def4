import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import * as held from '#server/agreements/service.packages.ts'
import { zSellPackage } from '#server/catalog/schema.packages.ts'
import { usualTerms } from '#server/catalog/schema.ts'
import * as packages from '#server/catalog/service.packages.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase()
const yearly = { ...usualTerms, periodCount: 12 }
const support = {
  name: 'Support',
  currency: 'USD',
  activationFee: '0',
  periodicFee: '120',
  terms: yearly,
} as const

const sell = (
  more: Partial<Parameters<typeof packages.sellPackage>[1]> = {},
  as: Actor = people.admin,
) => it.as(as, (ctx) => packages.sellPackage(ctx, { ...support, key: randomUUID(), ...more }))
const edit = (subscription: number, more: Record<string, unknown>) =>
  it.as(people.admin, (ctx) => packages.editPackage(ctx, { ...support, subscription, ...more }))
const list = (state: 'sold' | 'archived' = 'sold') =>
  it.as(people.admin, (ctx) => packages.packages(ctx, { search: '', state, page: 0 }))
const addable = async () =>
  (await it.as(people.admin, (ctx) => held.packages(ctx, { customer: 46170 }))).addable

test('a package is sold on terms of its own, once a press, under a name of its own', async () => {
  const key = randomUUID()
  const { subscription } = await sell({ key })
  expect(await sell({ key })).toEqual({ subscription })
  expect((await list()).rows.find((row) => row.subscription === subscription)).toEqual({
    subscription,
    name: 'Support',
    currency: 'USD',
    activation: '0.00000',
    periodic: '120.00000',
    terms: yearly,
    archived: false,
  })
  expect((await addable()).find((one) => one.subscription === subscription)).toMatchObject({
    periodic: '120.00000',
    terms: { periodCount: 12 },
  })
  expect((await refused(sell({ name: 'SUPPORT' }))).code).toBe('catalog.name_taken')
  expect((await refused(sell({ name: 'Cloud PBX' }))).code).toBe('catalog.name_taken')
  expect((await refused(sell({ name: 'Mine' }, people.bamboo))).code).toBe('auth.not_allowed')
})

test('other terms are another subscription: who has the old one keeps it', async () => {
  const { subscription: old } = await sell({ name: 'Hotline' })
  const add = (subscription: number) =>
    it.as(people.admin, (ctx) =>
      held.addPackage(ctx, { customer: 46170, subscription, key: randomUUID() }),
    )
  await add(old)
  expect(await edit(old, { name: 'Hotline' })).toEqual({ subscription: old })
  const { subscription: now } = await edit(old, {
    name: 'Hotline',
    terms: { ...yearly, inAdvance: false },
  })
  expect(now).not.toBe(old)
  await add(now)
  expect((await refused(add(old))).code).toBe('agreement.package_not_found')
  const { rows } = await it.as(people.admin, (ctx) => held.packages(ctx, { customer: 46170 }))
  expect(rows.map(({ name, terms }) => [name, terms.inAdvance])).toEqual([
    ['Hotline', true],
    ['Hotline', false],
  ])
  expect((await list()).rows.filter(({ name }) => name === 'Hotline')).toHaveLength(1)
})

test('of two editors at once one changes it, the other is told that it has changed', async () => {
  const { subscription } = await sell({ name: 'Lift' })
  const { done, refusals } = await outcomes(
    [7, 8, 9].map((fee) => edit(subscription, { name: 'Lift', periodicFee: String(fee) })),
  )
  expect(done).toBe(1)
  expect(refusals.map(({ code }) => code)).toEqual([
    'catalog.package_not_found',
    'catalog.package_not_found',
  ])
})

test('an archived package can’t be given any more; put back on sale it can', async () => {
  const { subscription } = await sell({ name: 'Fax' })
  const archive = (archived: boolean) =>
    it.as(people.admin, (ctx) => packages.archivePackage(ctx, { subscription, archived }))
  const names = async () => (await addable()).map(({ name }) => name)
  await archive(true)
  await archive(true)
  expect(await names()).not.toContain('Fax')
  expect((await list('archived')).rows).toMatchObject([{ name: 'Fax', archived: true }])
  await archive(false)
  expect(await names()).toContain('Fax')
  const told = await it.sql(
    "select type from events where entity = 'subscription' and entity_id = $1 order by seq",
    [String(subscription)],
  )
  expect(told.map(({ type }) => type)).toEqual([
    'package.added',
    'package.archived',
    'package.sold_again',
  ])
})

test.each([
  [{ periodCount: 0 }],
  [{ periodCount: 61 }],
  [{ period: 'year' }],
  [{ term: 0 }],
  [{ proration: 'end' }],
])('terms of %o are none', (wrong) => {
  const asked = { ...support, terms: { ...yearly, ...wrong }, key: randomUUID() }
  expect(zSellPackage.safeParse(asked).success).toBe(false)
})
