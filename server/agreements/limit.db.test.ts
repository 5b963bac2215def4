import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sqlState } from '#db/client.ts'
import * as agreements from '#server/agreements/service.ts'
import type { CustomerId, ProductId } from '#server/kernel/ids.ts'
import * as pbx from '#server/pbx/service.ts'
import { system } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 24 })
const ten = 46171 as CustomerId
const name = 'Cloud PBX up to 10 phone lines'
let product: ProductId

beforeAll(async () => {
  product = await productId(it, name)
})

const take = (n: number) =>
  it.as(system('test'), (ctx) => agreements.take(ctx, { customer: ten, product, n }))
const giveBack = (n: number) =>
  it.as(system('test'), (ctx) => agreements.giveBack(ctx, { customer: ten, product, n }))
const used = async () =>
  (
    await it.sql<{ used: number }>(
      'select used from agreement_items where i_customer = $1 and i_product = $2',
      [ten, product],
    )
  )[0]!.used
const setUsed = (n: number) =>
  it.sql('update agreement_items set used = $3 where i_customer = $1 and i_product = $2', [
    ten,
    product,
    n,
  ])
const times = <T>(n: number, work: (i: number) => T) => Array.from({ length: n }, (_, i) => work(i))

describe('places of an agreement', () => {
  beforeEach(async () => {
    await setUsed(3)
  })

  test('30 rounds of 48 who want one of 7 left: 7 get it, 41 are told why not, never one too many', async () => {
    for (let round = 0; round < 30; round++) {
      await setUsed(3)
      const { done, refusals } = await outcomes(times(48, () => take(1)))
      expect(done).toBe(7)
      expect(refusals).toHaveLength(41)
      for (const { kind, code, details } of refusals) {
        expect({ kind, code, details }).toEqual({
          kind: 'conflict',
          code: 'agreement.quantity_exceeded',
          details: { product: name, limit: 10, used: 10, asked: 1 },
        })
      }
      expect(await used()).toBe(10)
    }
  })

  test('several at once are given whole or not at all', async () => {
    const { done } = await outcomes(times(20, () => take(2)))
    expect(done).toBe(3)
    expect(await used()).toBe(9)
    expect((await refused(take(2))).details).toMatchObject({ limit: 10, used: 9, asked: 2 })
    await take(1)
    expect(await used()).toBe(10)
  })

  test('taken and given back in any mixture: always within 0 and 10, and all accounted for', async () => {
    let balance = 3
    let watching = true
    const seen: number[] = []
    const watch = (async () => {
      while (watching) seen.push(await used())
    })()
    await Promise.all(
      times(200, async (i) => {
        const n = 1 + (i % 3)
        if (i % 2 === 0) {
          const { done } = await outcomes([take(n)])
          balance += done * n
        }
        if (i % 2 === 1) {
          // More than is in use can't be given back: the database refuses.
          const back = await giveBack(n).then(
            () => true,
            (error) => {
              expect(sqlState(error)).toBe('23514')
              return false
            },
          )
          if (back) balance -= n
        }
      }),
    )
    watching = false
    await watch
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...seen)).toBeLessThanOrEqual(10)
    expect(await used()).toBe(balance)
  })

  test('whatever a statement forgets to ask, the row’s check is the last word', async () => {
    const careless = (n: number) =>
      it.as(system('test'), (ctx) =>
        ctx.db.execute(
          sql`update agreement_items set used = used + ${n} where i_customer = ${ten} and i_product = ${product}`,
        ),
      )
    const settled = await Promise.allSettled(times(48, () => careless(1)))
    expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(7)
    for (const one of settled) {
      if (one.status === 'rejected') expect(sqlState(one.reason)).toBe('23514')
    }
    expect(await used()).toBe(10)
    await expect(careless(-11)).rejects.toSatisfy((error) => sqlState(error) === '23514')
  })

  test('a quantity can’t be set below what is in use', async () => {
    const lower = it.sql('update agreement_items set quantity = 2 where i_customer = $1', [ten])
    await expect(lower).rejects.toMatchObject({
      code: '23514',
      constraint: 'agreement_items_limit',
    })
  })

  test('what undid its work has taken no place', async () => {
    const broken = it.as(system('test'), async (ctx) => {
      await agreements.take(ctx, { customer: ten, product, n: 5 })
      throw new Error('no')
    })
    await expect(broken).rejects.toThrow('no')
    expect(await used()).toBe(3)
  })

  test('of an unlimited product there is always one more', async () => {
    const cloud = await productId(it, 'Cloud PBX')
    await it.as(system('test'), (ctx) =>
      agreements.take(ctx, { customer: 46170 as CustomerId, product: cloud, n: 100_000 }),
    )
    await it.sql('update agreement_items set used = 1 where i_product = $1', [cloud])
  })

  test('a product that was not agreed on is refused by name', async () => {
    const other = await productId(it, 'EasyCall')
    const refusal = await refused(
      it.as(system('test'), (ctx) => agreements.take(ctx, { customer: ten, product: other, n: 1 })),
    )
    expect(refusal).toMatchObject({
      kind: 'conflict',
      code: 'agreement.not_included',
      details: { product: 'EasyCall' },
    })
  })
})

test('48 people add an extension to “Ten Lines Ltd” at once: 7 exist afterwards, 41 were told why not', async () => {
  await setUsed(3)
  const { done, refusals } = await outcomes(
    times(48, (i) =>
      it.as(people.ten, (ctx) =>
        pbx.addExtension(ctx, {
          extension: String(200 + i),
          name: `Line ${i}`,
          product,
          numbers: [],
          published: false,
          key: randomUUID(),
        }),
      ),
    ),
  )
  expect(done).toBe(7)
  expect(new Set(refusals.map((refusal) => refusal.code))).toEqual(
    new Set(['agreement.quantity_exceeded']),
  )
  expect(refusals[0]!.details).toEqual({ product: name, limit: 10, used: 10, asked: 1 })

  const [counts] = await it.sql(
    `select (select count(*)::int from accounts where i_customer = $1) as accounts,
            (select count(*)::int from extensions where i_customer = $1) as extensions,
            (select count(*)::int from events where i_customer = $1 and type = 'account.created') as events,
            (select count(*)::int from audit_rows where i_customer = $1 and action = 'account.create') as audited,
            (select count(*)::int from idempotency_keys) as keys`,
    [ten],
  )
  expect(counts).toEqual({ accounts: 10, extensions: 10, events: 10, audited: 10, keys: 7 })
  expect(await used()).toBe(10)
})
