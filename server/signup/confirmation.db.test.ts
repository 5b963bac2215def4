import { beforeEach, expect, test } from 'vitest'
import * as auth from '#server/auth/service.ts'
import * as devices from '#server/devices/service.ts'
import { anonymous } from '#server/runtime/actor.ts'
import { testDatabase } from '#server/testing/database.ts'
import { anna, openWorld, refusal } from './testing.ts'

const it = testDatabase()
const site = 'panda'
let n = 0

beforeEach(() => it.clock.set('2026-11-21T12:00:00Z'))

async function signedUp(plan = 'easycall', device = 'softphone') {
  const visitor = openWorld(it).visitor()
  const email = `anna-${n++}@lee.example`
  await visitor.prepare({ plan, device, address: { ...anna, email } })
  await visitor.press()
  return { ...visitor, email }
}

test('shows everything about the signup but its secrets', async () => {
  const { trpc, email } = await signedUp('cloud-pbx')
  const shown = await trpc.confirmation({ site })
  expect(shown).toMatchObject({
    planName: 'Cloud PBX',
    kind: 'pbx',
    extension: '101',
    device: { code: 'softphone' },
    paid: '6.30000',
    currency: 'USD',
    card: { brand: 'visa', last4: '4242' },
    login: email,
    email,
    credentialsWaiting: true,
  })
  expect(shown.invoice).toMatch(/^INV-2026-\d{6}$/)
})

test('shows the first passwords once, and they open self-care and the phone', async () => {
  const { trpc, email } = await signedUp()
  const { sip, selfcare } = await trpc.reveal({ site })
  expect(sip).toMatchObject({ domain: expect.stringContaining('.') })
  expect(await trpc.confirmation({ site })).toMatchObject({ credentialsWaiting: false })
  expect(await refusal(trpc.reveal({ site }))).toMatchObject({
    kind: 'gone',
    code: 'signup.credentials_shown',
  })

  const { token } = await auth.signIn(it.edge(anonymous('192.0.2.1')), {
    login: email,
    password: selfcare.password,
  })
  expect(await auth.whoHolds({ ...it.edge(), ip: '192.0.2.1' }, token)).toMatchObject({
    mustChangePassword: true,
    actor: { realm: 'customer' },
  })
  const { url } = await trpc.configLink({ site })
  const file = await devices.openConfig(it.edge(), url.split('/').at(-1)!, 'test')
  expect(file.body).toContain(sip.password)
})

test('of six who reveal at the same moment, one gets the passwords', async () => {
  const { trpc } = await signedUp()
  const six = [1, 2, 3, 4, 5, 6]
  // Each has its connection already, or the first would be done before the second begins.
  await Promise.all(six.map(() => trpc.confirmation({ site })))
  const all = await Promise.allSettled(six.map(() => trpc.reveal({ site })))
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('no first password lies open in the database', async () => {
  const { trpc } = await signedUp()
  const before = JSON.stringify(await it.sql('select o::text from signup_orders o'))
  const { sip, selfcare } = await trpc.reveal({ site })
  expect(before).not.toContain(sip.password)
  expect(before).not.toContain(selfcare.password)
})

test('a softphone gets its file as a QR code, a desk phone as a link', async () => {
  const soft = await signedUp()
  expect((await soft.trpc.configLink({ site })).qr).toMatchObject({ size: expect.any(Number) })
  const desk = await signedUp('easycall', 'yealink-t31p')
  expect((await desk.trpc.configLink({ site })).qr).toBeNull()
})

test('opens self-care without a password, once a door', async () => {
  const { trpc } = await signedUp()
  const { door } = await trpc.openSelfcare({ site })
  const edge = it.edge(anonymous('192.0.2.1'))
  await auth.enterByDoor(edge, { door })
  await expect(auth.enterByDoor(edge, { door })).rejects.toMatchObject({ code: 'auth.link_lapsed' })
})

test('opens nothing any more once the password was chosen, or after a day', async () => {
  const used = await signedUp()
  await it.sql('update users set must_change_password = false where login = $1', [used.email])
  expect((await refusal(used.trpc.openSelfcare({ site }))).code).toBe('signup.confirmation_closed')

  const late = await signedUp()
  it.clock.advance(25 * 3_600_000)
  expect((await refusal(late.trpc.openSelfcare({ site }))).code).toBe('signup.confirmation_closed')
  expect((await refusal(late.trpc.configLink({ site }))).code).toBe('signup.confirmation_closed')
})

test('is nobody else’s', async () => {
  await signedUp()
  const stranger = openWorld(it).visitor()
  await stranger.prepare({ address: { ...anna, email: 'stranger@lee.example' } })
  for (const look of [
    () => stranger.trpc.confirmation({ site }),
    () => stranger.trpc.reveal({ site }),
    () => stranger.trpc.configLink({ site }),
    () => stranger.trpc.openSelfcare({ site }),
  ]) {
    expect(await refusal(look())).toMatchObject({ kind: 'not_found', code: 'signup.not_completed' })
  }
})
