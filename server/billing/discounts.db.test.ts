import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import * as held from '#server/agreements/service.packages.ts'
import { zGiveDiscount } from '#server/billing/schema.discounts.ts'
import { endDiscount, giveDiscount } from '#server/billing/service.discounts.ts'
import { runDue } from '#server/billing/service.run.ts'
import { subscriptions, subscriptionsFor } from '#server/billing/service.subscriptions.ts'
import { type Terms, usualTerms } from '#server/catalog/schema.ts'
import { sellPackage } from '#server/catalog/service.packages.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()
const { admin, ten } = people
// Ten Lines holds a package of $30 a month since November 21, and is billed on the first.
const customer = 46171

const bill = (day: string) => {
  it.clock.set(`${day}T09:00:00Z`)
  return runDue(it.edge())
}
const linesOf = async (on: string) => {
  const rows = await it.sql<{ line: string }>(
    `select concat_ws(' | ', l.description, l.kind, l.period_from || '..' || l.period_until, l.net) as line
       from invoice_lines l join invoices i on i.i_env = l.i_env and i.id = l.i_invoice
      where l.i_customer = $1 and i.issued_on = $2 order by l.line`,
    [customer, on],
  )
  return rows.map(({ line }) => line)
}
const sell = (name: string, fees: [activation: string, periodic: string], terms: Partial<Terms>) =>
  it.as(admin, (ctx) =>
    sellPackage(ctx, {
      name,
      currency: 'USD',
      activationFee: fees[0],
      periodicFee: fees[1],
      terms: { ...usualTerms, ...terms },
      key: randomUUID(),
    }),
  )
const hang = async (name: string, fees: [string, string], terms: Partial<Terms>) => {
  const { subscription } = await sell(name, fees, terms)
  return it.as(admin, (ctx) => held.addPackage(ctx, { customer, subscription, key: randomUUID() }))
}
const view = (as: Actor = admin) =>
  it.as(as, (ctx) =>
    as === admin ? subscriptionsFor(ctx, { customer, page: 0 }) : subscriptions(ctx, { page: 0 }),
  )
const rowOf = async (description: string, as?: Actor) =>
  (await view(as)).rows.find((row) => row.description === description)!
const give = (id: number, more: Record<string, unknown>, as: Actor = admin) =>
  it.as(as, (ctx) =>
    giveDiscount(
      ctx,
      zGiveDiscount.parse({
        customer,
        held: id,
        name: 'Loyal',
        appliesTo: 'periodic',
        unit: 'percent',
        off: '20',
        periods: null,
        reason: 'agreed by phone',
        key: randomUUID(),
        ...more,
      }),
    ),
  )
const end = (id: number, discount: number) =>
  it.as(admin, (ctx) => endDiscount(ctx, { customer, held: id, discount }))

describe('plans of other periods, through the run', () => {
  beforeAll(async () => {
    await hang('Support, yearly', ['12', '120'], { periodCount: 12, anchored: 'start' })
    await hang('Hotline', ['0', '31'], { inAdvance: false })
    await hang('Meter', ['0', '7'], { period: 'week', anchored: 'start' })
    await bill('2026-12-01')
    await bill('2027-01-01')
  })
  const of = async (name: string, on: string) =>
    (await linesOf(on)).filter((line) => line.startsWith(`${name} |`))

  test('a year in advance is charged whole with the first bill, and not again', async () => {
    expect(await of('Support, yearly', '2026-12-01')).toEqual([
      'Support, yearly | activation | 12.00000',
      'Support, yearly | periodic | 2026-11-21..2027-11-21 | 120.00000',
    ])
    expect(await of('Support, yearly', '2027-01-01')).toEqual([])
    expect(await rowOf('Support, yearly')).toMatchObject({
      fee: '120.00000',
      period: { period: 'month', periodCount: 12, inAdvance: true },
      chargedUntil: '2027-11-21',
      chargedNext: '2027-12-01',
    })
  })

  test('a month in arrears is charged when it is over', async () => {
    // 10 of 30 days of $31.
    expect(await of('Hotline', '2026-12-01')).toEqual([
      'Hotline | periodic | 2026-11-21..2026-12-01 | 10.33000',
    ])
    expect(await of('Hotline', '2027-01-01')).toEqual([
      'Hotline | periodic | 2026-12-01..2027-01-01 | 31.00000',
    ])
  })

  test('a week in advance: every week that has begun by the invoice', async () => {
    expect(await of('Meter', '2026-12-01')).toEqual([
      'Meter | periodic | 2026-11-21..2026-11-28 | 7.00000',
      'Meter | periodic | 2026-11-28..2026-12-05 | 7.00000',
    ])
    expect(await of('Meter', '2027-01-01')).toEqual([
      'Meter | periodic | 2026-12-05..2026-12-12 | 7.00000',
      'Meter | periodic | 2026-12-12..2026-12-19 | 7.00000',
      'Meter | periodic | 2026-12-19..2026-12-26 | 7.00000',
      'Meter | periodic | 2026-12-26..2027-01-02 | 7.00000',
    ])
  })
})

describe('a discount', () => {
  test('of two periods begins with the first that isn’t charged; what is charged stays', async () => {
    const { id } = await rowOf('Hotline')
    const key = randomUUID()
    const given = { unit: 'amount', off: '6', periods: 2, key }
    const { discount } = await give(id, given)
    expect(await give(id, given)).toEqual({ discount })

    expect((await rowOf('Hotline', ten)).discounts).toEqual([
      {
        discount,
        name: 'Loyal',
        appliesTo: 'periodic',
        percent: null,
        amount: '6.00000',
        left: 2,
        reason: 'agreed by phone',
      },
    ])
    await bill('2027-02-01')
    expect((await linesOf('2027-02-01')).filter((line) => /Hotline|Loyal/.test(line))).toEqual([
      'Hotline | periodic | 2027-01-01..2027-02-01 | 31.00000',
      'Loyal | discount | 2027-01-01..2027-02-01 | -6.00000',
    ])
    // Not a code that somebody entered: it is called what the administrator calls it.
    expect(
      await it.sql("select distinct rule from invoice_lines where description = 'Loyal'"),
    ).toEqual([{ rule: 'discount.given' }])
    expect((await rowOf('Hotline')).discounts).toMatchObject([{ left: 1 }])
  })

  test('that is ended keeps the periods it had, and has no more', async () => {
    const { id, discounts } = await rowOf('Hotline')
    await end(id, discounts[0]!.discount)
    await end(id, discounts[0]!.discount)
    expect((await rowOf('Hotline')).discounts).toEqual([])
    await bill('2027-03-01')
    expect((await linesOf('2027-03-01')).filter((line) => /Hotline|Loyal/.test(line))).toEqual([
      'Hotline | periodic | 2027-02-01..2027-03-01 | 31.00000',
    ])
    expect(
      await it.sql(
        `select action, actor, on_behalf_of, before->>'periods' as before, after->>'periods' as after,
                after->>'reason' as reason
           from audit_rows where action like 'discount.%' order by id`,
      ),
    ).toEqual([
      {
        action: 'discount.give',
        actor: 'Pat Panda',
        on_behalf_of: 'Ten Lines Ltd',
        before: null,
        after: '2',
        reason: 'agreed by phone',
      },
      {
        action: 'discount.end',
        actor: 'Pat Panda',
        on_behalf_of: 'Ten Lines Ltd',
        before: '2',
        after: '1',
        reason: null,
      },
    ])
    const told = await it.sql(
      "select type from events where type like 'subscription.discount%' order by id",
    )
    expect(told.map(({ type }) => type)).toEqual([
      'subscription.discount_given',
      'subscription.discount_ended',
    ])
  })

  test('of an activation fee is given before it is charged, and not after', async () => {
    const { held: id } = await hang('Fibre', ['50', '1'], {})
    const activation = { appliesTo: 'activation', off: '50' }
    await give(id, activation)
    await bill('2027-04-01')
    expect((await linesOf('2027-04-01')).filter((line) => /activation|Loyal/.test(line))).toEqual([
      'Fibre | activation | 50.00000',
      'Loyal | discount | -25.00000',
    ])
    expect((await rowOf('Fibre')).discounts).toEqual([])
    expect(await refused(give(id, activation))).toMatchObject({
      kind: 'conflict',
      code: 'billing.nothing_to_discount',
      details: { name: 'Fibre' },
    })
  })

  test.each([
    ['100.01', 'percent', 'billing.percent_invalid'],
    ['0', 'percent', 'billing.percent_invalid'],
    ['-5', 'percent', 'billing.percent_invalid'],
    ['0', 'amount', 'billing.amount_invalid'],
    ['-5', 'amount', 'billing.amount_invalid'],
  ])('of %s %s is refused: %s', async (off, unit, code) => {
    const { id } = await rowOf('Hotline')
    expect(await refused(give(id, { off, unit }))).toMatchObject({ kind: 'invalid', code })
    expect((await rowOf('Hotline')).discounts).toEqual([])
  })

  test('is given by those who look after the customer, on what it has', async () => {
    const { id } = await rowOf('Hotline')
    expect((await refused(give(id, {}, ten))).code).toBe('auth.not_allowed')
    expect((await refused(give(id, {}, people.bamboo))).code).toBe('customers.not_found')
    expect((await refused(give(id, { customer: 46170 }))).code).toBe(
      'billing.subscription_not_found',
    )
    expect((await refused(end(id, 999))).code).toBe('billing.discount_not_found')
  })

  test('given while the run bills waits for it, and is of the period after that one', async () => {
    const { id } = await rowOf('Hotline')
    const waiting = async () => (await it.sql('select 1 from pg_locks where not granted')).length
    const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    // Without it the run can't number its invoices, which it does last: it stops there, before commit.
    const counter = it.as(admin, async (ctx) => {
      await ctx.db.$client.query('select from invoice_counters for update')
      held.resolve()
      await released.promise
    })
    await held.promise
    const run = bill('2027-05-01')
    await expect.poll(waiting).toBe(1)
    let isGiven = false
    const given = give(id, { periods: 1, off: '100' }).finally(() => {
      isGiven = true
    })
    await expect.poll(async () => isGiven || (await waiting()) === 2).toBe(true)
    released.resolve()
    await Promise.all([counter, run, given])

    // Five periods were charged before the run, whose own is the sixth.
    const after = await it.sql(
      'select after_periods as after from subscription_discounts order by id desc limit 1',
    )
    expect(after).toEqual([{ after: 6 }])
    expect((await linesOf('2027-05-01')).filter((line) => line.startsWith('Loyal'))).toEqual([])
  })

  test('of a term that is charged to its end is refused: nothing comes that could cost less', async () => {
    const { held: id } = await hang('Trial', ['0', '10'], { term: 1, anchored: 'start' })
    await give(id, { off: '50' })
    await bill('2027-06-01')
    const lines = await linesOf('2027-06-01')
    expect(lines.filter((line) => line.endsWith('-5.00000') || line.startsWith('Trial'))).toEqual([
      'Trial | periodic | 2027-05-01..2027-06-01 | 10.00000',
      'Loyal | discount | 2027-05-01..2027-06-01 | -5.00000',
    ])
    expect((await refused(give(id, {}))).code).toBe('billing.nothing_to_discount')
  })
})

test('the books agree after all of that', async () => {
  const faults = await verify((text) => it.sql(text))
  expect(faults.map(({ name, sentence }) => `${name} ${sentence}`)).toEqual([])
})
