import type { Page } from '@playwright/test'
import { signupsOf } from './books.ts'
import { cards, prospect } from './prospect.ts'
import {
  choosePlan,
  digits,
  expect,
  fillAddress,
  goOn,
  isAt,
  order,
  pay,
  payButton,
  pickNumber,
  pickPhone,
  prepare,
  someone,
  test,
} from './signup.ts'

const once = { customers: 1, completed: 1, authorized: 0, invoices: 1, accounts: 1 }
const never = { ...once, customers: 0, completed: 0, captured: '0.00', invoices: 0, accounts: 0 }

/** Calls of a procedure wait to be let through; resolves when the page has the answer. */
async function heldBack(page: Page, procedure: string) {
  const gate = Promise.withResolvers<void>()
  const url = new RegExp(`/trpc/${procedure}`)
  await page.route(url, async (route) => {
    await gate.promise
    await route.continue()
  })
  return {
    async answer() {
      const answered = page.waitForResponse(url)
      gate.resolve()
      await (await answered).finished()
    },
  }
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name })

test('what was typed and not yet sent is there after a reload', async ({ page }) => {
  const person = someone()
  await choosePlan(page, 'EasyCall')
  await fillAddress(page, person)
  await page.reload()
  await expect(field(page, 'First name')).toHaveValue('Ana')
  await expect(field(page, 'E-mail')).toHaveValue(person.email)
  await expect(page.getByRole('combobox', { name: 'Country' })).toHaveValue('CA')
  await expect(page.getByRole('combobox', { name: 'Province' })).toHaveValue('BC')
  await expect(field(page, 'Postal code')).toHaveValue('V6B 2B2')
  await goOn(page)
  await isAt(page, 'phone')
})

test('reload, back and forward lose nothing, the card included', async ({ page, books }) => {
  const person = someone()
  const number = await prepare(page, { person, card: cards.approved, phone: 'Yealink T54W' })

  await page.reload()
  await isAt(page, 'summary')
  await expect(page.getByRole('main')).toContainText('Visa ending 4242')

  await page.goBack()
  await isAt(page, 'payment')
  await expect(page.getByText('Visa ending 4242')).toBeVisible()
  await page.goBack()
  await isAt(page, 'phone')
  await expect(page.getByRole('main')).toContainText(number)
  await expect(page.getByRole('radio', { name: 'Yealink T54W' })).toBeChecked()
  await page.goBack()
  await isAt(page, 'address')
  await expect(field(page, 'E-mail')).toHaveValue(person.email)

  await page.goForward()
  await page.goForward()
  await page.goForward()
  await isAt(page, 'summary')
  await pay(page)
  await isAt(page, 'done')
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '15.74' })
})

test('a phone picked while the number is still being kept stays picked, and a press goes on', async ({
  page,
}) => {
  await choosePlan(page, 'EasyCall')
  await fillAddress(page, someone())
  await goOn(page)
  await isAt(page, 'phone')
  const number = await heldBack(page, 'signup.holdNumber')
  const device = await heldBack(page, 'signup.chooseDevice')
  await pickNumber(page)
  await pickPhone(page, 'Softphone')
  await number.answer()
  await expect(order(page)).toContainText('Softphone')
  await goOn(page)
  await device.answer()
  await isAt(page, 'payment')
  await expect(order(page)).toContainText('Softphone')
})

test('everything can be changed from the summary, and leads back to it', async ({ page }) => {
  await prepare(page, { person: someone(), card: cards.approved })

  await page.getByRole('link', { name: 'Change Plan' }).click()
  await page.getByRole('button', { name: 'Choose SuperCall' }).click()
  await isAt(page, 'summary')
  await expect(payButton(page)).toHaveText('Sign up and pay $20.99')

  await page.getByRole('link', { name: 'Change You' }).click()
  await field(page, 'Last name').fill('Montoya')
  await page.getByRole('button', { name: 'Save and return to summary' }).click()
  await isAt(page, 'summary')
  await expect(page.getByRole('main')).toContainText('Ana Montoya')

  await page.getByRole('link', { name: 'Change Phone' }).click()
  await pickPhone(page, 'Grandstream GRP2612')
  await page.getByRole('button', { name: 'Return to summary' }).click()
  await isAt(page, 'summary')
  await expect(page.getByRole('main')).toContainText('Grandstream GRP2612')
  await expect(page.getByRole('main')).toContainText('Visa ending 4242')
})

test('a mailed link continues the signup in a second browser, and opens once', async ({
  page,
  browser,
  books,
}) => {
  const person = someone()
  await choosePlan(page, 'EasyCall')
  await fillAddress(page, person)
  await goOn(page)
  const number = await pickNumber(page)
  await pickPhone(page, 'Softphone')
  await page.getByRole('button', { name: 'Continue on another device' }).click()
  await expect(page.getByText(`a link is on its way to ${person.email}`)).toBeVisible()
  const { text } = await books.row<{ text: string }>(
    `select text from mails where to_address = $1`,
    [person.email],
  )
  const link = /http\S+#resume=[\w-]+/.exec(text)![0]

  const elsewhere = await browser.newContext()
  const phone = await elsewhere.newPage()
  await phone.goto(link)
  await isAt(phone, 'payment')
  await expect(order(phone)).toContainText(number)
  await expect(order(phone)).toContainText('Linphone Softphone app')
  expect(phone.url()).not.toContain('resume')

  await goOn(page)
  await isAt(page, 'payment')
  const third = await browser.newContext()
  const stranger = await third.newPage()
  await stranger.goto(link)
  await expect(stranger.getByText('This link has been used or has expired.')).toBeVisible()
  await expect(stranger.getByRole('button', { name: 'Choose EasyCall' })).toBeVisible()
  await elsewhere.close()
  await third.close()
})

test('a tab that is behind is told, shown the newest, and then heard', async ({
  page,
  context,
}) => {
  await choosePlan(page, 'EasyCall')
  await fillAddress(page, someone())
  await goOn(page)
  await pickNumber(page)
  const other = await context.newPage()
  // The number is shown before the server knows of it, and the other tab asks the server.
  await expect(async () => {
    await other.goto('/signup/panda/phone')
    await expect(order(other)).toContainText('+1', { timeout: 2_000 })
  }).toPass()

  await pickPhone(page, 'Yealink T31P')
  await expect(order(page)).toContainText('Yealink T31P')
  await other.getByRole('radio', { name: 'Yealink T54W' }).click()
  await expect(other.getByText('This signup was changed in another window.')).toBeVisible()
  await expect(other.getByRole('radio', { name: 'Yealink T31P' })).toBeChecked()
  await pickPhone(other, 'Yealink T54W')
  await expect(order(other)).toContainText('Yealink T54W')
  await expect(other.getByText('This signup was changed in another window.')).toBeHidden()
})

test('who starts over begins with nothing', async ({ page }) => {
  await choosePlan(page, 'EasyCall')
  await fillAddress(page, someone())
  await goOn(page)
  await isAt(page, 'phone')
  await page.goto('/signup/panda')
  await expect(page.getByText('You have begun signing up for EasyCall')).toBeVisible()
  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(page.getByText('You have begun signing up for EasyCall')).toBeHidden()
  await page.getByRole('button', { name: 'Choose SuperCall' }).click()
  await isAt(page, 'address')
  await expect(field(page, 'First name')).toHaveValue('')
})

/** As if the number had been left for longer than it is kept. */
const lapse = `update numbers set hold_until = now() - interval '1 minute' where number = $1`

test('a number kept too short a time is taken again at the press while it is free', async ({
  page,
  books,
}) => {
  const person = someone()
  const number = await prepare(page, { person, card: cards.approved })
  await books.rows(lapse, [digits(number)])
  await pay(page)
  await isAt(page, 'done')
  await expect(page.getByRole('main')).toContainText(number)
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '15.74' })
})

test('a number somebody else took meanwhile is said, others are offered, nothing is charged', async ({
  page,
  books,
  baseURL,
}) => {
  const person = someone()
  const number = await prepare(page, { person, card: cards.approved })
  await books.rows(lapse, [digits(number)])
  const rival = prospect(baseURL!, '10.200.0.1')
  await rival.trpc.signup.choosePlan.mutate({ site: 'panda', plan: 'easycall', locale: 'en' })
  await rival.trpc.signup.holdNumber.mutate({ site: 'panda', number: digits(number) })

  await pay(page)
  await expect(page.getByText('somebody else took it. Nothing was charged')).toBeVisible()
  expect(await signupsOf(books, person.email)).toEqual(never)

  const similar = page.getByRole('list', { name: 'Similar numbers' }).getByRole('button').first()
  const chosen = (await similar.textContent())!
  await similar.click()
  await expect(order(page)).toContainText(chosen)
  await pay(page)
  await isAt(page, 'done')
  await expect(page.getByRole('main')).toContainText(chosen)
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '15.74' })
})

test('when the time of a number is up before one’s eyes, a press keeps it again', async ({
  page,
  books,
}) => {
  const number = await prepare(page, { person: someone(), card: cards.approved })
  await books.rows(
    `update numbers set hold_until = now() + interval '4 seconds' where number = $1`,
    [digits(number)],
  )
  await page.reload()
  await expect(order(page)).toContainText(`The time for ${number} is up.`)

  await page.getByRole('button', { name: 'Keep it again' }).click()
  await expect(page.getByRole('timer')).toContainText('left')
  const kept = () =>
    books.row<{ yes: boolean }>(
      `select hold_until > now() + interval '10 minutes' as yes from numbers where number = $1`,
      [digits(number)],
    )
  await expect.poll(kept).toEqual({ yes: true })
})

test('a number that somebody else picks first is said, and the list goes on without it', async ({
  page,
  baseURL,
}) => {
  await choosePlan(page, 'EasyCall')
  await fillAddress(page, someone())
  await goOn(page)
  const list = page.getByRole('list', { name: 'Available numbers' })
  const wanted = list.getByRole('button', { name: 'San Francisco' }).first()
  const number = /\+1 \(\d{3}\) \d{3}-\d{4}/.exec((await wanted.textContent())!)![0]
  const rival = prospect(baseURL!, '10.200.0.2')
  await rival.trpc.signup.choosePlan.mutate({ site: 'panda', plan: 'easycall', locale: 'en' })
  await rival.trpc.signup.holdNumber.mutate({ site: 'panda', number: digits(number) })

  await list.getByRole('button', { name: number }).click()
  await expect(page.getByText('Somebody else has just taken this number.')).toBeVisible()
  await expect(list.getByRole('button', { name: number })).toBeHidden()
  await pickNumber(page)
})
