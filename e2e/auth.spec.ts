import type { Page } from '@playwright/test'
import { prospect } from './prospect.ts'
import {
  anotherBrowser,
  ask,
  colleagueOf,
  demo,
  expect,
  fillSignIn,
  heading,
  refusalOf,
  signIn,
  tell,
  test,
  userMenu,
} from './selfcare.ts'

const rooms = [
  { who: 'admin', path: '/admin', title: 'Overview', role: 'Administrator', notTheirs: '/' },
  { who: 'bamboo', path: '/admin', title: 'Overview', role: 'Reseller', notTheirs: '/extensions' },
  { who: 'adam', path: '/', title: 'Hello, Adam', role: 'ABC Company', notTheirs: '/admin' },
  { who: 'john', path: '/', title: 'Hello, John', role: 'ABC Company', notTheirs: '/extensions' },
] as const

for (const { who, path, title, role, notTheirs } of rooms) {
  test(`demo-${who} signs in to ${path}, and is led back there from ${notTheirs}`, async ({
    page,
  }) => {
    await signIn(page, demo(who))
    await expect(heading(page, title)).toBeVisible()
    await expect(page).toHaveURL(path)
    await expect(page.getByRole('main')).toContainText(role)

    await page.goto(notTheirs)
    await expect(heading(page, title)).toBeVisible()
    await expect(page).toHaveURL(path)
  })
}

const refusal = (page: Page) => page.getByRole('alert').getByText('Login or password is not right.')
const refusedAt = (page: Page) => expect(refusal(page)).toBeVisible()

test('a wrong password and an unknown user get the same answer, and the login typed stays', async ({
  page,
  books,
}) => {
  const { login } = await colleagueOf(books, 'adam')
  const answers: unknown[] = []
  for (const known of [login, 'nobody-of-this-name']) {
    await page.goto('/login')
    const answered = page.waitForResponse('**/api/auth/callback/password')
    await fillSignIn(page, { login: known, password: 'not the password' })
    const answer = await answered
    answers.push([answer.status(), await answer.text()])
    await refusedAt(page)
    await expect(page.getByRole('textbox', { name: 'Login' })).toHaveValue(known)
    await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  }
  expect(answers[1]).toEqual(answers[0])

  // What the fields say is newer: the refusal was of what is no longer there.
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Fill this in.')).toBeVisible()
  await expect(refusal(page)).toBeHidden()
})

test('after five failures even the right password waits, counted down to the second', async ({
  page,
  books,
}) => {
  const who = await colleagueOf(books, 'adam')
  await page.clock.install()
  await page.goto('/login')
  for (let failure = 1; failure <= 5; failure++) {
    const answered = page.waitForResponse('**/api/auth/callback/password')
    await fillSignIn(page, { ...who, password: `wrong, ${failure}` })
    await answered
    await refusedAt(page)
  }

  await fillSignIn(page, who)
  await expect(page.getByRole('timer')).toHaveText(/You can try again in: 0:(30|2\d) left/)
  const button = page.getByRole('button', { name: 'Sign in' })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(button).toHaveAccessibleDescription(/Wait until the countdown ends/)
  await expect(page).toHaveURL('/login')

  await page.clock.runFor(31_000)
  await expect(page.getByRole('timer')).toHaveCount(0)
  await expect(button).not.toHaveAttribute('aria-disabled', 'true')
})

test('until the first password is changed no page and no call gives anything; then all does', async ({
  page,
  books,
}) => {
  const newcomer = await colleagueOf(books, 'adam', { mustChangePassword: true })
  await page.goto('/login')
  await fillSignIn(page, newcomer)
  await expect(heading(page, 'Choose your password')).toBeVisible()

  for (const path of ['/', '/extensions', '/numbers', '/settings/sessions', '/admin']) {
    await page.goto(path)
    await expect(page).toHaveURL('/welcome/password')
    await expect(page.getByRole('navigation', { name: 'Main navigation' })).toHaveCount(0)
  }
  for (const query of [
    'agreements.mine',
    'numbers.list',
    'billing.balance',
    'events.latest',
    'pbx.extensions',
    'pbx.extensionOptions',
    'devices.models',
    'auth.sessions',
  ]) {
    expect(await refusalOf(await ask(page, query)), query).toBe('403 auth.password_change_required')
  }
  for (const mutation of ['pbx.addExtension', 'auth.endOtherSessions', 'auth.changePassword']) {
    expect(await refusalOf(await tell(page, mutation)), mutation).toBe(
      '403 auth.password_change_required',
    )
  }

  const field = page.getByLabel('New password', { exact: true })
  await field.fill(newcomer.password)
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await expect(page.getByText('must differ from the current one')).toBeVisible()
  await field.fill('moss grows on the north side')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await expect(heading(page, 'Hello, Adam')).toBeVisible()
  expect((await ask(page, 'pbx.extensions')).status()).toBe(200)
  await page.goto('/welcome/password')
  await expect(page).toHaveURL('/')
})

test('the mailed link lets the new customer in once, at a press and not by being looked at', async ({
  page,
  browser,
  books,
  baseURL,
}) => {
  const email = `mailed-${Date.now()}@example.com`
  const customer = prospect(baseURL!, '10.66.0.1')
  await customer.prepare({ plan: 'cloud-pbx-10', email })
  expect(await customer.press()).toBe('completed')
  const { text } = await books.row<{ text: string }>(
    `select text from mails where to_address = $1 and kind = 'welcome'`,
    [email],
  )
  const link = /https?:\/\/\S+\/enter#door=[\w-]+/.exec(text)![0]

  const scanner = await anotherBrowser(browser)
  await scanner.goto(link)
  await expect(scanner.getByRole('button', { name: 'Open self-care' })).toBeVisible()
  await page.goto(link)
  await page.getByRole('button', { name: 'Open self-care' }).click()
  await expect(heading(page, 'Choose your password')).toBeVisible()
  await page.getByLabel('New password', { exact: true }).fill('a lantern in the harbour')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await expect(heading(page, 'Hello, Kim')).toBeVisible()

  await scanner.getByRole('button', { name: 'Open self-care' }).click()
  await expect(scanner.getByText('This link has been used or has expired.')).toBeVisible()
  await scanner.getByRole('link', { name: 'Sign in with login and password' }).click()
  await fillSignIn(scanner, { login: email, password: 'a lantern in the harbour' })
  await expect(heading(scanner, 'Hello, Kim')).toBeVisible()
  await scanner.context().close()
})

test('signing out ends the session itself: a kept cookie opens nothing', async ({
  page,
  books,
  baseURL,
}) => {
  await signIn(page, await colleagueOf(books, 'adam'))
  const kept = await page.context().cookies()
  expect((await ask(page, 'agreements.mine')).status()).toBe(200)

  await userMenu(page, 'Adam Abbott').click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(heading(page, 'Sign in')).toBeVisible()
  await page.goto('/extensions')
  await expect(heading(page, 'Sign in')).toBeVisible()

  await page.context().addCookies(kept)
  expect(await refusalOf(await ask(page, 'agreements.mine'))).toBe('401 auth.not_signed_in')
  await page.goto(`${baseURL}/numbers`)
  await expect(heading(page, 'Sign in')).toBeVisible()
})

test('a session that has ended leads to the login, and from there back to the same page', async ({
  page,
  books,
}) => {
  const who = await colleagueOf(books, 'adam')
  await signIn(page, who)
  await page.goto('/extensions/new')
  await page.getByRole('textbox', { name: 'Extension number' }).fill('7001')
  // Or asking for it would find out first.
  await expect(page.getByText(/on your invoice of/)).toBeVisible()
  await books.rows(
    `update sessions set ended_at = now() where i_user = (select id from users where login = $1)`,
    [who.login],
  )

  // A call finds it out …
  await page.getByRole('button', { name: 'Add extension' }).click()
  await expect(page.getByText('Your session has ended.')).toBeVisible()
  await fillSignIn(page, who)
  await expect(heading(page, 'Add an extension')).toBeVisible()
  await expect(page.getByText(/on your invoice of/)).toBeVisible()

  // … or the next page does.
  await books.rows(
    `update sessions set ended_at = now() where i_user = (select id from users where login = $1)`,
    [who.login],
  )
  await page.goto('/numbers?only=free&page=1')
  await expect(page.getByText('Your session has ended.')).toBeVisible()
  await fillSignIn(page, who)
  await expect(heading(page, 'Phone numbers')).toBeVisible()
  await expect(page).toHaveURL('/numbers?only=free&page=1')
})

test('a login link that wants to lead to another site leads home', async ({ page }) => {
  await page.goto(`/login?from=${encodeURIComponent('//evil.example/extensions')}`)
  await fillSignIn(page, demo('meter'))
  await expect(heading(page, 'Hello, Mel')).toBeVisible()
  await expect(page).toHaveURL('/')
})

test('another session is ended from the list, and its browser is out at its next step', async ({
  page,
  browser,
  books,
}) => {
  const who = await colleagueOf(books, 'adam')
  await signIn(page, who)
  const lost = await anotherBrowser(browser)
  await signIn(lost, who)
  await lost.goto('/extensions/new')

  await page.goto('/settings/sessions')
  const list = page.getByRole('main').getByRole('listitem')
  await expect(list).toHaveCount(2)
  await expect(list.filter({ hasText: 'This one' })).toHaveCount(1)
  await list
    .getByRole('button', { name: /^End the session of Chrome on Linux from 10\.77\./ })
    .click()
  await expect(page.getByText('The session has ended')).toBeVisible()
  await expect(list).toHaveCount(1)
  const endOthers = page.getByRole('button', { name: 'End all others' })
  await expect(endOthers).toHaveAccessibleDescription('There is no other session.')

  expect(await refusalOf(await ask(lost, 'pbx.extensions'))).toBe('401 auth.not_signed_in')
  await lost.getByRole('link', { name: 'Numbers' }).locator('visible=true').click()
  await expect(lost.getByText('Your session has ended.')).toBeVisible()
  await lost.context().close()
})

test('a changed password ends every other session, and the old one no longer works', async ({
  page,
  browser,
  books,
}) => {
  const who = await colleagueOf(books, 'adam')
  await signIn(page, who)
  const other = await anotherBrowser(browser)
  await signIn(other, who)

  await page.goto('/settings/password')
  const change = async (current: string, next: string) => {
    await page.getByLabel('Current password').fill(current)
    await page.getByLabel('New password', { exact: true }).fill(next)
    await page.getByRole('button', { name: 'Change password' }).click()
  }
  await change('not mine', 'a boat of folded paper')
  await expect(page.getByText('The current password is not right.')).toBeVisible()
  await change(who.password, 'password123')
  await expect(page.getByText('This password is too easy to guess.')).toBeVisible()
  await change(who.password, 'a boat of folded paper')
  await expect(page.getByText('Your password is changed')).toBeVisible()
  expect(
    await books.row(
      `select to_address, subject from mails
        where kind = 'password_changed' and position($1 in text) > 0`,
      [who.login],
    ),
  ).toEqual({
    to_address: 'demo-adam@example.com',
    subject: 'Your password at Panda Telecom was changed',
  })

  expect(await refusalOf(await ask(other, 'pbx.extensions'))).toBe('401 auth.not_signed_in')
  expect((await ask(page, 'pbx.extensions')).status()).toBe(200)
  await other.goto('/login')
  await fillSignIn(other, who)
  await refusedAt(other)
  await fillSignIn(other, { ...who, password: 'a boat of folded paper' })
  await expect(heading(other, 'Hello, Adam')).toBeVisible()
  await other.context().close()
})

test('the language is switched at once, before and after signing in, and kept', async ({
  page,
}) => {
  await page.goto('/login')
  await page.getByLabel('Language').selectOption('Español')
  await expect(heading(page, 'Iniciar sesión')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'es')
  await page.getByRole('textbox', { name: 'Usuario' }).fill('demo-five')
  await page.getByLabel('Contraseña', { exact: true }).fill('demo-five-2026')
  await page.getByRole('button', { name: 'Iniciar sesión' }).click()
  await expect(heading(page, 'Hola, Fiona')).toBeVisible()

  await page.goto('/extensions')
  await page
    .getByRole('button', { name: /Fiona Five/ })
    .locator('visible=true')
    .click()
  await page.getByLabel('Idioma').locator('visible=true').selectOption('English')
  await expect(heading(page, 'Extensions')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})
