import { describe, expect, test } from 'vitest'
import { type AddClass, type ClassView, zAddClass } from '#server/customers/schema.classes.ts'
import * as classes from '#server/customers/service.classes.ts'
import * as settings from '#server/customers/service.settings.ts'
import * as customers from '#server/customers/service.ts'
import { system } from '#server/runtime/actor.ts'
import { company } from '#server/testing/company.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'
import { heldOpen, untilBlocked } from '#server/testing/waiting.ts'

const it = testDatabase()
const { admin, adam, bamboo } = people

const rules: AddClass = {
  name: 'Wholesale',
  currency: 'EUR',
  taxName: 'VAT',
  taxRate: '19',
  taxInclusive: false,
  billingDay: 15,
  dueDays: 30,
  retryDays: [3, 10],
  suspendDays: null,
  suspendOverLimit: true,
  creditLimit: '500',
  balanceWarning: null,
}
const list = () => it.as(admin, classes.list)
const named = async (name: string): Promise<ClassView> =>
  (await list()).find((one) => one.name === name)!
const add = (of: Partial<AddClass> = {}, who = admin) =>
  it.as(who, (ctx) => classes.add(ctx, zAddClass.parse({ ...rules, ...of })))
const edit = (customerClass: number, of: Partial<AddClass> = {}, who = admin) =>
  it.as(who, (ctx) => classes.edit(ctx, { customerClass, ...rules, ...of }))
const rulesOf = ({ customerClass: _, customers: __, inUse: ___, ...rest }: ClassView) =>
  rest as AddClass

describe('a class', () => {
  test('is added with its rules, told and audited', async () => {
    const { customerClass } = await add()
    expect(await named('Wholesale')).toEqual({
      ...rules,
      customerClass,
      taxRate: '19.0000',
      creditLimit: '500.00000',
      customers: 0,
      inUse: false,
    })
    expect(await it.sql(`select type from events where entity = 'customer_class'`)).toEqual([
      { type: 'customer_class.added' },
    ])
    expect(
      await it.sql(`select action, actor from audit_rows where entity = 'customer_class'`),
    ).toEqual([{ action: 'customer_class.add', actor: 'Pat Panda' }])
  })

  test('has a name of its own, whoever adds it at once', async () => {
    const { done, refusals } = await outcomes(Array.from({ length: 5 }, () => add({ name: 'One' })))
    expect(done).toBe(1)
    expect(refusals.map(({ code }) => code)).toEqual(Array(4).fill('customers.class_name_taken'))
    const { customerClass } = await named('One')
    expect((await refused(edit(customerClass, { name: 'Business' }))).code).toBe(
      'customers.class_name_taken',
    )
  })

  test('changes by the fields that differ; the same again tells nobody', async () => {
    const { customerClass } = await add({ name: 'Partners' })
    const change = { name: 'Partners', taxRate: '19.00', creditLimit: '500.0', dueDays: 7 }
    await edit(customerClass, change)
    await edit(customerClass, change)
    expect(
      await it.sql(
        `select before, after from audit_rows where action = 'customer_class.edit' and entity_id = $1`,
        [String(customerClass)],
      ),
    ).toEqual([
      { before: { name: 'Partners', dueDays: 30 }, after: { name: 'Partners', dueDays: 7 } },
    ])
    expect((await refused(edit(999_999))).code).toBe('customers.class_not_found')
  })

  test('in use keeps its currency; one that nobody has may have another', async () => {
    const business = await named('Business')
    expect(business).toMatchObject({ currency: 'USD', inUse: true })
    const refusal = await refused(
      edit(business.customerClass, { ...rulesOf(business), currency: 'EUR' }),
    )
    expect(refusal).toMatchObject({
      code: 'customers.class_in_use',
      details: { name: 'Business', currency: 'USD' },
    })
    const { customerClass } = await add({ name: 'Nobody' })
    await edit(customerClass, { name: 'Nobody', currency: 'GBP' })
    expect(await named('Nobody')).toMatchObject({ currency: 'GBP' })
  })

  test('another billing day is for customers to come', async () => {
    const business = await named('Business')
    const old = await company(it, 'Old Ltd')
    await edit(business.customerClass, { ...rulesOf(business), billingDay: 31 })
    const young = await company(it, 'Young Ltd')
    const anchors = await it.sql<{ day: string }>(
      `select right(billing_anchor::text, 2) as day from customers where id = any($1) order by id`,
      [[old.customer, young.customer]],
    )
    expect(anchors).toEqual([{ day: '01' }, { day: '31' }])
  })

  test('takes no rule that can’t hold', () => {
    for (const wrong of [
      { billingDay: 32 },
      { retryDays: [8, 3] },
      { retryDays: [3, 3] },
      { suspendDays: 0 },
      { taxRate: '100' },
      { creditLimit: '-1' },
      { dueDays: 366 },
    ])
      expect(zAddClass.safeParse({ ...rules, ...wrong }).success).toBe(false)
  })

  test('is the provider’s matter: resellers and customers neither see nor change one', async () => {
    for (const who of [bamboo, adam]) {
      expect((await refused(it.as(who, classes.list))).code).toBe('auth.not_allowed')
      expect((await refused(add({ name: 'Mine' }, who))).code).toBe('auth.not_allowed')
      expect((await refused(edit(1, {}, who))).code).toBe('auth.not_allowed')
    }
  })

  test('somebody becomes its customer while its currency is changed: the change waits, and is refused', async () => {
    const { customerClass } = await add({ name: 'Racing', currency: 'USD' })
    const commit = await heldOpen((held) =>
      it.as(system('test'), async (ctx) => {
        await customers.create(ctx, { ...fast, customerClass })
        await held()
      }),
    )
    const editing = refused(edit(customerClass, { name: 'Racing', currency: 'GBP' }))
    await untilBlocked(it, editing)
    await commit()
    expect((await editing).code).toBe('customers.class_in_use')
  })

  test('it is given to a customer while its currency is changed: that waits, and is refused', async () => {
    const { customerClass } = await add({ name: 'Given', currency: 'USD' })
    const { customer } = await company(it, 'Given Ltd')
    const commit = await heldOpen((held) =>
      it.as(admin, async (ctx) => {
        await classes.edit(ctx, { customerClass, ...rules, name: 'Given', currency: 'GBP' })
        await held()
      }),
    )
    const giving = refused(
      it.as(admin, (ctx) =>
        settings.setBilling(ctx, { customer, customerClass, creditLimit: null, autoPay: true }),
      ),
    )
    await untilBlocked(it, giving)
    await commit()
    expect((await giving).code).toBe('customers.class_currency')
  })
})

const fast = {
  companyName: 'Fast Ltd',
  firstName: 'Ann',
  lastName: 'Fast',
  email: 'ann@example.com',
  phone: '16045550123',
  line1: '1 Harbour Street',
  city: 'Vancouver',
  country: 'CA',
  currency: 'USD',
  timeZone: 'America/Vancouver',
  locale: 'en',
}
