import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toMajor } from '#server/kernel/money.ts'
import { banks } from '#server/testing/banks.ts'
import { testDatabase } from '#server/testing/database.ts'
import { recoverDue } from './service.recovery.ts'
import { anna, cards, openWorld, refusal, type World } from './testing.ts'

const it = testDatabase({ max: 16 })
const site = 'panda'
let world: World
let email: string

beforeEach(() => {
  it.clock.set('2026-11-21T12:00:00Z')
  email = `${randomUUID()}@lee.example`
})

const one = async <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  (await it.sql<Row>(text, values))[0]!

const customersOf = (mail: string) =>
  it.sql<{ id: number; balance: string; name: string }>(
    'select id, balance, name from customers where email = $1',
    [mail],
  )

const address = () => ({ ...anna, email })

/** Somebody at the summary, about to press the button. */
async function ready(plan = 'easycall', ip?: string) {
  const visitor = world.visitor(ip)
  const draft = await visitor.prepare({ plan, address: address() })
  return { ...visitor, number: draft.hold!.number }
}

const captured = () => toMajor(world.control.sums().captured, 'USD')

describe.each(banks)('with %s', (_, openBank) => {
  beforeEach(async () => {
    world = openWorld(it, { bank: await openBank(() => it.clock.now()) })
  })
  afterEach(() => world.stop())

  describe('signing up', () => {
    test('makes a customer with its agreement, account, number, phone, login and paid invoice', async () => {
      const { press, number } = await ready()
      expect(await press()).toMatchObject({ state: 'completed', failure: null })

      const [customer] = await customersOf(email)
      expect(customer).toMatchObject({ name: 'Anna Lee', balance: '0.00000' })
      const id = customer!.id
      expect(
        await one(`select account_id, kind, status, name from accounts where i_customer = $1`, [
          id,
        ]),
      ).toEqual({ account_id: number, kind: 'line', status: 'active', name: 'Anna Lee' })
      expect(await one('select alias from account_aliases where i_customer = $1', [id])).toEqual({
        alias: number,
      })
      expect(
        await one(
          'select i_customer, i_account is not null as assigned from numbers where number = $1',
          [number],
        ),
      ).toEqual({ i_customer: id, assigned: true })
      expect(
        await it.sql('select quantity, used from agreement_items where i_customer = $1', [id]),
      ).toEqual([{ quantity: 1, used: 1 }])
      expect(
        await one('select state, net, tax, total, paid from invoices where i_customer = $1', [id]),
      ).toEqual({
        state: 'paid',
        net: '14.99000',
        tax: '0.75000',
        total: '15.74000',
        paid: '15.74000',
      })
      expect(
        await it.sql('select kind, amount from ledger_entries where i_customer = $1 order by id', [
          id,
        ]),
      ).toEqual([
        { kind: 'activation', amount: '5.00000' },
        { kind: 'periodic', amount: '9.99000' },
        { kind: 'tax', amount: '0.75000' },
        { kind: 'payment', amount: '-15.74000' },
      ])
      expect(
        await one(
          'select started_on::text, charged_until::text from customer_subscriptions where i_customer = $1',
          [id],
        ),
      ).toEqual({ started_on: '2026-11-21', charged_until: '2026-12-21' })
      expect(
        await one('select login, realm, must_change_password from users where i_customer = $1', [
          id,
        ]),
      ).toEqual({ login: email, realm: 'customer', must_change_password: true })
      expect(
        await one('select brand, last4 from payment_methods where i_customer = $1', [id]),
      ).toEqual({ brand: 'visa', last4: '4242' })
      expect(captured()).toBe('15.74')
    })

    test('for a PBX makes its first extension, ph{customer}x101', async () => {
      const { press, trpc } = await ready('cloud-pbx')
      await press()
      const { customer, accountId, extension, kind } = await trpc.confirmation({ site })
      expect({ accountId, extension, kind }).toEqual({
        accountId: `ph${customer}x101`,
        extension: '101',
        kind: 'pbx',
      })
      expect(captured()).toBe('6.30')
    })

    test('for a package charges the package, which the customer itself holds', async () => {
      const { press, trpc } = await ready('cloud-pbx-10')
      await press()
      const { customer } = await trpc.confirmation({ site })
      expect(
        await it.sql(
          'select i_account, charged_until::text from customer_subscriptions where i_customer = $1',
          [customer],
        ),
      ).toEqual([{ i_account: null, charged_until: '2026-12-21' }])
      expect(
        await it.sql('select kind, amount from ledger_entries where i_customer = $1 order by id', [
          customer,
        ]),
      ).toEqual([
        { kind: 'periodic', amount: '30.00000' },
        { kind: 'tax', amount: '1.50000' },
        { kind: 'payment', amount: '-31.50000' },
      ])
      expect(captured()).toBe('31.50')
    })

    test('at a reseller’s site makes a customer of the reseller', async () => {
      const visitor = world.visitor('192.0.2.10', 'bamboo')
      await visitor.prepare({ plan: 'bamboo-voice', address: address() })
      await visitor.press()
      expect(await one('select i_parent from customers where email = $1', [email])).toEqual({
        i_parent: 46173,
      })
    })

    test('with a code for all of it verifies the card and charges nothing', async () => {
      await it.sql(
        `insert into promo_codes (i_env, i_site, code, percent, applies_to, periods)
       select 1, id, 'FREE', 100, 'periodic', 1 from signup_sites where slug = 'panda'
       on conflict do nothing`,
      )
      const { press, trpc } = await ready('supercall')
      const { version } = (await trpc.draft({ site }))!
      await trpc.applyPromo({ site, version, code: 'FREE' })
      expect(await press()).toMatchObject({ state: 'completed' })
      expect(captured()).toBe('0.00')
      expect(await customersOf(email)).toMatchObject([{ balance: '0.00000' }])
    })

    test('tells of everything in order, and every change is on record', async () => {
      const { press } = await ready()
      await press()
      const id = (await customersOf(email))[0]!.id
      const types = (
        await it.sql<{ type: string }>(
          'select type from events where i_customer = $1 order by id',
          [id],
        )
      ).map(({ type }) => type)
      for (const type of [
        'customer.created',
        'agreement.changed',
        'number.provided',
        'account.created',
        'invoice.issued',
        'invoice.paid',
        'signup.completed',
      ]) {
        expect(types).toContain(type)
      }
      const actions = (
        await it.sql<{ action: string }>('select action from audit_rows where i_customer = $1', [
          id,
        ])
      ).map(({ action }) => action)
      expect(actions).toEqual(
        expect.arrayContaining([
          'customer.create',
          'account.create',
          'signup.provision',
          'invoice.issue',
        ]),
      )
    })

    test('welcomes by mail, with a door and no secret', async () => {
      const { press, trpc } = await ready()
      await press()
      const mail = await one<{ text: string; html: string }>(
        `select text, html from mails where kind = 'welcome' and to_address = $1`,
        [email],
      )
      const { sip, selfcare } = await trpc.reveal({ site })
      for (const secret of [sip.password, selfcare.password]) {
        expect(mail.text + mail.html).not.toContain(secret)
      }
      expect(mail.text).toMatch(/https:\/\/portal\.example\/enter#door=[\w-]{43}/)
    })

    test('writes lines that can be read in any language: what for and of what, never a sentence', async () => {
      await (await ready()).press()
      const [customer] = await customersOf(email)
      const { number } = await one<{ number: string }>(
        'select number from invoices where i_customer = $1',
        [customer!.id],
      )
      const told = (table: string, order: string) =>
        it.sql(`select kind, description from ${table} where i_customer = $1 order by ${order}`, [
          customer!.id,
        ])
      expect(await told('invoice_lines', 'line')).toEqual([
        { kind: 'activation', description: 'EasyCall' },
        { kind: 'periodic', description: 'EasyCall' },
      ])
      expect(await told('ledger_entries', 'id')).toEqual([
        { kind: 'activation', description: 'EasyCall' },
        { kind: 'periodic', description: 'EasyCall' },
        { kind: 'tax', description: 'GST' },
        { kind: 'payment', description: number },
      ])
    })

    test('on a site that closes is refused before the button and seen through after it', async () => {
      const [late, first] = [await ready(), await ready('supercall', '192.0.2.12')]
      await first.press()
      await it.sql(`update signup_sites set open = false where slug = $1`, [site])
      try {
        expect((await refusal(late.press())).code).toBe('signup.site_closed')
        expect(await first.trpc.confirmation({ site })).toMatchObject({ planName: 'SuperCall' })
        expect((await first.trpc.reveal({ site })).selfcare.password).not.toBe('')
      } finally {
        await it.sql(`update signup_sites set open = true where slug = $1`, [site])
      }
    })

    test('in a language switched to on the last page is welcomed in it, and served in it', async () => {
      const { press, jar } = await ready()
      jar.set('portico_locale', 'es')
      await press()
      const mail = await one<{ html: string }>(
        `select html from mails where kind = 'welcome' and to_address = $1`,
        [email],
      )
      expect(mail.html).toContain('lang="es"')
      expect(
        await one(
          'select c.locale, u.locale as of_user from customers c join users u on u.i_customer = c.id where c.email = $1',
          [email],
        ),
      ).toEqual({ locale: 'es', of_user: 'es' })
    })

    test('a second one with the same e-mail gets another login, and nobody is told before', async () => {
      await (await ready()).press()
      const second = await ready()
      expect(await second.press()).toMatchObject({ state: 'completed' })
      const { login, customer } = await second.trpc.confirmation({ site })
      expect(login).toBe(`${email.split('@')[0]}-${customer}`)
    })

    test('two at once with one e-mail both succeed', async () => {
      const both = [await ready(), await ready('supercall', '192.0.2.11')]
      const placed = await Promise.all(both.map(({ press }) => press()))
      expect(placed.map(({ state }) => state)).toEqual(['completed', 'completed'])
      expect(await customersOf(email)).toHaveLength(2)
    })
  })

  describe('pressing the button', () => {
    test('twice is pressing once', async () => {
      const { press, proof } = await ready()
      const same = {
        key: randomUUID(),
        cardToken: world.tokenFor(cards.approved),
        proof: await proof(),
      }
      const answers = await Promise.all([press(same), press(same), press(same)])
      expect(new Set(answers.map(({ key }) => key))).toEqual(new Set([same.key]))
      await expect.poll(async () => (await press(same)).state).toBe('completed')
      expect(await customersOf(email)).toHaveLength(1)
      expect(captured()).toBe('15.74')
    })

    test('in two tabs makes one order', async () => {
      const { press } = await ready()
      const [a, b] = await Promise.all([press(), press()])
      expect(a!.key).toBe(b!.key)
      expect(await customersOf(email)).toHaveLength(1)
      expect(captured()).toBe('15.74')
    })

    test('with a price that is not ours any more charges nothing and says the new one', async () => {
      const { press } = await ready()
      expect(await refusal(press({ dueToday: '1.00' }))).toMatchObject({
        kind: 'conflict',
        code: 'signup.price_changed',
        details: { dueToday: '15.74', currency: 'USD' },
      })
      expect(world.control.intents()).toHaveLength(0)
      expect(await customersOf(email)).toHaveLength(0)
    })

    test('after the price list changed asks again', async () => {
      const { press } = await ready('supercall')
      await it.sql(`update subscriptions set periodic_fee = 24.99 where periodic_fee = 19.99`)
      const changed = await refusal(press({ dueToday: '20.99' }))
      await it.sql(`update subscriptions set periodic_fee = 19.99 where periodic_fee = 24.99`)
      expect(changed).toMatchObject({
        code: 'signup.price_changed',
        details: { dueToday: '26.24' },
      })
    })

    test.each([
      ['easycall', 'products', 'i_product'],
      ['cloud-pbx-10', 'subscriptions', 'i_subscription'],
    ])(
      'of %s once it is off sale (%s) is refused before anybody hears of a card',
      async (plan, table, of) => {
        const { press, trpc } = await ready(plan)
        const setArchived = (at: string) =>
          it.sql(
            `update ${table} set archived_at = ${at}
            where id in (select ${of} from signup_plans where code = '${plan}')`,
          )
        await setArchived('now()')
        try {
          expect((await refusal(press())).code).toBe('signup.plan_unknown')
          expect(world.control.intents()).toHaveLength(0)
          const { plans } = await trpc.site({ site, locale: 'en' })
          expect(plans.map(({ code }) => code)).not.toContain(plan)
          expect((await refusal(trpc.choosePlan({ site, plan, locale: 'en' }))).code).toBe(
            'signup.plan_unknown',
          )
        } finally {
          await setArchived('null')
        }
      },
    )

    test('from a tab that is behind is refused', async () => {
      const { trpc, proof } = await ready()
      const stale = trpc.submit({
        site,
        version: 1,
        key: randomUUID(),
        cardToken: world.tokenFor(cards.approved),
        dueToday: '15.74',
        acceptTerms: true,
        proof: await proof(),
      })
      expect((await refusal(stale)).code).toBe('signup.draft_changed')
    })

    test('before everything is there says what is missing', async () => {
      const { trpc, press } = world.visitor()
      await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
      expect(await refusal(press())).toMatchObject({
        code: 'signup.incomplete',
        details: { step: 'address' },
      })
    })

    test('with a hold that lapsed keeps the number if nobody has it', async () => {
      const { press, number } = await ready()
      await it.sql(`update numbers set hold_until = now() - interval '1 hour' where number = $1`, [
        number,
      ])
      expect(await press()).toMatchObject({ state: 'completed' })
    })

    test('with a number that is gone charges nothing and offers the nearest', async () => {
      const { press, number } = await ready()
      await it.sql(
        `update numbers set hold_id = gen_random_uuid(), hold_draft = gen_random_uuid(), hold_until = now() + interval '5 minutes' where number = $1`,
        [number],
      )
      const lost = await refusal(press())
      expect(lost).toMatchObject({ code: 'signup.number_taken', details: { number } })
      expect(lost.details.alternatives).toHaveLength(6)
      expect(world.control.intents()).toHaveLength(0)
    })

    test('while an order is under way nothing can be changed', async () => {
      const { press, trpc } = await ready()
      expect(await press({ card: cards.challenge })).toMatchObject({ state: 'action_required' })
      for (const change of [
        () => trpc.choosePlan({ site, plan: 'supercall', locale: 'en' }),
        () => trpc.holdNumber({ site, number: '16045550100' }),
        () => trpc.startOver({ site }),
      ]) {
        expect((await refusal(change())).code).toBe('signup.order_under_way')
      }
    })

    test('once it is done it is done: a plan chosen then begins another signup', async () => {
      const { press, trpc } = await ready()
      await press()
      expect(await trpc.draft({ site })).toMatchObject({ step: 'done' })
      expect((await refusal(trpc.reachPayment({ site }))).code).toBe('signup.already_done')
      const next = await trpc.choosePlan({ site, plan: 'supercall', locale: 'en' })
      expect(next).toMatchObject({ version: 1, step: 'address', order: null })
    })
  })

  describe('a card', () => {
    test('declined leaves nothing behind, and another one signs up', async () => {
      const { press, trpc, number } = await ready()
      expect(await press({ card: cards.declined })).toMatchObject({
        state: 'failed',
        failure: 'card_declined',
      })
      expect(await customersOf(email)).toHaveLength(0)
      expect(await trpc.draft({ site })).toMatchObject({ step: 'payment', hold: { number } })
      expect(await press()).toMatchObject({ state: 'completed' })
      expect(captured()).toBe('15.74')
    })

    test('that would be charged less than can be taken is told so, not declined, however often', async () => {
      await it.sql('update subscriptions set periodic_fee = 0.19 where periodic_fee = 19.99')
      const declines = () => one('select sum(declines) as n from signup_drafts')
      const before = await declines()
      const { press } = await ready('supercall', '203.0.113.77')
      for (const _ of [1, 2, 3, 4, 5]) {
        expect(await press()).toMatchObject({ state: 'failed', failure: 'amount_too_small' })
      }
      await it.sql('update subscriptions set periodic_fee = 19.99 where periodic_fee = 0.19')
      expect(await customersOf(email)).toHaveLength(0)
      expect(world.control.intents()).toHaveLength(0)
      expect(
        await it.sql("select distinct state from payments where decline_code = 'amount_too_small'"),
      ).toEqual([{ state: 'failed' }])
      expect(await declines()).toEqual(before)
    })

    test('without the money says so', async () => {
      const { press } = await ready()
      expect(await press({ card: cards.insufficient })).toMatchObject({
        failure: 'insufficient_funds',
      })
    })

    test('whose bank asks signs up once it has been answered', async () => {
      const { press, trpc } = await ready()
      const asked = await press({ card: cards.challenge })
      expect(asked).toMatchObject({ state: 'action_required' })

      expect(await trpc.continueAfterChallenge({ site })).toMatchObject({
        state: 'action_required',
      })
      world.decide(asked.challengeUrl!, true)
      expect(await trpc.continueAfterChallenge({ site })).toMatchObject({ state: 'completed' })
      expect(captured()).toBe('15.74')
    })

    test('whose bank was told no is declined', async () => {
      const { press, trpc } = await ready()
      const asked = await press({ card: cards.challenge })
      world.decide(asked.challengeUrl!, false)
      expect(await trpc.continueAfterChallenge({ site })).toMatchObject({
        state: 'failed',
        failure: 'authentication_failed',
      })
    })

    test('whose bank was left makes room for another one', async () => {
      const { press, trpc } = await ready()
      await press({ card: cards.challenge })
      expect(await trpc.continueAfterChallenge({ site, gaveUp: true })).toMatchObject({
        state: 'failed',
        failure: 'challenge_abandoned',
      })
      expect(await press()).toMatchObject({ state: 'completed' })
    })

    test('whose bank is left for ten minutes is given up', async () => {
      const { press, trpc } = await ready()
      await press({ card: cards.challenge })
      it.clock.advance(10 * 60_000)
      await recoverDue(it.edge(), world.outside)
      expect(await trpc.order({ site })).toMatchObject({
        state: 'failed',
        failure: 'challenge_abandoned',
      })
    })

    test('approved with the answer lost makes one customer, charged once', async () => {
      const { press } = await ready()
      expect(await press({ card: cards.answerLost })).toMatchObject({ state: 'completed' })
      expect(await customersOf(email)).toHaveLength(1)
      expect(captured()).toBe('15.74')
    })

    test('captured with the answer lost is captured once', async () => {
      const { press } = await ready()
      expect(await press({ card: cards.captureLost })).toMatchObject({ state: 'completed' })
      expect(await customersOf(email)).toMatchObject([{ balance: '0.00000' }])
      expect(captured()).toBe('15.74')
    })

    test('that can’t be charged after all leaves the customer an open invoice', async () => {
      const { press } = await ready()
      expect(await press({ card: cards.captureRefused })).toMatchObject({ state: 'completed' })
      expect(await customersOf(email)).toMatchObject([{ balance: '15.74000' }])
    })

    test('used twice is told to be given again', async () => {
      const cardToken = world.tokenFor(cards.approved)
      await (await ready()).press({ cardToken })
      expect(await (await ready()).press({ cardToken })).toMatchObject({
        state: 'failed',
        failure: 'token_expired',
      })
    })
  })

  test('a number taken between the payment and the customer is charged to nobody', async () => {
    const { press, number, trpc } = await ready()
    const asked = await press({ card: cards.challenge })
    await it.sql(
      `update numbers set hold_id = gen_random_uuid(), hold_draft = gen_random_uuid() where number = $1`,
      [number],
    )
    world.decide(asked.challengeUrl!, true)
    const failed = await trpc.continueAfterChallenge({ site })
    expect(failed).toMatchObject({ state: 'failed', failure: 'number_taken' })
    expect(failed.alternatives).toHaveLength(6)
    expect(world.control.sums()).toMatchObject({ authorized: 0n, captured: 0n })
    expect(await customersOf(email)).toHaveLength(0)
  })

  test('the gateway out of reach fails in peace: nothing is reserved, and the button works again', async () => {
    const { press, trpc } = await ready()
    world.control.fail('break', undefined, 1_000)
    expect(await press()).toMatchObject({ state: 'working' })
    world.control.mend()
    it.clock.advance(60_000)
    await recoverDue(it.edge(), world.outside)
    expect(await trpc.order({ site })).toMatchObject({ state: 'failed', failure: 'interrupted' })
    expect(await press()).toMatchObject({ state: 'completed' })
  })

  test('nothing that looks like a card number is in any row', async () => {
    const { press } = await ready()
    await press({ card: cards.declined })
    await press()
    for (const table of [
      'signup_drafts',
      'signup_orders',
      'payments',
      'payment_methods',
      'events',
      'audit_rows',
      'mails',
      'signup_counters',
    ]) {
      const rows = JSON.stringify(await it.sql(`select t::text from ${table} t`))
      for (const card of Object.values(cards)) expect(rows).not.toContain(card)
    }
  })
})
