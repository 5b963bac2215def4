import { readFile } from 'node:fs/promises'
import { anotherBrowser, colleagueOf, demo, expect, heading, signIn, test } from './selfcare.ts'

test('the provider says which tax holds where and from when; two that say the same are refused', async ({
  page,
  accessible,
}) => {
  await signIn(page, demo('admin'))
  await page.getByRole('link', { name: 'Taxes' }).first().click()
  await expect(heading(page, 'Taxes')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Where no rate holds' })).toContainText('GST 5%')
  await accessible(page)

  // A country that no other story lives in.
  const add = async () => {
    await page.getByRole('button', { name: 'Add a rate' }).click()
    const form = page.getByRole('dialog', { name: 'Add a tax rate' })
    await form.getByRole('button', { name: 'Add the rate' }).click()
    await expect(form.getByText('Fill this in.')).toBeVisible()
    await form.getByRole('textbox', { name: 'Name' }).fill('GST of New Zealand')
    await form.getByRole('textbox', { name: 'Rate' }).fill('15')
    await form.getByRole('combobox', { name: 'Country' }).selectOption('New Zealand')
    await form.getByRole('combobox', { name: 'Customer class' }).selectOption('Business')
    await accessible(page)
    await form.getByRole('button', { name: 'Add the rate' }).click()
    return form
  }
  await add()
  const row = page.getByRole('row').filter({ hasText: 'GST of New Zealand 15%' })
  await expect(row).toContainText('Class Business · New Zealand')
  await expect(row).toContainText('Valid')

  const again = await add()
  await expect(
    again.getByText('There is a rate for the same class, country and state'),
  ).toBeVisible()
  await again.getByRole('button', { name: 'Cancel' }).click()

  await row.getByRole('button', { name: 'End GST of New Zealand' }).click()
  const end = page.getByRole('dialog', { name: 'End GST of New Zealand 15%' })
  await end.getByLabel('First day without it').fill('2001-01-01')
  await end.getByRole('button', { name: 'End the rate' }).click()
  await expect(end.getByText('A rate can end on')).toBeVisible()
  await end.getByLabel('First day without it').fill('2099-01-01')
  await end.getByRole('button', { name: 'End the rate' }).click()
  await expect(row.getByRole('button')).toHaveCount(0)
  await expect(row).toContainText('Jan 1, 2099')
})

test('the provider says who bills, and sees on a sample how it looks', async ({
  page,
  accessible,
}) => {
  await signIn(page, demo('admin'))
  await page.goto('/admin/company')
  await expect(heading(page, 'Company')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Legal name' })).toHaveValue('Panda Telecom Inc.')
  await accessible(page)

  const code = page.getByRole('textbox', { name: 'Postal code' })
  const known = await code.inputValue()
  await code.fill('12')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Write it as it is written in that country.')).toBeVisible()
  await code.fill(known)
  // In letters: one in ten numbers as long as a time could be a card's, and is refused.
  const terms = `Due on receipt, said at ${Date.now().toString(36)}.`
  await page.getByRole('textbox', { name: 'Payment terms' }).fill(terms)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved: invoices say it from now on')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Payment terms' })).toHaveValue(terms)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'See a sample invoice' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^draft-.*\.pdf$/)
  const bytes = await readFile(await download.path())
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  const response = await page.request.get('/admin/company/sample-invoice.pdf')
  expect(response.headers()['content-type']).toBe('application/pdf')
})

test('taxes and company are the provider’s alone', async ({ page, browser, books }) => {
  await signIn(page, demo('bamboo'))
  await expect(page.getByRole('link', { name: 'Taxes' })).toHaveCount(0)
  await page.goto('/admin/taxes')
  await expect(heading(page, 'Taxes')).toHaveCount(0)
  expect((await page.request.get('/admin/company/sample-invoice.pdf')).status()).toBe(403)

  const customer = await anotherBrowser(browser)
  await signIn(customer, await colleagueOf(books, 'ten'))
  expect((await customer.request.get('/admin/company/sample-invoice.pdf')).status()).toBe(403)
})
