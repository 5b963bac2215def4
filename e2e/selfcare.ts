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

/**
 * A company of its own, like ABC: what a story does to its lines disturbs no other. `products` are
 * those of its agreement, each with how many; null is unlimited.
 */
export async function newCompany(
  books: Books,
  products: Readonly<Record<string, number | null>>,
): Promise<Login & { customer: number }> {
  const login = `company-${randomUUID().slice(0, 8)}`
  const { id } = await books.row<{ id: number }>(
    `insert into customers (i_env, i_customer_class, name, company_name, email, currency, time_zone)
     select i_env, i_customer_class, $1, $1, email, currency, time_zone from customers where id = 46170
     returning id`,
    [login],
  )
  await books.row(
    `insert into users (i_env, realm, login, name, email, password_hash, i_customer)
     select i_env, realm, $1, 'Carla Company', email, password_hash, $2 from users
      where login = 'demo-adam' returning id`,
    [login, id],
  )
  await books.rows(
    `insert into agreement_items (i_env, i_customer, i_product, quantity)
     select 1, $1, p.id, (a.value #>> '{}')::int
       from jsonb_each($2::jsonb) a join products p on p.name = a.key`,
    [id, JSON.stringify(products)],
  )
  return { login, password: 'demo-adam-2026', customer: id }
}

/** Numbers of the company's own, free to be given to its extensions. */
export async function provideNumbers(
  books: Books,
  { customer }: { customer: number },
  numbers: readonly string[],
): Promise<void> {
  await books.rows(
    `insert into numbers (i_env, number, country, region, city, pool, i_customer)
     select 1, number, 'US', 'CA', 'Modesto', 'pbx', $2 from unnest($1::text[]) number`,
    [numbers, customer],
  )
}

/** Extensions of the company that is signed in, added without the page. */
export async function addLines(
  page: Page,
  books: Books,
  product: string,
  extensions: readonly (readonly [extension: string, name: string])[],
): Promise<void> {
  const { id } = await books.row<{ id: number }>('select id from products where name = $1', [
    product,
  ])
  for (const [extension, name] of extensions) {
    const made = await tell(page, 'pbx.addExtension', {
      extension,
      name,
      product: id,
      key: randomUUID(),
    })
    expect(made.ok(), await made.text()).toBe(true)
  }
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
