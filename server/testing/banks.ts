import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Money, toDecimal } from '#server/kernel/money.ts'
import { type Gateway, GatewayUnknown, type Outcome } from '#server/payments/gateway.ts'
import { openBank } from '#server/payments/simulator/bank.ts'
import type { Spoken, Told } from '#server/payments/simulator/books.ts'
import { openControl, type Verb } from '#server/payments/simulator/control.ts'
import { fromWire, refundFromWire } from '#server/payments/simulator/wire.ts'
import { stripeGateway } from '#server/payments/stripe.ts'
import { standInKeys, startStripeStandIn } from '#server/testing/stripe/stand-in.ts'

export type Fuse = {
  /** Counts what crosses the process's border, and ends it when told to. */
  at(step: 'before' | 'after'): void | Promise<void>
}

/** A gateway for stories, and what only stories can do: be the browser, the bank, the network. */
export type Bank = Readonly<{
  gateway: Gateway
  control: Readonly<{
    /** The next calls (of a verb) go wrong. */
    fail(fault: 'lose_request' | 'lose_answer' | 'break', verb?: Verb, times?: number): void
    mend(): void
    /** How often a verb was asked for with a key, answered or not. */
    calls(verb: Verb, key?: string): number
    intents(): readonly Readonly<{ intent: string; orderRef: string; state: string }>[]
    sums(): Readonly<Record<'authorized' | 'captured' | 'canceled' | 'refunded', Money>>
  }>
  /** What the browser gets for a card it typed into the gateway's fields. */
  tokenFor(number: string): string
  /** What the card's holder tells the bank. */
  decide(challengeUrl: string, approved: boolean): void
  stop(): Promise<void>
}>

export type OpenBank = (now: () => Date, fuse?: Fuse) => Bank | Promise<Bank>

/** The simulator's bank without the network between: what is lost is lost at once. */
export function simulatorBank(now: () => Date, fuse?: Fuse): Bank {
  const journal = join(mkdtempSync(join(tmpdir(), 'portico-bank-')), 'journal')
  const bank = openBank(journal, Buffer.alloc(32, 7), now)
  const control = openControl(bank, 0)

  const send = async <T extends Told>(
    verb: Verb,
    key: string,
    act: () => Spoken<T>,
  ): Promise<T> => {
    await fuse?.at('before')
    const fault = control.take(verb, key)
    if (fault === 'lose_request' || fault === 'break') throw new GatewayUnknown('lost on its way')
    const { outcome, lost } = act()
    await fuse?.at('after')
    if (lost || fault === 'lose_answer') throw new GatewayUnknown('the answer was lost')
    return outcome
  }
  const call = async (verb: Verb, key: string, act: () => Spoken): Promise<Outcome> => {
    const outcome = await send(verb, key, act)
    const url = 'challengeUrl' in outcome ? `https://bank.example${outcome.challengeUrl}` : ''
    return fromWire('challengeUrl' in outcome ? { ...outcome, challengeUrl: url } : outcome)
  }

  const gateway: Gateway = {
    name: 'simulator',
    clientConfig: () => ({ kind: 'simulator', fieldsUrl: 'https://bank.example/fields' }),
    createIntent: ({ key, amount, ...rest }) =>
      call('create', key, () => bank.create(key, { ...rest, amount: toDecimal(amount) })),
    confirm: ({ key, intent, offSession }) =>
      call('confirm', key, () => bank.confirm(key, intent, offSession)),
    capture: ({ key, intent, amount }) =>
      call('capture', key, () => bank.capture(key, intent, toDecimal(amount))),
    cancel: ({ key, intent }) => call('cancel', key, () => bank.cancel(key, intent)),
    lookup: ({ intent }) =>
      call('lookup', '', () => ({ outcome: bank.lookup(intent), lost: false })),
    refund: async ({ key, intent, amount }) =>
      refundFromWire(await send('refund', key, () => bank.refund(key, intent, toDecimal(amount)))),
    lookupRefund: async ({ key }) =>
      refundFromWire(
        await send('lookup', key, () => ({ outcome: bank.lookupRefund(key), lost: false })),
      ),
    forget: async ({ method }) => {
      await send('forget', method, () => {
        bank.forget(method)
        return { outcome: { state: 'not_found' }, lost: false }
      })
    },
  }

  return {
    gateway,
    control,
    tokenFor(number) {
      const typed = bank.tokenize({ number, expiry: '12/30', cvc: '123' })
      if ('faults' in typed) throw new Error(JSON.stringify(typed.faults))
      return typed.token
    },
    decide: (challengeUrl, approved) => bank.decide(challengeUrl.split('/').at(-1)!, approved),
    stop: async () => bank.close(),
  }
}

/** Stripe's library against its stand-in, over HTTP: what is lost is a connection that breaks. */
export async function stripeBank(now: () => Date, fuse?: Fuse): Promise<Bank> {
  const standIn = await startStripeStandIn({ now })
  const stripe = stripeGateway({ ...standInKeys, apiBase: standIn.origin })
  const crossing = async <T>(act: () => Promise<T>): Promise<T> => {
    await fuse?.at('before')
    const outcome = await act()
    await fuse?.at('after')
    return outcome
  }
  return {
    ...standIn,
    gateway: {
      ...stripe,
      createIntent: (ask) => crossing(() => stripe.createIntent(ask)),
      confirm: (ask) => crossing(() => stripe.confirm(ask)),
      capture: (ask) => crossing(() => stripe.capture(ask)),
      cancel: (ask) => crossing(() => stripe.cancel(ask)),
      lookup: (ask) => crossing(() => stripe.lookup(ask)),
      refund: (ask) => crossing(() => stripe.refund(ask)),
      lookupRefund: (ask) => crossing(() => stripe.lookupRefund(ask)),
      forget: (card) => crossing(() => stripe.forget(card)),
    },
  }
}

/** Every story of money is told over each of them. */
export const banks = [
  ['the simulator', simulatorBank],
  ['Stripe', stripeBank],
] as const satisfies readonly (readonly [string, OpenBank])[]
