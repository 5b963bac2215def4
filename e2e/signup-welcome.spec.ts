import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { cards } from './prospect.ts'
import { digits, enterSelfcare, expect, heading, signUp, someone, test } from './signup.ts'

/** A credential on the page, which a button beside it copies. */
async function credential(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: `Copy ${name}`, exact: true }).click()
  return page.evaluate(() => navigator.clipboard.readText())
}

test('passwords are shown once: not after a reload, not in another tab, not in the database', async ({
  page,
  context,
  books,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const person = someone()
  const number = await signUp(page, { person, card: cards.approved })
  const other = await context.newPage()
  await other.goto('/signup/panda/done')

  await page.getByRole('button', { name: 'Show my passwords' }).click()
  expect(await credential(page, 'Login')).toBe(person.email)
  expect(await credential(page, 'User name')).toBe(digits(number))
  const [first, sip] = [
    await credential(page, 'First password'),
    await credential(page, 'SIP password'),
  ]
  expect(first.length).toBeGreaterThanOrEqual(12)
  expect(sip.length).toBeGreaterThanOrEqual(12)

  await other.getByRole('button', { name: 'Show my passwords' }).click()
  await expect(other.getByText('They have been shown already')).toBeVisible()
  await page.reload()
  await expect(page.getByText('They have been shown already')).toBeVisible()
  await expect(page.getByText(first)).toBeHidden()
  const { sealed } = await books.row<{ sealed: string | null }>(
    `select credentials_sealed as sealed from signup_orders
      where submitted->'address'->>'email' = $1`,
    [person.email],
  )
  expect(sealed).toBeNull()
})

test('the first password signs in, and opens nothing before another one is chosen', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const person = someone()
  await signUp(page, { person, card: cards.approved })
  await page.getByRole('button', { name: 'Show my passwords' }).click()
  const first = await credential(page, 'First password')

  await page.goto('/login')
  await page.getByRole('textbox', { name: 'Login' }).fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(first)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(heading(page, 'Choose your password')).toBeVisible()
  for (const address of ['/', '/numbers', '/settings/sessions']) {
    await page.goto(address)
    await expect(heading(page, 'Choose your password')).toBeVisible()
  }
})

test('the confirmation’s way into self-care closes once the password is one’s own', async ({
  page,
  context,
}) => {
  const person = someone()
  await signUp(page, { person, card: cards.approved })
  const other = await context.newPage()
  await other.goto('/signup/panda/done')
  await enterSelfcare(page, person)

  await other.getByRole('button', { name: 'Open self-care' }).click()
  await expect(other.getByText('This page no longer opens self-care.')).toBeVisible()
  await expect(other.getByRole('link', { name: 'Sign in' })).toBeVisible()
})

const phones = [
  {
    phone: 'Yealink T54W',
    file: /\.cfg$/,
    says: (user: string) => [`account.1.user_name = ${user}`, 'account.1.enable = 1'],
  },
  {
    phone: 'Grandstream GRP2612',
    file: /\.xml$/,
    says: (user: string) => ['<gs_provision', `<P35>${user}</P35>`],
  },
  {
    phone: 'Linphone Softphone app',
    file: /\.xml$/,
    says: (user: string) => ['<section name="proxy_0">', `sip:${user}@sip.panda.example`],
  },
] as const

for (const { phone, file, says } of phones) {
  test(`${phone}: its configuration is downloaded in its own format, by a link that opens once`, async ({
    page,
    request,
  }) => {
    const number = await signUp(page, { person: someone(), card: cards.approved, phone })
    await expect(page.getByRole('heading', { name: `Set up your ${phone}` })).toBeVisible()
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download configuration' }).click()
    const download = await coming
    expect(download.suggestedFilename()).toMatch(file)
    const content = await readFile((await download.path())!, 'utf8')
    for (const line of says(digits(number))) expect(content).toContain(line)

    const again = await request.get(download.url())
    expect(again.status()).toBe(410)
    expect(await again.text()).not.toContain(digits(number))

    const next = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download configuration' }).click()
    expect((await next).url()).not.toBe(download.url())
  })
}

test('a softphone is set up by a code to scan', async ({ page }) => {
  await signUp(page, { person: someone(), card: cards.approved, phone: 'Softphone' })
  await page.getByRole('button', { name: 'Show QR code' }).click()
  await expect(page.getByRole('img', { name: 'QR code that sets up the softphone' })).toBeVisible()
  const until = page.getByText('Opens once, until').locator('time')
  const expires = new Date((await until.getAttribute('datetime'))!)
  // By the reader's clock, also on the very first visit.
  const here = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'America/Vancouver' } as const
  await expect(until).toHaveText(expires.toLocaleString('en-US', here))
})

test('the phone of a line is set up again from self-care: another model, a new link', async ({
  page,
  accessible,
}) => {
  const person = someone()
  const number = await signUp(page, { person, card: cards.approved, phone: 'Softphone' })
  await enterSelfcare(page, person)
  await page.getByRole('link', { name: 'Numbers', exact: true }).click()
  await page.getByRole('button', { name: 'Set up the phone' }).click()
  const drawer = page.getByRole('dialog', { name: `Phone of ${number}` })
  await drawer.getByRole('button', { name: 'Make a configuration link' }).click()
  await expect(drawer.getByRole('img', { name: 'Scan this with the softphone' })).toBeVisible()
  await accessible()

  await drawer.getByRole('button', { name: 'Another phone' }).click()
  await drawer.getByRole('radio', { name: /Yealink T54W/ }).check()
  await drawer.getByRole('button', { name: 'Use this phone' }).click()
  await drawer.getByRole('button', { name: 'Make a configuration link' }).click()
  const coming = page.waitForEvent('download')
  await drawer.getByRole('link', { name: 'Download the file' }).click()
  const content = await readFile((await (await coming).path())!, 'utf8')
  expect(content).toContain(digits(number))
})
