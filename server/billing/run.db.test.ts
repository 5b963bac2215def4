import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import * as ledger from '#server/billing/service.ledger.ts'
import * as previews from '#server/billing/service.preview.ts'
import { runDue } from '#server/billing/service.run.ts'
import * as views from '#server/billing/service.views.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'
import { zImport } from '#server/usage/schema.ts'
import * as usage from '#server/usage/service.ts'

const it = testDatabase()
const { adam, admin } = people
const [abc, ten, five] = [46170, 46171, 46175]

const bill = (day: string) => {
  it.clock.set(`${day}T09:00:00Z`)
  return runDue(it.edge())
}
const invoicesOf = (customer: number) =>
  it.sql(
    `select issued_on::text as on, state, net::text, tax::text, total::text
       from invoices where i_customer = $1 order by id`,
    [customer],
  )
const linesOf = async (customer: number, on: string) => {
  const rows = await it.sql<{ line: string }>(
    `select concat_ws(' | ', l.description, l.details->>'line', l.kind, l.period_from || '..' || l.period_until, l.net) as line
       from invoice_lines l join invoices i on i.i_env = l.i_env and i.id = l.i_invoice
      where l.i_customer = $1 and i.issued_on = $2 order by l.line`,
    [customer, on],
  )
  return rows.map(({ line }) => line)
}
/** Everything of reliability's list that is about money. */
const faults = async () =>
  (await verify((text) => it.sql(text)))
    .map(({ name, sentence, rows }) => `${name} ${sentence} ${JSON.stringify(rows)}`)
    .filter((fault) => /^I[478] /.test(fault))

// Panda Telecom's businesses began on November 21, 2026 and are billed on the first.
describe('the first bills, on December 1', () => {
  beforeAll(async () => void (await bill('2026-12-01')))

  test('ABC pays by the line: ten days of November, and December', async () => {
    expect(await linesOf(abc, '2026-12-01')).toEqual([
      // 10/30 of $6 and of $10, which is $3.33333: the whole bill is rounded once.
      'Auto attendant | ph46170aa1 | periodic | 2026-11-21..2026-12-01 | 2.00000',
      'Auto attendant | ph46170aa1 | periodic | 2026-12-01..2027-01-01 | 6.00000',
      'Cloud PBX | 4665 | periodic | 2026-11-21..2026-12-01 | 3.33000',
      'Cloud PBX | 4665 | periodic | 2026-12-01..2027-01-01 | 10.00000',
    ])
    expect(await invoicesOf(abc)).toEqual([
      { on: '2026-12-01', state: 'issued', net: '21.33000', tax: '1.07000', total: '22.40000' },
    ])
  })

  test('up to ten lines for $30: always $30, three in use or ten', async () => {
    expect(await linesOf(ten, '2026-12-01')).toEqual([
      'Up to 10 Cloud PBX phone lines for $30 | periodic | 2026-11-21..2026-12-01 | 10.00000',
      'Up to 10 Cloud PBX phone lines for $30 | periodic | 2026-12-01..2027-01-01 | 30.00000',
    ])
    expect(await invoicesOf(ten)).toMatchObject([{ net: '40.00000', tax: '2.00000' }])
  })

  test('five lines and one call recording for $20', async () => {
    expect(await invoicesOf(five)).toMatchObject([{ net: '26.67000', tax: '1.33000' }])
  })

  test('run again, by three at once, nothing is billed twice', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => bill('2026-12-01')))
    expect(runs.map(({ customers }) => customers)).toEqual([0, 0, 0])
    expect(await it.sql('select 1 from invoices')).toHaveLength(3)
    expect(await faults()).toEqual([])
  })
})

describe('what an administrator writes', () => {
  const of = { customer: abc, currency: 'USD', reason: 'agreed by phone' }
  const key = () => crypto.randomUUID()
  const write = (kind: 'charge' | 'credit', amount: string, more = {}) =>
    it.as(admin, (ctx) =>
      ledger.write(ctx, { ...of, kind, amount, description: 'A visit', key: key(), ...more }),
    )
  const balance = async () =>
    (
      await it.sql<{ balance: string }>('select balance::text from customers where id = $1', [abc])
    )[0]!.balance

  test('moves the balance now, once a press', async () => {
    const press = key()
    await write('charge', '40', { key: press })
    await write('charge', '40', { key: press })
    await write('credit', '15.50')
    expect(await balance()).toBe('46.90000')
    expect(await faults()).toEqual([])
  })

  test.each([
    ['charge', '0', 'billing.amount_invalid', {}],
    ['charge', '-5', 'billing.amount_invalid', {}],
    ['credit', '1.001', 'billing.amount_too_precise', {}],
    ['charge', '5', 'billing.wrong_currency', { currency: 'EUR' }],
    ['charge', '5', 'customers.not_found', { customer: 999 }],
  ] as const)('a %s of %s is refused: %s', async (kind, amount, code, more) => {
    expect(await refused(write(kind, amount, more))).toMatchObject({ code })
    expect(await balance()).toBe('46.90000')
  })

  test('is on the next invoice, with tax, and not charged once more', async () => {
    await bill('2027-01-01')
    expect(await linesOf(abc, '2027-01-01')).toEqual([
      'Auto attendant | ph46170aa1 | periodic | 2027-01-01..2027-02-01 | 6.00000',
      'Cloud PBX | 4665 | periodic | 2027-01-01..2027-02-01 | 10.00000',
      'A visit | charge | 40.00000',
      'A visit | credit | -15.50000',
    ])
    // 40.50 and 5 %; the balance: 22.40 + 24.50 + 16 + 2.03.
    expect((await invoicesOf(abc))[1]).toMatchObject({ net: '40.50000', tax: '2.03000' })
    expect(await balance()).toBe('64.93000')
    expect(await faults()).toEqual([])
  })

  test('money by another way pays the oldest first, and the rest stays open', async () => {
    await it.as(admin, (ctx) =>
      ledger.recordPayment(ctx, { ...of, invoice: null, amount: '30', key: key() }),
    )
    expect(
      await it.sql('select state, paid::text from invoices where i_customer = $1 order by id', [
        abc,
      ]),
    ).toEqual([
      { state: 'paid', paid: '22.40000' },
      { state: 'issued', paid: '7.60000' },
    ])
    expect(await balance()).toBe('34.93000')
    expect(await faults()).toEqual([])
  })

  test('an invoice taken back: nothing is owed for it, what was paid of it is credit', async () => {
    const [, second] = await it.sql<{ id: number }>(
      'select id from invoices where i_customer = $1 order by id',
      [abc],
    )
    const take = () =>
      it.as(admin, (ctx) => ledger.voidInvoice(ctx, { invoice: second!.id, reason: 'a mistake' }))
    await take()
    expect(await balance()).toBe('-7.60000')
    expect(await refused(take())).toMatchObject({ code: 'billing.invoice_closed' })
    expect(await faults()).toEqual([])
  })

  test('credit pays the next invoice by itself, and what it charged comes not again', async () => {
    await bill('2027-02-01')
    expect(await linesOf(abc, '2027-02-01')).toEqual([
      'Auto attendant | ph46170aa1 | periodic | 2027-02-01..2027-03-01 | 6.00000',
      'Cloud PBX | 4665 | periodic | 2027-02-01..2027-03-01 | 10.00000',
    ])
    expect(
      await it.sql(
        'select state, total::text, paid::text from invoices where i_customer = $1 and issued_on = $2',
        [abc, '2027-02-01'],
      ),
    ).toEqual([{ state: 'issued', total: '16.80000', paid: '7.60000' }])
    expect(await faults()).toEqual([])
  })

  test('another’s invoices are nobody’s to see', async () => {
    const [other] = await it.sql<{ id: number }>('select id from invoices where i_customer = $1', [
      ten,
    ])
    const look = it.as(adam, (ctx) => views.invoice(ctx, { invoice: other!.id }))
    expect(await refused(look)).toMatchObject({ code: 'billing.invoice_not_found' })
  })
})

describe('what something would cost', () => {
  test('is what the invoice will say', async () => {
    it.clock.set('2027-02-10T20:00:00Z')
    const upcoming = await it.as(adam, previews.upcoming)
    expect(upcoming).toMatchObject({
      on: '2027-03-01',
      net: '16.00000',
      tax: '0.80000',
      total: '16.80000',
    })

    const [pbx] = await it.sql<{ id: number }>("select id from products where name = 'Cloud PBX'")
    const price = await it.as(adam, (ctx) =>
      previews.preview(ctx, { add: [{ product: pbx!.id, n: 2 }], remove: [] }),
    )
    // 19 of February's 28 days, twice: $13.57142; and March, twice.
    expect(price).toEqual({
      currency: 'USD',
      monthly: '20.00000',
      invoiceOn: '2027-03-01',
      onInvoice: '33.57142',
      untilInvoice: '13.57142',
      days: { from: '2027-02-10', until: '2027-03-01' },
      activation: '0.00000',
      average: false,
      waits: false,
      taxInclusive: false,
    })
  })

  test('and what it would save', async () => {
    const [john] = await it.sql<{ id: number }>(
      "select id from accounts where account_id = 'ph46170x4665'",
    )
    const price = await it.as(adam, (ctx) =>
      previews.preview(ctx, { add: [], remove: [{ accounts: [john!.id], product: null }] }),
    )
    expect(price).toMatchObject({
      monthly: '-10.00000',
      // March is not paid, and 19 of February's 28 days come back.
      onInvoice: '-16.78571',
      untilInvoice: '-6.78571',
      days: { from: '2027-02-10', until: '2027-03-01' },
    })
  })
})

describe('what was used', () => {
  const call = (id: string, start: string, amount: string) => ({
    id,
    account: 'ph46170x4665',
    service: 'voice',
    start,
    duration: '60',
    amount,
    currency: 'USD',
  })

  test('is on the invoice that closes its cycle, once: exact on the ledger, rounded with the rest', async () => {
    it.clock.set('2027-02-20T20:00:00Z')
    await it.as(admin, (ctx) =>
      usage.importRows(
        ctx,
        zImport.parse({
          rows: [
            call('a', '2027-02-19T18:00:00Z', '0.12345'),
            call('b', '2027-02-19T19:00:00Z', '0.5'),
          ],
        }),
      ),
    )
    await bill('2027-03-01')
    expect((await linesOf(abc, '2027-03-01')).at(-1)).toBe(
      'Voice calls | 4665 | usage | 2027-02-01..2027-03-01 | 0.62000',
    )
    expect(await it.sql("select amount::text from ledger_entries where kind = 'usage'")).toEqual([
      { amount: '0.62345' },
    ])
    await bill('2027-04-01')
    expect(await it.sql("select 1 from ledger_entries where kind = 'usage'")).toHaveLength(1)
    expect(await faults()).toEqual([])
  })
})

describe('credit', () => {
  const of = { customer: five, currency: 'USD', reason: 'agreed by phone' }
  const key = () => crypto.randomUUID()
  const open = () =>
    it.sql(
      "select issued_on::text as on, (total - paid)::text as open from invoices where i_customer = $1 and state in ('issued', 'overdue') order by id",
      [five],
    )

  test('of an invoice below zero pays what was open before it', async () => {
    await it.as(admin, (ctx) =>
      ledger.recordPayment(ctx, { ...of, invoice: null, amount: '70', key: key() }),
    )
    const before = await open()
    await it.as(admin, (ctx) =>
      ledger.write(ctx, { ...of, kind: 'credit', amount: '40', description: 'Sorry', key: key() }),
    )
    await bill('2027-05-01')
    // $20 less $40, and 5 %: $21 in the customer's favour.
    expect((await invoicesOf(five)).at(-1)).toMatchObject({ total: '-21.00000', state: 'paid' })
    expect(before).not.toEqual(await open())
    expect(await faults()).toEqual([])
  })

  test('beside a charge that waits for its invoice pays that invoice', async () => {
    await it.as(admin, (ctx) =>
      ledger.recordPayment(ctx, { ...of, invoice: null, amount: '200', key: key() }),
    )
    await it.as(admin, (ctx) =>
      ledger.write(ctx, {
        ...of,
        kind: 'charge',
        amount: '400',
        description: 'A visit',
        key: key(),
      }),
    )
    await bill('2027-06-01')
    expect(await faults()).toEqual([])
    const [last] = await open()
    expect(Number((last as { open: string }).open)).toBeLessThan(441)
  })
})
