import { beforeAll, expect, test } from 'vitest'
import * as ledger from '#server/billing/service.ledger.ts'
import * as previews from '#server/billing/service.preview.ts'
import { runDue } from '#server/billing/service.run.ts'
import { subscriptions } from '#server/billing/service.subscriptions.ts'
import * as views from '#server/billing/service.views.ts'
import { people, testDatabase } from '#server/testing/database.ts'

const it = testDatabase()
const { adam, admin } = people
const abc = 46170

const bill = (day: string) => {
  it.clock.set(`${day}T09:00:00Z`)
  return runDue(it.edge())
}

// ABC: an auto attendant for $6 and an extension for $10, from November 21 on, GST 5%.
beforeAll(async () => {
  await bill('2026-12-01')
  await it.as(admin, (ctx) =>
    ledger.recordPayment(ctx, {
      customer: abc,
      invoice: null,
      amount: '12.40',
      currency: 'USD',
      reason: 'a cheque',
      key: crypto.randomUUID(),
    }),
  )
  await bill('2027-01-01')
})

test('what is open stands with its first day, and how late that is', async () => {
  it.clock.set('2027-01-05T20:00:00Z')
  const list = await it.as(adam, (ctx) => views.invoices(ctx, { state: 'open', page: 0 }))
  expect(list).toMatchObject({
    total: 2,
    open: '26.80000',
    overdue: '10.00000',
    openSince: '2026-12-01',
    dueFirst: '2026-12-15',
    late: 21,
  })
  expect(list.rows.map(({ total, open, late }) => [total, open, late])).toEqual([
    ['16.80000', '16.80000', 0],
    ['22.40000', '10.00000', 21],
  ])
  const paid = await it.as(adam, (ctx) => views.invoices(ctx, { state: 'paid', page: 0 }))
  expect(paid).toMatchObject({ total: 0, openSince: null, late: 0 })
})

test('payments alone stand with the balance that all entries made', async () => {
  const statement = await it.as(adam, (ctx) => views.ledger(ctx, { only: 'payments', page: 0 }))
  expect(statement.rows.map(({ kind, amount, balance }) => [kind, amount, balance])).toEqual([
    ['payment', '-12.40000', '10.00000'],
  ])
  expect(statement.total).toBe(1)
  const all = await it.as(adam, (ctx) => views.ledger(ctx, { only: 'all', page: 0 }))
  expect(all.rows[0]!.balance).toBe('26.80000')
})

test('subscriptions say what they cost, up to when they are charged and when next', async () => {
  const { rows, total } = await it.as(adam, (ctx) => subscriptions(ctx, { page: 0 }))
  expect(total).toBe(2)
  expect(rows).toEqual([
    expect.objectContaining({
      description: 'Auto attendant',
      line: 'ph46170aa1',
      fee: '6.00000',
      startedOn: '2026-11-21',
      chargedUntil: '2027-02-01',
      chargedNext: '2027-02-01',
      waits: false,
    }),
    expect.objectContaining({ description: 'Cloud PBX', line: '4665', name: 'John Doe' }),
  ])
})

test('the sum at home is that of the invoice it leads to', async () => {
  const [next, upcoming] = await Promise.all([
    it.as(adam, (ctx) => previews.next(ctx)),
    it.as(adam, (ctx) => previews.upcoming(ctx)),
  ])
  expect(next).toEqual({ on: '2027-02-01', total: '16.80000', currency: 'USD' })
  expect(upcoming).toMatchObject(next)
})
