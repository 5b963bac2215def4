import { randomUUID } from 'node:crypto'
import { anotherBrowser, demo, expect, heading, newCompany, signIn, test } from './selfcare.ts'

test('the provider adds a class of customers, reads what each rule does, and changes one', async ({
  page,
  accessible,
}) => {
  const name = `Wholesale ${randomUUID().slice(0, 8)}`
  await signIn(page, demo('admin'))
  await page.getByRole('link', { name: 'Classes' }).first().click()
  await expect(heading(page, 'Customer classes')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'Business' })).toContainText('GST 5%')
  await accessible(page)

  await page.getByRole('link', { name: 'Add a class' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('textbox', { name: 'Name of the tax' }).fill('VAT')
  await page.getByRole('textbox', { name: 'Rate' }).fill('19')
  await page.getByRole('combobox', { name: 'Billing day' }).selectOption('15')
  await page.getByRole('textbox', { name: 'Try the card again' }).fill('8, 3')
  await page.getByRole('button', { name: 'Save the class' }).click()
  await expect(page.getByText('each later than the one before')).toBeVisible()
  await page.getByRole('textbox', { name: 'Try the card again' }).fill('3, 8')
  await page.getByRole('textbox', { name: 'Suspend service after' }).fill('')
  await accessible(page)
  await page.getByRole('button', { name: 'Save the class' }).click()

  const row = page.getByRole('row').filter({ hasText: name })
  await expect(row).toContainText('VAT 19%, added to the prices')
  await expect(row).toContainText('on the 15th')
  await expect(row).toContainText('Never')

  await row.getByRole('link', { name }).click()
  await page.getByRole('textbox', { name: 'Days to pay' }).fill('30')
  await page.getByRole('button', { name: 'Save the class' }).click()
  await expect(row).toContainText('after 30 days')

  await page.getByRole('link', { name: 'Business' }).click()
  await expect(page.getByText('The class is in use')).toBeVisible()
  await accessible(page)
})

test('a customer is given a limit and a billing day of its own, suspended with a reason, and restored', async ({
  page,
  browser,
  books,
  accessible,
}) => {
  const company = await newCompany(books, { 'Cloud PBX': null })
  await signIn(page, demo('admin'))
  await page.goto(`/admin/customers/${company.customer}/finances/agreement`)
  await page.getByRole('link', { name: 'Billing settings' }).click()
  await page.getByRole('textbox', { name: 'Credit limit of its own' }).fill('250')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('The billing settings are saved')).toBeVisible()
  await page.getByRole('textbox', { name: 'Day of the month' }).fill('15')
  await page.getByRole('button', { name: 'Change the day' }).click()
  await expect(page.getByText('Invoices are made on the 15th of the month')).toBeVisible()

  await page.getByRole('button', { name: 'Suspend' }).click()
  const form = page.getByRole('dialog', { name: 'Suspend the service of' })
  await form.getByRole('textbox', { name: 'Reason' }).fill('Fraud is suspected')
  await accessible(page)
  await form.getByRole('button', { name: 'Suspend' }).click()
  await expect(page.getByText('Suspended by an administrator: Fraud is suspected')).toBeVisible()
  await accessible(page)

  const theirs = await anotherBrowser(browser)
  await signIn(theirs, company)
  await theirs.goto('/extensions/new')
  await expect(theirs.getByRole('button', { name: 'Add extension' })).toHaveAccessibleDescription(
    'Service is suspended, so nothing can be added. Ask your provider to restore it.',
  )

  await page.getByRole('button', { name: 'Restore' }).click()
  const back = page.getByRole('dialog', { name: 'Restore the service of' })
  await back.getByRole('textbox', { name: 'Reason' }).fill('It was none')
  await back.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText("Service isn't suspended.")).toBeVisible()
})
