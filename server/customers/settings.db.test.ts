import { beforeEach, describe, expect, test } from 'vitest'
import { restore as restoreFor, suspend as suspendFor } from '#server/customers/service.billing.ts'
import * as classes from '#server/customers/service.classes.ts'
import * as settings from '#server/customers/service.settings.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { system } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase()
const { admin, adam, bamboo } = people
const abc = 46170

beforeEach(() =>
  it.sql(
    `update customers set status = 'active', suspended_for = null, suspended_at = null,
            suspended_note = null where id = $1`,
    [abc],
  ),
)

const look = () => it.as(admin, (ctx) => settings.settings(ctx, { customer: abc }))
const set = (
  of: Partial<{ customerClass: number; creditLimit: string | null; autoPay: boolean }>,
) =>
  it.as(admin, async (ctx) => {
    const { customerClass, creditLimit, autoPay } = await settings.settings(ctx, { customer: abc })
    await settings.setBilling(ctx, { customer: abc, customerClass, creditLimit, autoPay, ...of })
  })
const suspend = (reason = 'Fraud is suspected.', who = admin) =>
  it.as(who, (ctx) => settings.suspend(ctx, { customer: abc, reason }))
const restore = (reason = 'It was none.', who = admin) =>
  it.as(who, (ctx) => settings.restore(ctx, { customer: abc, reason }))
const told = () =>
  it.sql<{ type: string; payload: unknown }>(
    `select type, payload from events where i_customer = $1 and type ~ 'suspended|restored|billing_changed' order by id`,
    [abc],
  )

describe('how a customer is billed', () => {
  test('another class of its currency, a limit of its own, the card: told and audited by field', async () => {
    const { classes: offered, customerClass } = await look()
    const retail = offered.find(({ name }) => name === 'Retail')!
    await set({ customerClass: retail.customerClass, creditLimit: '250' })
    await set({ customerClass: retail.customerClass, creditLimit: '250.00' })
    expect(await look()).toMatchObject({
      customerClass: retail.customerClass,
      creditLimit: '250.00000',
    })
    expect(
      await it.sql(
        `select before, after from audit_rows where action = 'customer.set_billing' order by id`,
      ),
    ).toEqual([
      {
        before: { customerClass: 'Business', creditLimit: null },
        after: { customerClass: 'Retail', creditLimit: '250.00000' },
      },
    ])
    await set({ customerClass, creditLimit: null, autoPay: false })
    expect(await look()).toMatchObject({ customerClass, creditLimit: null, autoPay: false })
    expect((await told()).filter(({ type }) => type === 'customer.billing_changed')).toHaveLength(2)
  })

  test('a class of another currency is neither offered nor taken', async () => {
    const { customerClass } = await it.as(admin, (ctx) =>
      classes.add(ctx, {
        name: 'Euro',
        currency: 'EUR',
        taxName: 'VAT',
        taxRate: '19',
        taxInclusive: false,
        billingDay: null,
        dueDays: 14,
        retryDays: [],
        suspendDays: 14,
        suspendOverLimit: false,
        creditLimit: null,
        balanceWarning: null,
      }),
    )
    expect((await look()).classes.map(({ name }) => name)).not.toContain('Euro')
    expect(await refused(set({ customerClass }))).toMatchObject({
      code: 'customers.class_currency',
      details: { name: 'Euro', currency: 'USD' },
    })
    expect((await refused(set({ customerClass: 999_999 }))).code).toBe('customers.class_not_found')
  })
})

describe('service, by hand', () => {
  test('is suspended once, with what was written, and restored', async () => {
    const before = (await told()).length
    const { done, refusals } = await outcomes([suspend(), suspend(), suspend()])
    expect([done, ...refusals.map(({ code }) => code)]).toEqual([
      1,
      'customers.suspended_already',
      'customers.suspended_already',
    ])
    expect(await look()).toMatchObject({
      status: 'suspended',
      suspendedFor: 'admin',
      note: 'Fraud is suspected.',
    })
    await restore()
    expect(await look()).toMatchObject({ status: 'active', suspendedFor: null, note: null })
    expect((await refused(restore())).code).toBe('customers.not_suspended')
    expect((await told()).slice(before)).toEqual([
      { type: 'customer.suspended', payload: { reason: 'admin' } },
      { type: 'customer.restored', payload: { reason: 'admin' } },
    ])
    expect(
      await it.sql(
        `select action, actor, on_behalf_of, after from audit_rows
          where action in ('customer.suspend', 'customer.restore') order by id`,
      ),
    ).toMatchObject([
      { actor: 'Pat Panda', after: { reason: 'admin', note: 'Fraud is suspected.' } },
      { actor: 'Pat Panda', after: { reason: 'admin', note: 'It was none.' } },
    ])
  })

  test('what money stopped is restored by money alone', async () => {
    await it.as(system('test'), (ctx) => suspendFor(ctx, abc as CustomerId, 'overdue'))
    expect(await refused(restore())).toMatchObject({
      code: 'customers.restored_by_paying',
      details: { reason: 'overdue' },
    })
    expect(await look()).toMatchObject({ suspendedFor: 'overdue' })
  })

  test('what money stopped, an administrator may stop too: by hand alone it starts again', async () => {
    await it.as(system('test'), (ctx) => suspendFor(ctx, abc as CustomerId, 'overdue'))
    await suspend()
    expect(await look()).toMatchObject({ suspendedFor: 'admin', note: 'Fraud is suspected.' })
    expect(
      await it.as(system('test'), (ctx) => suspendFor(ctx, abc as CustomerId, 'overdue')),
    ).toBe(false)
    expect(
      await it.as(system('test'), (ctx) => restoreFor(ctx, abc as CustomerId, 'overdue')),
    ).toBe(false)
    expect((await refused(suspend())).code).toBe('customers.suspended_already')
    expect(await look()).toMatchObject({ suspendedFor: 'admin', note: 'Fraud is suspected.' })
    await restore()
    expect(await look()).toMatchObject({ status: 'active', suspendedFor: null, note: null })
  })

  test('is the provider’s: resellers and customers neither look nor act', async () => {
    for (const who of [bamboo, adam]) {
      for (const asked of [
        () => suspend('Because.', who),
        () => restore('Because.', who),
        () => it.as(who, (ctx) => settings.settings(ctx, { customer: abc })),
      ])
        expect((await refused(asked())).code).toBe('auth.not_allowed')
    }
    const nobody = it.as(admin, (ctx) => settings.suspend(ctx, { customer: 1, reason: 'Gone.' }))
    expect((await refused(nobody)).code).toBe('customers.not_found')
  })
})
