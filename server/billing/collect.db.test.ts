import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import { findDue } from '#server/billing/repo.dues.ts'
import { collectDue, intend, recoverPayments } from '#server/billing/service.collect.ts'
import { remind } from '#server/billing/service.dunning.ts'
import { recordPayment, refund } from '#server/billing/service.ledger.ts'
import { mailInvoices } from '#server/billing/service.mails.ts'
import { goOn, pay, replaceCard } from '#server/billing/service.pay.ts'
import { runDue } from '#server/billing/service.run.ts'
import * as views from '#server/billing/service.views.ts'
import { money } from '#server/kernel/money.ts'
import { payingMethod } from '#server/payments/service.methods.ts'
import { system } from '#server/runtime/actor.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type Bank, banks } from '#server/testing/banks.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'
import { heldOpen, untilBlocked } from '#server/testing/waiting.ts'

const { adam } = people
const abc = 46170
const cards = {
  approved: '4242424242424242',
  declined: '4000000000000002',
  challenge: '4000000000003220',
  always: '4000002760003184',
  later: '4000000000000341',
} as const

describe.each(banks)('through %s', (_, open) => {
  const it = testDatabase()
  let bank: Bank
  let outside: Outside

  beforeAll(async () => {
    bank = await open(() => it.clock.now())
    outside = { gateway: bank.gateway, publicUrl: 'https://portal.example', proofKey: '' }
  })
  afterAll(() => bank.stop())

  let before = 0n
  /** By the bank, in this test. */
  const taken = () => bank.control.sums().captured - before

  const at = (day: string) => it.clock.set(`${day}T20:00:00Z`)
  const collect = () => collectDue(it.edge(), outside)
  const invoices = () =>
    it.sql<{ id: number; state: string; paid: string; attempts: number; next: string | null }>(
      `select id, state, paid::text, attempts, next_attempt_on::text as next
         from invoices where i_customer = $1 order by id`,
      [abc],
    )
  const mails = async () => {
    const rows = await it.sql<{ kind: string }>(
      'select kind from mails where i_customer = $1 order by id',
      [abc],
    )
    return rows.map(({ kind }) => kind)
  }
  const faults = async () =>
    (await verify((text) => it.sql(text)))
      .map(({ name, sentence, rows }) => `${name} ${sentence} ${JSON.stringify(rows)}`)
      .filter((fault) => /^I[478] /.test(fault))
  const give = (number: string) =>
    replaceCard(it.edge(adam), outside, { token: bank.tokenFor(number), key: randomUUID() })
  const press = (invoice: number, key = randomUUID()) =>
    pay(it.edge(adam), outside, { invoice, key })

  beforeEach(async () => {
    bank.control.mend()
    before = bank.control.sums().captured
    await it.sql(
      `truncate ledger_entries, invoice_lines, invoices, invoice_counters, payments, payment_methods,
         refunds, mails cascade`,
    )
    await it.sql(`update customers set balance = 0, next_invoice_on = '2026-12-01'`)
    await it.sql(`update customer_subscriptions set charged_until = started_on`)
    at('2026-12-01')
    await runDue(it.edge())
  })

  test('what is due is taken on its day, once, by however many workers, and told', async () => {
    expect(await give(cards.approved)).toMatchObject({ state: 'done' })
    await mailInvoices(it.edge(), outside.publicUrl)
    at('2026-12-14')
    await collect()
    expect(await invoices()).toMatchObject([{ state: 'issued', attempts: 0, next: '2026-12-15' }])

    at('2026-12-15')
    await Promise.all([collect(), collect(), collect()])
    expect(await invoices()).toMatchObject([{ state: 'paid', paid: '22.40000', attempts: 1 }])
    expect(taken()).toBe(2_240_000n)
    expect(await mails()).toEqual(['invoice_issued', 'invoice_paid'])
    expect(await faults()).toEqual([])
  })

  test('a gateway hears of no two payments by one name, also where others share its account', async () => {
    await give(cards.approved)
    at('2026-12-15')
    await collect()
    const [{ key }] = (await it.sql<{ key: string }>(
      `select key from payments where purpose = 'invoice'`,
    )) as [{ key: string }]
    expect(key).toMatch(/^auto-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })

  test('declined, it is tried again after 3, 8 and 15 days, then left to a person', async () => {
    await give(cards.later)
    const tries: unknown[] = []
    for (const day of ['15', '16', '18', '23', '24', '30', '31'].map((d) => `2026-12-${d}`)) {
      at(day)
      await collect()
      const [invoice] = await invoices()
      tries.push([day.slice(-2), invoice!.attempts, invoice!.next])
    }
    expect(tries).toEqual([
      ['15', 1, '2026-12-18'],
      ['16', 1, '2026-12-18'],
      ['18', 2, '2026-12-23'],
      ['23', 3, '2026-12-30'],
      ['24', 3, '2026-12-30'],
      ['30', 4, null],
      ['31', 4, null],
    ])
    expect((await mails()).filter((kind) => kind === 'payment_failed')).toHaveLength(4)
    expect(taken()).toBe(0n)

    // Another card: what is due is taken from it at once.
    await give(cards.approved)
    await collect()
    expect(await invoices()).toMatchObject([{ state: 'paid' }])
    expect(await faults()).toEqual([])
  })

  test('without a card on file nobody is asked', async () => {
    at('2026-12-15')
    await collect()
    expect(await invoices()).toMatchObject([{ state: 'issued', attempts: 0, next: null }])
  })

  test('pressed, pressed again, and pressed by two at once: paid once', async () => {
    await give(cards.approved)
    const [invoice] = await invoices()
    const key = randomUUID()
    const views = await Promise.all(
      [press(invoice!.id, key), press(invoice!.id, key)].map((p) => p.catch((e) => e)),
    )
    expect(views.some((view) => view.state === 'done')).toBe(true)
    expect(await press(invoice!.id, key)).toMatchObject({ state: 'done' })
    expect(await refused(press(invoice!.id))).toMatchObject({ code: 'billing.not_due' })
    expect(taken()).toBe(2_240_000n)
    expect(await faults()).toEqual([])
  })

  test('of another’s invoice nobody learns that there is one', async () => {
    await give(cards.approved)
    const [other] = await it.sql<{ id: number }>('select id from invoices where i_customer = 46171')
    expect(await refused(press(other!.id))).toMatchObject({ code: 'billing.not_due' })
    expect(await refused(press(999_999))).toMatchObject({ code: 'billing.not_due' })
  })

  test('the bank’s question: answered, it is paid; refused, it is declined', async () => {
    const asked = await give(cards.challenge)
    expect(asked.state).toBe('action_required')
    bank.decide(asked.challengeUrl!, true)
    expect(await goOn(it.edge(adam), outside, asked)).toMatchObject({ state: 'done' })

    const refusing = await give(cards.challenge)
    bank.decide(refusing.challengeUrl!, false)
    expect(await goOn(it.edge(adam), outside, refusing)).toMatchObject({ state: 'declined' })
    expect(await it.sql('select last4 from payment_methods where is_default')).toEqual([
      { last4: '3220' },
    ])
  })

  test('a question that nobody answers is given up after a quarter of an hour', async () => {
    const asked = await give(cards.challenge)
    await recoverPayments(it.edge(), outside)
    expect(await it.sql('select state from payments where id = $1', [asked.payment])).toEqual([
      { state: 'requires_action' },
    ])
    it.clock.advance(16 * 60_000)
    await recoverPayments(it.edge(), outside)
    expect(await it.sql('select state from payments where id = $1', [asked.payment])).toEqual([
      { state: 'canceled' },
    ])
  })

  test('a sandbox’s clock that moves lets no question lapse, and keeps none open', async () => {
    await it.sql('update environments set sandbox = true where id = 1')
    const stateOf = async (payment: number) =>
      (await it.sql<{ state: string }>('select state from payments where id = $1', [payment]))[0]!
        .state
    const ahead = (days: number) =>
      it.sql(
        `alter table environments disable trigger clock_goes_forward;
         update environments set clock_ahead = ${days}::bigint * 86400000 where id = 1;
         alter table environments enable trigger clock_goes_forward`,
      )
    const asked = await give(cards.challenge)
    await ahead(3)
    it.clock.advance(2 * 60_000)
    await recoverPayments(it.edge(), outside)
    expect(await stateOf(asked.payment)).toBe('requires_action')

    // Begun on the sandbox's day, and given up by the machine's minutes.
    const later = await give(cards.challenge)
    it.clock.advance(16 * 60_000)
    await recoverPayments(it.edge(), outside)
    expect([await stateOf(asked.payment), await stateOf(later.payment)]).toEqual([
      'canceled',
      'canceled',
    ])
    await ahead(0)
    await it.sql('update environments set sandbox = false where id = 1')
  })

  test('a bank that asks for a holder who isn’t there: given up, and told to be paid by hand', async () => {
    const asked = await give(cards.always)
    bank.decide(asked.challengeUrl!, true)
    await goOn(it.edge(adam), outside, asked)
    at('2026-12-15')
    await collect()
    expect(await it.sql("select state from payments where purpose = 'invoice'")).toEqual([
      { state: 'canceled' },
    ])
    const [mail] = await it.sql<{ kind: string; subject: string }>(
      'select kind, subject from mails where i_customer = $1 order by id desc limit 1',
      [abc],
    )
    expect(mail).toMatchObject({ kind: 'payment_failed' })
    expect(mail!.subject).toContain('waits for you: the bank wants to ask you')
    expect(taken()).toBe(0n)
  })

  test.each(['create', 'confirm', 'capture'] as const)(
    'an answer to %s that is lost: found again, and paid once',
    async (verb) => {
      await give(cards.approved)
      const [invoice] = await invoices()
      bank.control.fail('lose_answer', verb, 1)
      expect(await press(invoice!.id)).toMatchObject({ state: 'pending' })
      expect(await refused(press(invoice!.id))).toMatchObject({ code: 'billing.payment_under_way' })

      it.clock.advance(2 * 60_000)
      await Promise.all([recoverPayments(it.edge(), outside), recoverPayments(it.edge(), outside)])
      expect(await invoices()).toMatchObject([{ state: 'paid', paid: '22.40000' }])
      expect(taken()).toBe(2_240_000n)
      expect(await faults()).toEqual([])
    },
  )

  test('paid by another way while a card was authorized: given back unused', async () => {
    await give(cards.approved)
    const [invoice] = await invoices()
    bank.control.fail('lose_request', 'capture', 1)
    await press(invoice!.id)
    await it.sql(`update invoices set state = 'paid', paid = total where id = $1`, [invoice!.id])
    it.clock.advance(2 * 60_000)
    await recoverPayments(it.edge(), outside)
    expect(taken()).toBe(0n)
    expect(await it.sql("select state from payments where purpose = 'invoice'")).toEqual([
      { state: 'canceled' },
    ])
  })

  test('overdue, told, suspended after a fortnight, and restored with the payment', async () => {
    await give(cards.later)
    const day = async (on: string) => {
      at(on)
      await collect()
      await remind(it.edge(), outside.publicUrl)
      await remind(it.edge(), outside.publicUrl)
      const [row] = await it.sql<{ status: string; why: string | null; state: string }>(
        `select c.status, c.suspended_for as why, i.state from customers c
           join invoices i on i.i_env = c.i_env and i.i_customer = c.id where c.id = $1`,
        [abc],
      )
      return `${row!.state} ${row!.status} ${row!.why ?? ''}`.trim()
    }
    expect(await day('2026-12-15')).toBe('issued active')
    expect(await day('2026-12-16')).toBe('overdue active')
    expect(await day('2026-12-28')).toBe('overdue active')
    expect(await day('2026-12-29')).toBe('overdue suspended overdue')
    expect((await mails()).filter((kind) => kind !== 'payment_failed')).toEqual([
      'invoice_overdue',
      'service_suspended',
    ])

    await give(cards.approved)
    const [invoice] = await invoices()
    expect(await press(invoice!.id)).toMatchObject({ state: 'done' })
    expect(await day('2026-12-30')).toBe('paid active')
    expect((await mails()).slice(-2)).toEqual(['service_restored', 'invoice_paid'])
    expect(
      await it.sql(
        `select type from events where i_customer = $1 and type ~ 'suspended|restored|overdue' order by id`,
        [abc],
      ),
    ).toEqual([
      { type: 'invoice.overdue' },
      { type: 'customer.suspended' },
      { type: 'customer.restored' },
    ])
    expect(await faults()).toEqual([])
  })

  test('a balance above its limits is told once each way, and one too high can stop service', async () => {
    await it.sql(
      `update customer_classes set balance_warning = 20, credit_limit = 22, suspend_over_limit = true where name = 'Business'`,
    )
    await it.sql('update customers set credit_limit = null where id = $1', [abc])
    const look = async () => {
      await Promise.all([1, 2, 3].map(() => remind(it.edge(), outside.publicUrl)))
      const [row] = await it.sql<{ why: string | null }>(
        'select suspended_for as why from customers where id = $1',
        [abc],
      )
      return [row!.why, await mails()]
    }
    const told = ['credit_limit_reached', 'balance_warning']
    expect(await look()).toEqual(['credit_limit', told])
    expect(await look()).toEqual(['credit_limit', told])
    await give(cards.approved)
    const [invoice] = await invoices()
    await press(invoice!.id)
    expect(await look()).toEqual([null, [...told, 'invoice_paid', 'service_restored']])
    await it.sql(
      `update customer_classes set balance_warning = null, credit_limit = null, suspend_over_limit = false`,
    )
  })

  test('a card in its last month is told of, once', async () => {
    await give(cards.approved)
    await it.sql('update payment_methods set exp_year = 2026, exp_month = 12')
    at('2026-11-30')
    await remind(it.edge(), outside.publicUrl)
    at('2026-12-01')
    await remind(it.edge(), outside.publicUrl)
    await remind(it.edge(), outside.publicUrl)
    expect(await mails()).toEqual(['card_expiring'])
  })

  test('a payment that went back is not taken again by itself', async () => {
    await give(cards.approved)
    at('2026-12-15')
    await collect()
    const [payment] = await it.sql<{ id: number }>(
      "select id from payments where purpose = 'invoice'",
    )
    await refund(it.edge(people.admin), outside, {
      payment: payment!.id,
      amount: '22.40',
      currency: 'USD',
      reason: 'not what was agreed',
      key: randomUUID(),
    })
    expect(await invoices()).toMatchObject([{ state: 'issued', paid: '0.00000', next: null }])
    at('2026-12-20')
    await collect()
    expect(await invoices()).toMatchObject([{ attempts: 1, paid: '0.00000' }])
    expect(await faults()).toEqual([])
  })

  describe('less than the gateway takes', () => {
    /** Of an invoice of ABC all but so much has been paid by another way. */
    const leave = async (left: string) => {
      const [due] = await it.sql<{ id: number; paying: string }>(
        `select id, (total - paid - $2)::numeric(20,2)::text as paying from invoices
          where i_customer = $1 and state <> 'paid' order by id desc limit 1`,
        [abc, left],
      )
      await it.as(people.admin, (ctx) =>
        recordPayment(ctx, {
          customer: abc,
          invoice: due!.id,
          amount: due!.paying,
          currency: 'USD',
          reason: 'a transfer',
          key: randomUUID(),
        }),
      )
    }
    const payments = () =>
      it.sql<{ amount: string; state: string }>(
        `select amount::numeric(20,2)::text as amount, state from payments
          where purpose = 'invoice' order by id`,
      )
    const standing = async () => {
      const [row] = await it.sql<{ status: string; waits: boolean; state: string }>(
        `select c.status, i.waits, i.state from customers c
           join invoices i on i.i_env = c.i_env and i.i_customer = c.id
          where c.id = $1 order by i.id limit 1`,
        [abc],
      )
      return `${row!.state} ${row!.status}${row!.waits ? ' waits' : ''}`
    }
    const nextMonth = async () => {
      at('2027-01-01')
      await runDue(it.edge())
      at('2027-01-15')
    }

    /** How often it was said that a card was declined, or that something is overdue. */
    const told = async () =>
      (
        await it.sql(
          "select from events where i_customer = $1 and type in ('payment.failed', 'invoice.overdue')",
          [abc],
        )
      ).length

    test('is no strike: asked once, never overdue, and taken along with the next invoice', async () => {
      const before = await told()
      await give(cards.approved)
      await leave('0.30')
      for (const day of ['15', '16', '18', '23', '29', '30'].map((d) => `2026-12-${d}`)) {
        at(day)
        await collect()
        await remind(it.edge(), outside.publicUrl)
        expect(await standing()).toBe('issued active waits')
      }
      expect(await payments()).toEqual([{ amount: '0.30', state: 'failed' }])
      expect(await invoices()).toMatchObject([{ attempts: 0, next: null }])
      expect(await mails()).toEqual([])
      expect(await told()).toBe(before)

      await nextMonth()
      await Promise.all([collect(), collect()])
      expect((await payments()).slice(1)).toEqual([{ amount: '17.10', state: 'captured' }])
      expect(await invoices()).toMatchObject([{ state: 'paid' }, { state: 'paid' }])
      expect(taken()).toBe(1_710_000n)
      expect(await mails()).toEqual(['invoice_paid', 'invoice_paid'])
      expect(await faults()).toEqual([])
    })

    test('another card on file does not have it asked again, nor does a day', async () => {
      await give(cards.approved)
      await leave('0.30')
      at('2026-12-15')
      await collect()
      await give(cards.later)
      at('2026-12-16')
      await collect()
      expect(await payments()).toHaveLength(1)
    })

    test('two such invoices are taken together once they are enough', async () => {
      await give(cards.approved)
      await leave('0.30')
      at('2026-12-15')
      await collect()
      await nextMonth()
      await leave('0.30')
      await collect()
      expect((await payments()).slice(1)).toEqual([{ amount: '0.60', state: 'captured' }])
      expect(await invoices()).toMatchObject([{ state: 'paid' }, { state: 'paid' }])
      expect(await faults()).toEqual([])
    })

    test('pressed, it is refused by name, the same press too; pressed for another, it is taken along', async () => {
      await give(cards.approved)
      await leave('0.30')
      const [small] = await invoices()
      const key = randomUUID()
      const said = { kind: 'conflict', code: 'billing.amount_too_small' }
      expect(await refused(press(small!.id, key))).toMatchObject(said)
      expect(await refused(press(small!.id, key))).toMatchObject(said)
      expect(await refused(press(small!.id))).toMatchObject(said)
      expect(await standing()).toBe('issued active waits')

      await nextMonth()
      const next = (await invoices()).at(-1)!
      expect(await it.as(adam, (ctx) => views.invoice(ctx, { invoice: next.id }))).toMatchObject({
        open: '16.80000',
        along: '0.30000',
        payable: '17.10000',
      })
      expect(await press(next.id)).toMatchObject({ state: 'done' })
      expect(taken()).toBe(1_710_000n)
      expect(await faults()).toEqual([])
    })

    test('is taken along once, by whichever of two payments comes first, and by the next where that fails', async () => {
      await give(cards.approved)
      await leave('0.30')
      const [small] = await invoices()
      await refused(press(small!.id))
      await nextMonth()
      const second = (await invoices()).at(-1)!
      at('2027-02-01')
      await runDue(it.edge())
      const third = (await invoices()).at(-1)!
      bank.control.fail('break', 'create', 2)
      await Promise.all([press(second.id), press(third.id)])
      expect(
        (await payments())
          .slice(1)
          .map(({ amount }) => amount)
          .toSorted(),
      ).toEqual(['16.80', '17.10'])
      expect(await refused(press(small!.id))).toMatchObject({ code: 'billing.payment_under_way' })

      it.clock.advance(2 * 60_000)
      await recoverPayments(it.edge(), outside)
      expect(taken()).toBe(3_390_000n)
      expect((await invoices()).map(({ state }) => state)).toEqual(['paid', 'paid', 'paid'])
      expect(await faults()).toEqual([])
    })

    test('while a payment begins that takes it along, another one waits to see', async () => {
      await give(cards.approved)
      await leave('0.30')
      const [small] = await invoices()
      await refused(press(small!.id))
      await nextMonth()
      const second = (await invoices()).at(-1)!
      at('2027-02-01')
      await runDue(it.edge())
      const third = (await invoices()).at(-1)!

      const commit = await heldOpen((held) =>
        it.as(system('test'), async (ctx) => {
          const due = (await findDue(ctx, second.id))!
          await intend(ctx, due, (await payingMethod(ctx, due.customer))!, randomUUID())
          await held()
        }),
      )
      const pressed = press(third.id)
      await untilBlocked(it, pressed)
      await commit()
      expect(await pressed).toMatchObject({ state: 'done' })
      expect((await payments()).slice(1).map(({ amount }) => amount)).toEqual(['17.10', '16.80'])
    })

    test('what it is taken along for pays it, before what is older and was declined', async () => {
      await nextMonth()
      await leave('0.30')
      await give(cards.approved)
      const [, small] = await invoices()
      await refused(press(small!.id))
      at('2027-02-01')
      await runDue(it.edge())
      const third = (await invoices()).at(-1)!

      expect(await press(third.id)).toMatchObject({ state: 'done' })
      expect((await invoices()).map(({ state }) => state)).toEqual(['issued', 'paid', 'paid'])
      expect(await faults()).toEqual([])
    })

    test('declined with another it goes on waiting, and is taken along by the next try', async () => {
      await give(cards.approved)
      await leave('0.30')
      at('2026-12-15')
      await collect()
      await give(cards.later)
      await nextMonth()
      await collect()
      await remind(it.edge(), outside.publicUrl)
      expect(await standing()).toBe('issued active waits')
      await give(cards.approved)
      await collect()
      expect((await payments()).slice(1)).toEqual([
        { amount: '17.10', state: 'declined' },
        { amount: '17.10', state: 'captured' },
      ])
      expect(await faults()).toEqual([])
    })

    test('what is left of an overdue invoice stops nobody’s service any more', async () => {
      await give(cards.later)
      for (const day of ['2026-12-16', '2026-12-29']) {
        at(day)
        await collect()
        await remind(it.edge(), outside.publicUrl)
      }
      expect(await standing()).toBe('overdue suspended')
      await leave('0.30')
      const [small] = await invoices()
      expect(await refused(press(small!.id))).toMatchObject({ code: 'billing.amount_too_small' })
      expect(await standing()).toBe('issued active waits')
      at('2027-01-20')
      await remind(it.edge(), outside.publicUrl)
      expect(await standing()).toBe('issued active waits')
    })

    test('given back, it waits for nothing: it is a person’s to decide', async () => {
      await give(cards.approved)
      await leave('0.30')
      at('2026-12-15')
      await collect()
      await nextMonth()
      await collect()
      const [paid] = await it.sql<{ id: number }>(
        "select id from payments where state = 'captured' and purpose = 'invoice'",
      )
      await refund(it.edge(people.admin), outside, {
        payment: paid!.id,
        amount: '17.10',
        currency: 'USD',
        reason: 'not what was agreed',
        key: randomUUID(),
      })
      expect(
        await it.sql(
          'select distinct waits, next_attempt_on as next from invoices where i_customer = $1',
          [abc],
        ),
      ).toEqual([{ waits: false, next: null }])
      expect(await faults()).toEqual([])
    })
  })

  describe('a card that was replaced', () => {
    const onFile = async () =>
      (
        await it.sql<{ ref: string }>(
          'select gateway_ref as ref from payment_methods where is_default',
        )
      )[0]!.ref
    /** Whether the gateway would let somebody pay with it. */
    const isOfUse = async (method: string) => {
      const key = randomUUID()
      const ask = { key, amount: money('5'), currency: 'USD', orderRef: key, method }
      return (await bank.gateway.createIntent(ask)).state === 'created'
    }
    const recover = async () => {
      it.clock.advance(5 * 60_000)
      await recoverPayments(it.edge(), outside)
    }

    test('is forgotten by the gateway, once the new one is on file', async () => {
      await give(cards.approved)
      const old = await onFile()
      await give(cards.later)
      expect([await isOfUse(old), await isOfUse(await onFile())]).toEqual([true, true])

      await recover()
      expect([await isOfUse(old), await isOfUse(await onFile())]).toEqual([false, true])
      const [{ forgotten }] = (await it.sql<{ forgotten: Date }>(
        'select forgotten_at as forgotten from payment_methods where removed_at is not null',
      )) as [{ forgotten: Date }]
      await recover()
      expect(
        await it.sql(
          'select forgotten_at as forgotten, forget_tries as tries from payment_methods where removed_at is not null',
        ),
      ).toEqual([{ forgotten, tries: 1 }])
      expect(await faults()).toEqual([])
    })

    test.each(['lose_request', 'lose_answer', 'break'] as const)(
      'is forgotten also where the gateway met “%s”',
      async (fault) => {
        await give(cards.approved)
        const old = await onFile()
        await give(cards.later)
        bank.control.fail(fault, 'forget', 2)
        await recover()
        await recover()
        await recover()
        expect(await isOfUse(old)).toBe(false)
        const left = await it.sql(
          'select from payment_methods where removed_at is not null and forgotten_at is null',
        )
        expect(left).toEqual([])
      },
    )

    test('is kept while a payment is under way with it, and its money can go back afterwards', async () => {
      await give(cards.approved)
      const old = await onFile()
      const [invoice] = await invoices()
      bank.control.fail('break', 'capture', 1)
      const { payment } = await press(invoice!.id)
      await give(cards.later)

      bank.control.fail('break', 'capture', 1)
      await recover()
      expect([await isOfUse(old), taken()]).toEqual([true, 0n])
      await recover()
      expect([await isOfUse(old), taken()]).toEqual([false, 2_240_000n])

      const back = { payment, amount: '22.40', currency: 'USD', reason: 'a mistake' }
      await refund(it.edge(people.admin), outside, { ...back, key: randomUUID() })
      expect(await it.sql('select state from refunds')).toEqual([{ state: 'refunded' }])
      expect(await faults()).toEqual([])
    })
  })

  test('invoices whose payments are under way are left to those, however many there are', async () => {
    await give(cards.approved)
    const [invoice] = await invoices()
    await it.sql(
      `insert into invoices (i_env, id, number, i_customer, state, issued_on, due_on, currency, net, tax, total, paid, created_at, next_attempt_on)
       select 1, 900000 + n, 'X-' || n, i_customer, 'issued', issued_on, due_on, currency, net, tax, total, 0, created_at, due_on
         from invoices, generate_series(1, 60) n where id = $1`,
      [invoice!.id],
    )
    await it.sql(
      `insert into payments (i_env, gateway, purpose, key, amount, currency, state, i_customer, i_invoice, created_at)
       select 1, 'simulator', 'invoice', 'live ' || id, total, 'USD', 'requires_action', i_customer, id, now()
         from invoices where i_customer = $1`,
      [abc],
    )
    at('2026-12-15')
    await collect()
    expect(taken()).toBe(0n)
  })
})
