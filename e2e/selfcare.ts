import { randomUUID } from 'node:crypto'
import type { APIResponse, Browser, Locator, Page } from '@playwright/test'
import type { Books } from './books.ts'
import { expect } from './fixtures.ts'

export { expect, heading, test } from './signup.ts'

export type Login = Readonly<{ login: string; password: string }>

/** Somebody of the demo data. */
export const demo = (name: string): Login => ({
  login: `demo-${name}`,
  password: `demo-${name}-2026`,
})

export async function fillSignIn(page: Page, { login, password }: Login): Promise<void> {
  await page.getByRole('textbox', { name: 'Login' }).fill(login)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** From the login into the own room. */
export async function signIn(page: Page, who: Login): Promise<void> {
  await page.goto('/login')
  await fillSignIn(page, who)
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).not.toHaveText('Sign in')
  await expect(page).not.toHaveURL(/login/)
}

/** The same person in a browser of their own. */
export async function anotherBrowser(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    extraHTTPHeaders: { 'x-forwarded-for': `10.77.${byte()}.${byte()}` },
  })
  return context.newPage()
}

const byte = () => Math.floor(Math.random() * 250) + 1

/**
 * A new user beside one of the demo data, with the same rights and password, so that a story that
 * locks, throttles or signs out disturbs no other.
 */
export async function colleagueOf(
  books: Books,
  name: string,
  { mustChangePassword = false } = {},
): Promise<Login> {
  const login = `${name}-${randomUUID().slice(0, 8)}`
  await books.row(
    `insert into users (i_env, realm, login, name, email, password_hash, i_customer, i_account,
                        must_change_password)
     select i_env, realm, $2, name, email, password_hash, i_customer, i_account, $3
       from users where login = $1 returning id`,
    [`demo-${name}`, login, mustChangePassword],
  )
  return { login, password: `demo-${name}-2026` }
}

/** What a page's script could send with the browser's cookies, without the page. */
export const ask = (page: Page, procedure: string, input: unknown = {}): Promise<APIResponse> =>
  page.request.get(`/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`)

export const tell = (page: Page, procedure: string, input: unknown = {}): Promise<APIResponse> =>
  page.request.post(`/trpc/${procedure}`, {
    data: input as object,
    headers: { 'idempotency-key': randomUUID() },
  })

/** Kind and code of the refusal, and how HTTP says it. */
export async function refusalOf(response: APIResponse): Promise<string> {
  const { error } = (await response.json()) as {
    error?: { data?: { refusal?: { code: string } } }
  }
  return `${response.status()} ${error?.data?.refusal?.code ?? 'none'}`
}

/** Of the form that adds an extension. */
export async function addExtension(page: Page, extension: string, name = ''): Promise<void> {
  await page.goto('/extensions/new')
  await page.getByRole('textbox', { name: 'Extension number' }).fill(extension)
  if (name) await page.getByRole('textbox', { name: /^Name/ }).fill(name)
  await page.getByRole('button', { name: 'Add extension' }).click()
}

export const rowOf = (page: Page, extension: string): Locator =>
  page
    .getByRole('table', { name: 'Extensions' })
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: extension, exact: true }) })

/** The page's own menu of who is signed in; wide and narrow screens each have one. */
export const userMenu = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: `Menu of ${name}` }).locator('visible=true')
