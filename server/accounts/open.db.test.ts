import { beforeAll, describe, expect, test } from 'vitest'
import type { NewAccount } from '#server/accounts/schema.ts'
import * as accounts from '#server/accounts/service.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import { system } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()
const me = system('test')
const abc = 46170 as CustomerId
const product: Record<string, ProductId> = {}

beforeAll(async () => {
  for (const name of [
    'Cloud PBX',
    'Auto attendant',
    'Call recording',
    'EasyCall',
    'IoT SIM',
    'Cloud PBX up to 5 phone lines',
    'Call recording, in the package',
  ]) {
    product[name] = await productId(it, name)
  }
})

let count = 0
const open = (made: Partial<NewAccount>) =>
  it.as(me, (ctx) =>
    accounts.open(ctx, {
      customer: abc,
      product: product['Cloud PBX']!,
      kind: 'extension',
      accountId: `test-${count++}`,
      name: 'Somebody',
      numbers: [],
      ...made,
    }),
  )
const usedOf = async (customer: number) =>
  it.sql(
    `select p.name, i.used from agreement_items i join products p on p.id = i.i_product
      where i.i_customer = $1 order by 1`,
    [customer],
  )

describe('the product of an account', () => {
  test.each([
    ['a menu’s', { product: 'Auto attendant' }],
    ['an add-on', { product: 'Call recording' }],
    ['a phone line’s', { product: 'EasyCall' }],
  ])('%s is not for an extension', async (_what, made) => {
    const refusal = await refused(open({ product: product[made.product] }))
    expect(refusal).toMatchObject({
      kind: 'invalid',
      code: 'accounts.wrong_product',
      details: { product: made.product },
    })
  })

  test('must be in the agreement', async () => {
    const refusal = await refused(open({ product: product['Cloud PBX up to 5 phone lines'] }))
    expect(refusal).toMatchObject({
      code: 'agreement.not_included',
      details: { product: 'Cloud PBX up to 5 phone lines' },
    })
  })

  test('must be one there is, and is still sold', async () => {
    const unknown = await refused(open({ product: 999_999 as ProductId }))
    expect(unknown).toMatchObject({ kind: 'not_found', code: 'catalog.product_not_found' })

    await it.sql('update products set archived_at = now() where id = $1', [product['Cloud PBX']])
    expect(await refused(open({}))).toMatchObject({ code: 'catalog.product_not_found' })
    await it.sql('update products set archived_at = null')
  })

  test('says whether the account works at once or waits to be looked at', async () => {
    expect(await open({})).toMatchObject({ status: 'active' })
    const sim = { customer: 46172 as CustomerId, product: product['IoT SIM'], kind: 'sim' } as const
    expect(await open(sim)).toMatchObject({ status: 'inactive' })
  })
})

describe('add-ons', () => {
  test('take their own place, beside the main product’s', async () => {
    const before = await usedOf(46170)
    const { account } = await open({ addons: [product['Call recording']!] })
    const addons = await it.as(me, (ctx) => accounts.addonsOf(ctx, [account]))
    expect(addons.get(account)).toEqual([product['Call recording']])
    const more = (name: string) => (name === 'Auto attendant' ? 0 : 1)
    expect(await usedOf(46170)).toEqual(
      before.map(({ name, used }) => ({ name, used: used + more(name) })),
    )
  })

  test('are add-ons: a main product beside another is refused', async () => {
    const refusal = await refused(open({ addons: [product['Auto attendant']!] }))
    expect(refusal).toMatchObject({ code: 'accounts.wrong_product' })
  })

  test('that are used up are refused by name, and the main product’s place stays free', async () => {
    const five = {
      customer: 46175 as CustomerId,
      product: product['Cloud PBX up to 5 phone lines'],
      addons: [product['Call recording, in the package']!],
    }
    await open(five)
    const before = await usedOf(46175)
    const refusal = await refused(open(five))
    expect(refusal.details).toEqual({
      product: 'Call recording, in the package',
      limit: 1,
      used: 1,
      asked: 1,
    })
    expect(await usedOf(46175)).toEqual(before)
  })
})

describe('an account', () => {
  test('is one of its name among the living', async () => {
    await open({ accountId: 'one' })
    expect(await refused(open({ accountId: 'one' }))).toMatchObject({
      kind: 'conflict',
      code: 'accounts.id_taken',
    })
    await it.sql(
      "update accounts set status = 'terminated', terminated_at = now() where account_id = 'one'",
    )
    expect(await open({ accountId: 'one' })).toMatchObject({ accountId: 'one' })
  })

  test('has a SIP password that opens for it alone, and stands nowhere in the clear', async () => {
    const { account, sip } = await open({})
    const [row] = await it.sql<{ sip_password_sealed: string }>(
      'select sip_password_sealed from accounts where id = $1',
      [account],
    )
    expect(row!.sip_password_sealed).not.toContain(sip.password)
    const opened = await it.as(me, (ctx) => accounts.sipCredentials(ctx, account))
    expect(opened.password).toBe(sip.password)

    const other = await open({})
    await it.sql('update accounts set sip_password_sealed = $2 where id = $1', [
      other.account,
      row!.sip_password_sealed,
    ])
    await expect(it.as(me, (ctx) => accounts.sipCredentials(ctx, other.account))).rejects.toThrow()
    const told = await it.sql<{ text: string }>(
      'select payload::text as text from events union all select "after"::text from audit_rows',
    )
    expect(told.filter(({ text }) => text?.includes(sip.password))).toEqual([])
  })

  test('starts the subscriptions of its products on the customer’s own day', async () => {
    // Four in the morning of the 22nd in UTC is the evening of the 21st in Los Angeles.
    it.clock.set('2026-11-22T04:00:00Z')
    const { subscriptions } = await open({ addons: [product['Call recording']!] })
    expect(subscriptions).toHaveLength(2)
    expect(new Set(subscriptions.map((one) => one.startedOn))).toEqual(new Set(['2026-11-21']))
    it.clock.set('2026-11-21T12:00:00Z')
  })

  test('of another customer is not there', async () => {
    const { account } = await open({})
    const refusal = await refused(it.as(people.ten, (ctx) => accounts.find(ctx, account)))
    expect(refusal).toMatchObject({ kind: 'not_found', code: 'accounts.not_found' })
    const missing = await refused(it.as(people.ten, (ctx) => accounts.find(ctx, 1 as AccountId)))
    expect(missing.message).toBe(refusal.message)
  })
})
