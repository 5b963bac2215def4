import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { applyDueBlocks } from '#server/accounts/service.block-plans.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as attempts from '#server/auth/service.attempts.ts'
import { forgetLapsed } from '#server/auth/service.sweep.ts'
import * as auth from '#server/auth/service.ts'
import type { MoveClock } from '#server/clock/schema.ts'
import { type DailyJob, moveDue } from '#server/clock/service.travel.ts'
import * as clock from '#server/clock/service.ts'
import { civilDate, dayIn } from '#server/kernel/civil.ts'
import { system } from '#server/runtime/actor.ts'
import { forgetOldAnswers, once } from '#server/runtime/idempotency.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 10 })
const { admin } = people

const move = (to: MoveClock) => it.as(admin, (ctx) => clock.move(ctx, to))
const status = () => it.as(admin, clock.status)
const now = () => it.as(admin, async (ctx) => ctx.now.toISOString())

/** A job that writes down which day it is. */
const diary = (days: string[]): DailyJob => ({
  name: 'diary',
  run: async (edge) => {
    const now = await unitOfWork(edge, async (ctx) => ctx.now)
    days.push(dayIn('America/Vancouver', now))
  },
})

async function arrive(jobs: readonly DailyJob[] = []): Promise<void> {
  while (await moveDue(it.edge(), jobs));
}

/** No trigger, no checks of what is past: each test begins with the machine's time. */
beforeEach(async () => {
  it.clock.set('2026-11-21T18:30:00Z')
  await it.sql(
    `alter table environments disable trigger clock_goes_forward;
     update environments set sandbox = true, clock_ahead = 0, clock_from = null, clock_target = null,
            clock_lease = null, clock_leased_until = null, clock_trouble = null;
     alter table environments enable trigger clock_goes_forward`,
  )
})

describe('moved by three days', () => {
  test('the work of each day is done on it, in order, and it ends exactly there', async () => {
    const days: string[] = []
    expect((await move({ days: 3 })).move).toEqual({
      to: '2026-11-24T18:30:00.000Z',
      days: 3,
      daysLeft: 3,
      trouble: null,
    })
    await arrive([diary(days)])

    // Where it stands first, and at the very end once more.
    expect(days).toEqual(['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-24'])
    expect(await status()).toMatchObject({
      now: '2026-11-24T18:30:00.000Z',
      wall: '2026-11-21T18:30:00.000Z',
      today: '2026-11-24',
      move: null,
    })
  })

  test('it is told and audited once', async () => {
    await move({ days: 3 })
    await arrive()
    const told = await it.sql<{ type: string; payload: unknown }>(
      "select type, payload from events where entity = 'environment' order by seq desc limit 1",
    )
    expect(told).toEqual([
      {
        type: 'environment.clock_moved',
        payload: { from: '2026-11-21T18:30:00.000Z', to: '2026-11-24T18:30:00.000Z' },
      },
    ])
    const audited = await it.sql(
      `select count(*)::int as n from audit_rows
        where action = 'environment.move_clock' and after->>'now' = '2026-11-24T18:30:00.000Z'`,
    )
    expect(Number(audited[0]?.n)).toBeGreaterThan(0)
  })

  test('the machine’s time goes on beneath it', async () => {
    await move({ days: 3 })
    await arrive()
    it.clock.advance(3_600_000)
    expect(await now()).toBe('2026-11-24T19:30:00.000Z')
  })
})

test('a planned block begins and ends on the way, at the moments it was planned for', async () => {
  const [line] = await it.sql<{ id: number }>(
    "select id from accounts where i_customer = 46170 and account_id = 'ph46170x4665'",
  )
  await it.as(people.adam, (ctx) =>
    blocks.block(ctx, {
      accounts: [line!.id],
      from: civilDate('2026-11-25'),
      until: civilDate('2026-11-28'),
      reason: '',
      key: randomUUID(),
    }),
  )
  await move({ days: 30 })
  await arrive([{ name: 'planned blocks', run: applyDueBlocks }])
  expect(
    await it.sql(
      `select starts_at as "from", ends_at as until, state from account_blocks where i_account = ${line!.id}`,
    ),
  ).toEqual([
    {
      from: new Date('2026-11-25T08:00:00Z'),
      until: new Date('2026-11-28T08:00:00Z'),
      state: 'over',
    },
  ])
})

describe('a worker', () => {
  test('that is killed half way is followed by one that does that day’s work again and goes on', async () => {
    const days: string[] = []
    const dies: DailyJob = {
      name: 'dies',
      run: async (edge) => {
        await diary(days).run(edge)
        // Nothing of it is left, its lease neither given back nor renewed.
        if (days.length === 3) return new Promise(() => {})
      },
    }
    await move({ days: 4 })
    const dead = moveDue(it.edge(), [dies])
    await expect.poll(() => days.length).toBe(3)
    expect(await moveDue(it.edge(), [diary(days)])).toBe(false)
    expect(days).toHaveLength(3)

    await it.sql("update environments set clock_leased_until = now() - interval '1 second'")
    await arrive([diary(days)])
    expect(days).toEqual([
      ...['2026-11-21', '2026-11-22', '2026-11-23'],
      ...['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-25'],
    ])
    expect(await now()).toBe('2026-11-25T18:30:00.000Z')
    void dead
  })

  test('whose lease has lapsed takes no step more', async () => {
    const days: string[] = []
    const slow: DailyJob = {
      name: 'slow',
      run: async () => {
        await it.sql("update environments set clock_leased_until = now() - interval '1 second'")
        await arrive([diary(days)])
      },
    }
    await move({ days: 2 })
    expect(await moveDue(it.edge(), [slow])).toBe(false)
    expect(days).toEqual(['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-23'])
    expect(await now()).toBe('2026-11-23T18:30:00.000Z')
  })

  test('is one: of five at once each day’s work is done by one of them', async () => {
    const days: string[] = []
    await move({ days: 5 })
    await Promise.all(Array.from({ length: 5 }, () => moveDue(it.edge(), [diary(days)])))
    await arrive()
    expect(days).toEqual([...days].sort())
    expect(new Set(days).size).toBe(6)
    expect(days).toHaveLength(7)
  })

  test('whose day’s work fails stays on that day, says so, and goes on when it is done', async () => {
    let fails = true
    const moody: DailyJob = {
      name: 'moody',
      run: async () => {
        if (fails) throw new Error('no')
      },
    }
    await move({ days: 2 })
    await expect(moveDue(it.edge(), [moody])).rejects.toThrow('no')
    expect(await status()).toMatchObject({ today: '2026-11-21', move: { trouble: 'moody' } })
    fails = false
    await arrive([moody])
    expect(await status()).toMatchObject({ today: '2026-11-23', move: null })
  })
})

describe('refused', () => {
  test('is all of it where there is no sandbox', async () => {
    await it.sql('update environments set sandbox = false')
    expect((await refused(move({ days: 1 }))).code).toBe('clock.not_sandbox')
    expect((await refused(status())).code).toBe('clock.not_sandbox')
    const forced = it.sql('update environments set clock_ahead = 1')
    await expect(forced).rejects.toThrow('environments_clock_of_sandbox')
  })

  test('is a way back, to today’s morning too', async () => {
    for (const to of ['2026-11-20', '0001-01-01', '2026-11-21']) {
      expect((await refused(move({ to: civilDate(to) }))).code, to).toBe('clock.backwards')
    }
  })

  test('by the database itself, too', async () => {
    await move({ days: 1 })
    await arrive()
    await expect(it.sql('update environments set clock_ahead = 0')).rejects.toThrow(/can't go back/)
  })

  test('is more than twenty years, at once or by and by', async () => {
    const { until } = await status()
    expect(until).toBe('2046-11-21')
    for (const to of ['2046-11-22', '9999-12-31']) {
      expect((await refused(move({ to: civilDate(to) }))).code, to).toBe('clock.too_far')
    }
    expect((await refused(move({ days: 7_320 }))).code).toBe('clock.too_far')
    await it.sql('update environments set clock_ahead = 7304::bigint * 86400000')
    expect((await refused(move({ days: 2 }))).code).toBe('clock.too_far')
  })

  test('is a second move while the first is under way', async () => {
    const moves = await outcomes([move({ days: 1 }), move({ days: 2 }), move({ days: 3 })])
    expect(moves.done).toBe(1)
    expect(moves.refusals.map(({ code }) => code)).toEqual(['clock.moving', 'clock.moving'])
  })

  test('is everybody but an administrator of the provider', async () => {
    for (const person of [people.bamboo, people.adam]) {
      const refusal = await refused(it.as(person, (ctx) => clock.move(ctx, { days: 1 })))
      expect(refusal.code).toBe('auth.not_allowed')
    }
  })

  test('is moving another environment’s clock, by the walls as well', async () => {
    await it.sql(
      `insert into environments select (jsonb_populate_record(e, '{"id": 2}')).* from environments e
       on conflict do nothing`,
    )
    const changed = (scope: 'all' | 'customer') =>
      it.database.withTx({ env: 1, scope, customer: 46170 }, async (db) => {
        const moved = await db.$client.query('update environments set clock_ahead = 5 returning id')
        return moved.rows.map((row) => row.id)
      })
    expect(await changed('all')).toEqual([1])
    expect(await changed('customer')).toEqual([])
    const marked = it.database.withTx({ env: 1, scope: 'all' }, (db) =>
      db.$client.query('update environments set sandbox = true'),
    )
    await expect(marked).rejects.toThrow('permission denied')
  })
})

describe('what must not age stays as it was after a year', () => {
  const year = async () => {
    await move({ days: 365 })
    await arrive()
    expect(await now()).toBe('2027-11-21T18:30:00.000Z')
  }

  test('a session, and one opened afterwards', async () => {
    const login = { login: 'demo-adam', password: 'demo-adam-2026' }
    const before = await auth.signIn(it.edge(system('sign-in')), login)
    await year()
    const after = await auth.signIn(it.edge(system('sign-in')), login)
    const caller = { ...it.edge(), ip: '10.0.0.1' }
    for (const { token } of [before, after]) {
      expect(await auth.whoHolds(caller, token)).toMatchObject({ actor: { user: 2 } })
    }
    it.clock.advance(31 * 60_000)
    for (const { token } of [before, after])
      expect(await auth.whoHolds(caller, token)).toBe(undefined)
  })

  test('a one-time link, a throttle, an answer kept for a repeat', async () => {
    const keys = attempts.keysOf('login', 'eve', '10.0.0.2')
    const count = () => it.as(system('test'), (ctx) => attempts.count(ctx, keys))
    const answer = () =>
      it.as(admin, (ctx) => once(ctx, 'key', 'asked', async () => randomUUID() as string))

    const { token } = await it.as(system('test'), (ctx) =>
      auth.makeOneTimeToken(ctx, { purpose: 'resume', subject: { draft: 'd' }, minutes: 60 }),
    )
    for (let n = 0; n < 5; n++) await count()
    const answered = await answer()

    await year()
    await forgetLapsed(it.edge())
    await forgetOldAnswers(it.edge())
    expect(await count()).toBeGreaterThan(0)
    expect(await answer()).toBe(answered)
    expect((await auth.spendOneTimeToken(it.edge(), 'resume', token)).subject).toEqual({
      draft: 'd',
    })
  })
})

describe('time, as units of work read it', () => {
  /** A move that this process’s connections have not heard of yet. */
  const movedElsewhere = (days: number) =>
    it.sql(`update environments set clock_ahead = ${days}::bigint * 86400000`)

  test('is never an hour that has passed: begun on an old one, it begins anew', async () => {
    await now()
    await movedElsewhere(1)
    const read: string[] = []
    const answer = await it.as(admin, async (ctx) => {
      read.push(ctx.now.toISOString())
      await ctx.db.$client.query('select 1')
      return ctx.now.toISOString()
    })
    expect(read).toEqual(['2026-11-21T18:30:00.000Z', '2026-11-22T18:30:00.000Z'])
    expect(answer).toBe('2026-11-22T18:30:00.000Z')
  })

  test('nor in what travels with the commit, nor in a refusal', async () => {
    await now()
    await movedElsewhere(1)
    await it.as(admin, async (ctx) => {
      ctx.last.push({
        name: 'told',
        text: 'insert into mails (i_env, to_address, kind, subject, text, html, state, tries, next_try_at, created_at) values (1, $1, $2, $2, $2, $2, $3, 0, $4, $4)',
        values: ['told@example.com', 'told', 'kept', ctx.now],
      })
    })
    expect(await it.sql("select created_at from mails where kind = 'told'")).toEqual([
      { created_at: new Date('2026-11-22T18:30:00Z') },
    ])

    await movedElsewhere(2)
    const failure = it.as(admin, async (ctx) => {
      throw new Error(ctx.now.toISOString())
    })
    await expect(failure).rejects.toThrow('2026-11-23T18:30:00.000Z')
  })

  test('costs what doesn’t ask for it nothing: it is not begun anew', async () => {
    await now()
    await movedElsewhere(1)
    let begun = 0
    await it.as(admin, async (ctx) => {
      begun++
      await ctx.db.$client.query('select 1')
      return ctx.wall
    })
    expect(begun).toBe(1)
  })

  test('is the machine’s in every environment that is no sandbox', async () => {
    await movedElsewhere(10)
    await it.sql(
      `insert into environments select (jsonb_populate_record(e, '{"id": 3, "sandbox": false, "clock_ahead": 0}')).* from environments e where id = 1
       on conflict do nothing`,
    )
    const edge = { ...it.edge(), env: 3 } as Edge
    expect((await unitOfWork(edge, async (ctx) => ctx.now)).toISOString()).toBe(
      '2026-11-21T18:30:00.000Z',
    )
  })
})
