import { expect, test } from 'vitest'
import { addPackage } from '#server/agreements/service.packages.ts'
import * as ledger from '#server/billing/service.ledger.ts'
import { revenue } from '#server/billing/service.revenue.ts'
import { runDue } from '#server/billing/service.run.ts'
import { usualTerms } from '#server/catalog/schema.ts'
import * as packages from '#server/catalog/service.packages.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()
const { admin, bamboo } = people
const seen = () => it.as(admin, revenue)

test('while nothing was billed: twelve empty months in the provider’s currency, and what runs', async () => {
  it.clock.set('2026-11-30T12:00:00Z')
  const [usd, ...others] = await seen()
  expect(others).toEqual([])
  expect(usd!.months).toHaveLength(12)
  expect(usd!.months[0]!.month).toBe('2025-12')
  expect(usd!.months[11]).toEqual({ month: '2026-11', invoiced: '0.00000', received: '0.00000' })
  expect(usd).toMatchObject({ open: '0.00000', overdue: '0.00000', debtors: [] })
  expect(usd!.monthly).toBe('605.60000')
  expect(usd!.plans).toMatchObject([
    { plan: 'SuperCall', subscriptions: 14, monthly: '279.86000' },
    { plan: 'EasyCall', subscriptions: 26, monthly: '259.74000' },
    { plan: 'Up to 10 Cloud PBX phone lines for $30', subscriptions: 1, monthly: '30.00000' },
    { plan: '5 phone lines and 1 call recording for $20', monthly: '20.00000' },
    { plan: 'Cloud PBX', subscriptions: 1, monthly: '10.00000' },
    { plan: 'Auto attendant', subscriptions: 1, monthly: '6.00000' },
  ])
})

test('invoiced, received less what was given back, open and overdue, and who owes most', async () => {
  it.clock.set('2026-12-01T12:00:00Z')
  await runDue(it.edge())
  await it.as(admin, (ctx) =>
    ledger.recordPayment(ctx, {
      customer: 46170,
      invoice: null,
      amount: '2.40',
      currency: 'USD',
      reason: 'Cheque 17',
      key: crypto.randomUUID(),
    }),
  )
  it.clock.set('2027-03-01T12:00:00Z')
  const [usd] = await seen()
  const december = usd!.months.find(({ month }) => month === '2026-12')
  // $22.40, $42.00 and $28.00.
  expect(december).toEqual({ month: '2026-12', invoiced: '92.40000', received: '2.40000' })
  expect(usd).toMatchObject({ open: '90.00000', openInvoices: 3, overdue: '90.00000' })
  expect(usd!.debtors).toMatchObject([
    { customer: 46171, name: 'Ten Lines Ltd', open: '42.00000', isOverdue: true },
    { customer: 46175, open: '28.00000' },
    { customer: 46170, open: '20.00000' },
  ])
})

test('currencies stand apart, and it is the provider’s own matter', async () => {
  await it.sql("update customers set currency = 'EUR' where id = 46172")
  await it.as(admin, (ctx) =>
    ledger.recordPayment(ctx, {
      customer: 46172,
      invoice: null,
      amount: '7',
      currency: 'EUR',
      reason: 'Transfer',
      key: crypto.randomUUID(),
    }),
  )
  const [usd, eur] = await seen()
  expect(usd!.currency).toBe('USD')
  expect(eur).toMatchObject({ currency: 'EUR', open: '0.00000', plans: [] })
  expect(eur!.months[11]!.received).toBe('7.00000')
  expect(await refused(it.as(bamboo, revenue))).toMatchObject({ kind: 'forbidden' })
})

test('a plan that got another price is one plan still, with what both bring', async () => {
  await it.as(admin, async (ctx) => {
    const { rows } = await packages.packages(ctx, {
      search: '5 phone lines',
      state: 'sold',
      page: 0,
    })
    const { subscription, name } = rows[0]!
    const fees = {
      currency: 'USD',
      activationFee: '0',
      periodicFee: '25',
      terms: usualTerms,
    } as const
    await packages.editPackage(ctx, { subscription, name, ...fees })
    const [now] = (await packages.packages(ctx, { search: name, state: 'sold', page: 0 })).rows
    const added = { customer: 46170, subscription: now!.subscription, key: crypto.randomUUID() }
    await addPackage(ctx, added)
  })
  const [usd] = await seen()
  expect(usd!.plans.filter(({ plan }) => plan.startsWith('5 phone lines'))).toEqual([
    { plan: '5 phone lines and 1 call recording for $20', subscriptions: 2, monthly: '45.00000' },
  ])
})
