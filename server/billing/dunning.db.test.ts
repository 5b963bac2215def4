import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { remind } from '#server/billing/service.dunning.ts'
import * as ledger from '#server/billing/service.ledger.ts'
import { runDue } from '#server/billing/service.run.ts'
import * as settings from '#server/customers/service.settings.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { heldOpen, untilBlocked } from '#server/testing/waiting.ts'

const it = testDatabase()
const { admin } = people
const abc = 46170

const at = (day: string) => it.clock.set(`${day}T20:00:00Z`)
const look = () => remind(it.edge(), 'https://portal.example')
const whyOf = async () =>
  (
    await it.sql<{ why: string | null }>(
      'select suspended_for as why from customers where id = $1',
      [abc],
    )
  )[0]!.why
const payBy = (by: Parameters<typeof ledger.recordPayment>[0], amount = '22.40') =>
  ledger.recordPayment(by, {
    customer: abc,
    invoice: null,
    amount,
    currency: 'USD',
    reason: 'By transfer.',
    key: randomUUID(),
  })
const suspend = () =>
  it.as(admin, (ctx) => settings.suspend(ctx, { customer: abc, reason: 'Fraud is suspected.' }))
const restore = () =>
  it.as(admin, (ctx) => settings.restore(ctx, { customer: abc, reason: 'It was none.' }))

beforeEach(async () => {
  await it.sql(
    `truncate ledger_entries, invoice_lines, invoices, invoice_counters, payments, mails cascade`,
  )
  await it.sql(
    `update customers set balance = 0, next_invoice_on = '2026-12-01', status = 'active',
            suspended_for = null, suspended_at = null, suspended_note = null`,
  )
  await it.sql('update customer_subscriptions set charged_until = started_on')
  at('2026-12-01')
  await runDue(it.edge())
  // Due on the 15th, and the class has a fortnight's patience.
  at('2026-12-28')
  await look()
  at('2026-12-29')
})

describe('service of whom nobody has paid', () => {
  test('paid while it is about to be suspended: it isn’t', async () => {
    const commit = await heldOpen((held) =>
      it.as(admin, async (ctx) => {
        await payBy(ctx)
        await held()
      }),
    )
    const looking = look()
    await untilBlocked(it, looking)
    await commit()
    await looking
    expect(await whyOf()).toBeNull()
    expect(
      await it.sql(`select kind from mails where i_customer = $1 and kind ~ '^service'`, [abc]),
    ).toEqual([])
  })

  test('suspended while it is being paid: restored with the payment', async () => {
    await look()
    expect(await whyOf()).toBe('overdue')
    await it.as(admin, payBy)
    expect(await whyOf()).toBeNull()
  })

  test('an administrator suspended it: no payment restores it', async () => {
    await suspend()
    await look()
    await it.as(admin, payBy)
    await look()
    expect(await whyOf()).toBe('admin')
    await restore()
    await look()
    expect(await whyOf()).toBeNull()
  })

  test('money stopped it first, then an administrator, while it is being paid: it stays', async () => {
    await look()
    const commit = await heldOpen((held) =>
      it.as(admin, async (ctx) => {
        await settings.suspend(ctx, { customer: abc, reason: 'Fraud is suspected.' })
        await held()
      }),
    )
    const paying = it.as(admin, payBy)
    await untilBlocked(it, paying)
    await commit()
    await paying
    expect(await whyOf()).toBe('admin')
  })

  test('restored by hand and still not paid: suspended anew', async () => {
    await look()
    await suspend()
    await restore()
    expect(await whyOf()).toBeNull()
    await look()
    expect(await whyOf()).toBe('overdue')
  })
})
