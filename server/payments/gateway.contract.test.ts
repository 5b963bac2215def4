import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type Money, money, zero } from '#server/kernel/money.ts'
import { openLog } from '#server/runtime/log.ts'
import { standInKeys, startStripeStandIn } from '#server/testing/stripe/stand-in.ts'
import {
  type Gateway,
  GatewayMisuse,
  GatewayUnknown,
  GatewayUnreachable,
  type Outcome,
} from './gateway.ts'
import type { Verb } from './simulator/control.ts'
import { startSimulator } from './simulator.ts'
import { stripeGateway } from './stripe.ts'

type Fault = 'lose_request' | 'lose_answer' | 'break'

/** A gateway, and what only its tests can do: be the browser, be the bank, be the network. */
type World = Readonly<{
  gateway: Gateway
  tokenFor(number: string): Promise<string>
  decide(challengeUrl: string, approved: boolean): Promise<void>
  control: Readonly<{
    fail(fault: Fault, verb?: Verb): void
    slow(ms: number): void
    sums(): Readonly<Record<'authorized' | 'captured' | 'canceled' | 'refunded', Money>>
    down(): Promise<void>
    up(): Promise<void>
  }>
  stop(): Promise<void>
}>

/** Each answer that is lost costs so much; on a busy machine one that isn't may take half of it. */
const timeoutMs = 1_000

async function simulated(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'))
  const simulator = await startSimulator({
    host: '127.0.0.1',
    journalPath: join(folder, 'journal'),
    allowedParents: [],
    timeoutMs,
    log: openLog('silent'),
  })
  return {
    ...simulator,
    async stop() {
      await simulator.stop()
      rmSync(folder, { recursive: true, force: true })
    },
    async tokenFor(number) {
      const typed = JSON.stringify({ number, expiry: '12/30', cvc: '123' })
      const made = await fetch(`${simulator.origin}/tokens`, { method: 'POST', body: typed })
      return ((await made.json()) as { token: string }).token
    },
    async decide(challengeUrl, approved) {
      const verdict = approved ? 'approve' : 'decline'
      await fetch(challengeUrl, { method: 'POST', body: new URLSearchParams({ verdict }) })
    },
  }
}

async function stripe(): Promise<World> {
  const standIn = await startStripeStandIn({ lost: 'hang' })
  return {
    gateway: stripeGateway({ ...standInKeys, apiBase: standIn.origin, timeoutMs }),
    tokenFor: async (number) => standIn.tokenFor(number),
    decide: async (challengeUrl, approved) => standIn.decide(challengeUrl, approved),
    control: standIn.control,
    stop: standIn.stop,
  }
}

const cards = {
  approved: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  insufficient: '4000 0000 0000 9995',
  expired: '4000 0000 0000 0069',
  cvc: '4000 0000 0000 0127',
  challenge: '4000 0000 0000 3220',
  challengeAlways: '4000 0027 6000 3184',
  declinedLater: '4000 0000 0000 0341',
  answerLost: '4000 0000 0000 0119',
  captureLost: '4000 0000 0000 0259',
  captureRefused: '4000 0000 0000 0077',
} as const

const price = money('14.99')
const order = { amount: price, currency: 'USD', orderRef: 'order-1' }

let open: World | undefined
afterEach(() => open?.stop())

describe.each([
  ['the simulator', simulated],
  ['Stripe', stripe],
])('%s', (_, start) => {
  const begin = async () => {
    open = await start()
    return open
  }
  type Choice = Readonly<{ amount?: Money; currency?: string }>
  const created = async ({ gateway, tokenFor }: World, card: string, choice: Choice = {}) => {
    const ask = { ...order, ...choice, key: 'k:create', token: await tokenFor(card) }
    const made = await gateway.createIntent(ask)
    if (made.state !== 'created') throw new Error(`expected an intent, got ${made.state}`)
    return made.intent
  }
  const authorized = async (world: World, card: string = cards.approved, choice: Choice = {}) => {
    const intent = await created(world, card, choice)
    const told = await world.gateway.confirm({ key: 'k:confirm', intent })
    if (told.state !== 'authorized') throw new Error(`expected money reserved, got ${told.state}`)
    return told
  }
  const captured = async (world: World) => {
    const { intent } = await authorized(world)
    await world.gateway.capture({ key: 'k:capture', intent, amount: price })
    return intent
  }
  /** The name of a card that has paid once, with its holder there. */
  const onFile = async (world: World, card: string) => {
    const intent = await created(world, card)
    const first = await world.gateway.confirm({ key: 'k:confirm', intent })
    if (first.state === 'requires_action') await world.decide(first.challengeUrl, true)
    const told = await world.gateway.lookup({ intent })
    if (told.state !== 'authorized') throw new Error(`expected money reserved, got ${told.state}`)
    return told.method
  }
  const payLater = async ({ gateway }: World, method: string, offSession = true) => {
    const made = await gateway.createIntent({ ...order, key: 'later:create', method })
    if (made.state !== 'created') throw new Error(`expected an intent, got ${made.state}`)
    return gateway.confirm({ key: 'later:confirm', intent: made.intent, offSession })
  }

  describe('a payment', () => {
    test('is created, reserved, taken, and found as it is', async () => {
      const world = await begin()
      const { gateway } = world
      const intent = await created(world, cards.approved)
      const card = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2030 }
      expect(await gateway.lookup({ intent })).toMatchObject({ state: 'created', intent, card })

      const paid = { intent, card, amount: price, method: expect.any(String) }
      expect(await gateway.confirm({ key: 'c', intent })).toMatchObject({
        state: 'authorized',
        ...paid,
      })
      expect(await gateway.capture({ key: 'p', intent, amount: price })).toMatchObject({
        state: 'captured',
        ...paid,
      })
      expect(await gateway.lookup({ intent })).toMatchObject({ state: 'captured', ...paid })
      expect(world.control.sums()).toMatchObject({ authorized: zero, captured: price })
    })

    test.each([
      [cards.declined, 'card_declined'],
      [cards.insufficient, 'insufficient_funds'],
      [cards.expired, 'expired_card'],
      [cards.cvc, 'incorrect_cvc'],
    ])('with %s is declined: %s', async (card, code) => {
      const world = await begin()
      const intent = await created(world, card)
      const said = { state: 'declined', intent, code, messageKey: `payments.declined.${code}` }

      expect(await world.gateway.confirm({ key: 'c', intent })).toEqual(said)
      expect(await world.gateway.lookup({ intent })).toEqual(said)
      expect(world.control.sums()).toMatchObject({ authorized: zero, captured: zero })
    })

    test('of nothing verifies a card: it can be kept, and nothing is taken', async () => {
      const world = await begin()
      const told = await authorized(world, cards.approved, { amount: zero })
      const capture = { key: 'p', intent: told.intent, amount: zero }

      expect(await world.gateway.capture(capture)).toMatchObject({
        state: 'captured',
        amount: zero,
      })
      expect(await world.gateway.lookup({ intent: told.intent })).toMatchObject({
        state: 'captured',
      })
      expect(await payLater(world, told.method)).toMatchObject({ state: 'authorized' })
    })

    test('of nothing is undone like any other', async () => {
      const world = await begin()
      const { intent } = await authorized(world, cards.approved, { amount: zero })

      expect(await world.gateway.cancel({ key: 'x', intent })).toMatchObject({ state: 'canceled' })
      expect(await world.gateway.lookup({ intent })).toMatchObject({ state: 'canceled' })
      const capture = { key: 'p', intent, amount: zero }
      expect(await world.gateway.capture(capture)).toMatchObject({ state: 'canceled' })
    })

    test.each([
      ['USD', '0.49', '0.50'],
      ['JPY', '49', '50'],
    ])(
      'in %s of %s is too small, which is nothing against the card',
      async (currency, little, enough) => {
        const world = await begin()
        const { gateway } = world
        const ask = { ...order, currency, token: await world.tokenFor(cards.approved) }
        const tooSmall = { state: 'failed', intent: null, code: 'amount_too_small' }

        const made = () => gateway.createIntent({ ...ask, key: 'little', amount: money(little) })
        expect(await made()).toEqual(tooSmall)
        expect(await made()).toEqual(tooSmall)

        const other = await gateway.createIntent({ ...ask, key: 'enough', amount: money(enough) })
        expect(other).toMatchObject({ state: 'created' })
      },
    )

    test.each([
      ['JPY', '1500'],
      ['KWD', '14.990'],
      ['ISK', '1500'],
    ])('in %s is of the amount that was said: %s', async (currency, text) => {
      const world = await begin()
      const told = await authorized(world, cards.approved, { amount: money(text), currency })
      expect(told.amount).toBe(money(text))
    })

    test('with a card nobody typed is declined, and there is no intent', async () => {
      const { gateway } = await begin()
      for (const token of ['pm_none', 'tok_none', '../x']) {
        const made = await gateway.createIntent({ ...order, key: `k:${token}`, token })
        expect(made).toMatchObject({ state: 'declined', intent: null, code: 'token_expired' })
      }
    })

    test('of another installation is none here', async () => {
      const { gateway } = await begin()
      for (const intent of ['pi_1', 'seti_1', 'nothing']) {
        expect(await gateway.lookup({ intent })).toEqual({ state: 'not_found' })
      }
    })
  })

  describe('a key', () => {
    test('sent twice does it once, and says the same', async () => {
      const world = await begin()
      const { gateway } = world
      const ask = { ...order, key: 'k:create', token: await world.tokenFor(cards.approved) }
      const first = await gateway.createIntent(ask)
      expect(await gateway.createIntent(ask)).toEqual(first)

      const intent = first.state === 'created' ? first.intent : ''
      const confirm = () => gateway.confirm({ key: 'k:confirm', intent })
      expect(await confirm()).toEqual(await confirm())
      const capture = () => gateway.capture({ key: 'k:capture', intent, amount: price })
      expect(await capture()).toEqual(await capture())
      expect(world.control.sums()).toMatchObject({ authorized: zero, captured: price })
    })

    test('used for something else is our mistake, and nobody’s money', async () => {
      const world = await begin()
      const { gateway } = world
      const ask = { ...order, key: 'k', token: await world.tokenFor(cards.approved) }
      await gateway.createIntent(ask)

      await expect(gateway.createIntent({ ...ask, amount: money('15') })).rejects.toThrow(
        GatewayMisuse,
      )
    })
  })

  describe('canceling is a fence', () => {
    test('against a confirmation that is late', async () => {
      const world = await begin()
      const intent = await created(world, cards.approved)

      expect(await world.gateway.cancel({ key: 'x', intent })).toMatchObject({ state: 'canceled' })

      expect(await world.gateway.confirm({ key: 'c', intent })).toMatchObject({ state: 'canceled' })
      expect(world.control.sums()).toMatchObject({ authorized: zero, canceled: price })
    })

    test('against a capture: what was given back can’t be taken', async () => {
      const world = await begin()
      const { intent } = await authorized(world)
      await world.gateway.cancel({ key: 'x', intent })

      const late = await world.gateway.capture({ key: 'p', intent, amount: price })

      expect(late).toMatchObject({ state: 'canceled' })
      expect(world.control.sums()).toMatchObject({ authorized: zero, captured: zero })
    })

    test('against a bank that is answered afterwards', async () => {
      const world = await begin()
      const intent = await created(world, cards.challenge)
      const asked = await world.gateway.confirm({ key: 'c', intent })
      await world.gateway.cancel({ key: 'x', intent })

      await world.decide(asked.state === 'requires_action' ? asked.challengeUrl : '', true)

      expect(await world.gateway.lookup({ intent })).toMatchObject({ state: 'canceled' })
      expect(world.control.sums()).toMatchObject({ authorized: zero })
    })

    test('too late for what is taken', async () => {
      const world = await begin()
      const intent = await captured(world)
      expect(await world.gateway.cancel({ key: 'x', intent })).toMatchObject({ state: 'captured' })
      expect(world.control.sums()).toMatchObject({ captured: price })
    })
  })

  describe('a capture', () => {
    test('of more than was reserved is our mistake', async () => {
      const world = await begin()
      const { intent } = await authorized(world)
      const tooMuch = world.gateway.capture({ key: 'p', intent, amount: money('15') })
      await expect(tooMuch).rejects.toThrow(GatewayMisuse)
      expect(world.control.sums()).toMatchObject({ captured: zero })
    })

    test('that the bank refuses fails for good, and keeps nothing reserved', async () => {
      const world = await begin()
      const { intent } = await authorized(world, cards.captureRefused)
      const refused = await world.gateway.capture({ key: 'p', intent, amount: price })

      expect(refused).toEqual({ state: 'failed', intent, code: 'capture_refused' })
      const now = await world.gateway.lookup({ intent })
      expect(['failed', 'canceled']).toContain(now.state)
      expect(world.control.sums()).toMatchObject({ authorized: zero, captured: zero })
    })
  })

  describe('the bank asks', () => {
    test.each([
      [true, { state: 'authorized' }],
      [false, { state: 'declined', code: 'authentication_failed' }],
    ])('and is answered %s', async (approved, outcome) => {
      const world = await begin()
      const intent = await created(world, cards.challenge)
      const asked = await world.gateway.confirm({ key: 'c', intent })
      expect(asked).toMatchObject({ state: 'requires_action', card: { last4: '3220' } })
      expect(await world.gateway.lookup({ intent })).toMatchObject({ state: 'requires_action' })

      await world.decide(asked.state === 'requires_action' ? asked.challengeUrl : '', approved)

      expect(await world.gateway.lookup({ intent })).toMatchObject(outcome)
      // Whoever looks twice sees the same.
      expect(await world.gateway.lookup({ intent })).toMatchObject(outcome)
    })
  })

  describe('a card on file', () => {
    test.each([
      [cards.approved, 'authorized'],
      [cards.challenge, 'authorized'],
      [cards.declinedLater, 'declined'],
    ])('%s is %s when its holder is not there', async (card, state) => {
      const world = await begin()
      const method = await onFile(world, card)
      expect(await payLater(world, method)).toMatchObject({ state })
    })

    test('whose bank sends for its holder waits, and is paid when the holder has come', async () => {
      const world = await begin()
      const method = await onFile(world, cards.challengeAlways)
      const asked = await payLater(world, method)
      expect(asked).toMatchObject({ state: 'requires_action', card: { last4: '3184' } })
      const { intent, challengeUrl } = asked as Outcome & { state: 'requires_action' }
      // Asked again with the same key, it is still waiting.
      const again = { key: 'later:confirm', intent, offSession: true }
      expect(await world.gateway.confirm(again)).toMatchObject({ state: 'requires_action' })

      await world.decide(challengeUrl, true)

      expect(await world.gateway.lookup({ intent })).toMatchObject({ state: 'authorized', method })
      const taken = await world.gateway.capture({ key: 'later:p', intent, amount: price })
      expect(taken).toMatchObject({ state: 'captured', amount: price })
    })

    test('whose bank sends for its holder can be given up', async () => {
      const world = await begin()
      const asked = await payLater(world, await onFile(world, cards.challengeAlways))
      const { intent } = asked as Outcome & { state: 'requires_action' }
      expect(await world.gateway.cancel({ key: 'x', intent })).toMatchObject({ state: 'canceled' })
    })

    test('nobody has heard of is declined', async () => {
      const { gateway } = await begin()
      for (const method of ['pm_none', 'cus_none/pm_none', 'cus_1']) {
        const made = await gateway.createIntent({ ...order, key: `k:${method}`, method })
        expect(made).toMatchObject({ state: 'declined', intent: null, code: 'token_expired' })
      }
    })
  })

  describe('a card that is forgotten', () => {
    test('pays nothing any more, and what it paid can be given back', async () => {
      const world = await begin()
      const { gateway } = world
      const { intent, method } = await authorized(world)
      await gateway.capture({ key: 'k:capture', intent, amount: price })
      const other = await world.tokenFor(cards.approved)

      await gateway.forget({ method })

      const made = await gateway.createIntent({ ...order, key: 'later', method })
      expect(made).toMatchObject({ state: 'declined', intent: null, code: 'token_expired' })
      const back = { key: 'r', intent, amount: price }
      expect(await gateway.refund(back)).toMatchObject({ state: 'refunded' })
      // Somebody’s new card of the same number is another.
      const anew = await gateway.createIntent({ ...order, key: 'anew', token: other })
      expect(anew).toMatchObject({ state: 'created' })
    })

    test('stays so, said again and by whom it was never known', async () => {
      const world = await begin()
      const { gateway } = world
      const { method } = await authorized(world)
      for (const one of [method, method, 'pm_none', 'cus_none/pm_none', 'cus_1']) {
        await gateway.forget({ method: one })
      }
    })

    test.each(['lose_request', 'lose_answer', 'break'] as const)(
      'and met “%s”, is not known to be, and asked again is',
      async (fault) => {
        const world = await begin()
        const { method } = await authorized(world)
        world.control.fail(fault, 'forget')

        await expect(world.gateway.forget({ method })).rejects.toThrow(GatewayUnknown)

        await world.gateway.forget({ method })
        const made = await world.gateway.createIntent({ ...order, key: 'later', method })
        expect(made).toMatchObject({ state: 'declined' })
      },
    )
  })

  describe('a refund', () => {
    const back = (amount: string, key: string, intent: string) => ({
      key,
      intent,
      amount: money(amount),
    })

    test('gives a part back, and then the rest, and then there is none left', async () => {
      const world = await begin()
      const { gateway } = world
      const intent = await captured(world)

      expect(await gateway.refund(back('5', 'r1', intent))).toMatchObject({
        state: 'refunded',
        amount: money('5'),
      })
      expect(await gateway.refund(back('10', 'r2', intent))).toEqual({
        state: 'failed',
        code: 'too_much',
      })
      expect(await gateway.refund(back('9.99', 'r3', intent))).toMatchObject({ state: 'refunded' })
      expect(await gateway.refund(back('0.01', 'r4', intent))).toEqual({
        state: 'failed',
        code: 'already_refunded',
      })
      expect(world.control.sums()).toMatchObject({ captured: price, refunded: price })
    })

    test('sent twice with one key is one, and is found by it', async () => {
      const world = await begin()
      const intent = await captured(world)
      const ask = back('5', 'r1', intent)

      const first = await world.gateway.refund(ask)
      expect(await world.gateway.refund(ask)).toEqual(first)
      expect(await world.gateway.lookupRefund({ key: 'r1', intent })).toEqual(first)
      expect(await world.gateway.lookupRefund({ key: 'r2', intent })).toEqual({
        state: 'not_found',
      })
      expect(world.control.sums().refunded).toBe(money('5'))
    })

    test('of what was only reserved is refused', async () => {
      const world = await begin()
      const { intent } = await authorized(world)
      expect(await world.gateway.refund(back('5', 'r1', intent))).toEqual({
        state: 'failed',
        code: 'not_captured',
      })
    })

    test.each(['lose_request', 'lose_answer', 'break'] as const)(
      'that met “%s” is unknown, and asked again is one',
      async (fault) => {
        const world = await begin()
        const ask = back('5', 'r1', await captured(world))
        world.control.fail(fault, 'refund')

        await expect(world.gateway.refund(ask)).rejects.toThrow(GatewayUnknown)

        expect(await world.gateway.refund(ask)).toMatchObject({ state: 'refunded' })
        expect(world.control.sums().refunded).toBe(money('5'))
      },
    )
  })

  describe('no answer is unknown, never declined', () => {
    test('to a creation: sent again it is the same one, and one', async () => {
      const world = await begin()
      const ask = { ...order, key: 'k:create', token: await world.tokenFor(cards.approved) }
      for (const fault of ['lose_request', 'break', 'lose_answer'] as const) {
        world.control.fail(fault, 'create')
        await expect(world.gateway.createIntent(ask)).rejects.toThrow(GatewayUnknown)
      }

      const made = await world.gateway.createIntent(ask)
      expect(made.state).toBe('created')
      expect(await world.gateway.createIntent(ask)).toEqual(made)
    })

    test.each([
      ['lose_request', 'created'],
      ['break', 'created'],
      ['lose_answer', 'authorized'],
    ] as const)('to a confirmation: after “%s” it is %s', async (fault, state) => {
      const world = await begin()
      const intent = await created(world, cards.approved)
      world.control.fail(fault, 'confirm')

      await expect(world.gateway.confirm({ key: 'c', intent })).rejects.toThrow(GatewayUnknown)

      expect(await world.gateway.lookup({ intent })).toMatchObject({ state })
      expect(await world.gateway.confirm({ key: 'c', intent })).toMatchObject({
        state: 'authorized',
      })
      expect(world.control.sums()).toMatchObject({ authorized: price })
    })

    test.each(['lose_request', 'break', 'lose_answer'] as const)(
      'to a capture: after “%s” it is taken once',
      async (fault) => {
        const world = await begin()
        const { intent } = await authorized(world)
        const capture = () => world.gateway.capture({ key: 'p', intent, amount: price })
        world.control.fail(fault, 'capture')

        await expect(capture()).rejects.toThrow(GatewayUnknown)

        expect(await capture()).toMatchObject({ state: 'captured', amount: price })
        expect(world.control.sums()).toMatchObject({ authorized: zero, captured: price })
      },
    )

    test.each([
      [cards.answerLost, 'authorized'],
      [cards.captureLost, 'captured'],
    ])('by the card %s', async (card, state) => {
      const world = await begin()
      const intent = await created(world, card)
      const confirm = () => world.gateway.confirm({ key: 'c', intent })
      const capture = () => world.gateway.capture({ key: 'p', intent, amount: price })
      if (state === 'captured') await confirm()
      const act = state === 'captured' ? capture : confirm

      await expect(act()).rejects.toThrow(GatewayUnknown)

      expect(await act()).toMatchObject({ state })
    })

    test('also when it comes late: looked up, it is there', async () => {
      const world = await begin()
      const intent = await created(world, cards.approved)
      world.control.slow(timeoutMs + 500)

      await expect(world.gateway.confirm({ key: 'c', intent })).rejects.toThrow(GatewayUnknown)

      world.control.slow(0)
      expect(await world.gateway.lookup({ intent })).toMatchObject({ state: 'authorized' })
      expect(world.control.sums().authorized).toBe(price)
    })

    test('and a gateway that can’t be reached is told from one that does not answer', async () => {
      const world = await begin()
      await world.control.down()

      const asked = world.gateway.lookup({ intent: 'pi_1' })
      await expect(asked).rejects.toThrow(GatewayUnreachable)
      await expect(asked).rejects.toThrow(GatewayUnknown)

      await world.control.up()
      expect(await world.gateway.lookup({ intent: 'pi_1' })).toEqual({ state: 'not_found' })
    })
  })
})
