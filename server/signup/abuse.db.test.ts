import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '#server/testing/database.ts'
import { type Limits, limits } from './limits.ts'
import { anna, cards, openWorld, refusal } from './testing.ts'

const it = testDatabase({ max: 16 })
const site = 'panda'

beforeEach(async () => {
  it.clock.advance(3 * 3_600_000)
  await it.sql(
    'update numbers set hold_id = null, hold_draft = null, hold_ip = null, hold_until = null',
  )
})

/** The limits as they are, with proofs that are quickly solved. */
const strict = (more: Partial<Limits> = {}) =>
  openWorld(it, { limits: { ...limits, proofSteps: 2, ...more } })

/** Sixteen digits the bank declines, another card each time; far from those that do something else. */
function stolenCard(n: number): string {
  const body = `400000${String(500_000 + n).padStart(9, '0')}`
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const worth = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (worth > 9 ? worth - 9 : worth)
  }, 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}

const someone = () => ({ address: { ...anna, email: `${randomUUID()}@lee.example` } })

describe('declined cards', () => {
  test('three of a signup and it takes no fourth, from wherever', async () => {
    const world = strict({ declinesPerIp: 100 })
    const { prepare, press } = world.visitor()
    await prepare(someone())
    for (const n of [1, 2, 3]) expect((await press({ card: stolenCard(n) })).state).toBe('failed')
    expect(await refusal(press())).toMatchObject({
      kind: 'too_many',
      code: 'signup.too_many_declines',
    })
  })

  test('three an hour of an address, however many signups it begins; an hour later it may again', async () => {
    const { visitor } = strict()
    for (const n of [11, 12, 13]) {
      const { prepare, press } = visitor('203.0.113.5')
      await prepare(someone())
      await press({ card: stolenCard(n) })
    }
    const next = visitor('203.0.113.5')
    await next.prepare(someone())
    expect((await refusal(next.press())).code).toBe('signup.too_many_declines')

    it.clock.advance(66 * 60_000)
    expect((await next.press()).state).toBe('completed')
  })

  test('forty at the same moment from one address: three at most reach the gateway', async () => {
    const world = strict({ holdsPerIp: 1_000, draftsPerIp: 1_000 })
    const bots = Array.from({ length: 40 }, () => world.visitor('203.0.113.6'))
    for (const bot of bots) await bot.prepare(someone())
    await Promise.allSettled(bots.map(({ press }, n) => press({ card: stolenCard(100 + n) })))
    // Fewer, where a proof had become too easy meanwhile.
    expect(world.control.intents().length).toBeGreaterThan(0)
    expect(world.control.intents().length).toBeLessThanOrEqual(3)
  }, 60_000)

  test('one card, declined three times this hour anywhere, isn’t asked about a fourth time', async () => {
    const world = strict()
    const card = stolenCard(777)
    for (const n of [1, 2, 3, 4]) {
      const { prepare, press } = world.visitor(`198.51.100.${n}`)
      await prepare(someone())
      expect(await press({ card })).toMatchObject({ state: 'failed', failure: 'card_declined' })
    }
    const states = world.control.intents().map(({ state }) => state)
    expect(states).toEqual(['declined', 'declined', 'declined', 'created'])
  })

  test('ten an hour of a site make proofs harder for everybody, and honest people still sign up', async () => {
    const world = strict()
    const stepsOf = async (ip: string) => {
      const { trpc } = world.visitor(ip)
      return Number((await trpc.proof({ site })).parameters.data?.steps)
    }
    expect(await stepsOf('192.0.2.200')).toBe(2)
    for (let n = 0; n < 10; n++) {
      const { prepare, press } = world.visitor(`198.51.100.${100 + n}`)
      await prepare(someone())
      await press({ card: stolenCard(900 + n) })
    }
    expect(await stepsOf('192.0.2.200')).toBe(8)
    expect(await stepsOf('198.51.100.100')).toBe(16)

    const { prepare, press } = world.visitor('192.0.2.200')
    await prepare(someone())
    expect((await press()).state).toBe('completed')
  })

  test('twenty honest signups of one address in an hour all succeed', async () => {
    const { visitor } = strict()
    for (let n = 0; n < 20; n++) {
      const { prepare, press } = visitor('192.0.2.30')
      await prepare(someone())
      expect((await press()).state).toBe('completed')
    }
  })
})

test('one e-mail address signs up ten times an hour, from wherever; then a person is asked', async () => {
  const { visitor } = strict()
  const address = { ...anna, email: `${randomUUID()}@lee.example` }
  for (let n = 1; n <= 10; n++) {
    const { prepare, press } = visitor(`198.51.100.${n}`)
    await prepare({ address })
    expect((await press()).state).toBe('completed')
  }
  const eleventh = visitor('198.51.100.11')
  await eleventh.prepare({ address: { ...address, email: address.email.toUpperCase() } })
  expect((await refusal(eleventh.press())).code).toBe('signup.too_many')
})

describe('a proof of work', () => {
  test('is worth one attempt', async () => {
    const { prepare, press, proof } = strict().visitor('192.0.2.41')
    await prepare(someone())
    const spent = await proof()
    // Nobody's fault, so proofs are as easy as before.
    const attempt = await press({ cardToken: 'a token nobody has', proof: spent })
    expect(attempt.failure).toBe('token_expired')
    expect((await refusal(press({ proof: spent }))).code).toBe('signup.proof_lapsed')
  })

  test('that was easy is worth nothing after a decline', async () => {
    const { prepare, press, proof } = strict().visitor('192.0.2.42')
    await prepare(someone())
    const easy = await proof()
    await press({ card: cards.declined })
    expect((await refusal(press({ proof: easy }))).code).toBe('signup.proof_lapsed')
  })

  test('of another signup, of another key, or made up is refused', async () => {
    const world = strict()
    const [one, other] = [world.visitor('192.0.2.43'), world.visitor('192.0.2.44')]
    await one.prepare(someone())
    await other.prepare(someone())
    const wrong = [
      await other.proof(),
      Buffer.from('{"challenge":{},"solution":{}}').toString('base64'),
      'not base64 at all, but long enough',
    ]
    const forged = JSON.parse(Buffer.from(await one.proof(), 'base64').toString())
    forged.challenge.parameters.data.steps = 1_000_000
    wrong.push(Buffer.from(JSON.stringify(forged)).toString('base64'))
    const guessed = JSON.parse(Buffer.from(await one.proof(), 'base64').toString())
    guessed.solution.derivedKey = `${guessed.challenge.parameters.keyPrefix}${'0'.repeat(32)}`
    wrong.push(Buffer.from(JSON.stringify(guessed)).toString('base64'))

    for (const proof of wrong) {
      expect((await refusal(one.press({ proof }))).code).toBe('signup.proof_invalid')
    }
    expect(world.control.intents()).toHaveLength(0)
  })
})

test('counters hold no address and no e-mail that could be read back', async () => {
  const { prepare, press } = strict().visitor('192.0.2.50')
  await prepare({ address: { ...anna, email: 'someone@lee.example' } })
  await press({ card: cards.declined })
  const rows = JSON.stringify(await it.sql('select key from signup_counters'))
  expect(rows).not.toContain('192.0.2.50')
  expect(rows).not.toContain('lee.example')
})

test('an address that begins signup after signup is told to come back later', async () => {
  const { visitor } = strict({ draftsPerIp: 3 })
  const begin = () =>
    visitor('192.0.2.60').trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
  for (const _ of [1, 2, 3]) await begin()
  expect((await refusal(begin())).code).toBe('signup.too_many')
})
