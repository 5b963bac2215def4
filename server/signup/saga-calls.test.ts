import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustomerId } from '#server/kernel/ids.ts'
import { money } from '#server/kernel/money.ts'
import { type Simulator, startSimulator } from '#server/payments/simulator.ts'
import { openLog } from '#server/runtime/log.ts'
import { begin, step } from './saga.ts'
import { ask } from './saga-calls.ts'
import type { SagaEvent, Step } from './saga-types.ts'

const log = openLog('silent')
let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator({
    host: '127.0.0.1',
    journalPath: join(mkdtempSync(join(tmpdir(), 'saga-')), 'journal'),
    allowedParents: [],
    timeoutMs: 200,
    log,
  })
})

afterAll(() => simulator.stop())

async function orderWith(number: string, ref: string) {
  const response = await fetch(`${simulator.origin}/tokens`, {
    method: 'POST',
    body: JSON.stringify({ number, expiry: '12 / 40', cvc: '123' }),
  })
  const { token } = (await response.json()) as { token: string }
  return { gateway: 'simulator', ref, amount: money('14.99'), currency: 'USD', token }
}

/** Drives an order until nobody has anything to do, without the pauses; says what was written. */
async function drive(order: Awaited<ReturnType<typeof orderWith>>, from: Step = begin()) {
  const written = from.writes.map(({ write }) => write)
  let done = from
  for (let call = done.next; call; call = done.next) {
    const { fence } = done.state
    const event: SagaEvent =
      call.call === 'provision'
        ? { on: 'provisioned', fence, customer: 46_170 as CustomerId }
        : call.call === 'complete'
          ? { on: 'complete', fence }
          : { on: 'answer', fence, answer: await ask(simulator, order, call, log) }
    done = step(done.state, event)
    written.push(...done.writes.map(({ write }) => write))
  }
  return { done, written }
}

const takenFor = (ref: string) =>
  simulator.control.intents().filter((one) => one.orderRef === ref && one.state === 'captured')
    .length

test.each([
  ['approved', '4242 4242 4242 4242', 'completed', 1],
  ['lost-confirmation', '4000 0000 0000 0119', 'completed', 1],
  ['lost-capture', '4000 0000 0000 0259', 'completed', 1],
  ['refused-capture', '4000 0000 0000 0077', 'completed', 0],
  ['declined', '4000 0000 0000 0002', 'failed', 0],
  ['insufficient-funds', '4000 0000 0000 9995', 'failed', 0],
  ['challenged', '4000 0000 0000 3220', 'action_required', 0],
])('%s: an order paid with %s is %s, charges: %i', async (ref, number, state, taken) => {
  const { done } = await drive(await orderWith(number, ref))

  expect(done.state.state).toBe(state)
  expect(takenFor(ref)).toBe(taken)
})

test('an order left at its challenge is canceled by recovery, and approving it then is in vain', async () => {
  const order = await orderWith('4000 0000 0000 3220', 'abandoned')
  const { done } = await drive(order)
  const url = done.state.challengeUrl!

  const recovered = await drive(order, step(done.state, { on: 'due' }))
  await fetch(url, { method: 'POST', body: 'verdict=approve', redirect: 'manual' })

  expect(recovered.done.state).toMatchObject({
    state: 'failed',
    failureCode: 'challenge_abandoned',
  })
  expect(recovered.written).toEqual(['payment', 'release'])
  expect(simulator.control.sums().authorized).toBe(0n)
})

test('a gateway that is down leaves the order to recovery, which finds nothing reserved', async () => {
  const order = await orderWith('4242 4242 4242 4242', 'down')

  simulator.control.fail('break', 'confirm', 9)
  simulator.control.fail('break', 'lookup', 9)
  const { done } = await drive(order)
  simulator.control.mend()
  const recovered = await drive(order, step(done.state, { on: 'due' }))

  expect(done).toMatchObject({ state: { state: 'submitted' }, next: null, wakeSeconds: 30 })
  expect(recovered.done.state.state).toBe('failed')
  expect(takenFor('down')).toBe(0)
})
