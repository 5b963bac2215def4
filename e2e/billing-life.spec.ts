import { randomUUID } from 'node:crypto'
import { addDays, type CivilDate } from '#server/kernel/civil.ts'
import { cards } from './prospect.ts'
import { clockOf, expect, moveClock, test } from './sandbox.ts'
import { addLines, anotherBrowser, demo, newCompany, signIn, tell } from './selfcare.ts'
import { typeCard } from './signup.ts'

test.use({ sandboxName: 'billing' })

test('a bill with free days on it is read, taken home as a PDF, and paid with a new card', async ({
  page,
  browser,
  books,
  accessible,
}) => {
  test.setTimeout(180_000)
  const who = await newCompany(books, { 'Cloud PBX': null })
  await signIn(page, who)
  await addLines(page, books, 'Cloud PBX', [['4665', 'John Doe']])
  const { account } = await books.row<{ account: number }>(
    'select id as account from accounts where i_customer = $1',
    [who.customer],
  )
  const admin = await anotherBrowser(browser)
  await signIn(admin, demo('admin'))
  const { today } = await clockOf(admin)
  const [from, until] = [addDays(today as CivilDate, 2), addDays(today as CivilDate, 5)]
  const block = { accounts: [account], from, until, reason: '', key: randomUUID() }
  expect((await tell(page, 'accounts.blocks.block', block)).ok()).toBe(true)
  await moveClock(admin, { days: 33 })

  await page.goto('/billing/blocked-days')
  const free = page.getByRole('row').filter({ hasText: '4665 John Doe' })
  await expect(free.first()).toContainText(/days?/)
  await expect(page.getByText('Saved in all')).toBeVisible()
  await accessible()

  await page.goto('/billing/card')
  await expect(page.getByText('There is no card on file.')).toBeVisible()
  await page.getByRole('button', { name: 'Add a card' }).click()
  await typeCard(page, cards.approved)
  await page.getByRole('button', { name: 'Save card' }).click()
  await expect(page.getByText('Visa ending in 4242')).toBeVisible()
  await accessible()

  await page.goto('/billing/invoices?state=open')
  await page.getByRole('link', { name: /^INV-/ }).first().click()
  await expect(page.getByRole('heading', { name: /^Invoice INV-/ })).toBeVisible()
  await accessible()
  const [pdf] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download PDF' }).click(),
  ])
  expect(pdf.suggestedFilename()).toMatch(/\.pdf$/)

  await page.getByRole('button', { name: /^Pay \$/ }).click()
  await expect(page.getByText(/^Invoice INV-.+ is paid$/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Pay \$/ })).toHaveCount(0)
  await expect(page.getByText('Paid', { exact: true }).first()).toBeVisible()

  await page.goto('/billing/payments?only=payments')
  await expect(page.getByText('Payment received').first()).toBeVisible()
})
