import { setTimeout as pause } from 'node:timers/promises'
import { add, type Money, money, zero } from '#server/kernel/money.ts'
import type { Bank } from './bank.ts'
import type { Intent } from './books.ts'

export type Verb = 'create' | 'confirm' | 'capture' | 'cancel' | 'refund' | 'lookup' | 'forget'

/** `lose_request`: never done, never answered. `lose_answer`: done, never answered. `break`: 503, not done. */
export type Fault = 'lose_request' | 'lose_answer' | 'break'

export type Control = ReturnType<typeof openControl>

/** For tests and chaos: what goes wrong at the gateway, and what it has in its books. */
export function openControl(bank: Bank, delayMs: number) {
  const counts = new Map<string, number>()
  let planned: { fault: Fault; verb: Verb | undefined; times: number }[] = []
  let delay = delayMs

  return {
    /** The next calls (of a verb) go wrong. */
    fail: (fault: Fault, verb?: Verb, times = 1): void => {
      planned.push({ fault, verb, times })
    },
    mend: (): void => {
      planned = []
    },
    slow: (ms: number): void => {
      delay = ms
    },
    /** How often a verb was asked for with a key, answered or not. */
    calls: (verb: Verb, key = ''): number => counts.get(`${verb} ${key}`) ?? 0,
    intents: (): readonly Intent[] => bank.intents(),
    /** Money reserved and not decided, taken, given up, and given back; whatever the currency. */
    sums: (): Readonly<Record<'authorized' | 'captured' | 'canceled' | 'refunded', Money>> => {
      const of = (state: Intent['state']) =>
        bank
          .intents()
          .filter((intent) => intent.state === state)
          .reduce(
            (total, { amount, capturedAmount }) => add(total, money(capturedAmount ?? amount)),
            zero,
          )
      return {
        authorized: of('authorized'),
        captured: of('captured'),
        canceled: of('canceled'),
        refunded: bank.refunded(),
      }
    },
    /** For the server: counts a call and says what shall befall it. */
    take: (verb: Verb, key: string): Fault | undefined => {
      const counted = `${verb} ${verb === 'lookup' ? '' : key}`
      counts.set(counted, (counts.get(counted) ?? 0) + 1)
      const plan = planned.find((one) => one.times > 0 && (one.verb ?? verb) === verb)
      if (plan) plan.times -= 1
      return plan?.fault
    },
    pause: (): Promise<void> => (delay > 0 ? pause(delay) : Promise.resolve()),
  }
}
