import { randomUUID } from 'node:crypto'
import { anotherBrowser, demo, expect, heading, newCompany, signIn, test } from './selfcare.ts'

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
  await page.getByRole('textbox', { name: 'For so many periods' }).fill('2')
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
