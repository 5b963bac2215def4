import { randomUUID } from 'node:crypto'
import { addDays, dayIn, formatDay } from '#server/kernel/civil.ts'
import {
  addExtension,
  addLines,
  anotherBrowser,
  demo,
  expect,
  heading,
  newCompany,
  refusalOf,
  rowOf,
  signIn,
  tell,
  test,
} from './selfcare.ts'

/** The companies' calendar, by which days are free. */
const zone = 'America/Los_Angeles'
const inDays = (n: number) => addDays(dayIn(zone, new Date()), n)
const said = (n: number) => formatDay(inDays(n), 'en')

const drawerOf = (extension: string) => `/extensions?open=${extension}&tab=blocks`

test('a specialist leaves when the season ends: the line is blocked, and works again when they are back', async ({
  page,
  books,
  accessible,
}) => {
  await signIn(page, await newCompany(books, { 'Cloud PBX': null }))
  await addExtension(page, '5710', 'Seasonal Sam')
  await expect(page.getByText('Extension 5710 has been added')).toBeVisible()

  await page.goto(drawerOf('5710'))
  await page.getByRole('button', { name: 'Block…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Block Seasonal Sam' })
  const does = dialog.getByRole('region', { name: 'What this does' })
  await expect(does).toContainText(`From ${said(1)} until unblocked`)
  await expect(does).toContainText(/\$\d+\.\d\d in \w+ \d+, then \$10\.00 every month/)
  await accessible()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Season is over')
  await dialog.getByRole('button', { name: 'Block 1 line' }).press('Enter')

  const drawer = page.getByRole('dialog', { name: /5710/ })
  await expect(drawer.getByText('Blocked by the company')).toBeVisible()
  await expect(drawer.getByText('Season is over')).toBeVisible()
  await accessible()

  // By mistake: undone from the notification, and then for good.
  await drawer.getByRole('button', { name: 'Unblock', exact: true }).click()
  await expect(drawer.getByText('Active')).toBeVisible()
  const works = page.getByRole('alertdialog').filter({ hasText: 'The line works again' })
  await works.getByRole('button', { name: 'Undo' }).click()
  await expect(drawer.getByText('Blocked by the company')).toBeVisible()
  await drawer.getByRole('button', { name: 'Unblock', exact: true }).click()
  await expect(drawer.getByText('Active')).toBeVisible()
})

test('a block is planned with the days it frees said beforehand, shown in its month, and taken back', async ({
  page,
  books,
  accessible,
}) => {
  await page.setViewportSize({ width: 375, height: 800 })
  await signIn(page, await newCompany(books, { 'Cloud PBX': null }))
  await addExtension(page, '5720', 'Planned Pia')
  await expect(page.getByText('Extension 5720 has been added')).toBeVisible()

  await page.goto(drawerOf('5720'))
  await page.getByRole('button', { name: 'Block…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Block Planned Pia' })
  await dialog.getByLabel(/First day/).fill(inDays(10))
  await dialog.getByLabel(/Last day/).fill(inDays(8))
  await expect(dialog.getByText(/The last day can't be before the first/)).toBeVisible()
  await dialog.getByLabel(/Last day/).fill(inDays(12))
  const days = `${said(10)} to ${said(12)} (3 days)`
  await expect(dialog.getByRole('region', { name: 'What this does' })).toContainText(days)
  await accessible()
  await dialog.getByRole('button', { name: 'Plan block of 1 line' }).click()
  await expect(
    page.getByRole('dialog', { name: /5720/ }).getByText('Planned', { exact: true }),
  ).toBeVisible()

  await page.goto(`/blocks?month=${inDays(10).slice(0, 7)}`)
  await expect(heading(page, 'Blocks')).toBeVisible()
  const row = page.getByRole('row').filter({ hasText: 'Planned Pia' })
  await expect(row).toContainText(days)
  await expect(page.locator(`time[datetime="${inDays(11)}"]`)).toContainText('1 line')
  await accessible()
  await row.getByRole('button', { name: /Actions for the block of 5720/ }).click()
  await page.getByRole('menuitem', { name: 'Take back' }).click()
  await expect(row).toHaveCount(0)
})

test('what the provider has blocked says so, and its customer can’t touch it, by button or without', async ({
  page,
  browser,
  books,
  accessible,
}) => {
  await signIn(page, demo('adam'))
  await addExtension(page, '5730', 'Barred Bo')
  await expect(page.getByText('Extension 5730 has been added')).toBeVisible()
  const { id: account } = (await books.row(
    "select id from accounts where account_id = 'ph46170x5730'",
  )) as { id: number }

  const provider = await anotherBrowser(browser)
  await signIn(provider, demo('admin'))
  const blocked = await tell(provider, 'accounts.blocks.blockFor', {
    customer: 46170,
    accounts: [account],
    reason: 'Unpaid calls abroad',
    key: randomUUID(),
  })
  expect(blocked.status()).toBe(200)
  await provider.context().close()

  await page.goto(drawerOf('5730'))
  const drawer = page.getByRole('dialog', { name: /5730/ })
  await expect(drawer.getByText('Blocked by your provider').first()).toBeVisible()
  await expect(drawer.getByText(/Unpaid calls abroad/).first()).toBeVisible()
  const unblock = drawer.getByRole('button', { name: 'Unblock', exact: true })
  await expect(unblock).toHaveAttribute('aria-disabled', 'true')
  await expect(unblock).toHaveAccessibleDescription(/Your provider has blocked ph46170x5730/)
  await unblock.focus()
  await page.keyboard.press('Enter')
  await accessible()
  const attempt = await tell(page, 'accounts.blocks.unblock', {
    accounts: [account],
    key: randomUUID(),
  })
  expect(await refusalOf(attempt)).toBe('409 accounts.blocked_by_admin')
  expect(
    await books.row("select status, blocked_by from accounts where account_id = 'ph46170x5730'"),
  ).toEqual({ status: 'blocked', blocked_by: 'admin' })
})

test('a whole shift is blocked and unblocked from the list, and months are leafed through, by keyboard alone', async ({
  page,
  books,
  browser,
  accessible,
}) => {
  const company = await newCompany(books, { 'Cloud PBX': null })
  await signIn(page, company)
  await addLines(page, books, 'Cloud PBX', [
    ['201', 'Early Eva'],
    ['202', 'Early Ed'],
    ['203', 'Barred Bo'],
  ])
  const { id: barred } = await books.row<{ id: number }>(
    "select id from accounts where i_customer = $1 and name = 'Barred Bo'",
    [company.customer],
  )
  const provider = await anotherBrowser(browser)
  await signIn(provider, demo('admin'))
  const blocked = await tell(provider, 'accounts.blocks.blockFor', {
    customer: company.customer,
    accounts: [barred],
    key: randomUUID(),
  })
  expect(blocked.ok(), await blocked.text()).toBe(true)
  await provider.context().close()

  const press = async (name: string, within = page.locator('body')) => {
    await within.getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
  }
  const selectAll = async () => {
    await page.getByRole('checkbox', { name: 'Select all 3 on this page' }).focus()
    await page.keyboard.press('Space')
  }
  await page.goto('/extensions')
  await selectAll()
  const bar = page.getByRole('toolbar', { name: '3 selected' })
  await press('Block…', bar)
  const dialog = page.getByRole('dialog', { name: 'Block 2 lines' })
  await expect(dialog).toContainText('1 line stays as it is.')
  await expect(dialog.getByRole('region', { name: 'What this does' })).toContainText(
    /then \$20\.00 every month/,
  )
  await accessible()
  await press('Block 2 lines', dialog)
  await expect(rowOf(page, '201')).toContainText('Blocked by the company')
  await expect(rowOf(page, '202')).toContainText('Blocked by the company')
  await expect(rowOf(page, '203')).toContainText('Blocked by your provider')

  await page.goto('/blocks')
  await expect(page.getByRole('row').filter({ hasText: 'Early Ed' })).toBeVisible()
  const month = inDays(0).slice(0, 7)
  await page.getByRole('link', { name: 'Next month' }).focus()
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(new RegExp(`/blocks$|month=${month}`))
  await expect(page.locator('time').first()).toContainText('3 lines')
  await page.getByRole('link', { name: 'Previous month' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.locator(`time[aria-current=date]`)).toHaveAttribute('datetime', inDays(0))

  await page.goto('/extensions')
  await selectAll()
  await press('Unblock…', bar)
  await press('Unblock 2 lines', page.getByRole('dialog', { name: 'Unblock 2 lines' }))
  await expect(rowOf(page, '201')).toContainText('Active')
  await expect(rowOf(page, '203')).toContainText('Blocked by your provider')
})
