import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as passwords from '#server/auth/service.passwords.ts'
import * as auth from '#server/auth/service.ts'
import { anonymous } from '#server/runtime/actor.ts'
import { testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 12 })
const outside = { publicUrl: 'https://portal.example' }
const seconds = (n: number) => it.clock.advance(n * 1_000)

const signIn = async (login: string, password = `${login}-2026`) =>
  (await auth.signIn(it.edge(anonymous('10.0.0.1')), { login, password })).token
const who = (token: string, ip = '10.0.0.1') => auth.whoHolds({ ...it.edge(), ip }, token)

/** The edge of a request that came with this session. */
async function signedIn(token: string, ip?: string) {
  const holder = await who(token, ip)
  if (!holder) throw new Error('Nobody holds this session.')
  return { holder, edge: it.edge(holder.actor) }
}

let tina: unknown
beforeAll(async () => {
  ;[tina] = await it.sql("select to_jsonb(u) as row from users u where login = 'demo-ten'")
})

beforeEach(async () => {
  it.clock.set('2026-11-21T12:00:00Z')
  await it.sql('delete from sessions')
  await it.sql('truncate sign_in_failures, mails')
  await it.sql(
    `update users u set password_hash = was.password_hash, locale = was.locale,
            must_change_password = was.must_change_password
       from jsonb_populate_record(null::users, $1) was where u.id = was.id`,
    [(tina as { row: unknown }).row],
  )
})

describe('a password', () => {
  const login = 'demo-ten'
  const change = async (
    token: string,
    newPassword: string,
    currentPassword = `${login}-2026`,
    ip?: string,
  ) => {
    const { holder, edge } = await signedIn(token, ip)
    return passwords.changePassword(
      { edge, signedIn: holder, outside },
      { currentPassword, newPassword },
    )
  }
  const choose = async (token: string, newPassword: string) => {
    const { holder, edge } = await signedIn(token)
    return passwords.firstPassword({ edge, signedIn: holder, outside }, { newPassword })
  }

  test('that is changed ends every other session, and the old one is of no use any more', async () => {
    const [mine, other] = [await signIn(login), await signIn(login)]
    await change(mine, 'correct horse battery')
    expect(await who(mine)).toBeDefined()
    expect(await who(other)).toBeUndefined()
    expect((await refused(signIn(login))).code).toBe('auth.sign_in_failed')
    expect(await signIn(login, 'correct horse battery')).toBeDefined()
  })

  test.each([
    ['correct horse battery', 'not the current one', 'auth.current_password_wrong'],
    ['password1234', 'demo-ten-2026', 'auth.password_too_common'],
    ['my demo-ten login', 'demo-ten-2026', 'auth.password_too_common'],
  ])('is not changed to %j by whoever says %j', async (next, current, code) => {
    const token = await signIn(login)
    expect((await refused(change(token, next, current))).code).toBe(code)
    expect(await signIn(login)).toBeDefined()
  })

  test('that must be changed is chosen without the current one, once, and not the same again', async () => {
    await change(await signIn(login), 'a first password')
    await it.sql('update users set must_change_password = true where login = $1', [login])
    const token = await signIn(login, 'a first password')
    expect((await who(token))?.mustChangePassword).toBe(true)
    expect((await refused(choose(token, 'a first password'))).code).toBe('auth.password_unchanged')

    await choose(token, 'a second password')
    expect((await who(token))?.mustChangePassword).toBe(false)
    expect((await refused(choose(token, 'a third password'))).code).toBe('auth.password_is_set')
  })

  describe('that is guessed at by whoever holds a session', () => {
    const guess = (token: string, current = 'a guess of mine') =>
      refused(change(token, 'correct horse battery', current))

    test('five times is not looked at for 30 seconds, even if it is right then', async () => {
      const token = await signIn(login)
      for (let n = 0; n < 5; n++) {
        expect((await guess(token)).code).toBe('auth.current_password_wrong')
      }
      expect(await guess(token, 'demo-ten-2026')).toMatchObject({
        kind: 'too_many',
        code: 'auth.sign_in_throttled',
        details: { seconds: 30 },
      })
      seconds(30)
      await change(token, 'correct horse battery')
    })

    test('forty times at once is looked at five times', async () => {
      const token = await signIn(login)
      const { done, refusals } = await outcomes(
        Array.from({ length: 40 }, () => change(token, 'correct horse battery', 'a guess')),
      )
      expect(done).toBe(0)
      const looked = refusals.filter(({ code }) => code === 'auth.current_password_wrong')
      expect(looked).toHaveLength(5)
    })

    test('now and then by its owner costs nothing: a right one forgives those before', async () => {
      const token = await signIn(login)
      const mistyped = (ip: string) => refused(change(token, 'first words', 'oh no', ip))
      for (let n = 0; n < 4; n++) await mistyped('10.0.1.1')
      await change(token, 'the first few words')
      for (let n = 0; n < 4; n++) await mistyped('10.0.1.2')
      await change(token, 'the second few words', 'the first few words', '10.0.1.3')
    })

    test('counts against the address it comes from, whosever it is', async () => {
      const address = '10.0.3.1'
      for (const other of ['demo-adam', 'demo-five', 'demo-john', 'demo-admin', 'demo-bamboo']) {
        await refused(change(await signIn(other), 'correct horse battery', 'a guess', address))
      }
      const token = await signIn(login)
      const refusal = await refused(change(token, 'correct horse battery', undefined, address))
      expect(refusal.code).toBe('auth.sign_in_throttled')
    })

    test('is no way to lock its owner out of signing in', async () => {
      const token = await signIn(login)
      for (let n = 0; n < 6; n++) await guess(token)
      const elsewhere = it.edge(anonymous('10.0.0.2'))
      await auth.signIn(elsewhere, { login, password: 'demo-ten-2026' })
    })

    test('is written down', async () => {
      const token = await signIn(login)
      await guess(token)
      expect(
        await it.sql(
          `select actor, entity_id, i_customer, ip from audit_rows
            where outcome = 'denied' and action = 'auth.change_password' order by id desc limit 1`,
        ),
      ).toEqual([{ actor: 'Tina Ten', entity_id: '4', i_customer: 46171, ip: '10.0.0.1' }])
    })
  })

  describe('that was changed', () => {
    test('is written down, once, with neither password', async () => {
      await it.sql('delete from audit_rows')
      await change(await signIn(login), 'correct horse battery')
      const written = await it.sql(
        `select actor, i_customer, before, after from audit_rows
          where outcome = 'done' and action = 'auth.change_password' and entity_id = '4'`,
      )
      expect(written).toEqual([{ actor: 'Tina Ten', i_customer: 46171, before: null, after: null }])
    })

    const mails = () =>
      it.sql<{ text: string }>('select to_address, kind, i_customer, subject, text from mails')

    test('is told of to its owner, by mail, without either password', async () => {
      await change(await signIn(login), 'correct horse battery')
      const [mail, ...more] = await mails()
      expect(more).toEqual([])
      expect(mail).toMatchObject({
        to_address: 'demo-ten@example.com',
        kind: 'password_changed',
        i_customer: 46171,
        subject: 'Your password at Panda Telecom was changed',
      })
      expect(mail!.text).toContain('the login demo-ten was changed on November 21, 2026')
      expect(mail!.text).toContain('https://portal.example/login')
      expect(mail!.text).not.toMatch(/correct horse|demo-ten-2026/)
    })

    test('is told of in the user’s language', async () => {
      await it.sql("update users set locale = 'es' where login = $1", [login])
      await change(await signIn(login), 'correct horse battery')
      expect((await mails())[0]).toMatchObject({ subject: expect.stringMatching(/contraseña/) })
    })

    test('is not told of where it was not', async () => {
      const token = await signIn(login)
      await refused(change(token, 'password1234'))
      await refused(change(token, 'correct horse battery', 'wrong'))
      expect(await mails()).toEqual([])
    })

    test('stays as it was where the mail can’t be written', async () => {
      const token = await signIn(login)
      await it.sql("alter table mails add constraint full_up check (kind <> 'password_changed')")
      await expect(change(token, 'correct horse battery')).rejects.toThrow()
      await it.sql('alter table mails drop constraint full_up')
      expect(await signIn(login)).toBeDefined()
    })
  })
})
