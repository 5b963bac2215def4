import { addExtension, addLines, expect, newCompany, signIn, test } from './selfcare.ts'

test('the next invoice says what it is for, line by line, before anything is issued', async ({
  page,
  books,
  accessible,
}) => {
  await signIn(page, await newCompany(books, { 'Cloud PBX': null }))
  await page.getByRole('link', { name: 'See billing' }).click()
  await expect(page.getByText('Nothing to invoice so far')).toBeVisible()
  await accessible()

  await addLines(page, books, 'Cloud PBX', [['4665', 'John Doe']])
  await page.reload()
  const line = page.getByRole('listitem').filter({ hasText: 'Line 4665 John Doe' })
  await expect(line.getByText(/^Cloud PBX, .+ \d{4}$/).first()).toBeVisible()
  await expect(page.getByRole('heading', { name: /^Invoice of .+ 1, \d{4}$/ })).toBeVisible()
  await expect(page.getByText('Nothing is open.')).toBeVisible()
  await accessible()
})

test('what an extension will cost is said first, and is what the next invoice gains', async ({
  page,
  books,
}) => {
  const company = await newCompany(books, { 'Cloud PBX': null })
  await signIn(page, company)
  await page.goto('/extensions/new')
  await expect(page.getByText('Adds $10.00 a month')).toBeVisible()
  const said = page.getByText(/^For .+, on your invoice of .+\. Tax not included\.$/)
  await expect(said).toBeVisible()
  const [, days, amount, day] =
    /^For (.+ \d{4}) (\$[\d.]+), on your invoice of (.+ \d{4})\./.exec(
      (await said.textContent()) ?? '',
    ) ?? []
  expect(amount).toMatch(/^\$\d+\.\d\d$/)

  await addExtension(page, '4801', 'New Hire')
  await expect(page.getByText('Extension 4801 has been added')).toBeVisible()
  await page.goto('/billing')
  await expect(page.getByRole('heading', { name: `Invoice of ${day}` })).toBeVisible()
  const line = page.getByRole('listitem').filter({ hasText: 'Line 4801 New Hire' }).first()
  const entry = line.getByRole('listitem').filter({ hasText: `Cloud PBX, ${days}` })
  await expect(entry).toContainText(amount ?? 'no amount')
})

test('each page of billing says what it is for while there is nothing on it', async ({
  page,
  books,
  accessible,
}) => {
  await signIn(page, await newCompany(books, { 'Cloud PBX': null }))
  await page.goto('/billing')
  const tabs = page.getByRole('navigation', { name: 'Billing' })

  await tabs.getByRole('link', { name: 'Invoices' }).click()
  await expect(page.getByText('No invoices yet')).toBeVisible()
  await accessible()

  await tabs.getByRole('link', { name: 'Statement' }).click()
  await expect(page.getByText('Nothing yet')).toBeVisible()
  await page.getByRole('link', { name: 'Payments and refunds' }).click()
  await expect(page.getByText('No payments yet')).toBeVisible()
  await accessible()

  await tabs.getByRole('link', { name: 'Subscriptions' }).click()
  await expect(page.getByText('Nothing runs yet')).toBeVisible()
  await accessible()

  await tabs.getByRole('link', { name: 'Blocked days' }).click()
  await expect(page.getByText('No blocked days so far')).toBeVisible()
  await expect(page.getByText(/blocked from midnight to midnight is free/)).toBeVisible()
  await accessible()
})

test('nobody else’s invoice is shown, and billing fits a phone', async ({ page, books }) => {
  await page.setViewportSize({ width: 375, height: 812 })
  await signIn(page, await newCompany(books, { 'Cloud PBX': null }))
  await addLines(page, books, 'Cloud PBX', [['4665', 'John Doe of the long corridor on the left']])
  for (const path of ['', '/invoices', '/payments', '/subscriptions', '/blocked-days']) {
    await page.goto(`/billing${path}`)
    await expect(page.getByRole('heading', { level: 1, name: 'Billing' })).toBeVisible()
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(wider, path).toBe(0)
  }
  await page.goto('/billing/invoices/1')
  await expect(page.getByText('Invoice INV-')).toHaveCount(0)
})
