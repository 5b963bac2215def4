import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'
import { findPromo } from './repo.sites.ts'
import { type EndPromo, zAddPromo } from './schema.promos.ts'
import { addPromo, endPromo, promos } from './service.promos.ts'
import { anna, cards, openWorld } from './testing.ts'

const it = testDatabase()
const { admin } = people
// It is the morning of November 21, 2026, where the provider is: seven or eight hours behind UTC.
const panda = 1

const asked = (more: Record<string, unknown> = {}) => ({
  site: panda,
  code: 'spring-26',
  unit: 'amount',
  off: '5',
  appliesTo: 'periodic',
  periods: 3,
  lastDay: null,
  key: randomUUID(),
  ...more,
})
const add = (more: Record<string, unknown> = {}, as = admin) =>
  it.as(as, (ctx) => addPromo(ctx, zAddPromo.parse(asked(more))))
const end = (code: string, until: EndPromo['until']) =>
  it.as(admin, (ctx) => endPromo(ctx, { site: panda, code, until }))
const rowOf = async (code: string) =>
  (await it.as(admin, promos)).rows.find((row) => row.code === code)
const isTaken = async (code: string) =>
  (await it.as(admin, (ctx) => findPromo(ctx, panda, code))).length === 1

describe('a promo code', () => {
  test('is offered on a site from the moment it is added; the same key adds one', async () => {
    const key = randomUUID()
    await Promise.all([add({ key }), add({ key })])
    expect(await rowOf('SPRING-26')).toMatchObject({
      siteTitle: 'Panda Telecom',
      percent: null,
      amount: '5.00000',
      currency: 'USD',
      periods: 3,
      lastDay: null,
      ended: false,
    })
    expect(await isTaken('Spring-26')).toBe(true)
    expect((await refused(add())).code).toBe('signup.promo_taken')
    const told = await it.sql("select type, entity_id from events where type = 'promo.added'")
    expect(told).toEqual([{ type: 'promo.added', entity_id: '1' }])
  })

  test('of two who add the same one at once, one is told that it is there', async () => {
    const { done, refusals } = await outcomes([add({ code: 'TWICE' }), add({ code: 'twice' })])
    expect([done, refusals.map(({ code }) => code)]).toEqual([1, ['signup.promo_taken']])
  })

  test('is taken up to the end of its last day, where the provider is', async () => {
    await add({ code: 'TODAY', lastDay: '2026-11-21' })
    expect(await rowOf('TODAY')).toMatchObject({ lastDay: '2026-11-21', ended: false })
    it.clock.set('2026-11-22T06:59:59Z')
    expect(await isTaken('TODAY')).toBe(true)
    it.clock.set('2026-11-22T08:00:00Z')
    expect(await isTaken('TODAY')).toBe(false)
    expect(await rowOf('TODAY')).toMatchObject({ lastDay: '2026-11-21', ended: true })
  })

  test('is not one that ended before it began', async () => {
    expect(await refused(add({ code: 'LATE', lastDay: '2026-11-21' }))).toMatchObject({
      kind: 'invalid',
      code: 'signup.promo_ends_too_early',
      details: { day: '2026-11-22' },
    })
    expect(await rowOf('LATE')).toBeUndefined()
  })

  test('ends now, and is offered again as it was', async () => {
    await end('SPRING-26', 'now')
    expect([await isTaken('SPRING-26'), (await rowOf('SPRING-26'))!.ended]).toEqual([false, true])
    await end('SPRING-26', 'now')
    await end('SPRING-26', null)
    expect(await isTaken('SPRING-26')).toBe(true)
    const told = await it.sql("select type from events where type like 'promo.%' order by id")
    expect(told.slice(-2).map(({ type }) => type)).toEqual(['promo.ended', 'promo.offered_again'])
    const acts = await it.sql(
      "select action from audit_rows where action like 'promo.%' order by id",
    )
    expect(acts.slice(-2).map(({ action }) => action)).toEqual(['promo.end', 'promo.offer_again'])
    expect((await refused(end('NOBODYS', 'now'))).code).toBe('signup.promo_not_found')
  })

  test('says how many signed up with it, several at once among them', async () => {
    await add({ code: 'COUNTED', off: '1' })
    await add({ code: 'ACTIVE', off: '1', appliesTo: 'activation' })
    const world = openWorld(it)
    const visit = async (n: number, plan: string, code: string) => {
      const one = world.visitor(`192.0.2.${n}`)
      const { version } = await one.prepare({
        plan,
        address: { ...anna, email: `p${n}@lee.example` },
      })
      await one.trpc.applyPromo({ site: 'panda', version, code })
      return one
    }
    const said = async () => [(await rowOf('COUNTED'))!.used, (await rowOf('ACTIVE'))!.used]

    const [first, second, declined] = [
      await visit(1, 'easycall', 'counted'),
      await visit(2, 'supercall', 'COUNTED'),
      await visit(3, 'easycall', 'COUNTED'),
    ]
    expect(await said()).toEqual([0, 0])
    await Promise.all([first.press(), second.press(), declined.press({ card: cards.declined })])
    expect(await said()).toEqual([2, 0])

    // Nothing of it is left to take off: this plan has no activation fee.
    await (await visit(4, 'supercall', 'ACTIVE')).press()
    const late = await visit(5, 'easycall', 'COUNTED')
    await end('COUNTED', 'now')
    await late.press()
    expect(await said()).toEqual([2, 0])
    await world.stop()
  })

  test('is the provider’s matter, on a site there is', async () => {
    expect((await refused(add({}, people.bamboo))).code).toBe('auth.not_allowed')
    expect((await refused(it.as(people.adam, promos))).code).toBe('auth.not_allowed')
    expect((await refused(add({ code: 'NOWHERE', site: 999 }))).code).toBe('signup.site_unknown')
  })

  test.each([
    { off: '0' },
    { off: '-5' },
    { off: '1.005' },
    { unit: 'percent', off: '100.01' },
    { unit: 'percent', off: '0.00' },
    { periods: 0 },
    { periods: 601 },
    { code: 'A' },
    { code: 'TEN OFF' },
    { code: '=1+1' },
    { lastDay: '2026-02-30' },
  ])('isn’t one of %o', (more) => {
    expect(zAddPromo.safeParse(asked(more)).success).toBe(false)
  })
})
