import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { money } from '#server/kernel/money.ts'
import { openLog } from '#server/runtime/log.ts'
import { GatewayMisuse, GatewayUnknown, GatewayUnreachable } from './gateway.ts'
import { openBank } from './simulator/bank.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts'

const shop = 'http://shop.example'
const running: Simulator[] = []
const folder = () => join(mkdtempSync(join(tmpdir(), 'simulator-')), 'journal')

async function start(change: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({
    host: '127.0.0.1',
    journalPath: folder(),
    allowedParents: [shop],
    timeoutMs: 250,
    log: openLog('silent'),
    ...change,
  })
  running.push(simulator)
  return simulator
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

const typed = (number: string) => ({ number, expiry: '12 / 40', cvc: '123' })

const postToken = (origin: string, card: object, headers: Record<string, string> = {}) =>
  fetch(`${origin}/tokens`, { method: 'POST', body: JSON.stringify(card), headers })

async function tokenFor(origin: string, number: string): Promise<string> {
  const response = await postToken(origin, typed(number))
  const { token } = (await response.json()) as { token: string }
  return token
}

const order = { amount: money('14.99'), currency: 'USD', orderRef: 'order-1' }

/** An intent for this card, created and not confirmed. */
async function intentFor(
  { origin, gateway }: Simulator,
  number: string,
  key = 'o1',
): Promise<string> {
  const token = await tokenFor(origin, number)
  const created = await gateway.createIntent({ ...order, key: `${key}:create`, token })
  if (created.state !== 'created') throw new Error(`expected an intent, got ${created.state}`)
  return created.intent
}

async function challengeFor(simulator: Simulator) {
  const intent = await intentFor(simulator, '4000 0000 0000 3220')
  const asked = await simulator.gateway.confirm({ key: 'o1:confirm', intent })
  if (asked.state !== 'requires_action') throw new Error(`expected a challenge, got ${asked.state}`)
  return { intent, url: asked.challengeUrl }
}

const answerChallenge = (url: string, form: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })

describe('test cards', () => {
  test.each([
    ['4242 4242 4242 4242', { state: 'authorized', amount: money('14.99') }],
    ['5555 5555 5555 4444', { state: 'authorized', card: { brand: 'mastercard', last4: '4444' } }],
    ['4000 0000 0000 0002', { state: 'declined', code: 'card_declined' }],
    ['4000 0000 0000 9995', { state: 'declined', code: 'insufficient_funds' }],
    ['4000 0000 0000 0069', { state: 'declined', code: 'expired_card' }],
    ['4000 0000 0000 0127', { state: 'declined', code: 'incorrect_cvc' }],
    ['4000 0000 0000 3220', { state: 'requires_action' }],
    // Any other number that starts like these, for stories with many cards.
    ['4242 4200 0000 0000', { state: 'authorized' }],
    ['4000 0000 0000 1000', { state: 'declined', code: 'card_declined' }],
  ])('%s is %o', async (number, outcome) => {
    const simulator = await start()
    const intent = await intentFor(simulator, number)

    const confirmed = await simulator.gateway.confirm({ key: 'o1:confirm', intent })

    expect(confirmed).toMatchObject({ intent, ...outcome })
  })

  test('time-out after approval: no answer, once; looked up or asked again, it is authorized', async () => {
    const simulator = await start()
    const { gateway } = simulator
    const intent = await intentFor(simulator, '4000 0000 0000 0119')

    await expect(gateway.confirm({ key: 'c', intent })).rejects.toThrow(GatewayUnknown)

    expect(await gateway.lookup({ intent })).toMatchObject({ state: 'authorized' })
    expect(await gateway.confirm({ key: 'c', intent })).toMatchObject({ state: 'authorized' })
  })

  test('captured, and the answer lost: asked again with the same key it is captured, once', async () => {
    const simulator = await start()
    const { gateway, control } = simulator
    const intent = await intentFor(simulator, '4000 0000 0000 0259')
    await gateway.confirm({ key: 'c', intent })
    const capture = { key: 'p', intent, amount: money('14.99') }

    await expect(gateway.capture(capture)).rejects.toThrow(GatewayUnknown)

    expect(await gateway.capture(capture)).toMatchObject({ state: 'captured' })
    expect(control.sums().captured).toBe(money('14.99'))
  })

  test('a card whose capture is refused fails for good', async () => {
    const simulator = await start()
    const intent = await intentFor(simulator, '4000 0000 0000 0077')
    await simulator.gateway.confirm({ key: 'c', intent })

    const refused = await simulator.gateway.capture({ key: 'p', intent, amount: money('14.99') })

    expect(refused).toEqual({ state: 'failed', intent, code: 'capture_refused' })
  })

  test.each([
    ['4242 4242 4242 4242', 'authorized', 'authorized'],
    ['4000 0000 0000 3220', 'authorized', 'requires_action'],
    ['4000 0027 6000 3184', 'requires_action', 'requires_action'],
    ['4000 0000 0000 0341', 'declined', 'declined'],
  ])('%s on file is %s when its holder is not there, %s when there', async (number, off, on) => {
    const simulator = await start()
    const { gateway, control } = simulator
    await intentFor(simulator, number)
    const method = control.intents()[0]!.method
    const pay = async (key: string, offSession: boolean) => {
      const created = await gateway.createIntent({ ...order, key, method })
      const intent = created.state === 'created' ? created.intent : ''
      return gateway.confirm({ key: `${key}:c`, intent, offSession })
    }

    expect(await pay('renewal', true)).toMatchObject({ state: off })
    expect(await pay('by-hand', false)).toMatchObject({ state: on })
  })
})

describe('keys', () => {
  test('the same key gives the same answer, and the effect once', async () => {
    const simulator = await start()
    const { gateway, control } = simulator
    const token = await tokenFor(simulator.origin, '4242 4242 4242 4242')
    const ask = { ...order, key: 'k', token }

    const [first, second] = await Promise.all([
      gateway.createIntent(ask),
      gateway.createIntent(ask),
    ])

    expect(second).toEqual(first)
    expect(control.intents()).toHaveLength(1)
    expect(control.calls('create', 'k')).toBe(2)
  })

  test('the same key for something else is refused as our mistake', async () => {
    const { gateway, origin } = await start()
    const token = await tokenFor(origin, '4242 4242 4242 4242')
    await gateway.createIntent({ ...order, key: 'k', token })

    const other = gateway.createIntent({ ...order, key: 'k', token, amount: money('15') })

    await expect(other).rejects.toThrow(GatewayMisuse)
  })

  test('a canceled intent can not be authorized by a confirmation that is late', async () => {
    const simulator = await start()
    const { gateway, control } = simulator
    const intent = await intentFor(simulator, '4242 4242 4242 4242')

    expect(await gateway.cancel({ key: 'x', intent })).toMatchObject({ state: 'canceled' })

    expect(await gateway.confirm({ key: 'c', intent })).toMatchObject({ state: 'canceled' })
    expect(control.sums().authorized).toBe(0n)
  })

  test('what is captured can not be canceled, nor more captured than was authorized', async () => {
    const simulator = await start()
    const { gateway } = simulator
    const intent = await intentFor(simulator, '4242 4242 4242 4242')
    await gateway.confirm({ key: 'c', intent })

    const tooMuch = gateway.capture({ key: 'p1', intent, amount: money('15') })
    await expect(tooMuch).rejects.toThrow(GatewayMisuse)
    await gateway.capture({ key: 'p2', intent, amount: money('14.99') })

    expect(await gateway.cancel({ key: 'x', intent })).toMatchObject({ state: 'captured' })
  })
})

describe('a gateway in trouble', () => {
  test('not reached is told from not answered, and is unknown to whoever does not care', async () => {
    const { gateway, control } = await start()

    await control.down()

    const asked = gateway.lookup({ intent: 'pi_1' })
    await expect(asked).rejects.toThrow(GatewayUnreachable)
    await expect(asked).rejects.toThrow(GatewayUnknown)

    await control.up()
    expect(await gateway.lookup({ intent: 'pi_1' })).toEqual({ state: 'not_found' })
  })

  test('no answer is unknown, whether it was done or not', async () => {
    const simulator = await start()
    const intent = await intentFor(simulator, '4242 4242 4242 4242')
    const { gateway, control } = simulator
    const confirm = () => gateway.confirm({ key: 'c', intent })

    control.fail('lose_request', 'confirm')
    await expect(confirm()).rejects.toThrow(GatewayUnknown)
    expect(await gateway.lookup({ intent })).toMatchObject({ state: 'created' })

    control.fail('break', 'confirm')
    await expect(confirm()).rejects.toThrow(GatewayUnknown)

    control.fail('lose_answer', 'confirm')
    await expect(confirm()).rejects.toThrow(GatewayUnknown)
    expect(await gateway.lookup({ intent })).toMatchObject({ state: 'authorized' })
  })

  test('only our server is answered', async () => {
    const { origin } = await start()

    const asked = await fetch(`${origin}/v1/intents`, {
      method: 'POST',
      headers: { authorization: 'Bearer guess', 'idempotency-key': 'k' },
      body: '{}',
    })

    expect(asked.status).toBe(401)
  })

  test('killed with no warning, it still knows what it answered; a torn last line was never answered', async () => {
    const journalPath = folder()
    const script = `
      import { startSimulator } from '#server/payments/simulator.ts'
      import { openLog } from '#server/runtime/log.ts'
      import { money } from '#server/kernel/money.ts'
      const s = await startSimulator({ host: '127.0.0.1', journalPath: ${JSON.stringify(journalPath)}, allowedParents: [], log: openLog('silent') })
      const made = await fetch(s.origin + '/tokens', { method: 'POST', body: ${JSON.stringify(JSON.stringify(typed('4242 4242 4242 4242')))} })
      const { token } = await made.json()
      const created = await s.gateway.createIntent({ key: 'k', amount: money('14.99'), currency: 'USD', orderRef: 'o', token })
      await s.gateway.confirm({ key: 'c', intent: created.intent })
      console.log(JSON.stringify({ intent: created.intent, origin: s.origin }))`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script])
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    child.kill('SIGKILL')
    await once(child, 'exit')
    const { intent, origin } = JSON.parse(line.toString()) as { intent: string; origin: string }
    appendFileSync(journalPath, '{"intent":{"intent":"pi_to')

    const again = await start({ journalPath })

    expect(again.origin).toBe(origin)
    expect(await again.gateway.confirm({ key: 'c', intent })).toMatchObject({ state: 'authorized' })
    expect(again.control.intents()).toHaveLength(1)
  })
})

test('a card it forgot stays forgotten, whatever comes of its payments and however often it is started', () => {
  const path = folder()
  const open = () => openBank(path, Buffer.alloc(32, 7), () => new Date())
  const ask = { amount: '14.99', currency: 'USD', orderRef: 'order-1' }
  const bank = open()
  const made = bank.tokenize({ number: '4242424242424242', expiry: '12/40', cvc: '123' })
  const { outcome } = bank.create('k', { ...ask, token: 'token' in made ? made.token : '' })
  const intent = outcome.state === 'created' ? outcome.intent : ''
  const told = bank.confirm('c', intent).outcome
  const method = told.state === 'authorized' ? told.method : ''
  bank.forget(method)
  bank.capture('p', intent, '14.99')
  expect(bank.create('now', { ...ask, method }).outcome).toMatchObject({ state: 'declined' })
  bank.close()

  for (const key of ['later', 'and later']) {
    const again = open()
    expect(again.create(key, { ...ask, method }).outcome).toMatchObject({ state: 'declined' })
    again.close()
  }
})

describe('tokens', () => {
  test('are good for one intent', async () => {
    const { gateway, origin } = await start()
    const token = await tokenFor(origin, '4242 4242 4242 4242')
    await gateway.createIntent({ ...order, key: 'a', token })

    const second = await gateway.createIntent({ ...order, key: 'b', token })

    expect(second).toMatchObject({ state: 'declined', code: 'token_expired', intent: null })
  })

  test('lapse after 15 minutes', async () => {
    let now = new Date('2026-11-21T12:00:00Z')
    const { gateway, origin } = await start({ now: () => now })
    const token = await tokenFor(origin, '4242 4242 4242 4242')

    now = new Date('2026-11-21T12:15:01Z')

    const late = await gateway.createIntent({ ...order, key: 'a', token })
    expect(late).toMatchObject({ state: 'declined', code: 'token_expired' })
  })

  test.each([
    [{ number: '4242 4242 4242 4241' }, { number: 'invalid' }],
    [{ number: '4242 4242' }, { number: 'incomplete' }],
    [{ number: '4111 1111 1111 1111' }, { number: 'test_cards_only' }],
    [{ expiry: '10 / 26' }, { expiry: 'past' }],
    [{ expiry: '13 / 30' }, { expiry: 'invalid' }],
    [{ cvc: '12' }, { cvc: 'incomplete' }],
    [{ number: '3782 822463 10005', cvc: '123' }, { cvc: 'incomplete' }],
    [
      { number: '', expiry: '', cvc: '' },
      { number: 'required', expiry: 'required', cvc: 'required' },
    ],
  ])('of %o are refused with %o', async (change, fields) => {
    const { origin } = await start({ now: () => new Date('2026-11-21T12:00:00Z') })

    const refused = await postToken(origin, { ...typed('4242 4242 4242 4242'), ...change })

    expect(refused.status).toBe(422)
    expect(await refused.json()).toEqual({ fields })
  })

  test('a card good to the end of this month is good', async () => {
    const { origin } = await start({ now: () => new Date('2026-11-30T23:00:00Z') })
    const card = { ...typed('4242 4242 4242 4242'), expiry: '11/2026' }
    expect((await postToken(origin, card)).status).toBe(200)
  })

  test('no card number is left anywhere, and the fingerprint of a card is always the same', async () => {
    const journalPath = folder()
    const simulator = await start({ journalPath })
    await intentFor(simulator, '4242 4242 4242 4242', 'a')
    await intentFor(simulator, '4242424242424242', 'b')
    await intentFor(simulator, '4000 0000 0000 0002', 'c')

    const left = readdirSync(join(journalPath, '..')).map((file) =>
      readFileSync(join(journalPath, '..', file), 'latin1'),
    )
    const [a, b, c] = simulator.control.intents().map(({ card }) => card.facts.fingerprint)

    expect(left.join('\n')).not.toMatch(/4242424242424242|4242 4242|4000000000000002|4000 0000/)
    expect(a).toBe(b)
    expect(a).not.toBe(c)
  })

  test('are made for the simulator’s own page only', async () => {
    const { origin } = await start()
    const card = typed('4242 4242 4242 4242')
    expect((await postToken(origin, card, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})

describe('pages', () => {
  test('the card fields are shown inside known sites only', async () => {
    const { origin, gateway } = await start()
    const config = gateway.clientConfig()
    const fieldsUrl = config.kind === 'simulator' ? config.fieldsUrl : ''

    const known = await fetch(`${fieldsUrl}?parent=${shop}&locale=es`)
    const stranger = await fetch(`${fieldsUrl}?parent=http://evil.example`)

    expect(fieldsUrl).toBe(`${origin}/fields`)
    expect(known.headers.get('content-security-policy')).toContain(`frame-ancestors ${shop}`)
    expect(await known.text()).toMatch(/lang="es"[\s\S]*Número de tarjeta/)
    expect(stranger.status).toBe(403)
  })

  test.each(['fields.js', 'fields.css', 'challenge.js', 'challenge.css', 'inter.woff2'])(
    'bring their own %s',
    async (file) => {
      const { origin } = await start()
      expect((await fetch(`${origin}/${file}`)).status).toBe(200)
    },
  )

  test('a challenge approved authorizes, and tells the page around it', async () => {
    const simulator = await start()
    const { intent, url } = await challengeFor(simulator)

    const shown = await (await fetch(`${url}?parent=${shop}`)).text()
    const answered = await answerChallenge(url, { verdict: 'approve', parent: shop })
    const done = await (await fetch(answered.headers.get('location')!)).text()

    expect(shown).toMatch(/pay \$14\.99 with your card ending in 3220/)
    expect(done).toContain(`data-parent="${shop}" data-done="${intent}"`)
    expect(await simulator.gateway.lookup({ intent })).toMatchObject({ state: 'authorized' })
  })

  test('a challenge declined declines, and a second answer changes nothing', async () => {
    const simulator = await start()
    const { intent, url } = await challengeFor(simulator)

    await answerChallenge(url, { verdict: 'decline' })
    await answerChallenge(url, { verdict: 'approve' })

    const found = await simulator.gateway.lookup({ intent })
    expect(found).toMatchObject({ state: 'declined', code: 'authentication_failed' })
  })

  test('a challenge of a canceled payment can not be approved', async () => {
    const simulator = await start()
    const { intent, url } = await challengeFor(simulator)
    await simulator.gateway.cancel({ key: 'x', intent })

    await answerChallenge(url, { verdict: 'approve' })

    expect(await simulator.gateway.lookup({ intent })).toMatchObject({ state: 'canceled' })
  })

  test('after a challenge the way leads back to known sites only', async () => {
    const simulator = await start()
    const { intent, url } = await challengeFor(simulator)

    const away = await answerChallenge(url, { verdict: 'approve', return: 'http://evil.example/x' })
    expect(away.status).toBe(403)
    expect(await simulator.gateway.lookup({ intent })).toMatchObject({ state: 'requires_action' })

    const back = await answerChallenge(url, { verdict: 'approve', return: `${shop}/signup?step=1` })
    expect(back.status).toBe(303)
    expect(back.headers.get('location')).toBe(`${shop}/signup?step=1&intent=${intent}`)

    const again = await fetch(`${url}?return=${shop}/signup`, { redirect: 'manual' })
    expect(again.headers.get('location')).toBe(`${shop}/signup?intent=${intent}`)
  })
})
