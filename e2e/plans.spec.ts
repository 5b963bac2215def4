import { randomUUID } from 'node:crypto'
import { cards } from './prospect.ts'
import { anotherBrowser, demo, expect, heading, newCompany, signIn, test } from './selfcare.ts'
import { enterCard, reachPayment, someone } from './signup.ts'

test('the provider sells a package by the year, and gives a customer a fifth off', async ({
  page,
  books,
  browser,
}) => {
  const { customer, login, password } = await newCompany(books, {})
  const name = `Support ${randomUUID().slice(0, 6)}`
  await signIn(page, demo('admin'))
  await page.goto('/admin/subscriptions')
  await page.getByRole('link', { name: 'Add a subscription' }).click()
  await expect(heading(page, 'Add a subscription')).toBeVisible()
  await page.getByRole('textbox', { name: /^Name/ }).fill(name)
  await page.getByRole('textbox', { name: 'Periodic fee' }).fill('120')
  await page.getByText('Terms', { exact: true }).click()
  await page.getByRole('combobox', { name: 'Unit' }).selectOption('years')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(heading(page, 'Subscriptions')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('$120.00 a year')

  await page.goto(`/admin/customers/${customer}/finances/subscriptions`)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('combobox', { name: 'Subscription' }).selectOption(`${name}: $120.00 a year`)
  await page.getByRole('button', { name: 'Add subscription' }).click()
  await page.getByRole('button', { name: `Discounts of ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Give a discount' }).click()
  await page.getByRole('textbox', { name: 'Takes off' }).fill('120')
  await page.getByRole('textbox', { name: 'Reason' }).fill('Agreed by phone.')
  await page.getByRole('button', { name: 'Give discount' }).click()
  await expect(page.getByText('Enter a percentage above zero, and 100 at most.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Takes off' }).fill('20')
  await page.getByRole('textbox', { name: 'Periods' }).fill('2')
  await expect(page.getByText(/^\$96\.00 instead of \$120\.00 a year, until [A-Z]/)).toBeVisible()
  await page.getByRole('button', { name: 'Give discount' }).click()
  const running = page.getByRole('table', { name: 'Fees and discounts' })
  await expect(running).toContainText('20% off, 2 periods left')

  const theirs = await anotherBrowser(browser)
  await signIn(theirs, { login, password })
  await theirs.goto('/billing/subscriptions')
  await expect(theirs.getByText('Discount: 20% off, 2 periods left')).toBeVisible()
  await theirs.context().close()

  await page.getByRole('button', { name: `Discounts of ${name}` }).click()
  await page.getByRole('menuitem', { name: 'End Discount' }).click()
  await expect(running).not.toContainText('20% off')
})

test('a promo code is offered, taken by a prospect, ended, and not taken any more', async ({
  page,
  browser,
}) => {
  const code = `NOV-${randomUUID().slice(0, 6).toUpperCase()}`
  await signIn(page, demo('admin'))
  await page.goto('/admin/promo-codes')
  await page.getByRole('button', { name: 'Add a code' }).click()
  await page.getByRole('textbox', { name: 'Code' }).fill(code)
  await page.getByRole('textbox', { name: 'Takes off' }).fill('120')
  await page.getByRole('button', { name: 'Add code' }).click()
  await expect(page.getByText('Enter more than zero, and of percents 100 at most.')).toBeVisible()
  await page.getByRole('combobox', { name: 'In', exact: true }).selectOption('amount')
  await page.getByRole('textbox', { name: 'Takes off' }).fill('2')
  await page.getByRole('textbox', { name: 'Periods' }).fill('3')
  await page.getByRole('button', { name: 'Add code' }).click()
  const row = page.getByRole('row').filter({ hasText: code })
  await expect(row).toContainText('$2.00 of the periodic fee, for the first 3 periods')

  const prospect = await anotherBrowser(browser)
  await reachPayment(prospect, { person: someone() })
  const enter = async () => {
    await prospect.getByRole('textbox', { name: 'Promo code' }).fill(code.toLowerCase())
    await prospect.getByRole('button', { name: 'Apply' }).click()
  }
  await enter()
  await expect(prospect.getByText(`Code ${code}: $2.00 less, for 2 more periods`)).toBeVisible()
  await prospect.getByRole('button', { name: 'Remove' }).click()

  await row.getByRole('button', { name: `End ${code}` }).click()
  await expect(row).toContainText('Ended')
  await enter()
  await expect(prospect.getByText('This code is not valid.')).toBeVisible()
  await prospect.context().close()
})

test('who pays nothing today is told so, and isn’t asked to pay $0.00', async ({ page, books }) => {
  const code = `FREE-${randomUUID().slice(0, 6).toUpperCase()}`
  await books.rows(
    `insert into promo_codes (i_env, i_site, code, percent, applies_to, periods)
     select 1, id, $1, 100, 'periodic', 1 from signup_sites where slug = 'panda'`,
    [code],
  )
  await reachPayment(page, { person: someone(), plan: 'SuperCall' })
  await page.getByRole('textbox', { name: 'Promo code' }).fill(code)
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('By card. Nothing is charged today')).toBeVisible()
  await enterCard(page, cards.approved)
  await expect(page.getByText('One last look. Nothing is charged today.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign up', exact: true })).toBeVisible()
})
