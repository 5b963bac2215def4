import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recoverPayments } from '#server/billing/service.collect.ts'
import { buildServer } from '#server/http/server.ts'
import { stripeGateway } from '#server/payments/stripe.ts'
import { openLog } from '#server/runtime/log.ts'
import { anna, cards, openWorld, type World } from '#server/signup/testing.ts'
import { testDatabase } from '#server/testing/database.ts'
import {
  type StripeStandIn,
  standInKeys,
  startStripeStandIn,
} from '#server/testing/stripe/stand-in.ts'

const it = testDatabase()
let standIn: StripeStandIn
let world: World
let server: FastifyInstance
let logged = ''

beforeAll(async () => {
  standIn = await startStripeStandIn()
  const gateway = stripeGateway({ ...standInKeys, apiBase: standIn.origin })
  world = openWorld(it, { bank: { ...standIn, gateway } })
  const edge = it.edge()
  server = await buildServer({
    calls: {
      database: edge.database,
      clock: edge.clock,
      secrets: edge.secrets,
      log: openLog('debug', { write: (line) => (logged += line) }),
      outside: world.outside,
      cookieKey: 'a key of the cookies, for tests',
      secure: false,
    },
    cards: gateway.clientConfig(),
    development: false,
    ready: () => true,
    pages: async (_, response) => void response.end('a page'),
  })
})
afterAll(async () => {
  await server.close()
  await standIn.stop()
})
beforeEach(() => {
  logged = ''
})

const send = ({ body, signature }: { body: string; signature?: string }) =>
  server.inject({
    method: 'POST',
    url: '/webhooks/stripe',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(signature === undefined ? {} : { 'stripe-signature': signature }),
    },
    payload: body,
  })

/** A signup whose bank asks, and its payment at Stripe. */
async function challenged() {
  const email = `${randomUUID()}@lee.example`
  const { prepare, press, trpc } = world.visitor()
  await prepare({ address: { ...anna, email } })
  const { challengeUrl } = await press({ card: cards.challenge })
  const intent = standIn.books.intents().at(-1)!
  const state = async () => (await trpc.order({ site: 'panda' }))?.state
  return { email, intent, state, challengeUrl: challengeUrl! }
}

const customersOf = (email: string) => it.sql('select 1 from customers where email = $1', [email])
const eventsOf = (event: string) =>
  it.sql<{ looked: boolean }>(
    'select looked_at is not null as looked from gateway_events where event = $1',
    [event],
  )

describe('a webhook', () => {
  test('finishes a signup whose bank was answered, though no browser came back', async () => {
    const { email, intent, state, challengeUrl } = await challenged()
    standIn.decide(challengeUrl, true)

    const answer = await send(standIn.word(intent))

    expect(answer.json()).toEqual({ received: true })
    expect(await state()).toBe('completed')
    expect(await customersOf(email)).toHaveLength(1)
  })

  test('sent five times, two of them at once, is one customer, charged once, and one row', async () => {
    const { email, intent, challengeUrl } = await challenged()
    standIn.decide(challengeUrl, true)
    const before = standIn.control.sums().captured
    const word = standIn.word(intent, { id: 'evt_again' })

    await Promise.all([send(word), send(word)])
    for (let n = 0; n < 3; n++) expect((await send(word)).statusCode).toBe(200)

    expect(await customersOf(email)).toHaveLength(1)
    expect(standIn.control.sums().captured - before).toBe(1_574_000n)
    expect(await eventsOf('evt_again')).toEqual([{ looked: true }])
  })

  test('that says what isn’t so is not believed: Stripe is asked', async () => {
    const { email, intent, state } = await challenged()
    const lie = { ...intent, status: 'requires_capture' }

    await send(standIn.word(lie, { type: 'payment_intent.amount_capturable_updated' }))

    expect(await state()).toBe('action_required')
    expect(await customersOf(email)).toHaveLength(0)
  })

  test('that comes after another that is newer changes nothing back', async () => {
    const { email, intent, state, challengeUrl } = await challenged()
    const older = standIn.word(intent)
    standIn.decide(challengeUrl, true)
    await send(standIn.word(intent))

    expect((await send(older)).statusCode).toBe(200)

    expect(await state()).toBe('completed')
    expect(await customersOf(email)).toHaveLength(1)
  })

  test('about a payment of somebody else with the same account is none of ours', async () => {
    const { intent } = await challenged()
    const stranger = { ...intent, metadata: { order: 'theirs' } }
    const bare = { ...intent, metadata: {} }

    expect((await send(standIn.word(stranger, { id: 'evt_theirs' }))).statusCode).toBe(200)
    expect((await send(standIn.word(bare, { id: 'evt_bare' }))).statusCode).toBe(200)

    expect([...(await eventsOf('evt_theirs')), ...(await eventsOf('evt_bare'))]).toEqual([])
  })

  test('makes what recovery waits for due at once: a payment, and a refund on its way', async () => {
    const key = randomUUID()
    await it.sql(
      `insert into payments (i_env, i_customer, gateway, purpose, key, amount, currency, state, created_at, next_try_at)
       values (1, 46170, 'stripe', 'invoice', $1, 5, 'USD', 'authorized', now(), $2)`,
      [key, new Date(it.clock.now().getTime() + 86_400_000)],
    )
    const { intent } = await challenged()

    await send(standIn.word({ ...intent, metadata: { order: key } }))

    const [payment] = await it.sql<{ next_try_at: Date }>(
      'select next_try_at from payments where key = $1',
      [key],
    )
    expect(payment!.next_try_at).toEqual(it.clock.now())
  })
})

describe('what is not Stripe’s', () => {
  const forged: [string, (word: { body: string; signature: string }) => Partial<typeof word>][] = [
    ['without a signature', ({ body }) => ({ body })],
    ['with nonsense for one', ({ body }) => ({ body, signature: 't=1,v1=00' })],
    ['signed by somebody else', ({ body }) => ({ body, signature: undefined })],
    ['changed on its way', ({ body, signature }) => ({ body: `${body} `, signature })],
    ['empty', ({ signature }) => ({ body: '', signature })],
  ]
  test.each(forged)(
    '%s is refused by name, changes nothing, and is not repeated in the log',
    async (how, change) => {
      const { intent, state, challengeUrl } = await challenged()
      standIn.decide(challengeUrl, true)
      const secret = how === 'signed by somebody else' ? 'whsec_of_somebody' : undefined
      const word = standIn.word(intent, { id: 'evt_forged', secret })
      const sent = secret ? word : { body: '', ...change(word) }
      logged = ''

      const answer = await send(sent)

      expect(answer.statusCode).toBe(400)
      expect(answer.body).toContain('payments.webhook_unsigned')
      expect(await state()).toBe('action_required')
      expect(await eventsOf('evt_forged')).toEqual([])
      expect(logged).toContain('a webhook was not signed rightly')
      expect(logged).not.toContain(intent.client_secret)
      expect(logged).not.toContain('evt_forged')
    },
  )

  test('a copy of a right one, ten minutes later, is refused', async () => {
    const { intent } = await challenged()
    const old = standIn.word(intent, { at: new Date(Date.now() - 600_000) })
    expect((await send(old)).statusCode).toBe(400)
    expect((await send(standIn.word(intent))).statusCode).toBe(200)
  })

  test('too long to be one is not read', async () => {
    const answer = await send({ body: 'x'.repeat(300_000), signature: 't=1,v1=00' })
    expect(answer.statusCode).toBe(413)
  })

  test('where the simulator takes the cards nobody waits for Stripe’s word', async () => {
    const { outside } = openWorld(it)
    const other = await buildServer({
      calls: {
        ...it.edge(),
        outside,
        cookieKey: 'a key of the cookies, for tests',
        secure: false,
      },
      cards: outside.gateway.clientConfig(),
      development: false,
      ready: () => true,
      pages: async (_, response) => void response.end('a page'),
    })
    const answer = await other.inject({ method: 'POST', url: '/webhooks/stripe', payload: '{}' })
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('payments.no_webhooks')
    await other.close()
  })
})

describe('what is given back on Stripe’s own pages', () => {
  /** A customer who has paid, and what the books say of them. */
  async function paid() {
    const { email, intent, challengeUrl } = await challenged()
    standIn.decide(challengeUrl, true)
    await send(standIn.word(intent))
    const books = async () => {
      const [row] = await it.sql<{ balance: string; refunded: string; entries: string[] | null }>(
        `select c.balance::text, p.refunded::text, (
            select array_agg(e.amount::text order by e.id) from ledger_entries e
             where e.i_customer = c.id and e.kind = 'refund') as entries
           from customers c join payments p on p.i_customer = c.id
          where c.email = $1`,
        [email],
      )
      return row!
    }
    const tell = () => send(standIn.word(intent, { type: 'charge.refunded' }))
    return { intent, books, tell }
  }

  test('is written down once, however often it is told', async () => {
    const { intent, books, tell } = await paid()
    standIn.books.refund({ payment_intent: intent.id, amount: '500' })
    const before = await books()

    await Promise.all([tell(), tell()])
    expect((await tell()).statusCode).toBe(200)

    const after = await books()
    expect(after).toMatchObject({ refunded: '5.00000', entries: ['5.00000'] })
    expect(Number(after.balance) - Number(before.balance)).toBe(5)

    standIn.books.refund({ payment_intent: intent.id, amount: '240' })
    await tell()
    expect(await books()).toMatchObject({ refunded: '7.40000', entries: ['5.00000', '2.40000'] })
  })

  test('is counted while it is on its way, and entered when it has come', async () => {
    const { intent, books, tell } = await paid()
    const refund = standIn.books.refund({ payment_intent: intent.id, amount: '500' }, 'pending')
    await tell()
    expect(await books()).toMatchObject({ refunded: '5.00000', entries: null })

    refund.status = 'succeeded'
    await tell()
    expect(await books()).toMatchObject({ refunded: '5.00000', entries: ['5.00000'] })
  })

  test('is not counted any more once the bank has refused it', async () => {
    const { intent, books, tell } = await paid()
    const refund = standIn.books.refund({ payment_intent: intent.id, amount: '500' }, 'pending')
    await tell()

    refund.status = 'failed'
    await tell()
    it.clock.advance(7 * 3_600_000)
    await recoverPayments(it.edge(), world.outside)
    expect(await books()).toMatchObject({ refunded: '0.00000', entries: null })
  })
})
