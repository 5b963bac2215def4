import { randomUUID } from 'node:crypto'
import { addDays, addMonths, type CivilDate, formatDay } from '#server/kernel/civil.ts'
import { clockOf, expect, moveClock, test } from './sandbox.ts'
import {
  addLines,
  anotherBrowser,
  ask,
  demo,
  heading,
  newCompany,
  refusalOf,
  rowOf,
  signIn,
  tell,
} from './selfcare.ts'

test.use({ sandboxName: 'clock' })
// One after the other: they move the same clock.
test.describe.configure({ mode: 'default' })

test('where there is no sandbox there is no such page, and the procedure refuses', async ({
  page,
  books,
}) => {
  await books.rows('update environments set sandbox = false')
  await signIn(page, demo('admin'))
  await expect(page.getByRole('link', { name: 'Customers' }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'Clock' })).toHaveCount(0)
  await page.goto('/admin/system/clock')
  await expect(heading(page, "This page doesn't exist")).toBeVisible()
  expect(await refusalOf(await ask(page, 'clock.status'))).toBe('403 clock.not_sandbox')
  expect(await refusalOf(await tell(page, 'clock.move', { days: 1 }))).toBe('403 clock.not_sandbox')
  await books.rows('update environments set sandbox = true')
})

test('a month is lived in a moment: a planned block begins and ends, and nobody is signed out', async ({
  page,
  browser,
  books,
  accessible,
}) => {
  test.setTimeout(120_000)
  const company = await anotherBrowser(browser)
  const who = await newCompany(books, { 'Cloud PBX': null })
  await signIn(company, who)
  await addLines(company, books, 'Cloud PBX', [['5710', 'Seasonal Sam']])
  const { account } = await books.row<{ account: number }>(
    'select id as account from accounts where i_customer = $1',
    [who.customer],
  )

  await signIn(page, demo('admin'))
  const { today } = await clockOf(page)
  const [from, until] = [addDays(today as CivilDate, 3), addDays(today as CivilDate, 10)]
  const block = { accounts: [account], from, until, reason: '', key: randomUUID() }
  const planned = await tell(company, 'accounts.blocks.block', block)
  expect(planned.ok(), await planned.text()).toBe(true)

  await page.getByRole('link', { name: 'Clock' }).first().click()
  await expect(heading(page, 'Clock')).toBeVisible()
  await expect(page.getByRole('complementary', { name: 'Sandbox' })).toHaveCount(0)
  await accessible()
  await page.getByRole('button', { name: '1 month' }).click()
  await expect(page.getByRole('progressbar')).toBeVisible()

  const arrived = formatDay(addMonths(today as CivilDate, 1), 'en', 'long')
  await expect(page.getByRole('complementary', { name: 'Sandbox' })).toHaveText(
    `Sandbox: ${arrived}`,
    { timeout: 60_000 },
  )
  await expect(page.getByRole('progressbar')).toHaveCount(0)
  await expect(page.getByRole('term').filter({ hasText: 'It is now' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(arrived)
  await accessible()

  expect(
    await books.rows('select days::text as days, state from account_blocks where i_account = $1', [
      account,
    ]),
  ).toEqual([{ days: `[${from},${until})`, state: 'over' }])

  // What happened is as long ago as it is on this clock; sessions are as old as they are.
  await company.goto('/')
  await expect(company.getByRole('complementary', { name: 'Sandbox' })).toBeVisible()
  await expect(company.getByRole('main')).toContainText(/last month|\d weeks ago/)
  await company.goto('/extensions')
  await expect(rowOf(company, '5710')).toContainText('Active')
  await company.goto('/settings/sessions')
  await expect(company.getByRole('main')).toContainText(
    /signed in .*(now|seconds? ago|minutes? ago)/i,
  )
  await page.goto('/admin/customers')
  await expect(heading(page, 'Customers')).toBeVisible()
})

test('to a date: one that has passed, and one too far, are refused where it is typed', async ({
  page,
}) => {
  await signIn(page, demo('admin'))
  const { today } = await clockOf(page)
  await page.goto('/admin/system/clock')
  const day = page.getByLabel('To a date')
  const go = page.getByRole('button', { name: 'Move there' })
  await day.fill(addDays(today as CivilDate, -1))
  await go.click()
  await expect(page.getByRole('alert').filter({ hasText: 'only goes forward' })).toBeVisible()
  await day.fill('9999-12-31')
  await go.click()
  await expect(page.getByRole('alert').filter({ hasText: '20 years ahead at most' })).toBeVisible()

  const to = addDays(today as CivilDate, 2)
  expect(await moveClock(page, { to })).toMatchObject({ today: to, move: null })
})
