import { describe, expect, test } from 'vitest'
import { testDatabase } from '#server/testing/database.ts'
import { anna, openWorld, refusal } from './testing.ts'

const it = testDatabase()
const world = () => openWorld(it)
const site = 'panda'

const mailed = () =>
  it.sql<{ to_address: string; subject: string; text: string; html: string }>(
    `select to_address, subject, text, html from mails where kind = 'signup_resume' order by id`,
  )
const tokenIn = (text: string) => /#resume=([\w-]+)/.exec(text)![1]!

describe('a site', () => {
  test('shows its plans with what they cost, in the language asked for', async () => {
    const { trpc } = world().visitor()
    const shown = await trpc.site({ site, locale: 'es' })
    expect(shown).toMatchObject({
      title: 'Panda Telecom',
      locales: ['en', 'es'],
      cardFields: { kind: 'simulator', origin: 'https://bank.example' },
    })
    expect(
      shown.plans.map((p) => [p.code, p.activation, p.recurring[0]?.amount, p.per, p.currency]),
    ).toEqual([
      ['easycall', '5.00000', '9.99000', 'line', 'USD'],
      ['supercall', '0.00000', '19.99000', 'line', 'USD'],
      ['cloud-pbx', '0.00000', '6.00000', 'line', 'USD'],
      ['cloud-pbx-10', '0.00000', '30.00000', 'package', 'USD'],
    ])
    expect(shown.plans[0]!.headline).toBe('Una línea para todos los días')
    expect(shown.devices.map(({ code }) => code)).toContain('softphone')
  })

  test('that does not exist is not found, one that is closed takes nothing', async () => {
    const { trpc } = world().visitor()
    expect(await refusal(trpc.site({ site: 'nobody' }))).toMatchObject({
      kind: 'not_found',
      code: 'signup.site_unknown',
    })
    const bamboo = { site: 'bamboo' }
    await it.sql(`update signup_sites set open = false where slug = 'bamboo'`)
    expect(await trpc.site(bamboo)).toMatchObject({ open: false, title: 'Bamboo Phone' })
    const attempts = [
      () => trpc.choosePlan({ ...bamboo, plan: 'bamboo-voice', locale: 'en' }),
      () => trpc.findNumbers(bamboo),
      () => trpc.reachPayment(bamboo),
    ]
    for (const attempt of attempts) {
      expect(await refusal(attempt())).toMatchObject({ kind: 'gone', code: 'signup.site_closed' })
    }
    await it.sql(`update signup_sites set open = true where slug = 'bamboo'`)
  })
})

describe('a draft', () => {
  test('goes from step to step, and its quote with it', async () => {
    const { trpc } = world().visitor()
    expect(await trpc.draft({ site })).toBeNull()

    const begun = await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
    expect(begun).toMatchObject({ version: 1, step: 'address', quote: { dueToday: '15.74000' } })
    const addressed = await trpc.saveAddress({ site, version: 1, address: anna })
    expect(addressed).toMatchObject({ version: 2, step: 'phone', address: { city: 'Vancouver' } })
    const { numbers } = await trpc.findNumbers({ site })
    const held = await trpc.holdNumber({ site, number: numbers[0]!.number })
    expect(held).toMatchObject({ step: 'phone', hold: { extended: false, lapsed: false } })
    const ready = await trpc.chooseDevice({ site, version: held.version, device: 'softphone' })
    expect(ready).toMatchObject({ step: 'payment', device: { kind: 'softphone' } })
    expect((await trpc.reachPayment({ site })).hold?.extended).toBe(true)
    const changed = await trpc.choosePlan({ site, plan: 'cloud-pbx-10', locale: 'en' })
    expect(changed).toMatchObject({ step: 'payment', quote: { dueToday: '31.50000' } })
  })

  test('is seen by its own browser alone', async () => {
    const { visitor } = world()
    await visitor().prepare()
    expect(await visitor().trpc.draft({ site })).toBeNull()
    const stranger = visitor()
    stranger.jar.set('portico_signup_panda', 'a token that nobody was given, of 43 letters')
    expect(await stranger.trpc.draft({ site })).toBeNull()
    expect((await refusal(stranger.trpc.reachPayment({ site }))).code).toBe('signup.no_draft')
  })

  test('takes the last change again when its answer was lost: once done, twice answered', async () => {
    const { trpc } = world().visitor()
    await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
    const saved = await trpc.saveAddress({ site, version: 1, address: anna })
    expect(await trpc.saveAddress({ site, version: 1, address: anna })).toEqual(saved)

    const promo = await trpc.applyPromo({ site, version: 2, code: 'welcome' })
    expect(await trpc.applyPromo({ site, version: 2, code: 'welcome' })).toEqual(promo)
    const removed = await trpc.removePromo({ site, version: 3 })
    expect(await trpc.removePromo({ site, version: 3 })).toEqual(removed)
    expect((await refusal(trpc.removePromo({ site, version: 2 }))).code).toBe(
      'signup.draft_changed',
    )
  })

  test('changed in another tab is not overwritten by one that is behind', async () => {
    const { trpc } = world().visitor()
    await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
    await trpc.saveAddress({ site, version: 1, address: anna })
    const late = trpc.saveAddress({ site, version: 1, address: { ...anna, city: 'Burnaby' } })
    expect(await refusal(late)).toMatchObject({ kind: 'conflict', code: 'signup.draft_changed' })
    expect((await trpc.draft({ site }))?.address?.city).toBe('Vancouver')
  })

  test('of eight tabs that save at the same moment, one saves', async () => {
    const { trpc } = world().visitor()
    await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
    const saves = await Promise.allSettled(
      ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((city) =>
        trpc.saveAddress({ site, version: 1, address: { ...anna, city } }),
      ),
    )
    expect(saves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('that nobody touched for 14 days has lapsed, and choosing a plan begins another', async () => {
    const { trpc } = world().visitor()
    await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
    it.clock.advance(14 * 86_400_000)
    expect(await refusal(trpc.draft({ site }))).toMatchObject({
      kind: 'gone',
      code: 'signup.draft_lapsed',
    })
    const again = await trpc.choosePlan({ site, plan: 'supercall', locale: 'en' })
    expect(again).toMatchObject({ version: 1, plan: { code: 'supercall' } })
  })

  test('that is left lets its number go', async () => {
    const { visitor } = world()
    const { trpc, prepare, jar } = visitor()
    const { hold } = await prepare()
    await trpc.startOver({ site })
    expect(jar.size).toBe(0)
    expect(await trpc.draft({ site })).toBeNull()
    await visitor().prepare({ number: hold!.number })
  })

  test('takes only what the site offers', async () => {
    const { trpc } = world().visitor()
    const none = trpc.choosePlan({ site, plan: 'bamboo-voice', locale: 'en' })
    expect((await refusal(none)).code).toBe('signup.plan_unknown')
    await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
    const device = trpc.chooseDevice({ site, version: 1, device: 'grandstream-gxp2170' })
    expect((await refusal(device)).code).toBe('signup.device_not_offered')
    const promo = trpc.applyPromo({ site, version: 1, code: 'GREEN' })
    expect((await refusal(promo)).code).toBe('signup.promo_unknown')
  })

  test('a promo code counts in any case, until it is taken away or no longer valid', async () => {
    const { trpc } = world().visitor()
    await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
    const applied = await trpc.applyPromo({ site, version: 1, code: 'welcome' })
    expect(applied).toMatchObject({ promo: 'WELCOME', quote: { dueToday: '10.49000' } })
    await it.sql(`update promo_codes set valid_until = '2026-01-01' where code = 'WELCOME'`)
    expect(await trpc.draft({ site })).toMatchObject({
      promo: null,
      quote: { dueToday: '15.74000' },
    })
    await it.sql(`update promo_codes set valid_until = null where code = 'WELCOME'`)
    const { version } = (await trpc.draft({ site }))!
    expect((await trpc.removePromo({ site, version })).promo).toBeNull()
  })

  test('bills by the provider’s calendar where the browser names no zone we know', async () => {
    const { trpc } = world().visitor()
    await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
    const address = { ...anna, timeZone: 'Mars/Olympus' }
    const saved = await trpc.saveAddress({ site, version: 1, address })
    expect(saved.address?.timeZone).toBe('America/Vancouver')
  })

  test('the first day is the one on the prospect’s calendar', async () => {
    it.clock.set('2026-11-21T12:00:00Z')
    const { trpc } = world().visitor()
    await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
    const tokyo = { ...anna, timeZone: 'Pacific/Auckland' }
    const { quote } = await trpc.saveAddress({ site, version: 1, address: tokyo })
    expect(quote).toMatchObject({ periodFrom: '2026-11-22', nextCharge: '2026-12-22' })
  })

  test('whose hold lapsed may keep its number, and loses it to who comes first', async () => {
    const { visitor } = world()
    const { trpc, prepare } = visitor()
    const { hold } = await prepare()
    const { number } = hold!
    await it.sql(`update numbers set hold_until = now() - interval '1 second' where number = $1`, [
      number,
    ])
    expect(await trpc.draft({ site })).toMatchObject({ step: 'payment', hold: { lapsed: true } })
    await visitor('192.0.2.77').prepare({ number })
    expect(await trpc.draft({ site })).toMatchObject({ step: 'phone', hold: null })
  })
})

describe('a language switched to in the middle', () => {
  test('is that of the pages at once, and of the mailed link', async () => {
    const { trpc, jar, prepare } = world().visitor()
    const begun = await prepare()
    expect(begun.plan.headline).toBe('A phone line for every day')
    jar.set('portico_locale', 'es')
    expect((await trpc.draft({ site }))?.plan.headline).toBe('Una línea para todos los días')
    await trpc.mailResume({ site })
    expect((await mailed()).at(-1)!.html).toContain('lang="es"')
  })

  test('is kept with the next change, for a browser that has switched to none', async () => {
    const { trpc, jar } = world().visitor()
    await trpc.choosePlan({ site, plan: 'easycall', locale: 'en' })
    jar.set('portico_locale', 'es')
    await trpc.saveAddress({ site, version: 1, address: anna })
    jar.delete('portico_locale')
    expect((await trpc.draft({ site }))?.plan.headline).toBe('Una línea para todos los días')
  })

  test('that the site does not speak changes nothing', async () => {
    const { trpc, jar } = world().visitor()
    await trpc.choosePlan({ site, plan: 'easycall', locale: 'es' })
    jar.set('portico_locale', 'fr')
    expect((await trpc.draft({ site }))?.plan.headline).toBe('Una línea para todos los días')
  })
})

describe('a mailed link', () => {
  test('continues in a second browser, once, and the first one goes on, too', async () => {
    const { visitor } = world()
    const first = visitor()
    await first.prepare()
    await first.trpc.mailResume({ site })
    const mail = (await mailed()).at(-1)!
    expect(mail.to_address).toBe('anna@lee.example')

    const second = visitor('198.51.100.4')
    const token = tokenIn(mail.text)
    const there = await second.trpc.resume({ site, token })
    expect(there).toMatchObject({ step: 'payment', address: { firstName: 'Anna' } })
    await second.trpc.choosePlan({ site, plan: 'supercall', locale: 'en' })
    expect((await first.trpc.draft({ site }))?.plan.code).toBe('supercall')
    expect((await refusal(visitor().trpc.resume({ site, token }))).code).toBe('auth.link_lapsed')
  })

  test('lapses after a day', async () => {
    const { visitor } = world()
    const { trpc, prepare } = visitor()
    await prepare()
    await trpc.mailResume({ site })
    const token = tokenIn((await mailed()).at(-1)!.text)
    it.clock.advance(24 * 3_600_000)
    expect((await refusal(visitor().trpc.resume({ site, token }))).code).toBe('auth.link_lapsed')
  })

  test('is sent once in five minutes, and the answer never tells', async () => {
    const { visitor } = world()
    const { trpc, prepare } = visitor()
    const before = (await mailed()).length
    expect(await trpc.mailResume({ site })).toEqual({ sent: true })
    await prepare()
    expect(await trpc.mailResume({ site })).toEqual({ sent: true })
    expect(await trpc.mailResume({ site })).toEqual({ sent: true })
    expect(await mailed()).toHaveLength(before + 1)
    it.clock.advance(5 * 60_000)
    await trpc.mailResume({ site })
    expect(await mailed()).toHaveLength(before + 2)
  })

  test('the database can’t make the cookie, nor does it hold the link', async () => {
    const { visitor } = world()
    const { trpc, prepare, jar } = visitor()
    await prepare()
    await trpc.mailResume({ site })
    const secrets = [jar.get('portico_signup_panda')!]
    const rows = await it.sql(
      'select d::text from signup_drafts d union all select t::text from one_time_tokens t',
    )
    for (const secret of secrets) expect(JSON.stringify(rows)).not.toContain(secret)
  })
})
