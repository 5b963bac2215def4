import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import { collectDue, recoverPayments } from '#server/billing/service.collect.ts'
import { remind } from '#server/billing/service.dunning.ts'
import { recordPayment, refund, voidInvoice } from '#server/billing/service.ledger.ts'
import { mailInvoices } from '#server/billing/service.mails.ts'
import { pay, replaceCard } from '#server/billing/service.pay.ts'
import { runDue } from '#server/billing/service.run.ts'
import * as views from '#server/billing/service.views.ts'
import { writeOff } from '#server/billing/service.write-off.ts'
import type { Actor } from '#server/runtime/actor.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type Bank, banks } from '#server/testing/banks.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const { adam, admin } = people
const abc = 46170
const cards = { approved: '4242424242424242', later: '4000000000000341' } as const

describe.each(banks)('what is little, through %s', (_, open) => {
  const it = testDatabase()
  let bank: Bank
  let outside: Outside

  beforeAll(async () => {
    bank = await open(() => it.clock.now())
    outside = { gateway: bank.gateway, publicUrl: 'https://portal.example', proofKey: '' }
  })
  afterAll(() => bank.stop())

  let before = 0n
  const taken = () => bank.control.sums().captured - before
  const at = (day: string) => it.clock.set(`${day}T20:00:00Z`)
  const collect = () => collectDue(it.edge(), outside)
  const recover = async () => {
    it.clock.advance(2 * 60_000)
    await recoverPayments(it.edge(), outside)
  }
  const give = (number: string) =>
    replaceCard(it.edge(adam), outside, { token: bank.tokenFor(number), key: randomUUID() })
  const press = (invoice: number) => pay(it.edge(adam), outside, { invoice, key: randomUUID() })
  const record = (invoice: number, amount: string) =>
    it.as(admin, (ctx) =>
      recordPayment(ctx, {
        customer: abc,
        invoice,
        amount,
        currency: 'USD',
        reason: 'a transfer',
        key: randomUUID(),
      }),
    )
  const giveBack = (payment: number, amount: string) =>
    refund(it.edge(admin), outside, {
      payment,
      amount,
      currency: 'USD',
      reason: 'not what was agreed',
      key: randomUUID(),
    })
  const invoices = () =>
    it.sql<{ id: number; state: string; open: string; waits: boolean; next: string | null }>(
      `select id, state, (total - paid)::numeric(20,2)::text as open, waits,
              next_attempt_on::text as next
         from invoices where i_customer = $1 order by id`,
      [abc],
    )
  const open0 = async () => (await invoices()).map(({ state, open }) => `${state} ${open}`)
  const service = async () => {
    const [row] = await it.sql<{ status: string }>('select status from customers where id = $1', [
      abc,
    ])
    return row!.status
  }
  const mails = async () =>
    (
      await it.sql<{ kind: string }>('select kind from mails where i_customer = $1 order by id', [
        abc,
      ])
    ).map(({ kind }) => kind)
  const faults = async () =>
    (await verify((text) => it.sql(text)))
      .map(({ name, sentence, rows }) => `${name} ${sentence} ${JSON.stringify(rows)}`)
      .filter((fault) => /^I[478] /.test(fault))
  const month = async (day: string) => {
    at(day)
    await runDue(it.edge())
    return (await invoices()).at(-1)!.id
  }
  const pastDue = async (...days: string[]) => {
    for (const day of days) {
      at(day)
      await collect()
      await remind(it.edge(), outside.publicUrl)
    }
  }
  /** The invoice of December, 22.40, of which so much is open and waits. */
  const waiting = async () => {
    const [small] = await invoices()
    await record(small!.id, '22.10')
    await refused(press(small!.id))
    return small!.id
  }

  beforeEach(async () => {
    bank.control.mend()
    before = bank.control.sums().captured
    await it.sql(
      `truncate ledger_entries, invoice_lines, invoices, invoice_counters, payments, payment_methods,
         refunds, mails cascade`,
    )
    await it.sql(
      `update customers set balance = 0, next_invoice_on = '2026-12-01', status = 'active',
         suspended_for = null, suspended_at = null`,
    )
    await it.sql(`update customer_subscriptions set charged_until = started_on`)
    await month('2026-12-01')
  })

  describe('a payment under way', () => {
    test('that is refused as too small lets nothing wait that has grown meanwhile', async () => {
      await give(cards.approved)
      const [small] = await invoices()
      const { payment } = await record(small!.id, '22.10')
      bank.control.fail('lose_request', 'create', 1)
      await press(small!.id)
      await giveBack(payment, '22.10')
      await recover()

      expect(await invoices()).toMatchObject([{ open: '22.40', waits: false }])
      await pastDue('2026-12-16')
      expect(await open0()).toEqual(['overdue 22.40'])
      expect(await faults()).toEqual([])
    })

    test('whose part is paid by another way is taken back, is no decline, and the rest is taken the same day', async () => {
      await give(cards.approved)
      const small = await waiting()
      await month('2027-01-01')
      at('2027-01-15')
      bank.control.fail('lose_request', 'capture', 1)
      await collect()
      await record(small, '0.30')
      await recover()
      expect(await mails()).toEqual([])
      expect(taken()).toBe(0n)

      await collect()
      expect(taken()).toBe(1_680_000n)
      expect(await open0()).toEqual(['paid 0.00', 'paid 0.00'])
      expect(
        await it.sql(
          'select attempts from invoices where i_customer = 46170 order by id desc limit 1',
        ),
      ).toEqual([{ attempts: 1 }])
      expect(await mails()).toEqual(['invoice_paid'])
      expect(await faults()).toEqual([])
    })
  })

  test('given back, a payment opens again what it took along, and nothing that another paid', async () => {
    await give(cards.approved)
    await waiting()
    const second = await month('2027-01-01')
    const { payment } = await press(second)
    const third = await month('2027-02-01')
    await press(third)
    expect(await open0()).toEqual(['paid 0.00', 'paid 0.00', 'paid 0.00'])

    await giveBack(payment, '17.10')
    expect(await open0()).toEqual(['issued 0.30', 'issued 16.80', 'paid 0.00'])
    expect(await faults()).toEqual([])
  })

  describe('written off', () => {
    const forgive = (invoice: number, by: Actor = admin) =>
      it.as(by, (ctx) => writeOff(ctx, { invoice, reason: 'left us' }))
    const balance = async () => {
      const [row] = await it.sql<{ balance: string }>(
        'select balance::numeric(20,2)::text as balance from customers where id = $1',
        [abc],
      )
      return row!.balance
    }

    test('it is closed, owed by nobody, and told apart from what was paid', async () => {
      await give(cards.approved)
      const small = await waiting()
      await forgive(small)
      expect([await open0(), await balance()]).toEqual([['paid 0.00'], '0.00'])
      const { payments } = await it.as(adam, (ctx) => views.invoice(ctx, { invoice: small }))
      expect(payments.map(({ amount, writtenOff }) => [amount, writtenOff])).toEqual([
        ['22.10000', false],
        ['0.30000', true],
      ])
      expect(
        await it.sql(
          `select payload from events where type = 'invoice.written_off' and i_customer = $1
            order by id desc limit 1`,
          [abc],
        ),
      ).toMatchObject([{ payload: { amount: '0.30000', currency: 'USD' } }])

      await month('2027-01-01')
      await pastDue('2027-01-15')
      expect(taken()).toBe(1_680_000n)
      expect(await refused(forgive(small))).toMatchObject({ code: 'billing.invoice_closed' })
      expect(await faults()).toEqual([])
    })

    test('of what was paid and goes back, that is open again, and what was forgiven stays so', async () => {
      const [small] = await invoices()
      const { payment } = await record(small!.id, '22.10')
      await forgive(small!.id)
      await giveBack(payment, '22.10')
      expect([await open0(), await balance()]).toEqual([['issued 22.10'], '22.10'])

      await it.as(admin, (ctx) => voidInvoice(ctx, { invoice: small!.id, reason: 'a mistake' }))
      expect([await open0(), await balance()]).toEqual([['void 22.40'], '0.00'])
      expect(await faults()).toEqual([])
    })

    test('service that stood still for it goes on, and a payment of it under way is taken back', async () => {
      await give(cards.later)
      await pastDue('2026-12-15', '2026-12-16', '2026-12-29')
      expect(await service()).toBe('suspended')
      await give(cards.approved)
      bank.control.fail('lose_request', 'capture', 1)
      await collect()
      const [one] = await invoices()
      await forgive(one!.id)
      expect(await service()).toBe('active')
      await recover()
      expect([taken(), await balance(), await open0()]).toEqual([0n, '0.00', ['paid 0.00']])
      expect(await faults()).toEqual([])
    })

    test('only by whoever may, and only of those they look after', async () => {
      const [small] = await invoices()
      expect(await refused(forgive(small!.id, adam))).toMatchObject({
        kind: 'forbidden',
      })
      expect(await refused(forgive(small!.id, people.bamboo))).toMatchObject({ kind: 'not_found' })
      expect(await refused(forgive(999_999))).toMatchObject({ code: 'billing.invoice_not_found' })
    })
  })

  describe('the mail of an invoice says', () => {
    const mailed = async () => {
      await mailInvoices(it.edge(), outside.publicUrl)
      const [row] = await it.sql<{ text: string }>(
        "select text from mails where i_customer = $1 and kind = 'invoice_issued' order by id desc limit 1",
        [abc],
      )
      return row!.text
    }
    const credit = (amount: string) =>
      it.as(admin, (ctx) =>
        recordPayment(ctx, {
          customer: abc,
          invoice: null,
          amount,
          currency: 'USD',
          reason: 'in advance',
          key: randomUUID(),
        }),
      )

    test('what the card will be charged, less what was paid in advance', async () => {
      await give(cards.approved)
      await credit('30')
      await month('2027-01-01')
      expect(await mailed()).toContain('$9.20 will be charged to Visa')
    })

    test('that nothing is to be paid, where credit has paid all of it', async () => {
      await give(cards.approved)
      await credit('100')
      await month('2027-01-01')
      expect(await mailed()).toContain('There is nothing to pay')
    })

    test('that what waits of earlier ones is taken along', async () => {
      await give(cards.approved)
      await waiting()
      await month('2027-01-01')
      expect(await mailed()).toMatch(/\$17\.10 will be charged .*\$0\.30 of it .* earlier invoices/)
    })

    test.each([
      ['as nobody knows yet', '38.90'],
      ['as it was told before, of more than half a dollar', '38.50'],
    ])('that it is too little for the card, %s', async (_, paid) => {
      await give(cards.approved)
      await it.sql(
        `insert into payments (i_env, gateway, purpose, key, amount, currency, state, i_customer,
                               decline_code, created_at)
         values (1, 'simulator', 'invoice', 'before', 0.90, 'USD', 'failed', $1, 'amount_too_small', now())`,
        [abc],
      )
      await credit(paid)
      await month('2027-01-01')
      const text = await mailed()
      expect(text).toContain('taken along with your next invoice')
      expect(text).not.toContain('will be charged')
    })

    test('what is open of it, where it is paid by hand', async () => {
      await credit('30')
      await month('2027-01-01')
      expect(await mailed()).toContain('Please pay $9.20 by')
    })
  })

  test('the mail of a payment says what was paid of each invoice, and what was declined', async () => {
    await give(cards.later)
    await waiting()
    await month('2027-01-01')
    await pastDue('2027-01-15')
    await give(cards.approved)
    await collect()
    const rows = await it.sql<{ kind: string; text: string }>(
      "select kind, text from mails where i_customer = $1 and kind ~ 'paid|failed' order by id",
      [abc],
    )
    expect(rows.map(({ kind, text }) => `${kind} ${/\$\d+\.\d\d/.exec(text)![0]}`)).toEqual([
      'payment_failed $17.10',
      'invoice_paid $16.80',
      'invoice_paid $0.30',
    ])
  })

  describe('stops nobody’s service', () => {
    test('where there is no card to be asked', async () => {
      const [small] = await invoices()
      await record(small!.id, '21.91')
      await pastDue('2026-12-15', '2026-12-16', '2026-12-29', '2027-01-20')
      expect([await open0(), await service()]).toEqual([['overdue 0.49'], 'active'])
      expect(await mails()).toEqual(['invoice_overdue'])
      const [{ text }] = (await it.sql<{ text: string }>(
        'select text from mails where i_customer = $1',
        [abc],
      )) as [{ text: string }]
      expect(text).not.toMatch(/stops/)
    })

    test('and from fifty cents on it does', async () => {
      const [small] = await invoices()
      await record(small!.id, '21.90')
      await pastDue('2026-12-15', '2026-12-16', '2026-12-29')
      expect([await open0(), await service()]).toEqual([['overdue 0.50'], 'suspended'])
    })

    test('and that of whoever pays all but some cents goes on at once', async () => {
      await give(cards.later)
      const [small] = await invoices()
      await pastDue('2026-12-15', '2026-12-16', '2026-12-29')
      expect(await service()).toBe('suspended')
      await record(small!.id, '22.10')
      expect(await service()).toBe('active')
      await pastDue('2027-01-20')
      expect([await open0(), await service()]).toEqual([['issued 0.30'], 'active'])
    })
  })
})
