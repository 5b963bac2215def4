import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { money, zero } from '#server/kernel/money.ts'
import type { Fault } from '#server/testing/stripe/api.ts'
import {
  type StripeStandIn,
  standInKeys,
  startStripeStandIn,
} from '#server/testing/stripe/stand-in.ts'
import { type Gateway, GatewayMisuse, GatewayUnknown } from './gateway.ts'
import { stripeGateway } from './stripe.ts'

let standIn: StripeStandIn
let gateway: Gateway
beforeEach(async () => {
  standIn = await startStripeStandIn()
  gateway = stripeGateway({ ...standInKeys, apiBase: standIn.origin, timeoutMs: 2_000 })
})
afterEach(() => standIn.stop())

const price = money('14.99')
const approved = '4242424242424242'
const ask = (number: string, key = 'k:create') => ({
  key,
  amount: price,
  currency: 'USD',
  orderRef: 'order-1',
  token: standIn.tokenFor(number),
})

async function created(number = approved) {
  const made = await gateway.createIntent(ask(number))
  return made.state === 'created' ? made.intent : ''
}
async function authorized(number = approved) {
  const intent = await created(number)
  await gateway.confirm({ key: 'k:confirm', intent })
  return intent
}
async function captured() {
  const intent = await authorized()
  await gateway.capture({ key: 'k:capture', intent, amount: price })
  return intent
}

describe('a fault of Stripe’s, which it tells again under the same key for a day', () => {
  const faults: Fault[] = ['break_after', 'break_within']

  test.each(faults)('“%s” to a confirmation: it is reserved once', async (fault) => {
    const intent = await created()
    standIn.control.fail(fault, 'confirm')
    const confirm = () => gateway.confirm({ key: 'k:confirm', intent })

    const first = await confirm().catch((error: unknown) => error)
    expect(first).toMatchObject(fault === 'break_after' ? { state: 'authorized' } : {})
    expect(await confirm()).toMatchObject({ state: 'authorized' })
    expect(standIn.control.sums().authorized).toBe(price)
  })

  test.each(faults)('“%s” to a capture: it is taken once', async (fault) => {
    const intent = await authorized()
    standIn.control.fail(fault, 'capture')
    const capture = () => gateway.capture({ key: 'k:capture', intent, amount: price })

    await capture().catch(() => {})
    expect(await capture()).toMatchObject({ state: 'captured', amount: price })
    expect(standIn.control.sums().captured).toBe(price)
  })

  test.each(faults)('“%s” to a cancellation: nothing is reserved', async (fault) => {
    const intent = await authorized()
    standIn.control.fail(fault, 'cancel')
    const cancel = () => gateway.cancel({ key: 'k:cancel', intent })

    await cancel().catch(() => {})
    expect(await cancel()).toMatchObject({ state: 'canceled' })
    expect(standIn.control.sums().authorized).toBe(zero)
  })

  test.each(faults)(
    '“%s” to a creation: the next one is made, and only it is paid',
    async (fault) => {
      standIn.control.fail(fault, 'create')
      const made = ask(approved)

      await expect(gateway.createIntent(made)).rejects.toThrow(GatewayUnknown)
      const again = await gateway.createIntent(made)
      expect(await gateway.createIntent(made)).toEqual(again)
      const intent = again.state === 'created' ? again.intent : ''
      await gateway.confirm({ key: 'k:confirm', intent })
      expect(standIn.control.sums().authorized).toBe(price)
    },
  )
})

test('what the network delivers twice is done once', async () => {
  standIn.control.fail('twice', undefined, 100)
  const intent = await captured()
  await gateway.refund({ key: 'r', intent, amount: money('5') })

  expect(standIn.books.intents()).toHaveLength(1)
  expect(standIn.control.sums()).toMatchObject({ captured: price, refunded: money('5') })
})

test('asked twice at the same moment, one is unknown and the other right', async () => {
  const intent = await created()
  standIn.control.slow(100)
  const confirm = () => gateway.confirm({ key: 'k:confirm', intent })

  const both = await Promise.allSettled([confirm(), confirm()])

  const said = both.map((one) => (one.status === 'fulfilled' ? one.value.state : 'unknown'))
  expect(said).toContain('authorized')
  expect(standIn.control.sums().authorized).toBe(price)
})

test('too many requests are no decline', async () => {
  const intent = await created()
  standIn.control.fail('too_many', 'confirm')
  await expect(gateway.confirm({ key: 'c', intent })).rejects.toThrow(GatewayUnknown)
})

test('a payment whose bank was told no can’t be confirmed again by the browser that has its secret', async () => {
  const intent = await created('4000000000003220')
  const asked = await gateway.confirm({ key: 'c', intent })
  standIn.decide(asked.state === 'requires_action' ? asked.challengeUrl : '', false)
  expect(standIn.books.intent(intent).status).toBe('requires_payment_method')

  expect(await gateway.lookup({ intent })).toMatchObject({ state: 'declined' })

  expect(standIn.books.intent(intent).status).toBe('canceled')
})

test('a refund whose answer was lost is not made again when Stripe has forgotten its key', async () => {
  const intent = await captured()
  const refund = { key: 'r', intent, amount: money('5') }
  standIn.control.fail('lose_answer', 'refund')
  await expect(gateway.refund(refund)).rejects.toThrow(GatewayUnknown)

  standIn.control.forgetKeys()

  expect(await gateway.refund(refund)).toMatchObject({ state: 'refunded' })
  expect(standIn.control.sums().refunded).toBe(money('5'))
})

test('a refund asked for twice at the same moment is given once', async () => {
  const intent = await captured()
  standIn.control.slow(50)
  const refund = () => gateway.refund({ key: 'r', intent, amount: money('5') })

  await Promise.allSettled([refund(), refund()])

  expect(standIn.control.sums().refunded).toBe(money('5'))
})

test.each([
  ['pending', { state: 'pending', amount: money('5') }],
  ['failed', { state: 'failed', code: 'refused' }],
] as const)('a refund that is %s with Stripe is told as such', async (status, outcome) => {
  const intent = await captured()
  standIn.books.refund({ payment_intent: intent, amount: '500', 'metadata[key]': 'r' }, status)
  expect(await gateway.lookupRefund({ key: 'r', intent })).toMatchObject(outcome)
  expect(await gateway.refund({ key: 'r', intent, amount: money('5') })).toMatchObject(outcome)
})

test('a key that is none of Stripe’s is our mistake, and is not repeated', async () => {
  const stranger = stripeGateway({
    ...standInKeys,
    secretKey: 'sk_test_of_somebody',
    apiBase: standIn.origin,
  })
  const error = await stranger.lookup({ intent: 'pi_1' }).catch((one: unknown) => one)
  expect(error).toBeInstanceOf(GatewayMisuse)
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('sk_test')
})

test('no error of ours carries an intent’s secret', async () => {
  const intent = await authorized()
  const secret = standIn.books.intent(intent).client_secret
  standIn.control.fail('break', undefined, 100)
  for (const act of [
    () => gateway.confirm({ key: 'x', intent }),
    () => gateway.capture({ key: 'x', intent, amount: price }),
    () => gateway.lookup({ intent }),
  ]) {
    const error = (await act().catch((one: unknown) => one)) as Error
    expect(error).toBeInstanceOf(GatewayUnknown)
    expect(error.cause).toBeUndefined()
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(secret)
  }
})
