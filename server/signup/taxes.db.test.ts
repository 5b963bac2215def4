import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '#server/testing/database.ts'
import type { Address } from './schema.ts'
import { anna, openWorld, refusal } from './testing.ts'

const it = testDatabase()
const site = 'panda'

beforeEach(async () => {
  await it.sql('delete from tax_rates')
  await it.sql("update issuers set country = 'CA'")
})

const inSeattle: Address = {
  ...anna,
  country: 'US',
  state: 'WA',
  city: 'Seattle',
  postalCode: '98101',
  phone: '+12065550142',
}
const inBerlin: Address = {
  ...anna,
  country: 'DE',
  city: 'Berlin',
  state: undefined,
  postalCode: '10115',
  phone: '+4930901820',
  vatId: 'DE136695976',
  companyName: 'Lee GmbH',
}
const addRate = (country: string, region: string | null, name: string, rate: string) =>
  it.sql(
    `insert into tax_rates (i_env, country, region, valid_from, name, rate)
     values (1, $1, $2, '2026-01-01', $3, $4)`,
    [country, region, name, rate],
  )
const invoiced = () =>
  it.sql(
    `select i.tax, i.total, l.kind, l.net, l.tax_rate, l.tax as line_tax
       from invoices i join invoice_lines l on l.i_invoice = i.id
      where i.id = (select max(id) from invoices) order by line`,
  )

test('a prospect pays the tax of where the address is, from the step on that asks for it', async () => {
  await addRate('US', 'WA', 'Sales tax', '10.25')
  const { trpc, prepare, press } = openWorld(it).visitor()
  const before = await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
  expect(before.quote).toMatchObject({ taxName: 'GST', taxRate: '5', dueToday: '15.74000' })

  const { quote } = await prepare({ address: inSeattle })
  expect(quote).toMatchObject({
    taxName: 'Sales tax',
    taxRate: '10.25',
    taxNote: null,
    net: '14.99000',
    tax: '1.54000',
    dueToday: '16.53000',
    recurring: [{ period: 'month', periodCount: 1, inAdvance: true, amount: '11.01000' }],
  })
  expect(await press()).toMatchObject({ state: 'completed' })
  expect(await invoiced()).toEqual([
    {
      tax: '1.54000',
      total: '16.53000',
      kind: 'activation',
      net: '5.00000',
      tax_rate: '10.2500',
      line_tax: '0.51000',
    },
    {
      tax: '1.54000',
      total: '16.53000',
      kind: 'periodic',
      net: '9.99000',
      tax_rate: '10.2500',
      line_tax: '1.03000',
    },
  ])
})

test('a company of another member state with a VAT number pays none, and is told why', async () => {
  await it.sql("update issuers set country = 'NL'")
  await addRate('DE', null, 'VAT', '19')
  const { prepare, press, trpc } = openWorld(it).visitor()
  const { quote } = await prepare({ address: inBerlin })
  expect(quote).toMatchObject({
    taxName: 'VAT',
    taxRate: '0',
    taxNote: 'reverse_charge',
    dueToday: '14.99000',
  })
  expect(await press()).toMatchObject({ state: 'completed' })
  expect(await invoiced()).toMatchObject([{ tax: '0.00000' }, { tax: '0.00000' }])

  const other = openWorld(it).visitor('192.0.2.77')
  const shown = await other.prepare({ address: { ...inBerlin, vatId: undefined } })
  expect(shown.quote).toMatchObject({ taxRate: '19', dueToday: '17.84000' })
  expect((await trpc.draft({ site }))?.quote.dueToday).toBeDefined()
})

test('a rate that begins between the summary and the button is refused, not charged', async () => {
  const { prepare, press } = openWorld(it).visitor()
  const { quote } = await prepare({ address: inSeattle })
  await addRate('US', null, 'Sales tax', '8')
  const changed = await refusal(press({ dueToday: quote.dueToday }))
  expect(changed.code).toBe('signup.price_changed')
  expect(await press()).toMatchObject({ state: 'completed' })
})
