import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import * as auth from '#server/auth/service.ts'
import type { UserId } from '#server/kernel/ids.ts'
import { anonymous, system } from '#server/runtime/actor.ts'
import { hashToken } from '#server/runtime/secrets.ts'
import { testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 12 })
const minutes = (n: number) => it.clock.advance(n * 60_000)
const caller = () => ({ ...it.edge(), ip: '10.0.0.1' })

const signIn = async (login = 'demo-adam', password = `${login}-2026`) =>
  (await auth.signIn(it.edge(anonymous('10.0.0.1')), { login, password })).token
const who = (token: string) => auth.whoHolds(caller(), token)

/** The edge of a request that came with this session. */
async function signedIn(token: string) {
  const holder = await who(token)
  if (!holder) throw new Error('Nobody holds this session.')
  return { holder, edge: it.edge(holder.actor) }
}

beforeEach(async () => {
  it.clock.set('2026-11-21T12:00:00Z')
  await it.sql('delete from sessions')
  await it.sql('truncate sign_in_failures')
})

describe('a session', () => {
  test('is told by a new token each time, of which the hash alone is kept', async () => {
    const [one, two] = [await signIn(), await signIn()]
    expect(one).not.toBe(two)
    const rows = await it.sql<{ token_hash: string }>('select * from sessions order by id')
    expect(rows.map((row) => row.token_hash)).toEqual([hashToken(one), hashToken(two)])
    expect(JSON.stringify(rows)).not.toContain(one)
  })

  test('says who holds it', async () => {
    expect((await who(await signIn()))?.actor).toMatchObject({
      realm: 'customer',
      name: 'Adam Abbott',
      user: 2,
      customer: 46170,
    })
    expect((await who(await signIn('demo-john')))?.actor).toMatchObject({
      realm: 'account',
      customer: 46170,
      account: 100_001,
    })
  })

  test('ends after 30 minutes without a request, and each request begins them anew', async () => {
    const token = await signIn()
    for (let i = 0; i < 4; i++) {
      minutes(29)
      expect(await who(token)).toBeDefined()
    }
    minutes(30)
    expect(await who(token)).toBeUndefined()
  })

  test('ends after 12 hours, however busy', async () => {
    const token = await signIn()
    for (let i = 0; i < 12 * 3 - 1; i++) {
      minutes(20)
      expect(await who(token)).toBeDefined()
    }
    minutes(20)
    expect(await who(token)).toBeUndefined()
  })

  test('that is ended is ended at once', async () => {
    const token = await signIn()
    const { holder, edge } = await signedIn(token)
    await it.as(edge.actor, (ctx) => auth.signOut(ctx, holder.session))
    expect(await who(token)).toBeUndefined()
  })

  test('ends with the user’s being disabled', async () => {
    const token = await signIn('demo-john')
    await it.sql("update users set status = 'disabled' where login = 'demo-john'")
    expect(await who(token)).toBeUndefined()
    await it.sql("update users set status = 'active'")
  })

  test('can be ended from another one; somebody else’s is not there', async () => {
    const [mine, other, foreign] = [await signIn(), await signIn(), await signIn('demo-ten')]
    const { edge } = await signedIn(mine)
    const { holder } = await signedIn(other)
    await it.as(edge.actor, (ctx) => auth.endSession(ctx, { session: holder.session! }))
    expect(await who(other)).toBeUndefined()

    const { holder: stranger } = await signedIn(foreign)
    const refusal = await refused(
      it.as(edge.actor, (ctx) => auth.endSession(ctx, { session: stranger.session! })),
    )
    expect(refusal).toMatchObject({ kind: 'not_found', code: 'auth.session_not_found' })
    expect(await who(foreign)).toBeDefined()
    expect(await who(mine)).toBeDefined()
  })

  test('all others are ended with one word, this one stays', async () => {
    const [mine, one, two] = [await signIn(), await signIn(), await signIn()]
    const { holder, edge } = await signedIn(mine)
    const rows = await it.as(edge.actor, (ctx) => auth.sessionsOf(ctx, holder.session))
    expect(rows.map((row) => row.current).sort()).toEqual([false, false, true])
    await it.as(edge.actor, (ctx) => auth.endOtherSessions(ctx, holder.session))
    expect(await who(one)).toBeUndefined()
    expect(await who(two)).toBeUndefined()
    expect(await who(mine)).toBeDefined()
  })

  test('leaves word of its end, whoever ended it and how', async () => {
    const [mine, other] = [await signIn(), await signIn()]
    const { holder, edge } = await signedIn(mine)
    const ended = (await signedIn(other)).holder.session!
    await it.sql('delete from audit_rows')
    await it.as(edge.actor, async (ctx) => {
      await auth.endSession(ctx, { session: ended })
      await auth.endOtherSessions(ctx, holder.session)
      await auth.signOut(ctx, holder.session)
    })
    expect(await it.sql('select action, actor from audit_rows order by id')).toEqual([
      { action: 'auth.end_session', actor: 'Adam Abbott' },
      { action: 'auth.end_sessions', actor: 'Adam Abbott' },
      { action: 'auth.sign_out', actor: 'Adam Abbott' },
    ])
  })

  test('that was never there is nobody’s', async () => {
    expect(await who('a token of somebody’s own making')).toBeUndefined()
    expect(await who('')).toBeUndefined()
  })
})

describe('a door', () => {
  const firstPassword = (awaited: boolean) =>
    it.sql('update users set must_change_password = $1 where id = 2', [awaited])
  beforeEach(() => firstPassword(true))
  afterAll(() => firstPassword(false))

  const makeDoor = (life?: number) =>
    it.as(system('test'), (ctx) => auth.makeDoor(ctx, 2 as UserId, life))
  const enter = (door: string) => auth.enterByDoor(it.edge(anonymous('10.0.0.1')), { door })

  test('opens once', async () => {
    const door = await makeDoor()
    expect((await who((await enter(door)).token))?.actor.name).toBe('Adam Abbott')
    expect(await refused(enter(door))).toMatchObject({ kind: 'gone', code: 'auth.link_lapsed' })
  })

  test('of ten at once opens to one', async () => {
    const door = await makeDoor()
    const { done, refusals } = await outcomes(Array.from({ length: 10 }, () => enter(door)))
    expect(done).toBe(1)
    expect(new Set(refusals.map((refusal) => refusal.code))).toEqual(new Set(['auth.link_lapsed']))
  })

  test('lapses after ten minutes', async () => {
    const door = await makeDoor()
    minutes(10)
    expect((await refused(enter(door))).code).toBe('auth.link_lapsed')
  })

  test('opens nothing once its user has chosen a password', async () => {
    const door = await makeDoor()
    await firstPassword(false)
    expect((await refused(enter(door))).code).toBe('auth.link_lapsed')
  })

  test('made for something else lets nobody in, and is not spent by trying', async () => {
    const { token } = await it.as(system('test'), (ctx) =>
      auth.makeOneTimeToken(ctx, { purpose: 'config_file', subject: { user: 2 }, minutes: 10 }),
    )
    expect((await refused(enter(token))).code).toBe('auth.link_lapsed')
    const { subject } = await auth.spendOneTimeToken(it.edge(), 'config_file', token)
    expect(subject).toEqual({ user: 2 })
  })

  test('is kept as a hash alone', async () => {
    const door = await makeDoor()
    expect(JSON.stringify(await it.sql('select * from one_time_tokens'))).not.toContain(door)
  })
})

describe('an API token', () => {
  const holder = (token = 'demo-admin-token') => auth.whoseApiToken(caller(), token)

  test('stands for its user until it lapses', async () => {
    expect(await holder()).toMatchObject({
      env: 1,
      mustChangePassword: false,
      actor: { realm: 'admin', name: 'Pat Panda', user: 1 },
    })
    await it.sql("update api_tokens set expires_at = '2026-11-21T13:00:00Z'")
    minutes(59)
    expect(await holder()).toBeDefined()
    minutes(1)
    expect(await holder()).toBeUndefined()
    await it.sql('update api_tokens set expires_at = null')
  })

  test('or until it is ended, or its user disabled', async () => {
    await it.sql('update api_tokens set ended_at = now()')
    expect(await holder()).toBeUndefined()
    await it.sql('update api_tokens set ended_at = null')
    await it.sql("update users set status = 'disabled' where id = 1")
    expect(await holder()).toBeUndefined()
    await it.sql("update users set status = 'active'")
    expect(await holder()).toBeDefined()
  })

  test('is no session’s, nor a session’s token it', async () => {
    expect(await who('demo-admin-token')).toBeUndefined()
    expect(await holder(await signIn())).toBeUndefined()
  })
})
