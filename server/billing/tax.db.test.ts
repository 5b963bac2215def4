import { afterEach, describe, expect, test } from 'vitest'
import { type AddTaxRate, zAddTaxRate, zIssuer } from '#server/billing/schema.tax.ts'
import * as documents from '#server/billing/service.documents.ts'
import * as issuers from '#server/billing/service.issuer.ts'
import * as tax from '#server/billing/service.tax.ts'
import { civilDate } from '#server/kernel/civil.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase()
const day = civilDate('2026-11-21')
const rows = (table: string) => it.sql(`select * from ${table}`)

afterEach(async () => {
  await it.sql('delete from tax_rates')
})

const rate = (of: Partial<AddTaxRate> = {}) => ({
  customerClass: null,
  country: 'DE',
  region: null,
  validFrom: day,
  name: 'VAT',
  rate: '19',
  ...of,
})
const add = (of: Partial<AddTaxRate> = {}, who = people.admin) =>
  it.as(who, (ctx) => tax.addTaxRate(ctx, zAddTaxRate.parse(rate(of))))
const end = (taxRate: number, on: string) =>
  it.as(people.admin, (ctx) => tax.endTaxRate(ctx, { taxRate, day: civilDate(on) }))
const business = async () =>
  (await it.sql<{ id: number }>("select id from customer_classes where name = 'Business'"))[0]!.id
const decision = async (country: string | null, on = '2026-11-21', vatId: string | null = null) => {
  const customerClass = await business()
  return it.as(people.adam, (ctx) =>
    tax.taxFor(ctx, { customerClass, country, region: null, vatId }, civilDate(on)),
  )
}

describe('a rate', () => {
  test('holds for customers of its country from its day on, the class’s elsewhere', async () => {
    await add()
    expect(await decision('DE')).toMatchObject({ name: 'VAT', rate: '19' })
    expect(await decision('DE', '2026-11-20')).toMatchObject({ name: 'GST', rate: '5' })
    expect(await decision('CA')).toMatchObject({ name: 'GST', rate: '5' })
    expect(await decision(null)).toMatchObject({ name: 'GST', rate: '5' })
  })

  test('is the only one of its class, country, state and day, whoever adds it at once', async () => {
    const { done, refusals } = await outcomes(Array.from({ length: 6 }, () => add()))
    expect(done).toBe(1)
    expect(refusals.map(({ code }) => code)).toEqual(Array(5).fill('tax.rate_exists'))
    await add({ validFrom: civilDate('2027-01-01'), rate: '20' })
  })

  test('ends on a day to come, and once; what ended before it began may be said again', async () => {
    const { taxRate } = await add()
    expect((await refused(end(taxRate, '2026-11-20'))).code).toBe('tax.ends_too_early')
    await end(taxRate, '2026-12-01')
    expect((await refused(end(taxRate, '2026-12-02'))).code).toBe('tax.rate_ended')
    expect(await decision('DE', '2026-11-30')).toMatchObject({ rate: '19' })
    expect(await decision('DE', '2026-12-01')).toMatchObject({ rate: '5' })
    expect((await refused(end(999_999, '2026-12-02'))).code).toBe('tax.rate_not_found')

    const next = await add({ validFrom: civilDate('2027-01-01') })
    await end(next.taxRate, '2027-01-01')
    await add({ validFrom: civilDate('2027-01-01') })
  })

  test('is of a class there is, and a state stands in a country', async () => {
    expect((await refused(add({ customerClass: 99_999 }))).code).toBe('tax.class_unknown')
    const faults = zAddTaxRate.safeParse(rate({ country: null, region: 'BC' })).error?.issues
    expect(faults).toMatchObject([{ path: ['country'], params: { code: 'tax.country_first' } }])
    for (const wrong of [{ rate: '-5' }, { rate: '100' }, { rate: '5.00001' }, { country: 'XX' }])
      expect(zAddTaxRate.safeParse(rate(wrong)).success).toBe(false)
  })

  test('is the provider’s to add, with a row of the audit and an event', async () => {
    for (const who of [people.bamboo, people.adam])
      expect((await refused(add({}, who))).code).toBe('auth.not_allowed')
    const { taxRate } = await add()
    await end(taxRate, '2026-12-01')
    expect(
      await it.sql(
        `select action, actor from audit_rows where entity = 'tax_rate' and entity_id = $1 order by id`,
        [String(taxRate)],
      ),
    ).toEqual([
      { action: 'tax_rate.add', actor: 'Pat Panda' },
      { action: 'tax_rate.end', actor: 'Pat Panda' },
    ])
    expect(
      await it.sql(`select type from events where entity = 'tax_rate' and entity_id = $1`, [
        String(taxRate),
      ]),
    ).toEqual([{ type: 'tax_rate.added' }, { type: 'tax_rate.ended' }])
  })

  test('the database lets nobody but the provider write one, whatever code forgets', async () => {
    for (const who of [people.bamboo, people.adam]) {
      await expect(
        it.as(who, (ctx) =>
          ctx.db.$client.query(
            `insert into tax_rates (i_env, valid_from, name, rate) values (1, now(), 'none', 0)`,
          ),
        ),
      ).rejects.toThrow(/row-level security/)
    }
  })

  test('the list says which hold today on the provider’s calendar', async () => {
    const customerClass = await business()
    await add({ customerClass, country: null })
    await add({ validFrom: civilDate('2027-01-01') })
    const old = await add({ validFrom: civilDate('2020-01-01'), region: 'BY' })
    await end(old.taxRate, '2026-11-21')
    const view = await it.as(people.admin, tax.taxes)
    expect(
      view.rates.map(({ country, region, className, state }) => [
        country,
        region,
        className,
        state,
      ]),
    ).toEqual([
      ['DE', 'BY', null, 'ended'],
      ['DE', null, null, 'coming'],
      [null, null, 'Business', 'valid'],
    ])
    expect(view.classes.map(({ name, rate: of }) => [name, of])).toContainEqual([
      'Retail',
      '5.0000',
    ])
  })
})

describe('the issuer', () => {
  const acme = {
    legalName: 'Acme Telecom B.V.',
    line1: 'Damrak 1',
    line2: '',
    city: 'Amsterdam',
    state: '',
    postalCode: '1012 LG',
    country: 'NL',
    vatId: 'nl 0044.95.445.B01',
    registration: null,
    email: 'bills@acme.example',
    bankDetails: 'NL91ABNA0417164300',
    paymentTerms: null,
  }

  test('makes the recipient pay the tax where the law says so', async () => {
    expect(await decision('DE', '2026-11-21', 'DE136695976')).toMatchObject({ rate: '5' })
    await it.as(people.admin, (ctx) => issuers.setIssuer(ctx, zIssuer.parse(acme)))
    expect(await decision('DE', '2026-11-21', 'DE136695976')).toEqual({
      name: 'GST',
      rate: '0',
      inclusive: false,
      reverseCharge: true,
      note: 'reverse_charge',
    })
    expect(await decision('NL', '2026-11-21', 'NL004495445B01')).toMatchObject({ rate: '5' })
  })

  test('is said by the provider alone, kept as the tax office writes it, and audited by field', async () => {
    for (const who of [people.bamboo, people.adam])
      expect(
        (await refused(it.as(who, (ctx) => issuers.setIssuer(ctx, zIssuer.parse(acme))))).code,
      ).toBe('auth.not_allowed')
    const set = (of: Partial<typeof acme>) =>
      it.as(people.admin, (ctx) => issuers.setIssuer(ctx, zIssuer.parse({ ...acme, ...of })))
    await set({})
    await set({ city: 'Utrecht' })
    await set({ city: 'Utrecht' })
    expect(await rows('issuers')).toMatchObject([{ city: 'Utrecht', vat_id: 'NL004495445B01' }])
    expect(
      await it.sql(
        `select before, after from audit_rows where action = 'issuer.set' order by id desc limit 1`,
      ),
    ).toEqual([{ before: { city: 'Amsterdam' }, after: { city: 'Utrecht' } }])
  })

  test('has an address as its country writes them, and a VAT number that can be one', () => {
    const faults = zIssuer.safeParse({ ...acme, postalCode: 'x', vatId: 'NL1' }).error?.issues
    expect(faults?.map(({ path }) => path[0])).toEqual(['postalCode', 'vatId'])
  })
})

describe('an invoice says of its issuer', () => {
  test('what the provider said, else its brand and support', async () => {
    await it.sql('delete from issuers')
    expect(await it.as(people.admin, (ctx) => documents.issuerParty(ctx, 'en'))).toMatchObject({
      name: 'Panda Telecom',
      address: [],
      email: 'help@panda.example',
      phone: '+1 604 555 0100',
    })
    await it.sql(
      `insert into issuers (i_env, legal_name, line1, city, postal_code, country, bank_details)
       values (1, 'Acme B.V.', 'Damrak 1', 'Amsterdam', '1012 LG', 'NL', 'NL91ABNA0417164300')`,
    )
    expect(await it.as(people.adam, (ctx) => documents.issuerParty(ctx, 'es'))).toMatchObject({
      name: 'Acme B.V.',
      address: ['Damrak 1', '1012 LG Amsterdam', 'Países Bajos'],
      bankDetails: 'NL91ABNA0417164300',
    })
  })

  test('and a sample shows it, to the provider alone', async () => {
    const sample = await it.as(people.admin, (ctx) => documents.sampleInvoice(ctx, 'en'))
    expect(sample).toMatchObject({
      number: null,
      state: 'draft',
      issuer: { name: 'Acme B.V.' },
      total: '16.80000',
    })
    const refusal = await refused(it.as(people.adam, (ctx) => documents.sampleInvoice(ctx, 'en')))
    expect(refusal.code).toBe('auth.not_allowed')
  })
})
