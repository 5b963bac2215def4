import { readFile } from 'node:fs/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import type { Charge } from '#server/billing/schema.ts'
import * as billing from '#server/billing/service.ts'
import { paper } from '#server/billing/testing.ts'
import { civilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { money, zero } from '#server/kernel/money.ts'
import * as payments from '#server/payments/service.ts'
import { system } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 16 })
const me = system('test')
const abc = 46170 as CustomerId

const activation: Charge = {
  kind: 'activation',
  description: 'EasyCall',
  net: money('5'),
  taxRate: '5',
  tax: money('0.25'),
}
const monthly: Charge = {
  kind: 'periodic',
  description: 'EasyCall',
  net: money('9.99'),
  taxRate: '5',
  tax: money('0.5'),
  period: { from: civilDate('2026-11-21'), until: civilDate('2026-12-21') },
}
const discount: Charge = {
  kind: 'discount',
  description: 'WELCOME',
  net: money('-5'),
  taxRate: '5',
  tax: money('-0.25'),
}

const first = (charges: readonly Charge[]) => ({
  customer: abc,
  currency: 'USD',
  day: civilDate('2026-11-21'),
  ...paper,
  charges,
})
const charge = (charges: readonly Charge[]) =>
  it.as(me, (ctx) => billing.chargeFirst(ctx, first(charges)))

let keys = 0
/** A payment that the gateway has captured. */
const captured = (amount: string) =>
  it.as(me, async (ctx) => {
    const payment = await payments.intend(ctx, {
      key: `key ${keys++}`,
      amount: money(amount),
      currency: 'USD',
      gateway: 'simulator',
      purpose: 'invoice',
    })
    await payments.note(ctx, payment, { state: 'captured', customer: abc })
    return payment
  })
const enter = (invoice: number, payment: number, amount: string) =>
  it.as(me, (ctx) => billing.enterPayment(ctx, { invoice, payment, amount: money(amount) }))

const balance = async () => (await it.as(people.adam, billing.balance)).balance
const sums = () =>
  it.sql(
    `select c.balance::text, coalesce(sum(l.amount), 0)::text as ledger
       from customers c left join ledger_entries l on l.i_env = c.i_env and l.i_customer = c.id
      where c.id = 46170 group by c.balance`,
  )

/** Where payments, ledger, balances and invoices don't agree. */
const moneyFaults = async () =>
  (await verify((text) => it.sql(text)))
    .map(({ name, sentence }) => `${name} ${sentence}`)
    .filter((fault) => /^I4 |^I7 |^I8 (an invoice is|what is open|invoices are)/.test(fault))

beforeEach(async () => {
  await it.sql(
    'truncate ledger_entries, invoice_lines, invoices, invoice_counters, payments cascade',
  )
  await it.sql('update customers set balance = 0')
})

describe('what a customer starts with', () => {
  test('is charged line by line, tax apart, and is what is owed', async () => {
    const { number, total } = await charge([activation, monthly])
    expect(number).toBe('INV-2026-000001')
    expect(total).toBe(money('15.74'))
    expect(await balance()).toBe('15.74000')
    expect(await it.sql('select kind, amount::text, rule from ledger_entries order by id')).toEqual(
      [
        { kind: 'activation', amount: '5.00000', rule: 'signup.activation' },
        { kind: 'periodic', amount: '9.99000', rule: 'signup.periodic' },
        { kind: 'tax', amount: '0.75000', rule: 'signup.tax' },
      ],
    )
    expect(await it.sql('select sum(net + tax)::text as lines from invoice_lines')).toEqual([
      { lines: '15.74000' },
    ])
  })

  test('with nothing to pay is paid', async () => {
    const { total } = await charge([activation, discount])
    expect(total).toBe(zero)
    expect(await it.sql('select state, total::text from invoices')).toEqual([
      { state: 'paid', total: '0.00000' },
    ])
    expect(await balance()).toBe('0.00000')
  })

  test('is one charge a subscription and period, whoever charges it again', async () => {
    const [row] = await it.sql<{ id: number }>(
      'select id from customer_subscriptions where i_customer = 46170 limit 1',
    )
    const line = { ...monthly, customerSubscription: row!.id }
    await charge([line])
    await expect(charge([line])).rejects.toMatchObject({
      constraint: 'ledger_entries_one_charge',
    })
    expect(await balance()).toBe('10.49000')
    expect(
      await it.sql('select charged_until::text from customer_subscriptions where id = $1', [
        row!.id,
      ]),
    ).toEqual([{ charged_until: '2026-12-21' }])
  })
})

describe('a payment', () => {
  test('is entered once, however often it is told of', async () => {
    const { invoice } = await charge([activation, monthly])
    const payment = await captured('15.74')
    await Promise.all(Array.from({ length: 8 }, () => enter(invoice, payment, '15.74')))
    await enter(invoice, payment, '15.74')
    expect(await it.sql("select amount::text from ledger_entries where kind = 'payment'")).toEqual([
      { amount: '-15.74000' },
    ])
    expect(await balance()).toBe('0.00000')
    expect(await it.sql('select state, paid::text from invoices')).toEqual([
      { state: 'paid', paid: '15.74000' },
    ])
    expect(await it.sql("select 1 from events where type = 'invoice.paid'")).toHaveLength(1)
  })

  test('of what is paid already is the customer’s credit, once, and the books agree', async () => {
    const { invoice } = await charge([activation, monthly])
    await enter(invoice, await captured('15.74'), '15.74')
    const second = await captured('15.74')
    await Promise.all(Array.from({ length: 8 }, () => enter(invoice, second, '15.74')))
    await enter(invoice, second, '15.74')

    expect(
      await it.sql(
        `select i_payment = ${second} as second, i_invoice, amount::text, rule from ledger_entries
          where kind = 'payment' order by id`,
      ),
    ).toEqual([
      { second: false, i_invoice: invoice, amount: '-15.74000', rule: 'payment.captured' },
      { second: true, i_invoice: null, amount: '-15.74000', rule: 'payment.credited' },
    ])
    expect(await balance()).toBe('-15.74000')
    expect(await it.sql('select state, paid::text from invoices')).toEqual([
      { state: 'paid', paid: '15.74000' },
    ])
    expect(
      await it.sql(
        `select type, entity from events
          where (entity, entity_id) in (('invoice', '${invoice}'), ('payment', '${second}'))
          order by id`,
      ),
    ).toEqual([
      { type: 'invoice.issued', entity: 'invoice' },
      { type: 'invoice.paid', entity: 'invoice' },
      { type: 'payment.credited', entity: 'payment' },
    ])
    expect(
      await it.sql(
        `select action, i_customer from audit_rows
          where (entity, entity_id) in (('invoice', '${invoice}'), ('payment', '${second}'))
          order by id`,
      ),
    ).toEqual([
      { action: 'invoice.issue', i_customer: abc },
      { action: 'invoice.pay', i_customer: abc },
      { action: 'payment.credit', i_customer: abc },
    ])
    expect(await moneyFaults()).toEqual([])
  })

  test('of nothing, for an invoice over nothing, leaves no line', async () => {
    const { invoice } = await charge([activation, discount])
    await enter(invoice, await captured('0'), '0')
    expect(await it.sql("select 1 from ledger_entries where kind = 'payment'")).toEqual([])
    expect(await moneyFaults()).toEqual([])
  })

  test('of a part leaves the rest open, and the rest pays it', async () => {
    const { invoice } = await charge([activation])
    await enter(invoice, await captured('5.24'), '5.24')
    expect(await balance()).toBe('0.01000')
    expect(await it.sql('select state, paid::text from invoices')).toEqual([
      { state: 'issued', paid: '5.24000' },
    ])
    await enter(invoice, await captured('0.01'), '0.01')
    expect(await it.sql('select state, paid::text from invoices')).toEqual([
      { state: 'paid', paid: '5.25000' },
    ])
    expect(
      await it.sql("select 1 from events where type = 'invoice.paid' and entity_id = $1", [
        String(invoice),
      ]),
    ).toHaveLength(1)
    expect(await moneyFaults()).toEqual([])
  })

  test('of too much pays what is open besides, oldest first', async () => {
    const { invoice: first } = await charge([activation])
    const { invoice: second } = await charge([activation])
    const { invoice: third } = await charge([activation])
    await enter(third, await captured('11'), '11')
    expect(await it.sql('select id, state, paid::text from invoices order by id')).toEqual([
      { id: first, state: 'paid', paid: '5.25000' },
      { id: second, state: 'issued', paid: '0.50000' },
      { id: third, state: 'paid', paid: '5.25000' },
    ])
    expect(await moneyFaults()).toEqual([])
  })

  test('of no invoice is refused', async () => {
    const refusal = await refused(enter(999, await captured('1'), '1'))
    expect(refusal).toMatchObject({ kind: 'not_found', code: 'billing.invoice_not_found' })
  })
})

test('the balance is the sum of the ledger, whatever came in which order', async () => {
  const made = await Promise.all(
    Array.from({ length: 12 }, (_, i) => charge(i % 2 ? [activation, monthly] : [activation])),
  )
  await Promise.all(
    made.map(async ({ invoice }, i) => {
      const amount = i % 2 ? '15.74' : '5.25'
      if (i % 3) await enter(invoice, await captured(amount), amount)
    }),
  )
  const [row] = await sums()
  expect(row!.balance).toBe(row!.ledger)
  expect(row!.balance).toBe('41.98000')
})

test('invoices of 16 at once, a third of which is undone, are numbered without a gap', async () => {
  const { done } = await outcomes(
    Array.from({ length: 48 }, (_, i) =>
      it
        .as(me, async (ctx) => {
          await billing.chargeFirst(ctx, first([activation]))
          if (i % 3 === 0) throw new Error('no')
        })
        .catch((error) => expect(error.message).toBe('no')),
    ),
  )
  expect(done).toBe(48)
  const rows = await it.sql<{ number: string }>('select number from invoices order by number')
  expect(rows.map((row) => row.number)).toEqual(
    Array.from({ length: 32 }, (_, i) => `INV-2026-${String(i + 1).padStart(6, '0')}`),
  )
  const [row] = await sums()
  expect(row!.balance).toBe(row!.ledger)
})

test('lines written as English sentences become the provider’s words, and others stay', async () => {
  const { number } = await charge([
    { ...activation, description: 'EasyCall: activation' },
    { ...monthly, description: 'EasyCall: first month' },
    { ...discount, description: 'Promo code WELCOME' },
  ])
  const migration = await readFile('db/migrations/0006_line_words.sql', 'utf8')
  // As its owner, whom the walls bind.
  await it.sql(`begin; set local role portico_owner; ${migration} commit`)

  const words = await it.sql(
    `select l.description from invoice_lines l join invoices i on i.id = l.i_invoice
      where i.number = $1 order by line`,
    [number],
  )
  expect(words.map(({ description }) => description)).toEqual(['EasyCall', 'EasyCall', 'WELCOME'])
  expect(
    await it.sql(
      `select distinct relforcerowsecurity as walled from pg_class
        where relname in ('invoice_lines', 'ledger_entries')`,
    ),
  ).toEqual([{ walled: true }])
})
