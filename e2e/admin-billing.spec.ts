import type { Page } from '@playwright/test'
import { anotherBrowser, demo, expect, heading, newCompany, signIn, test } from './selfcare.ts'

const write = async (page: Page, button: string, title: string, fields: Record<string, string>) => {
  await page.getByRole('button', { name: button, exact: true }).click()
  const form = page.getByRole('dialog', { name: title })
  for (const [name, value] of Object.entries(fields)) {
    await form.getByRole('textbox', { name }).fill(value)
  }
  return form
}

test('an administrator writes a charge, records a payment and gives it back; the customer sees all of it', async ({
  page,
  browser,
  books,
  accessible,
}) => {
  const company = await newCompany(books, { 'Cloud PBX': null })
  const finances = `/admin/customers/${company.customer}/finances`
  await signIn(page, demo('admin'))
  await page.goto(`${finances}/ledger`)
  await expect(page.getByText('nothing is owed')).toBeVisible()

  const charge = await write(page, 'Charge', 'Write a charge', {
    Amount: 'ten',
    Description: 'Installation of phones',
    Reason: 'Ordered by phone',
  })
  await charge.getByRole('button', { name: 'Write the charge' }).click()
  await expect(charge.getByText('Enter an amount, such as 12.50.')).toBeVisible()
  await charge.getByRole('textbox', { name: 'Amount' }).fill('40')
  await expect(charge).toContainText('goes from nothing owed to $40.00 to be paid')
  await accessible(page)
  await charge.getByRole('button', { name: 'Write the charge' }).click()

  const line = page.getByRole('row').filter({ hasText: 'Installation of phones' })
  await expect(line).toContainText('Reason: Ordered by phone')
  await expect(line).toContainText('+$40.00')
  await accessible(page)

  await page.getByRole('link', { name: 'Next invoice' }).first().click()
  await expect(page.getByText('Installation of phones')).toBeVisible()
  await accessible(page)

  await page.getByRole('link', { name: 'Ledger' }).click()
  const payment = await write(page, 'Record payment', 'Record a payment', {
    Amount: '15.5',
    Reason: 'Cheque 1234',
  })
  await expect(payment).toContainText('from $40.00 to be paid to $24.50 to be paid')
  await payment.getByRole('button', { name: 'Record the payment' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Cheque 1234' })).toContainText('$24.50')

  const credit = await write(page, 'Credit', 'Write a credit', {
    Amount: '5',
    Description: 'Goodwill',
    Reason: 'Came a day late',
  })
  await credit.getByRole('button', { name: 'Write the credit' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Goodwill' })).toContainText('$19.50')

  await page.getByRole('link', { name: 'Payments', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: 'Recorded by hand' })
  await expect(row).toContainText('Paid')
  await row.getByRole('button', { name: 'Refund' }).click()
  const refund = page.getByRole('dialog', { name: 'Give $15.50 back' })
  await expect(refund).toContainText('At most $15.50 of it is left.')
  await refund.getByRole('textbox', { name: 'Amount' }).fill('16')
  await refund.getByRole('textbox', { name: 'Reason' }).fill('The cheque bounced')
  await refund.getByRole('button', { name: 'Give it back' }).click()
  await expect(refund.getByText(/15.50 USD can still be given back/)).toBeVisible()
  await accessible(page)
  await refund.getByRole('textbox', { name: 'Amount' }).fill('15.50')
  await refund.getByRole('button', { name: 'Give it back' }).click()
  await expect(row).toContainText('Given back')
  await expect(row.getByRole('button', { name: 'Refund' })).toHaveAccessibleDescription(
    'All of it was given back already.',
  )
  await accessible(page)

  await page.setViewportSize({ width: 375, height: 800 })
  for (const part of ['ledger', 'payments', 'invoices', 'upcoming']) {
    await page.goto(`${finances}/${part}`)
    await expect(page.getByRole('main')).toBeVisible()
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
    await expect.poll(overflow, part).toBeLessThanOrEqual(0)
    // Of the tabs, the one that is open is in sight.
    const open = page.locator('main nav [aria-current="page"]').last()
    await expect(open, part).toBeInViewport({ ratio: 1 })
    await accessible(page)
  }

  const carla = await anotherBrowser(browser)
  await signIn(carla, company)
  await carla.goto('/billing/payments')
  await expect(carla.getByRole('row').filter({ hasText: 'Cheque 1234' })).toBeVisible()
  await expect(carla.getByText('$35.00').first()).toBeVisible()
  await carla.goto('/activity')
  await expect(carla.getByText('Installation of phones: $40.00 was charged')).toBeVisible()
  await carla.context().close()
})

test('an administrator reads an invoice, takes its PDF, and makes it void with a reason', async ({
  page,
  books,
  accessible,
}) => {
  const company = await newCompany(books, { 'Cloud PBX': null })
  const { id } = await books.row<{ id: number }>(
    `with made as (
       insert into invoices (i_env, i_customer, number, state, issued_on, due_on, currency, net, tax,
                             total, paid, created_at, tax_name, tax_rate)
       values (1, $1, $2, 'issued', '2026-11-01', '2099-11-15', 'USD', 100, 5, 105, 0, now(), 'GST', 5)
       returning id),
     line as (
       insert into invoice_lines (i_env, i_invoice, line, i_customer, kind, rule, description, net,
                                  tax_rate, tax)
       select 1, id, 1, $1, 'charge', 'charge.manual', 'Cabling of the office', 100, 5, 5 from made),
     entry as (
       insert into ledger_entries (i_env, i_customer, at, day, kind, amount, rule, description, i_invoice)
       select 1, $1, now(), '2026-11-01', 'charge', 105, 'charge.manual', 'Cabling of the office', id
         from made),
     moved as (update customers set balance = balance + 105 where id = $1)
     select id from made`,
    [company.customer, `ADM-${company.customer}`],
  )
  const finances = `/admin/customers/${company.customer}/finances`
  await signIn(page, demo('admin'))
  await page.goto(`${finances}/invoices`)
  await expect(page.getByText('$105.00 is open.')).toBeVisible()
  await accessible(page)
  await page.getByRole('link', { name: `ADM-${company.customer}` }).click()
  await expect(page.getByText('Cabling of the office')).toBeVisible()
  await accessible(page)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'PDF' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/\.pdf$/)

  await page.getByRole('button', { name: 'Void' }).click()
  const dialog = page.getByRole('dialog', { name: /Make invoice ADM-\d+ void/ })
  await expect(dialog).toContainText('$105.00 is no longer owed')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Never ordered')
  await dialog.getByRole('button', { name: 'Make it void' }).click()
  await expect(page.getByText('It was made void: Never ordered')).toBeVisible()

  // Of this customer only: under another's address it isn't found.
  await page.goto(`/admin/customers/46170/finances/invoices/${id}`)
  await expect(page.getByText("This page doesn't exist")).toBeVisible()
})

test('what is too little for a card says why it is open, and is written off', async ({
  page,
  books,
  accessible,
}) => {
  const company = await newCompany(books, { 'Cloud PBX': null })
  await books.rows(
    `with made as (
       insert into invoices (i_env, i_customer, number, state, issued_on, due_on, currency, net, tax,
                             total, paid, created_at, tax_name, tax_rate, waits)
       values (1, $1, $2, 'issued', '2026-11-01', '2026-11-15', 'USD', 0.30, 0, 0.30, 0, now(), 'GST', 0, true)
       returning id),
     line as (
       insert into invoice_lines (i_env, i_invoice, line, i_customer, kind, rule, description, net,
                                  tax_rate, tax)
       select 1, id, 1, $1, 'charge', 'charge.manual', 'A last call', 0.30, 0, 0 from made),
     entry as (
       insert into ledger_entries (i_env, i_customer, at, day, kind, amount, rule, description, i_invoice)
       select 1, $1, now(), '2026-11-01', 'charge', 0.30, 'charge.manual', 'A last call', id from made),
     moved as (update customers set balance = balance + 0.30 where id = $1)
     select id from made`,
    [company.customer, `OFF-${company.customer}`],
  )
  await signIn(page, demo('admin'))
  await page.goto(`/admin/customers/${company.customer}/finances/invoices`)
  await expect(page.getByText('Paid with the next')).toBeVisible()
  await page.getByRole('link', { name: `OFF-${company.customer}` }).click()
  await expect(page.getByText('Too little to be taken from a card at once')).toBeVisible()
  await accessible(page)

  await page.getByRole('button', { name: 'Write off' }).click()
  const dialog = page.getByRole('dialog', { name: /Write off the rest of invoice OFF-\d+/ })
  await expect(dialog).toContainText('$0.30 is no longer owed')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('They left us')
  await dialog.getByRole('button', { name: 'Write it off' }).click()
  await expect(page.getByText(/^Written off on/)).toBeVisible()
  await expect(page.getByText('Too little to be taken from a card at once')).toBeHidden()
  await page.goto(`/admin/customers/${company.customer}/finances/ledger`)
  await expect(page.getByText(`Rest of invoice OFF-${company.customer} written off`)).toBeVisible()
})

test('a customer left out of billing is listed with why and what to do, and is let back in', async ({
  page,
  books,
  accessible,
}) => {
  const company = await newCompany(books, { 'Cloud PBX': null })
  await books.rows(
    `insert into billing_parked (i_env, i_customer, on_day, code, details, parked_at)
     values (1, $1, '2026-11-01', 'wrong_currency',
             '{"name":"Cloud PBX","plan":"CAD","customer":"USD"}', now()) returning on_day`,
    [company.customer],
  )
  await signIn(page, demo('admin'))
  await page.getByRole('link', { name: 'Go to billing' }).click()
  await expect(heading(page, 'Billing')).toBeVisible()
  const row = page.getByRole('row').filter({ hasText: company.login })
  await expect(row).toContainText('Cloud PBX is priced in CAD, the customer is billed in USD.')
  await expect(page.getByRole('table', { name: 'Recurring by plan' })).toContainText('SuperCall')
  await expect(
    page.getByText('Show the figures').or(page.getByText(/^Nothing was invoiced/)),
  ).toBeVisible()
  await accessible(page)
  await page.setViewportSize({ width: 375, height: 800 })
  await accessible(page)
  await page.getByRole('button', { name: `Bill ${company.login} again` }).click()
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Bill who is due now' }).click()
  await expect(page.getByText(/Nobody is due|written/).first()).toBeVisible()
})
