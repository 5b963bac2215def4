import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { CustomerId } from '#server/kernel/ids.ts'
import { money, toDecimal } from '#server/kernel/money.ts'
import { system } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'
import { heldOpen, untilBlocked } from '#server/testing/waiting.ts'
import { type Gateway, GatewayUnknown, type RefundOutcome } from './gateway.ts'
import type { NewPayment } from './schema.ts'
import * as methods from './service.methods.ts'
import * as refunds from './service.refunds.ts'
import * as payments from './service.ts'

const it = testDatabase({ max: 16 })
const abc = 46170 as CustomerId
const ten = 46171 as CustomerId
const me = system('test')

const visa = {
  brand: 'visa',
  last4: '4242',
  expMonth: 12,
  expYear: 2030,
  fingerprint: 'f',
} as const
const card = (gatewayRef: string, change: Partial<typeof visa> | object = {}) => ({
  gateway: 'simulator' as const,
  gatewayRef,
  card: { ...visa, ...change },
})

/** A payment that was captured. */
const captured = (amount: string, change: Partial<NewPayment> = {}) =>
  it.as(me, async (ctx) => {
    const payment = await payments.intend(ctx, {
      key: randomUUID(),
      amount: money(amount),
      currency: 'USD',
      gateway: 'simulator',
      purpose: 'invoice',
      customer: abc,
      ...change,
    })
    await payments.note(ctx, payment, { state: 'captured', intentRef: `pi_${payment}` })
    return payment
  })

const intend = (payment: number, amount: string, key: string = randomUUID()) =>
  it.as(me, (ctx) =>
    refunds.intendRefund(ctx, { payment, amount: money(amount), reason: 'a complaint', key }),
  )

const refundedOf = async (payment: number) =>
  toDecimal((await it.as(me, (ctx) => payments.find(ctx, payment))).refunded)

describe('giving back', () => {
  test('of 8 clients who give back $10 of $25 at once, 2 do and 6 are told what is left', async () => {
    const payment = await captured('25')

    const tried = await Promise.allSettled(Array.from({ length: 8 }, () => intend(payment, '10')))

    const refusals = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refusals).toHaveLength(6)
    expect(refusals[0]).toMatchObject({
      kind: 'conflict',
      code: 'payments.refund_too_much',
      details: { left: '5.00', asked: '10.00', currency: 'USD' },
    })
    expect(await refundedOf(payment)).toBe('20.00000')
  })

  test('the database itself refuses more than was taken, and any of what was not', async () => {
    const payment = await captured('25')
    const set = (change: string) => it.sql(`update payments set ${change} where id = $1`, [payment])

    await expect(set('refunded = 25.01')).rejects.toThrow('payments_refunded')
    await expect(set('refunded = -1')).rejects.toThrow('payments_refunded')
    await expect(set("refunded = 1, state = 'authorized'")).rejects.toThrow(
      'payments_refunded_captured',
    )
  })

  test('sent twice with one key it is one refund; the key of another is refused', async () => {
    const payment = await captured('25')

    const [first, again] = [await intend(payment, '10', 'k'), await intend(payment, '10', 'k')]

    expect(again.id).toBe(first.id)
    expect(await refundedOf(payment)).toBe('10.00000')
    expect(await refused(intend(payment, '11', 'k'))).toMatchObject({
      code: 'payments.refund_key_reused',
    })
  })

  test.each([
    ['0', 'payments.refund_amount'],
    ['-5', 'payments.refund_amount'],
    ['25.01', 'payments.refund_too_much'],
  ])('%s of 25 dollars is refused: %s', async (amount, code) => {
    const payment = await captured('25')
    expect(await refused(intend(payment, amount))).toMatchObject({ code })
    expect(await refundedOf(payment)).toBe('0.00000')
  })

  test('of a payment that was never taken is refused, and of none, too', async () => {
    const declined = await it.as(me, async (ctx) => {
      const made = { key: randomUUID(), amount: money('5'), currency: 'USD' }
      const payment = await payments.intend(ctx, {
        ...made,
        gateway: 'simulator',
        purpose: 'invoice',
      })
      await payments.note(ctx, payment, { state: 'declined', declineCode: 'card_declined' })
      return payment
    })

    expect(await refused(intend(declined, '5'))).toMatchObject({ code: 'payments.not_refundable' })
    expect(await refused(intend(999_999, '5'))).toMatchObject({ code: 'payments.not_found' })
  })
})

/** A gateway of which only refunds are asked, and what it says to each in turn. */
function gatewaySaying(...answers: (RefundOutcome | Error)[]) {
  const asked: string[] = []
  const next = async ({ key }: { key: string }) => {
    asked.push(key)
    const answer = answers.shift()!
    if (answer instanceof Error) throw answer
    return answer
  }
  const gateway = { name: 'simulator', refund: next, lookupRefund: next } as unknown as Gateway
  return { asked, outside: { gateway } as Outside }
}

describe('asking the gateway for it', () => {
  const back = { state: 'refunded', refund: 're_1', amount: money('10') } as const
  const drive = async (outside: Outside, refund: number) => {
    const entered: number[] = []
    const now = await refunds.driveRefund(it.edge(me), outside, refund, async (_: Ctx, one) => {
      entered.push(one.id)
    })
    return { now, entered }
  }

  test('after a time-out it is asked again with the same key, and entered once', async () => {
    const { id, key } = await intend(await captured('25'), '10')
    const { asked, outside } = gatewaySaying(new GatewayUnknown('no answer'), back)

    expect(await drive(outside, id)).toMatchObject({ now: { state: 'intended' }, entered: [] })
    expect(await drive(outside, id)).toMatchObject({ now: { state: 'refunded' }, entered: [id] })
    expect(await drive(outside, id)).toMatchObject({ now: { state: 'refunded' }, entered: [] })
    expect(asked).toEqual([key, key])
  })

  test('two nodes at it at the same moment enter it once', async () => {
    const { id } = await intend(await captured('25'), '10')
    const { outside } = gatewaySaying(back, back)

    const both = await Promise.all([drive(outside, id), drive(outside, id)])

    expect(both.flatMap(({ entered }) => entered)).toEqual([id])
  })

  test('what the bank refused can be given back another time', async () => {
    const payment = await captured('25')
    const { id } = await intend(payment, '25')
    const { outside } = gatewaySaying({ state: 'failed', code: 'refused' })

    expect(await drive(outside, id)).toMatchObject({
      now: { state: 'failed', failureCode: 'refused' },
      entered: [],
    })
    expect(await refundedOf(payment)).toBe('0.00000')
    expect(await intend(payment, '25')).toMatchObject({ state: 'intended' })
  })

  test('what is on its way is counted, looked up later, and entered when it is there', async () => {
    const payment = await captured('25')
    const { id } = await intend(payment, '10')
    const { outside } = gatewaySaying({ ...back, state: 'pending' }, back)

    expect(await drive(outside, id)).toMatchObject({ now: { state: 'pending' }, entered: [] })
    expect(await refundedOf(payment)).toBe('10.00000')
    expect(await drive(outside, id)).toMatchObject({ now: { state: 'refunded' }, entered: [id] })
  })

  test('what was given back of a payment is listed, the first one first', async () => {
    const payment = await captured('25')
    const made = [await intend(payment, '10'), await intend(payment, '5')]
    const listed = await it.as(me, (ctx) => refunds.refundsOf(ctx, payment))
    expect(listed.map(({ id }) => id)).toEqual(made.map(({ id }) => id))
  })

  test('one that nobody finished is taken up after a minute, by one node', async () => {
    await it.sql('update refunds set next_try_at = null')
    const { id } = await intend(await captured('25'), '10')
    const take = () => it.as(me, (ctx) => refunds.takeDueRefunds(ctx, 10))

    expect(await take()).toEqual([])
    it.clock.advance(61_000)
    const [one, other] = await Promise.all([take(), take()])
    expect([...one, ...other]).toEqual([id])
    expect(await take()).toEqual([])
  })

  test('how long it has waited is by the machine’s clock, however far a sandbox’s is ahead', async () => {
    await it.sql('update environments set sandbox = true where id = 1')
    const ahead = (days: number) =>
      it.sql(
        `alter table environments disable trigger clock_goes_forward;
         update environments set clock_ahead = ${days}::bigint * 86400000 where id = 1;
         alter table environments enable trigger clock_goes_forward`,
      )
    const { id } = await intend(await captured('25'), '10')
    await ahead(30)
    it.clock.advance(3 * 60_000)
    const { outside } = gatewaySaying(new GatewayUnknown('Silence.'))
    await drive(outside, id)
    const [row] = await it.sql<{ next: Date }>(
      'select next_try_at as next from refunds where id = $1',
      [id],
    )
    expect(row!.next.getTime() - it.clock.now().getTime()).toBe(3 * 60_000)
    await ahead(0)
    await it.sql('update environments set sandbox = false where id = 1')
  })

  test('money that came by hand goes back by hand: no gateway is asked', async () => {
    const { id } = await intend(await captured('25', { gateway: 'manual' }), '10')
    const { asked, outside } = gatewaySaying()

    expect(await drive(outside, id)).toMatchObject({ now: { state: 'refunded' }, entered: [id] })
    expect(asked).toEqual([])
  })
})

describe('cards on file', () => {
  const of = (customer: CustomerId) => it.as(me, (ctx) => methods.methodsOf(ctx, customer))
  const keep = (customer: CustomerId, ...given: Parameters<typeof card>) =>
    it.as(me, (ctx) => methods.keepMethod(ctx, customer, card(...given)))
  const replace = (customer: CustomerId, ...given: Parameters<typeof card>) =>
    it.as(me, (ctx) => methods.replaceMethod(ctx, customer, card(...given)))

  test('the first one pays; told of again it is the same one', async () => {
    await keep(abc, 'pm_1')
    await keep(abc, 'pm_1')
    await keep(abc, 'pm_2')

    expect(await of(abc)).toMatchObject([
      { gatewayRef: 'pm_1', isDefault: true },
      { gatewayRef: 'pm_2', isDefault: false },
    ])
  })

  test('a new one takes over, and the old ones are off the file', async () => {
    const made = await replace(abc, 'pm_3', { last4: '3184' })
    const again = await replace(abc, 'pm_3', { last4: '3184' })

    expect(again.id).toBe(made.id)
    expect(await of(abc)).toMatchObject([{ last4: '3184', isDefault: true }])
    expect(await it.as(me, (ctx) => methods.findMethod(ctx, made.id))).toEqual(made)
    expect(await it.as(me, (ctx) => methods.defaultMethod(ctx, abc))).toMatchObject({
      id: made.id,
    })
    expect(await replace(abc, 'pm_1')).toMatchObject({ gatewayRef: 'pm_1', isDefault: true })
  })

  test('replaced 6 times at once, also where there was none, one pays and one is on file', async () => {
    await Promise.all(Array.from({ length: 6 }, (_, n) => replace(ten, `pm_ten_${n}`)))

    expect(await of(ten)).toMatchObject([{ isDefault: true }])
  })
})

describe('cards that were replaced', () => {
  const of = (customer: CustomerId) => it.as(me, (ctx) => methods.methodsOf(ctx, customer))
  const replace = (gatewayRef: string) =>
    it.as(me, (ctx) => methods.replaceMethod(ctx, ten, card(gatewayRef)))
  /** A gateway that is asked to forget, and what it says to each in turn. */
  const forgetting = (...answers: (Error | 'done')[]) => {
    const asked: string[] = []
    const forget = async ({ method }: { method: string }) => {
      asked.push(method)
      const answer = answers.shift() ?? 'done'
      if (answer !== 'done') throw answer
    }
    const outside = { gateway: { name: 'simulator', forget } as unknown as Gateway } as Outside
    return { asked, outside, run: () => methods.forgetRemoved(it.edge(me), outside, 10) }
  }
  beforeEach(async () => {
    await it.sql('delete from payments where i_payment_method is not null')
    await it.sql('delete from payment_methods')
  })

  test('are forgotten by their gateway, each once, by however many nodes; the one on file is not', async () => {
    await replace('old')
    await replace('older')
    await replace('now')
    const { asked, run } = forgetting()

    await Promise.all([run(), run(), run()])
    it.clock.advance(3 * 86_400_000)
    await run()

    expect(asked.toSorted()).toEqual(['old', 'older'])
    expect(
      await it.sql('select gateway_ref from payment_methods where forgotten_at is null'),
    ).toEqual([{ gateway_ref: 'now' }])
  })

  test('without an answer they are asked of again: after one minute, two, four, and a day at most', async () => {
    await replace('old')
    await replace('now')
    const silence = Array.from({ length: 6 }, () => new GatewayUnknown('Silence.'))
    const { asked, run } = forgetting(...silence)
    const tries: number[] = []
    for (let minute = 0; minute <= 15; minute += 1) {
      const before = asked.length
      await run()
      if (asked.length > before) tries.push(minute)
      it.clock.advance(60_000)
    }
    expect(tries).toEqual([0, 1, 3, 7, 15])

    await it.sql(
      'update payment_methods set forget_tries = 30, forget_next_at = null where removed_at is not null',
    )
    await run()
    const [row] = await it.sql<{ next: Date }>(
      'select forget_next_at as next from payment_methods where removed_at is not null',
    )
    expect(row!.next.getTime() - it.clock.now().getTime()).toBe(86_400_000)
  })

  test('of which one is not answered are left for later, all of them', async () => {
    for (const card of ['old', 'older', 'now']) await replace(card)
    const { asked, run } = forgetting(new GatewayUnknown('Silence.'))

    await run()
    expect(asked).toHaveLength(1)

    it.clock.advance(60_000)
    await run()
    expect(asked.slice(1).toSorted()).toEqual(['old', 'older'])
  })

  test('wait while a payment under way is paid with them, and for no other', async () => {
    const { id: method } = await replace('old')
    const payment = await it.as(me, (ctx) =>
      payments.intend(ctx, {
        key: randomUUID(),
        amount: money('5'),
        currency: 'USD',
        gateway: 'simulator',
        purpose: 'invoice',
        customer: ten,
        method,
      }),
    )
    await replace('now')
    const { asked, run } = forgetting()
    for (const state of ['intended', 'requires_action', 'authorized'] as const) {
      await it.as(me, (ctx) => payments.note(ctx, payment, { state }))
      await run()
    }
    expect(asked).toEqual([])

    await it.as(me, (ctx) => payments.note(ctx, payment, { state: 'captured' }))
    await run()
    expect(asked).toEqual(['old'])
  })

  test('a card isn’t taken off the file while a payment begins with it', async () => {
    const { id: old } = await replace('old')
    const commit = await heldOpen((held) =>
      it.as(me, async (ctx) => {
        expect(await methods.payingMethod(ctx, ten)).toMatchObject({ id: old })
        await held()
      }),
    )
    const replacing = replace('now')
    await untilBlocked(it, replacing)
    expect(await of(ten)).toMatchObject([{ gatewayRef: 'old' }])

    await commit()
    await replacing
    expect(await of(ten)).toMatchObject([{ gatewayRef: 'now' }])
  })

  test('one that is told of again is on file again', async () => {
    await replace('old')
    await replace('now')
    const { run } = forgetting()
    await run()

    await replace('old')

    expect(
      await it.sql(
        "select removed_at, forgotten_at, forget_tries from payment_methods where gateway_ref = 'old'",
      ),
    ).toEqual([{ removed_at: null, forgotten_at: null, forget_tries: 0 }])
  })

  test('of a gateway that is no longer here they are not lost sight of', async () => {
    await replace('old')
    await replace('now')
    const { outside } = forgetting()
    const stripe = { ...outside, gateway: { ...outside.gateway, name: 'stripe' } } as Outside
    await methods.forgetRemoved(it.edge(me), stripe, 10)
    expect(
      await it.sql(
        "select forgotten_at, forget_tries from payment_methods where gateway_ref = 'old'",
      ),
    ).toEqual([{ forgotten_at: null, forget_tries: 1 }])
  })
})

test('payments are found by their key, and a customer’s by their age, newest first', async () => {
  const key = randomUUID()
  const older = await captured('1', { customer: ten, key })
  const newer = await captured('2', { customer: ten })
  const ids = (before?: number) =>
    it.as(me, async (ctx) => (await payments.paymentsOf(ctx, ten, { before })).map(({ id }) => id))

  expect(await ids()).toEqual([newer, older])
  expect(await ids(newer)).toEqual([older])
  expect(await it.as(me, (ctx) => payments.withKey(ctx, key))).toMatchObject({ id: older })
})

describe('payments nobody has finished', () => {
  test('are taken up by one node when their time has come, under a new fence', async () => {
    const id = await it.as(me, (ctx) =>
      payments.intend(ctx, {
        key: randomUUID(),
        amount: money('5'),
        currency: 'USD',
        gateway: 'simulator',
        purpose: 'invoice',
        customer: abc,
        nextTryAt: new Date(ctx.now.getTime() + 30_000),
      }),
    )
    const take = () =>
      it.as(me, (ctx) => payments.takeDue(ctx, ['invoice'], { leaseSeconds: 30, n: 10 }))

    expect(await take()).toEqual([])
    it.clock.advance(30_000)
    const [one, other] = await Promise.all([take(), take()])
    expect([...one, ...other]).toMatchObject([{ id, fence: 1 }])
    expect(
      await it.as(me, (ctx) => payments.takeDue(ctx, ['signup'], { leaseSeconds: 1, n: 1 })),
    ).toEqual([])

    await it.as(me, async (ctx) => {
      const { fence } = await payments.lock(ctx, id)
      expect(fence).toBe(1)
      await payments.note(ctx, id, { state: 'canceled', nextTryAt: null })
    })
    it.clock.advance(60_000)
    expect(await take()).toEqual([])
  })
})
