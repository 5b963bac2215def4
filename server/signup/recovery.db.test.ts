import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/client.ts'
import type { EnvId } from '#server/kernel/ids.ts'
import { zero } from '#server/kernel/money.ts'
import { banks, type Fuse } from '#server/testing/banks.ts'
import { testDatabase } from '#server/testing/database.ts'
import { gatewayKeys } from './saga-types.ts'
import { recoverDue, retryOrder, sweepSignup } from './service.recovery.ts'
import { anna, cards, openWorld, type World } from './testing.ts'

const it = testDatabase()
const site = 'panda'

class Killed extends Error {}

/** Ends a process at one crossing of its border: nothing it does after that has an effect. */
function fuse() {
  let crossings = 0
  let last = Number.POSITIVE_INFINITY
  let step: 'before' | 'after' = 'before'
  let ended = false
  const cross = (now: 'before' | 'after') => {
    if (now === 'before') crossings += 1
    if (crossings > last || (crossings === last && (step === 'before' || now === 'after'))) {
      ended = true
      demandLife()
    }
  }
  const demandLife = () => {
    if (ended) throw new Killed('the process has ended')
  }
  return {
    at: cross,
    demandLife,
    /** Ends it at the nth crossing from here, before or after it took effect. */
    arm: (n: number, when: 'before' | 'after') => {
      crossings = 0
      last = n
      step = when
    },
    disarm: () => {
      last = Number.POSITIVE_INFINITY
      ended = false
    },
    count: () => crossings,
  } satisfies Fuse & Record<string, unknown>
}

/** A database as that process reaches it. */
const through = (database: Database, border: Fuse): Database => {
  const across = async <T>(transaction: () => Promise<T>): Promise<T> => {
    await border.at('before')
    const result = await transaction()
    await border.at('after')
    return result
  }
  return {
    ...database,
    withTx: (sees, work) => across(() => database.withTx(sees, work)),
    ask: (sees, statement) => across(() => database.ask(sees, statement)),
  }
}

/** A process that ends at a call of the gateway; what it did with the database isn't counted. */
function mortal() {
  const calls = fuse()
  const database = through(it.database, { at: calls.demandLife })
  return { calls, database }
}

/** Recovery as it runs every 30 seconds, for an hour, or until there is nothing left to recover. */
async function recover(world: World) {
  for (let round = 0; round < 120; round++) {
    it.clock.advance(30_000)
    await recoverDue(it.edge(), world.outside)
    const left = await it.sql(
      `select 1 from signup_orders where state not in ('completed', 'failed')`,
    )
    if (left.length === 0) return
  }
}

type Books = { customers: number; numbers: number; paid: string; ledger: string; orders: string[] }

/** What is left of one person's attempts to sign up. */
async function books(email: string): Promise<Books> {
  const [row] = await it.sql<Books>(
    `with mine as (select id from customers where email = $1),
          tried as (select o.* from signup_orders o where o.submitted->'address'->>'email' = $1)
     select (select count(*) from mine)::int as customers,
            (select count(*) from numbers where i_customer in (select id from mine))::int as numbers,
            (select coalesce(sum(paid), 0) from invoices where i_customer in (select id from mine))::text as paid,
            (select coalesce(sum(amount), 0) from ledger_entries where i_customer in (select id from mine))::text as ledger,
            (select coalesce(array_agg(state order by id), '{}') from tried) as orders`,
    [email],
  )
  return row!
}

describe.each(banks)('with %s', (_, openBank) => {
  const opened: World[] = []
  const open = async (fuse?: Fuse) => {
    const world = openWorld(it, { bank: await openBank(() => it.clock.now(), fuse) })
    opened.push(world)
    return world
  }
  afterEach(async () => {
    for (const world of opened.splice(0)) await world.stop()
  })

  describe('a process that ends in the middle of a checkout', () => {
    const stories = [
      ['an approved card', cards.approved],
      ['an answer that was lost', cards.answerLost],
      ['a declined card', cards.declined],
    ] as const

    test.each(stories)(
      'with %s leaves a customer who paid once, or nothing at all',
      async (_, card) => {
        const border = fuse()
        const world = await open(border)
        const begin = async () => {
          const email = `${randomUUID()}@lee.example`
          const visitor = world.visitor('192.0.2.10', site, through(it.database, border))
          await visitor.prepare({ address: { ...anna, email } })
          const press = {
            key: randomUUID(),
            cardToken: world.tokenFor(card),
            proof: await visitor.proof(),
          }
          return { email, visitor, press }
        }

        const whole = await begin()
        border.arm(1_000, 'before')
        await whole.visitor.press(whole.press)
        const crossings = border.count()
        border.disarm()
        // Five transactions and two calls, one more of both where the card is good.
        expect(crossings).toBeGreaterThanOrEqual(8)

        const ends: Record<string, number> = {}
        for (let n = 1; n <= crossings; n++) {
          for (const when of ['before', 'after'] as const) {
            const { email, visitor, press } = await begin()
            const before = world.control.sums().captured
            border.arm(n, when)
            await visitor.press(press).catch(() => {})
            border.disarm()
            await recover(world)

            const left = await books(email)
            const taken = world.control.sums().captured - before
            const bought = left.customers === 1
            const at = `crossing ${n}, ${when}: ${JSON.stringify(left)}`
            expect(
              left.orders.filter((state) => !['completed', 'failed'].includes(state)),
              at,
            ).toEqual([])
            expect(left, at).toMatchObject(
              bought
                ? { customers: 1, numbers: 1, paid: '15.74000', ledger: '0.00000' }
                : { customers: 0, numbers: 0, paid: '0', ledger: '0' },
            )
            expect(taken, at).toBe(bought ? 1_574_000n : zero)
            expect(world.control.sums().authorized, at).toBe(zero)
            ends[bought ? 'bought' : 'nothing'] = (ends[bought ? 'bought' : 'nothing'] ?? 0) + 1
          }
        }
        // Both ends are reached, or this test proves little.
        expect(ends.nothing).toBeGreaterThan(0)
        if (card !== cards.declined) expect(ends.bought).toBeGreaterThan(0)
      },
      180_000,
    )
  })

  /** Puts a process to sleep at its nth crossing; meanwhile something else happens. */
  function nap() {
    let crossings = 0
    let at = 0
    let meanwhile = async () => {}
    return {
      at: async (step: 'before' | 'after') => {
        if (step === 'before') crossings += 1
        if (step === 'after' || crossings !== at) return
        at = 0
        await meanwhile()
      },
      plan: (n: number, then: () => Promise<void>) => {
        crossings = 0
        at = n
        meanwhile = then
      },
    } satisfies Fuse & Record<string, unknown>
  }

  test('a worker that was only slow, and wakes when recovery has decided, changes nothing', async () => {
    const border = nap()
    const world = await open(border)
    const ends = new Set<number>()
    for (let n = 1; n <= 14; n++) {
      const email = `${randomUUID()}@lee.example`
      const visitor = world.visitor('192.0.2.10', site, through(it.database, border))
      await visitor.prepare({ address: { ...anna, email } })
      const press = { cardToken: world.tokenFor(cards.approved), proof: await visitor.proof() }
      const before = world.control.sums().captured
      border.plan(n, () => recover(world))
      await visitor.press(press).catch(() => {})
      await recover(world)

      const left = await books(email)
      const bought = left.customers === 1
      const at = `crossing ${n}: ${JSON.stringify(left)}`
      expect(left, at).toMatchObject(
        bought
          ? { customers: 1, numbers: 1, paid: '15.74000', ledger: '0.00000', orders: ['completed'] }
          : { customers: 0, numbers: 0, paid: '0', ledger: '0' },
      )
      expect(world.control.sums().captured - before, at).toBe(bought ? 1_574_000n : zero)
      expect(world.control.sums().authorized, at).toBe(zero)
      ends.add(left.customers)
    }
    expect(ends).toEqual(new Set([0, 1]))
  }, 120_000)

  /** The one order of a prospect, and how the gateway knows it. */
  async function orderOf(email: string) {
    const [order] = await it.sql<{ state: string; fence: number; key: string; intent: string }>(
      `select o.state, o.fence, o.tries, o.next_try_at, p.key, p.intent_ref as intent
       from signup_orders o join payments p on p.i_env = o.i_env and p.id = o.i_payment
      where o.submitted->'address'->>'email' = $1`,
      [email],
    )
    return order!
  }

  describe('an order that nobody works on is canceled at the gateway before anything is decided', () => {
    test.each([
      ['on its way to the bank', 'before'],
      ['there, and the money reserved', 'after'],
    ] as const)('when its confirmation was %s as the process ended', async (_, when) => {
      const { calls, database } = mortal()
      const world = await open(calls)
      const email = `${randomUUID()}@lee.example`
      const visitor = world.visitor('192.0.2.10', site, database)
      await visitor.prepare({ address: { ...anna, email } })
      const press = { cardToken: world.tokenFor(cards.approved), proof: await visitor.proof() }
      // The first makes the intent, the second confirms it.
      calls.arm(2, when)
      await visitor.press(press).catch(() => {})
      calls.disarm()
      const { state, key, intent } = await orderOf(email)
      expect(state).toBe('submitted')

      await recover(world)
      expect(await books(email)).toMatchObject({ customers: 0, numbers: 0, orders: ['failed'] })
      // What the bank says now may be another thing a moment later: it wasn't asked.
      expect(world.control.calls('lookup')).toBe(0)
      expect(world.control.calls('cancel', gatewayKeys(key).cancel)).toBe(1)

      // The confirmation that was on its way all the while arrives, and finds nothing to confirm.
      await world.outside.gateway.confirm({ key: gatewayKeys(key).confirm, intent })
      expect(world.control.sums()).toMatchObject({
        authorized: zero,
        captured: zero,
        canceled: 1_574_000n,
      })
      await visitor.press()
      expect(await books(email)).toMatchObject({ customers: 1, orders: ['failed', 'completed'] })
    })
  })

  test('a worker that wakes while recovery waits for the gateway has no more part in the order', async () => {
    const border = nap()
    const world = await open(border)
    const email = `${randomUUID()}@lee.example`
    const visitor = world.visitor()
    await visitor.prepare({ address: { ...anna, email } })
    let asLeft: unknown
    // Asleep before the second call, the confirmation; meanwhile cancels are not answered.
    border.plan(2, async () => {
      world.control.fail('break', 'cancel', 10_000)
      it.clock.advance(30_000)
      await recoverDue(it.edge(), world.outside)
      asLeft = { order: await orderOf(email), cancels: await cancels() }
    })
    const cancels = async () =>
      world.control.calls('cancel', gatewayKeys((await orderOf(email)).key).cancel)
    await visitor.press().catch(() => {})

    // Awake, it confirmed and was told that the money is reserved; and says no more.
    expect(world.control.sums().authorized).toBe(1_574_000n)
    expect(asLeft).toMatchObject({ order: { state: 'voiding' }, cancels: 4 })
    expect({ order: await orderOf(email), cancels: await cancels() }).toEqual(asLeft)

    world.control.mend()
    await recover(world)
    expect(await books(email)).toMatchObject({ customers: 0, orders: ['failed'] })
    expect(world.control.sums().authorized).toBe(zero)
  })

  test('three nodes that recover at once charge once', async () => {
    const world = await open()
    const email = `${randomUUID()}@lee.example`
    const { prepare, press } = world.visitor()
    await prepare({ address: { ...anna, email } })
    world.control.fail('lose_answer', 'capture', 4)
    await press()
    expect((await books(email)).orders).toEqual(['provisioned'])

    it.clock.advance(60_000)
    await Promise.all([1, 2, 3].map(() => recoverDue(it.edge(), world.outside)))
    expect(await books(email)).toMatchObject({
      customers: 1,
      paid: '15.74000',
      orders: ['completed'],
    })
  })

  test('a gateway that is silent for days calls a person, and that person can try again', async () => {
    const world = await open()
    const email = `${randomUUID()}@lee.example`
    const { prepare, press } = world.visitor()
    await prepare({ address: { ...anna, email } })
    world.control.fail('break', 'capture', 10_000)
    await press()
    for (let hour = 0; hour < 24 * 9; hour++) {
      it.clock.advance(3_600_000)
      await recoverDue(it.edge(), world.outside)
    }
    const [order] = await it.sql<{ id: number; state: string; flagged: boolean; asleep: boolean }>(
      `select id, state, operator_needed_at is not null as flagged, next_try_at is null as asleep
       from signup_orders where submitted->'address'->>'email' = $1`,
      [email],
    )
    expect(order).toMatchObject({ state: 'provisioned', flagged: true, asleep: true })

    world.control.mend()
    await retryOrder(it.edge(), world.outside, 1 as EnvId, order!.id)
    expect(await books(email)).toMatchObject({ paid: '15.74000', orders: ['completed'] })
  })

  test('drafts that came to nothing are forgotten, and those that were paid for are not', async () => {
    const world = await open()
    const [idle, bought] = [world.visitor(), world.visitor()]
    const [idleEmail, boughtEmail] = [`${randomUUID()}@lee.example`, `${randomUUID()}@lee.example`]
    await idle.prepare({ address: { ...anna, email: idleEmail } })
    await bought.prepare({ address: { ...anna, email: boughtEmail } })
    await bought.press()
    it.clock.advance(15 * 86_400_000)
    await sweepSignup(it.edge())
    const kept = await it.sql<{ email: string }>(
      `select data->'address'->>'email' as email from signup_drafts where data->'address'->>'email' in ($1, $2)`,
      [idleEmail, boughtEmail],
    )
    expect(kept).toEqual([{ email: boughtEmail }])
  })
})
