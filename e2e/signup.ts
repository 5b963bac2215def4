import { randomUUID } from 'node:crypto'
import type { FrameLocator, Locator, Page } from '@playwright/test'
import { type Books, openBooks } from './books.ts'
import { test as base, expect } from './fixtures.ts'

/** Stories of signup may look into the database, too. */
export const test = base.extend<{ books: Books }>({
  books: async ({ browserName: _ }, use) => {
    const books = await openBooks(process.env.PORTICO_E2E_DATA!)
    await use(books)
    await books.close()
  },
})
export { expect }

export type Person = Readonly<{ firstName: string; lastName: string; email: string }>

/** Nobody who has been here before. */
export const someone = (): Person => ({
  firstName: 'Ana',
  lastName: 'Reyes',
  email: `ana-${randomUUID().slice(0, 8)}@example.com`,
})

/** Workers look for numbers in a city of their own, so that none takes another's. */
const city = ['Vancouver', 'Toronto', 'Chicago', 'New York'][
  Number(process.env.TEST_PARALLEL_INDEX ?? 0) % 4
]!

export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { level: 1, name })

/** The step that is there, by its title. */
export const steps = {
  address: 'Who is it for?',
  phone: 'Choose your number and phone',
  payment: 'How do you pay?',
  summary: 'Check and sign up',
  done: 'Welcome aboard',
} as const

export const isAt = (page: Page, step: keyof typeof steps): Promise<void> =>
  expect(heading(page, steps[step])).toBeVisible()

/** The order beside the step. */
export const order = (page: Page): Locator =>
  page.getByRole('complementary', { name: 'Order summary' })

/** What the order says it costs now, and every month from the next one on. */
export async function costs(page: Page, today: string, monthly: string): Promise<void> {
  await expect(order(page)).toContainText(`Due today${today}`)
  await expect(order(page)).toHaveText(
    new RegExp(`Then every month.*${monthly.replaceAll(/[$.]/g, '\\$&')}`),
  )
}

export async function choosePlan(page: Page, plan: string, site = 'panda'): Promise<void> {
  await page.goto(`/signup/${site}`)
  await page.getByRole('button', { name: `Choose ${plan}`, exact: true }).click()
  await isAt(page, 'address')
}

export async function fillAddress(page: Page, person: Person): Promise<void> {
  const type = (name: string, text: string) => page.getByRole('textbox', { name }).fill(text)
  await type('First name', person.firstName)
  await type('Last name', person.lastName)
  await type('E-mail', person.email)
  await type('Contact phone', '604 555 0142')
  await page.getByRole('combobox', { name: 'Country' }).selectOption('Canada')
  await type('Street and number', '350 Robson Street')
  await type('City', 'Vancouver')
  await page.getByRole('combobox', { name: 'Province' }).selectOption('British Columbia')
  await type('Postal code', 'V6B 2B2')
}

export const goOn = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Continue', exact: true }).click()

/** @returns the number that is now kept for this signup, as it is shown */
export async function pickNumber(page: Page): Promise<string> {
  await page.getByRole('group', { name: 'City' }).getByRole('button', { name: city }).click()
  const list = page.getByRole('list', { name: 'Available numbers' })
  const first = list.getByRole('button', { name: city }).first()
  await expect(list).toHaveAttribute('aria-busy', 'false')
  const number = /\+1 \(\d{3}\) \d{3}-\d{4}/.exec((await first.textContent()) ?? '')![0]
  await first.click()
  await expect(order(page)).toContainText(number)
  await expect(page.getByRole('timer')).toContainText('left')
  return number
}

export const pickPhone = (page: Page, phone: string): Promise<void> =>
  page.getByRole('radio', { name: phone }).check()

/** The gateway's fields, in their frame. */
export const cardFields = (page: Page): FrameLocator =>
  page.frameLocator('iframe[title="Card details"]')

export async function typeCard(page: Page, card: string): Promise<void> {
  const fields = cardFields(page)
  await fields.getByRole('textbox', { name: 'Card number' }).fill(card)
  await fields.getByRole('textbox', { name: 'Expiry' }).fill('12/30')
  await fields.getByRole('textbox', { name: 'Security code' }).fill('123')
}

export async function enterCard(page: Page, card: string): Promise<void> {
  await typeCard(page, card)
  // By keyboard: a pointer, right after the page has scrolled, may still meet the frame that was there.
  await page.getByRole('button', { name: 'Continue', exact: true }).press('Enter')
  await isAt(page, 'summary')
}

type Choice = Readonly<{
  person: Person
  card: string
  plan?: string
  phone?: string
  site?: string
}>

/** From the first page to the card. @returns the number kept */
export async function reachPayment(page: Page, choice: Omit<Choice, 'card'>): Promise<string> {
  await choosePlan(page, choice.plan ?? 'EasyCall', choice.site)
  await fillAddress(page, choice.person)
  await goOn(page)
  await isAt(page, 'phone')
  const number = await pickNumber(page)
  await pickPhone(page, choice.phone ?? 'Softphone')
  await goOn(page)
  await isAt(page, 'payment')
  return number
}

/** From the first page to the button. @returns the number kept */
export async function prepare(page: Page, choice: Choice): Promise<string> {
  const number = await reachPayment(page, choice)
  await enterCard(page, choice.card)
  return number
}

/** The button that says what it costs. */
export const payButton = (page: Page): Locator =>
  page.getByRole('button', { name: /^(Sign up|Agree) and pay/ })

export async function pay(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /I accept the/ }).check()
  await payButton(page).click()
}

/** The whole signup. @returns the number */
export async function signUp(page: Page, choice: Choice): Promise<string> {
  const number = await prepare(page, choice)
  await pay(page)
  await isAt(page, 'done')
  return number
}

/** The bank's page, where a payment is confirmed or not. */
export const bank = (page: Page): Locator =>
  page.getByRole('dialog', { name: 'Confirm with your bank' })

export const tellBank = (page: Page, verdict: 'Approve' | 'Decline'): Promise<void> =>
  bank(page)
    .frameLocator('iframe[title="Your bank’s page"]')
    .getByRole('button', { name: verdict })
    .click()

/** From the confirmation through the forced change of password to the first page of self-care. */
export async function enterSelfcare(page: Page, person: Person): Promise<void> {
  await page.getByRole('button', { name: 'Open self-care' }).click()
  await expect(heading(page, 'Choose your password')).toBeVisible()
  await page.getByLabel('New password', { exact: true }).fill('five blue kettles sing')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await expect(heading(page, `Hello, ${person.firstName}`)).toBeVisible()
}

/** As the inventory writes it. */
export const digits = (number: string): string => number.replaceAll(/\D/g, '')
