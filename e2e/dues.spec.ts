import { addDays, addMonths, civilDate } from '#server/kernel/civil.ts'
import { cards } from './prospect.ts'
import { clockOf, expect, moveClock, test } from './sandbox.ts'
import { addLines, anotherBrowser, demo, newCompany, signIn } from './selfcare.ts'
import { bank, tellBank, typeCard } from './signup.ts'

test.use({ sandboxName: 'dues' })

test('an invoice nobody paid stops service; paid with a card the bank asks about, it goes on', async ({
  page,
  browser,
  books,
  accessible,
}) => {
  test.setTimeout(300_000)
  const company = await newCompany(books, { 'Cloud PBX': null })
  await signIn(page, company)
  await addLines(page, books, 'Cloud PBX', [['4665', 'John Doe']])
  const admin = await anotherBrowser(browser)
  await signIn(admin, demo('admin'))
  const { today } = await clockOf(admin)
  const first = addMonths(civilDate(`${today.slice(0, 7)}-01`), 1)

  // Due a fortnight after it was issued; overdue the day after.
  await moveClock(admin, { to: addDays(first, 16) })
  await page.goto('/billing/invoices')
  await expect(page.getByText(/overdue/i).first()).toBeVisible()
  await expect(page.getByText('Service is suspended')).toHaveCount(0)

  await moveClock(admin, { to: addDays(first, 29) })
  await page.goto('/')
  await expect(page.getByText('Service is suspended')).toBeVisible()
  await accessible()

  await page.goto('/billing/card')
  await page.getByRole('checkbox', { name: 'Pay invoices from it automatically' }).uncheck()
  await expect(page.getByText('You pay each invoice yourself.')).toBeVisible()
  await page.getByRole('button', { name: 'Add a card' }).click()
  await typeCard(page, cards.challenge)
  await page.getByRole('button', { name: 'Save card' }).click()
  await expect(bank(page)).toBeVisible()
  await tellBank(page, 'Approve')
  await expect(page.getByText('Visa ending in 3220')).toBeVisible()

  await page.getByRole('link', { name: 'See invoices' }).click()
  const late = page.getByRole('row').filter({ hasText: /overdue/i })
  await late.getByRole('link', { name: /^INV-/ }).click()
  await page.getByRole('button', { name: /^Pay \$/ }).click()
  await expect(bank(page)).toBeVisible()
  await tellBank(page, 'Approve')
  await expect(page.getByText(/^Invoice INV-.+ is paid$/)).toBeVisible()
  await expect(page.getByText('Service is suspended')).toHaveCount(0)
  await page.goto('/')
  await expect(page.getByText('Service is suspended')).toHaveCount(0)
})
