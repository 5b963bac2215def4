import { describe, expect, test } from 'vitest'
import { hashPassword } from '#server/auth/passwords.ts'
import * as passwords from '#server/auth/service.passwords.ts'
import * as auth from '#server/auth/service.ts'
import type { UserId } from '#server/kernel/ids.ts'
import { whyNot } from '#server/people/schema.ts'
import * as people from '#server/people/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { people as demo, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase()
const outside = { publicUrl: 'https://portal.example' }
const call = (who: Actor) => ({ edge: it.edge(who), outside })
const asked = { name: 'Carla Colleague', email: 'carla@abc.example', role: 'read_only' as const }

const list = (who: Actor = demo.adam) => it.as(who, people.list)
const stateOf = async (user: number, who?: Actor) =>
  (await list(who)).find((person) => person.user === user)

async function doorIn(email: string): Promise<{ door: string; text: string }> {
  const [mail] = await it.sql<{ text: string }>(
    "select text from mails where to_address = $1 and kind = 'invitation' order by id desc",
    [email],
  )
  const door = /#door=(\S+)/.exec(mail!.text)![1]!
  return { door: decodeURIComponent(door), text: mail!.text }
}

async function enter(door: string) {
  const { token } = await auth.enterByDoor(it.edge(), { door })
  return { token, who: () => auth.whoHolds({ ...it.edge(), ip: 'x' }, token) }
}

async function join(email: string, password: string) {
  const { who, token } = await enter((await doorIn(email)).door)
  const signedIn = (await who())!
  await passwords.firstPassword(
    { edge: it.edge(signedIn.actor), signedIn, outside },
    { newPassword: password },
  )
  return { who, token, actor: (await who())!.actor }
}

/** Another administrator of a company, who has joined. */
async function administrator(who: Actor, email: string): Promise<Actor> {
  await people.invite(call(who), { name: `Of ${email}`, email, role: 'administrator' })
  return (await join(email, `a long password of ${email.length}`)).actor
}

describe('somebody invited', () => {
  test('comes by a link after the hash, chooses a password, and may read alone', async () => {
    const { user } = await people.invite(call(demo.adam), asked)
    expect(await stateOf(user)).toMatchObject({ state: 'invited', role: 'read_only' })
    const { text } = await doorIn(asked.email)
    expect(text).toContain('https://portal.example/enter#door=')
    expect(text).toContain('Adam Abbott asks you to join')

    const { actor } = await join(asked.email, 'a long password 1')
    expect(actor).toMatchObject({ realm: 'customer', customer: 46170, role: 'read_only', user })
    expect(await stateOf(user)).toMatchObject({ state: 'active', validUntil: null })
    const refusal = await refused(it.as(actor, (ctx) => people.end(ctx, { user: 2 })))
    expect(refusal.code).toBe('auth.not_allowed')
  })

  test('twice is among the people already', async () => {
    expect((await refused(people.invite(call(demo.adam), asked))).code).toBe('people.exists')
    const at = { ...asked, email: 'twice@abc.example' }
    const { done, refusals } = await outcomes([1, 2].map(() => people.invite(call(demo.adam), at)))
    expect([done, refusals[0]?.code]).toEqual([1, 'people.exists'])
  })

  test('who comes after seven days finds the link lapsed, and can be asked again', async () => {
    const at = { ...asked, email: 'late@abc.example' }
    const { user } = await people.invite(call(demo.adam), at)
    const { door } = await doorIn(at.email)
    it.clock.advance(7 * 86_400_000 + 1)
    expect(await stateOf(user)).toMatchObject({ state: 'lapsed' })
    expect((await refused(enter(door))).code).toBe('auth.link_lapsed')
    await people.inviteAgain(call(demo.adam), { user })
    expect(await stateOf(user)).toMatchObject({ state: 'invited' })
    await join(at.email, 'a long password 2')
    expect(await stateOf(user)).toMatchObject({ state: 'active' })
  })
})

describe('a role', () => {
  test('changes what an open session may, at once', async () => {
    const { user } = await people.invite(call(demo.ten), { ...asked, email: 'r@ten.example' })
    const { who } = await join('r@ten.example', 'a long password 3')
    await it.as(demo.ten, (ctx) => people.setRole(ctx, { user, role: 'billing' }))
    expect((await who())?.actor.role).toBe('billing')
  })

  test('of somebody else’s company is not there to be changed', async () => {
    const refusal = await refused(
      it.as(demo.five, (ctx) => people.setRole(ctx, { user: 2, role: 'billing' })),
    )
    expect(refusal.code).toBe('people.not_found')
  })
})

describe('access that ends', () => {
  test('ends sessions at once, for good, though the person is invited again', async () => {
    const { user } = await people.invite(call(demo.five), { ...asked, email: 'e@five.example' })
    const { who, actor } = await join('e@five.example', 'a long password 4')
    expect(actor.role).toBe('read_only')
    it.clock.advance(1_000)
    await it.as(demo.five, (ctx) => people.end(ctx, { user }))
    expect(await who()).toBeUndefined()
    it.clock.advance(1_000)
    await people.invite(call(demo.five), { ...asked, email: 'e@five.example' })
    expect(await who()).toBeUndefined()
    const again = await join('e@five.example', 'a long password 5')
    expect(await again.who()).toBeDefined()
    expect(await who()).toBeUndefined()
  })

  test('is never the last administrator’s, nor one’s own', async () => {
    const alone = await refused(it.as(demo.meter, (ctx) => people.end(ctx, { user: 6 })))
    expect(alone.code).toBe('people.last_administrator')
    await administrator(demo.meter, 'second@meter.example')
    const own = await refused(it.as(demo.meter, (ctx) => people.end(ctx, { user: 6 })))
    expect(own.code).toBe('people.oneself')
  })

  test('of two administrators who end each other at the same moment one stays', async () => {
    const other = await administrator(demo.ten, 'other@ten.example')
    const { done, refusals } = await outcomes([
      it.as(demo.ten, (ctx) => people.end(ctx, { user: other.user as number })),
      it.as(other, (ctx) => people.end(ctx, { user: 4 })),
    ])
    expect(done).toBe(1)
    expect(refusals[0]?.code).toBe('auth.not_allowed')
    const acting = (await list({ ...demo.ten, user: 0 as UserId })).filter(
      ({ state, role }) => state === 'active' && role === 'administrator',
    )
    expect(acting).toHaveLength(1)
  })
})

test('the database itself keeps an administrator, whoever writes, at the same moment too', async () => {
  const hash = await hashPassword('x')
  await it.sql(
    `insert into users (i_env, realm, login, name, password_hash, i_customer)
     values (1, 'customer', 'second-200', 'Second', $1, 46200), (1, 'customer', 'third-200', 'Third', $1, 46200)`,
    [hash],
  )
  const rows = await it.sql<{ id: number }>(
    "select id from users where i_customer = 46200 and realm = 'customer'",
  )
  const takeAll = rows.map(({ id }) =>
    it.sql("update users set role = 'billing' where id = $1", [id]).then(
      () => 'done',
      (error: { constraint?: string }) => error.constraint,
    ),
  )
  const ends = await Promise.all(takeAll)
  expect(ends.filter((end) => end === 'done')).toHaveLength(rows.length - 1)
  expect(ends).toContain('users_last_administrator')
})

test('what can’t be done to somebody is one table, for server and button', () => {
  const one = { state: 'active', role: 'administrator', self: true } as const
  const two = { ...one, self: false }
  expect(whyNot('end', one, [one])).toBe('people.last_administrator')
  expect(whyNot('end', one, [one, two])).toBe('people.oneself')
  expect(whyNot('end', two, [one, two])).toBeUndefined()
  expect(whyNot('end', { ...two, state: 'ended' }, [one])).toBe('people.ended')
  expect(whyNot('set_role', { ...two, state: 'invited' }, [one])).toBeUndefined()
  expect(whyNot('invite_again', two, [one, two])).toBe('people.active')
  expect(whyNot('invite_again', { ...two, state: 'ended' }, [one])).toBeUndefined()
})
