import { beforeEach, describe, expect, test } from 'vitest'
import * as auth from '#server/auth/service.ts'
import { anonymous } from '#server/runtime/actor.ts'
import { testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 12 })
const right = 'demo-adam-2026'

const signIn = (login: string, password: string, ip = '10.0.0.1') =>
  auth.signIn(it.edge(anonymous(ip, 'a browser')), { login, password })
const seconds = (n: number) => it.clock.advance(n * 1000)
const failures = (n: number, work: (i: number) => Promise<unknown>) =>
  Array.from({ length: n }, (_, i) => i).reduce<Promise<unknown>>(
    (before, i) => before.then(() => refused(work(i))),
    Promise.resolve(),
  )

beforeEach(async () => {
  it.clock.set('2026-11-21T12:00:00Z')
  await it.sql('truncate sign_in_failures')
  await it.sql('delete from sessions')
  await it.sql('delete from audit_rows')
})

test.each([
  'demo-admin',
  'demo-bamboo',
  'demo-adam',
  'demo-ten',
  'demo-five',
  'demo-meter',
  'demo-john',
])('%s of the demo data signs in', async (login) => {
  const { token } = await signIn(login, `${login}-2026`)
  expect(await auth.whoHolds({ ...it.edge(), ip: 'x' }, token)).toMatchObject({ env: 1 })
})

test('upper and lower case don’t matter in a login, and do in a password', async () => {
  expect(await signIn('DEMO-Adam', right)).toHaveProperty('token')
  expect((await refused(signIn('demo-adam', right.toUpperCase()))).code).toBe('auth.sign_in_failed')
})

describe('somebody who doesn’t exist', () => {
  test('gets the very answer that a wrong password gets', async () => {
    const wrong = await refused(signIn('demo-adam', 'wrong'))
    const unknown = await refused(signIn('nobody', 'wrong'))
    await it.sql("update users set status = 'disabled' where login = 'demo-john'")
    const disabled = await refused(signIn('demo-john', 'demo-john-2026'))
    await it.sql("update users set status = 'active'")
    for (const refusal of [unknown, disabled]) {
      expect({ ...refusal, message: refusal.message }).toEqual({ ...wrong, message: wrong.message })
    }
  })

  test('waits as long for it', async () => {
    const timed = async (login: string) => {
      const began = performance.now()
      await refused(signIn(login, 'wrong', `10.1.0.${Math.random()}`))
      return performance.now() - began
    }
    const middle = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!
    await timed('nobody at first')
    const known: number[] = []
    const unknown: number[] = []
    for (let i = 0; i < 9; i++) {
      unknown.push(await timed(`nobody ${i}`))
      await it.sql('truncate sign_in_failures')
      known.push(await timed('demo-adam'))
    }
    // A password not checked would take a tenth.
    expect(middle(unknown)).toBeGreaterThan(middle(known) / 2)
    expect(middle(unknown)).toBeLessThan(middle(known) * 2)
  })

  test('is throttled as if it did', async () => {
    await failures(5, (i) => signIn('nobody', 'wrong', `10.2.0.${i}`))
    expect((await refused(signIn('nobody', 'wrong', '10.2.1.1'))).code).toBe(
      'auth.sign_in_throttled',
    )
  })
})

describe('failures', () => {
  test('of one login, wherever from: after the fifth it waits 30 seconds, even with the right password', async () => {
    await failures(5, (i) => signIn('demo-adam', 'wrong', `10.0.1.${i}`))
    const refusal = await refused(signIn('demo-adam', right, '10.0.2.1'))
    expect(refusal).toMatchObject({
      kind: 'too_many',
      code: 'auth.sign_in_throttled',
      details: { seconds: 30 },
    })
    seconds(29)
    expect((await refused(signIn('demo-adam', right, '10.0.2.2'))).details).toEqual({ seconds: 1 })
    seconds(1)
    expect(await signIn('demo-adam', right, '10.0.2.3')).toHaveProperty('token')
  })

  test('go on to cost more: 30, 60, 120 seconds', async () => {
    await failures(4, (i) => signIn('demo-adam', 'wrong', `10.0.3.${i}`))
    for (const wait of [30, 60, 120]) {
      await failures(1, () => signIn('demo-adam', 'wrong', `10.0.4.${wait}`))
      const refusal = await refused(signIn('demo-adam', 'wrong', '10.0.5.1'))
      expect(refusal.details).toEqual({ seconds: wait })
      seconds(wait)
    }
  })

  test('of one address, whatever the login: after the fifth it waits', async () => {
    await failures(5, (i) => signIn(`guess ${i}`, 'wrong', '10.0.0.9'))
    expect((await refused(signIn('demo-adam', right, '10.0.0.9'))).code).toBe(
      'auth.sign_in_throttled',
    )
    expect(await signIn('demo-adam', right, '10.0.0.10')).toHaveProperty('token')
  })

  test('are forgiven a login once it signs in', async () => {
    await failures(4, (i) => signIn('demo-adam', 'wrong', `10.0.6.${i}`))
    await signIn('demo-adam', right, '10.0.7.1')
    await failures(4, (i) => signIn('demo-adam', 'wrong', `10.0.8.${i}`))
    expect(await signIn('demo-adam', right, '10.0.7.2')).toHaveProperty('token')
  })

  test('of an address are not wiped out by an account of one’s own', async () => {
    await failures(4, (i) => signIn(`guess ${i}`, 'wrong', '10.0.0.11'))
    await signIn('demo-ten', 'demo-ten-2026', '10.0.0.11')
    await failures(1, () => signIn('guess', 'wrong', '10.0.0.11'))
    expect((await refused(signIn('guess', 'wrong', '10.0.0.11'))).code).toBe(
      'auth.sign_in_throttled',
    )
  })

  test('at the same moment are counted one by one: of 40 guesses five are looked at', async () => {
    const { done, refusals } = await outcomes(
      Array.from({ length: 40 }, (_, i) => signIn('demo-adam', 'wrong', `10.0.9.${i}`)),
    )
    expect(done).toBe(0)
    const looked = refusals.filter((refusal) => refusal.code === 'auth.sign_in_failed')
    expect(looked).toHaveLength(5)
  })

  test('are written down, and so is who got in', async () => {
    await refused(signIn('demo-adam', 'wrong'))
    await refused(signIn('nobody', 'wrong'))
    await signIn('demo-adam', right)
    expect(
      await it.sql('select outcome, entity_id, i_customer, ip from audit_rows order by id'),
    ).toEqual([
      { outcome: 'denied', entity_id: '2', i_customer: 46170, ip: '10.0.0.1' },
      { outcome: 'denied', entity_id: 'unknown', i_customer: null, ip: '10.0.0.1' },
      { outcome: 'done', entity_id: '2', i_customer: 46170, ip: '10.0.0.1' },
    ])
    for (let n = 0; n < 5; n++) await refused(signIn('demo-five', 'wrong', '10.0.0.20'))
    await refused(signIn('demo-five', 'wrong', '10.0.0.20'))
    expect(
      await it.sql('select outcome, entity_id from audit_rows order by id desc limit 1'),
    ).toEqual([{ outcome: 'denied', entity_id: 'throttled' }])

    const written = JSON.stringify(await it.sql('select * from audit_rows, sign_in_failures'))
    expect(written).not.toContain('nobody')
    expect(written).not.toContain(right)
  })
})
