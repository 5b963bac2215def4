import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import { runDue } from '#server/billing/service.run.ts'
import { type Terms, usualTerms } from '#server/catalog/schema.ts'
import { editorOf, editProduct } from '#server/catalog/service.editor.ts'
import { editPackage } from '#server/catalog/service.packages.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { anna, openWorld } from './testing.ts'

const it = testDatabase()
const site = 'panda'
let email: string

beforeEach(() => {
  it.clock.set('2026-11-21T20:00:00Z')
  email = `${randomUUID()}@lee.example`
})

/** EasyCall as the provider sells it from now on. */
const sellAt = async (activationFee: string, periodicFee: string, terms: Partial<Terms>) => {
  const product = await productId(it, 'EasyCall')
  await it.as(people.admin, async (ctx) => {
    const { product: row } = await editorOf(ctx, { product })
    const { name, description, newAccounts, services } = row
    return editProduct(ctx, {
      product,
      name,
      description,
      newAccounts,
      services,
      currency: 'USD',
      activationFee,
      periodicFee,
      terms: { ...usualTerms, ...terms },
    })
  })
}
/** Signs up, at no tax worth mentioning: 5 %. */
async function signUp(plan: string, promo?: string) {
  const { trpc, prepare, press } = openWorld(it).visitor()
  const draft = await prepare({ plan, address: { ...anna, email } })
  if (promo) await trpc.applyPromo({ site, version: draft.version, code: promo })
  const { quote } = (await trpc.draft({ site }))!
  expect(await press()).toMatchObject({ state: 'completed' })
  const [row] = await it.sql<{ id: number }>('select id from customers where email = $1', [email])
  return { quote, customer: row!.id }
}
const bill = (day: string) => {
  it.clock.set(`${day}T20:00:00Z`)
  return runDue(it.edge())
}
const billed = async (customer: number, on: string) => {
  const rows = await it.sql<{ line: string }>(
    `select concat_ws(' | ', l.description, l.kind, l.period_from || '..' || l.period_until, l.net) as line
       from invoice_lines l join invoices i on i.i_env = l.i_env and i.id = l.i_invoice
      where l.i_customer = $1 and i.issued_on = $2 order by l.line`,
    [customer, on],
  )
  return rows.map(({ line }) => line)
}

describe('signing up for a plan', () => {
  test('of a year in advance pays the year, and nothing until it is over', async () => {
    await sellAt('5', '120', { periodCount: 12 })
    const { quote, customer } = await signUp('easycall')
    expect(quote).toMatchObject({ dueToday: '131.25000', nextCharge: '2027-11-21' })
    expect(await billed(customer, '2026-11-21')).toEqual([
      'EasyCall | activation | 5.00000',
      'EasyCall | periodic | 2026-11-21..2027-11-21 | 120.00000',
    ])
    await bill('2026-12-21')
    expect(await billed(customer, '2026-12-21')).toEqual([])
    const [held] = await it.sql(
      'select charged_until::text as until from customer_subscriptions where i_customer = $1',
      [customer],
    )
    expect(held).toEqual({ until: '2027-11-21' })
  })

  test('of a month in arrears pays the activation, and the month when it is over', async () => {
    await sellAt('5', '10', { inAdvance: false })
    const { quote, customer } = await signUp('easycall')
    expect(quote).toMatchObject({ dueToday: '5.25000', nextCharge: '2026-12-21' })
    expect(await billed(customer, '2026-11-21')).toEqual(['EasyCall | activation | 5.00000'])
    await bill('2026-12-21')
    expect(await billed(customer, '2026-12-21')).toEqual([
      'EasyCall | periodic | 2026-11-21..2026-12-21 | 10.00000',
    ])
  })
})

describe('a code of $5 off the first three months', () => {
  beforeEach(async () => {
    await it.sql(
      `insert into promo_codes (i_env, i_site, code, amount, applies_to, periods)
       select 1, id, 'SPRING', 5, 'periodic', 3 from signup_sites where slug = 'panda'
       on conflict do nothing`,
    )
  })

  test('takes $5 today, $5 in each of two more months, and nothing in the fourth', async () => {
    await sellAt('0', '9.99', {})
    const { quote, customer } = await signUp('easycall', 'SPRING')
    // $4.99 and 5 %.
    expect(quote.dueToday).toBe('5.24000')
    expect(await billed(customer, '2026-11-21')).toEqual([
      'EasyCall | periodic | 2026-11-21..2026-12-21 | 9.99000',
      'SPRING | discount | -5.00000',
    ])
    for (const day of ['2026-12-21', '2027-01-21', '2027-02-21']) await bill(day)
    expect(await billed(customer, '2026-12-21')).toEqual([
      'EasyCall | periodic | 2026-12-21..2027-01-21 | 9.99000',
      'SPRING | discount | 2026-12-21..2027-01-21 | -5.00000',
    ])
    expect((await billed(customer, '2027-01-21'))[1]).toBe(
      'SPRING | discount | 2027-01-21..2027-02-21 | -5.00000',
    )
    expect(await billed(customer, '2027-02-21')).toEqual([
      'EasyCall | periodic | 2027-02-21..2027-03-21 | 9.99000',
    ])
  })

  test('takes nothing today of a month in arrears, and $5 of each of the first three', async () => {
    await sellAt('0', '10', { inAdvance: false })
    const { quote, customer } = await signUp('easycall', 'SPRING')
    expect(quote.dueToday).toBe('0.00000')
    for (const day of ['2026-12-21', '2027-01-21', '2027-02-21', '2027-03-21']) await bill(day)
    for (const day of ['2026-12-21', '2027-01-21', '2027-02-21']) {
      expect((await billed(customer, day)).map((line) => line.split(' | ').at(-1))).toEqual([
        '10.00000',
        '-5.00000',
      ])
    }
    expect(await billed(customer, '2027-03-21')).toHaveLength(1)
  })
})

test('a package at another price is sold at that one, also by the plan that named the old one', async () => {
  const [old] = await it.sql<{ id: number }>(
    "select i_subscription as id from signup_plans where code = 'cloud-pbx-10'",
  )
  await it.as(people.admin, (ctx) =>
    editPackage(ctx, {
      subscription: old!.id,
      name: 'Up to 10 lines',
      currency: 'USD',
      activationFee: '0',
      periodicFee: '33',
      terms: usualTerms,
    }),
  )
  const { quote, customer } = await signUp('cloud-pbx-10')
  expect(quote.dueToday).toBe('34.65000')
  expect(await billed(customer, '2026-11-21')).toEqual([
    'Up to 10 lines | periodic | 2026-11-21..2026-12-21 | 33.00000',
  ])
  // Who has the old one keeps it.
  const [kept] = await it.sql(
    `select s.periodic_fee::text as fee from customer_subscriptions c
       join subscriptions s on s.i_env = c.i_env and s.id = c.i_subscription
      where c.i_customer = 46171 and c.i_account is null`,
  )
  expect(kept).toEqual({ fee: '30.00000' })
})

test('the books agree after all of that', async () => {
  const faults = await verify((text) => it.sql(text))
  expect(faults.map(({ name, sentence }) => `${name} ${sentence}`)).toEqual([])
})
