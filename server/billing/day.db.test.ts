import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import * as agreements from '#server/agreements/service.ts'
import * as days from '#server/billing/service.day.ts'
import { runDue } from '#server/billing/service.run.ts'
import { civilDate } from '#server/kernel/civil.ts'
import type { SubscriptionId } from '#server/kernel/ids.ts'
import * as pbx from '#server/pbx/service.ts'
import { agree, type CompanyActor, company, sell } from '#server/testing/company.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'
import { heldOpen, untilBlocked } from '#server/testing/waiting.ts'

const it = testDatabase()
const { admin, bamboo } = people

const setDay = ({ customer }: CompanyActor, day: number, who = admin) =>
  it.as(who, (ctx) => days.setBillingDay(ctx, { customer, day }))
const look = ({ customer }: CompanyActor) =>
  it.as(admin, (ctx) => days.billingDay(ctx, { customer }))

/** A subscription of no product, on the customer itself. */
const hang = async ({ customer }: CompanyActor, held = async () => {}) => {
  const [plan] = await it.sql<{ id: SubscriptionId }>(
    "select id from subscriptions where anchored = 'customer' order by id limit 1",
  )
  const made = { customer, subscription: plan!.id, name: 'Plan' }
  await it.as(admin, async (ctx) => {
    await agreements.subscribe(ctx, [{ ...made, startedOn: civilDate('2026-11-21') }])
    await held()
  })
}

async function withLine(name: string): Promise<CompanyActor> {
  const who = await company(it, name)
  const product = await sell(it, { name: `${name} line`, periodicFee: '30' })
  await agree(it, who, product, null)
  await it.as(who, (ctx) =>
    pbx.addExtension(ctx, {
      extension: '100',
      name: 'Somebody',
      product,
      numbers: [],
      published: false,
      key: randomUUID(),
    }),
  )
  return who
}

describe('the day a customer is billed on', () => {
  test('moves before anything was charged, with all that follows it', async () => {
    it.clock.set('2026-11-21T20:00:00Z')
    const who = await withLine('Moving')
    expect(await look(who)).toEqual({ day: 1, next: '2026-12-01', charged: false })
    await setDay(who, 31)
    await setDay(who, 31)
    expect(await look(who)).toEqual({ day: 31, next: '2026-11-30', charged: false })
    expect(
      await it.sql('select anchor::text from customer_subscriptions where i_customer = $1', [
        who.customer,
      ]),
    ).toEqual([{ anchor: '2025-12-31' }])
    expect(
      await it.sql(
        `select before, after from audit_rows where action = 'customer.billing_day' and i_customer = $1`,
        [who.customer],
      ),
    ).toEqual([{ before: { billingDay: 1 }, after: { billingDay: 31 } }])
    expect(
      await it.sql(
        `select payload from events where type = 'customer.billing_day_changed' and i_customer = $1`,
        [who.customer],
      ),
    ).toEqual([{ payload: { day: 31, next: '2026-11-30' } }])

    it.clock.set('2026-12-31T20:00:00Z')
    await runDue(it.edge())
    expect(
      await it.sql(
        `select cycle_from::text as from, cycle_until::text as until from invoices
          where i_customer = $1 order by id`,
        [who.customer],
      ),
    ).toMatchObject([{ until: '2026-11-30' }, { from: '2026-11-30', until: '2026-12-31' }])
  })

  test('what is started while it moves is counted from the new one, whoever is first', async () => {
    it.clock.set('2026-11-21T20:00:00Z')
    const anchors = async (who: CompanyActor) => {
      const rows = await it.sql<{ anchor: string }>(
        'select distinct anchor::text from customer_subscriptions where i_customer = $1',
        [who.customer],
      )
      return rows.map(({ anchor }) => anchor)
    }
    const moving = await withLine('Moving first')
    const moved = await heldOpen((held) =>
      it.as(admin, async (ctx) => {
        await days.setBillingDay(ctx, { customer: moving.customer, day: 15 })
        await held()
      }),
    )
    const adding = hang(moving)
    await untilBlocked(it, adding)
    await moved()
    await adding
    expect(await anchors(moving)).toEqual(['2025-12-15'])

    const added = await withLine('Added first')
    const commit = await heldOpen((held) => hang(added, held))
    const setting = setDay(added, 15)
    await untilBlocked(it, setting)
    await commit()
    await setting
    expect(await anchors(added)).toEqual(['2025-12-15'])
  })

  test('stays once something was charged by it, and is refused by name', async () => {
    it.clock.set('2026-11-21T20:00:00Z')
    const who = await withLine('Staying')
    it.clock.set('2026-12-21T20:00:00Z')
    await runDue(it.edge())
    expect(await look(who)).toMatchObject({ day: 1, charged: true })
    expect(await refused(setDay(who, 15))).toMatchObject({
      code: 'billing.day_charged',
      details: { name: 'Staying', day: 1 },
    })
    expect(await look(who)).toMatchObject({ day: 1, next: '2027-01-01' })
  })

  test('is the provider’s to say', async () => {
    const who = await company(it, 'Foreign')
    for (const other of [bamboo, who])
      expect((await refused(setDay(who, 1, other))).code).toBe('auth.not_allowed')
    const nobody = { ...who, customer: 1 as CompanyActor['customer'] }
    expect((await refused(setDay(nobody, 1))).code).toBe('customers.not_found')
  })
})
