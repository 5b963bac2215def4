import type { Page } from '@playwright/test'
import { addLines, demo, expect, newCompany, rowOf, signIn, test } from './selfcare.ts'

const drawer = (page: Page, extension: string) =>
  page.getByRole('dialog', { name: `Extension ${extension}` })

test('an extension gets another number in its drawer, ends, and is brought back as it was', async ({
  page,
  books,
}) => {
  const company = await newCompany(books, { 'Cloud PBX': null, 'Call recording': null })
  await signIn(page, company)
  await addLines(page, books, 'Cloud PBX', [
    ['201', 'Mia Miller'],
    ['202', 'Noah Nguyen'],
  ])

  await page.goto('/extensions')
  await page.getByRole('link', { name: '201', exact: true }).click()
  await expect(page).toHaveURL('/extensions?open=201')
  const open = drawer(page, '201')
  await expect(open.getByText('$10.00 a month', { exact: true })).toBeVisible()

  // Somebody has that number: the sentence stands at the field, and what was typed stays.
  const number = open.getByRole('textbox', { name: 'Extension number' })
  await number.fill('202')
  await open.getByRole('button', { name: 'Save' }).click()
  await expect(number).toHaveAccessibleDescription(/Extension 202 exists already/)
  await expect(number).toHaveValue('202')

  await number.fill('250')
  await open.getByRole('textbox', { name: /^Name/ }).fill('Mia Müller')
  await open.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Extension 250 has been saved')).toBeVisible()
  // Shown everywhere at once, the address included; the account keeps its name.
  await expect(page).toHaveURL('/extensions?open=250')
  const renamed = drawer(page, '250')
  await expect(renamed.getByText(`Mia Müller · ph${company.customer}x201`)).toBeVisible()
  await renamed.getByRole('tab', { name: 'Activity' }).click()
  await renamed.getByText('What changed').first().click()
  await expect(renamed.getByRole('deletion').filter({ hasText: 'Mia Miller' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(rowOf(page, '250')).toContainText('Mia Müller')

  // Its end says what it frees before, and offers the way back after.
  await page.goto('/extensions?open=250')
  await expect(renamed.getByText('Frees a place of Cloud PBX')).toBeVisible()
  await expect(renamed.getByText('Saves $10.00 a month, from today on')).toBeVisible()
  await renamed.getByRole('button', { name: 'End extension 250' }).click()
  await expect(renamed.getByText(`ph${company.customer}x201 has ended`)).toBeVisible()
  const used = () =>
    books.row('select used from agreement_items where i_customer = $1 and used > 0', [
      company.customer,
    ])
  expect(await used()).toEqual({ used: 1 })
  await renamed.getByRole('button', { name: 'Undo' }).click()
  await expect(renamed.getByRole('textbox', { name: 'Extension number' })).toHaveValue('250')
  expect(await used()).toEqual({ used: 2 })
  await page.keyboard.press('Escape')
  await expect(rowOf(page, '250')).toContainText('Active')
})

test('products and add-ons up to the limit; then the rule is named, and who can lift it', async ({
  page,
  books,
}) => {
  const company = await newCompany(books, {
    'Cloud PBX': null,
    'Cloud PBX line': 1,
    'Call recording': 1,
  })
  await signIn(page, company)
  await addLines(page, books, 'Cloud PBX', [
    ['201', 'Mia'],
    ['202', 'Noah'],
  ])

  await page.goto('/extensions?open=201')
  const first = drawer(page, '201')
  await first.getByRole('radio', { name: 'Cloud PBX line' }).check()
  await expect(first.getByText('Now $10.00 a month; then $6.00 a month.')).toBeVisible()
  await first.getByRole('button', { name: 'Change product' }).click()
  await expect(page.getByText('The product was changed')).toBeVisible()
  await first.getByRole('tab', { name: 'Add-ons' }).click()
  await expect(first.getByText('Adds $4.00 a month')).toBeVisible()
  await first.getByRole('button', { name: 'Add Call recording to extension 201' }).click()
  await expect(first.getByText('In use', { exact: true })).toBeVisible()

  await page.goto('/extensions?open=202&tab=addons')
  const second = drawer(page, '202')
  const add = second.getByRole('button', { name: 'Add Call recording to extension 202' })
  await expect(add).toHaveAttribute('aria-disabled', 'true')
  await expect(add).toHaveAccessibleDescription(
    /Call recording: 1 of 1 in use.*Your provider can raise the limit.*help@panda\.example/,
  )
  await second.getByRole('tab', { name: 'General' }).click()
  await expect(second.getByRole('radio', { name: 'Cloud PBX line' })).toBeDisabled()
  await expect(second.getByRole('radio', { name: 'Cloud PBX line' })).toHaveAccessibleDescription(
    /Cloud PBX line: 1 of 1 in use/,
  )

  await page.goto('/add-ons')
  await expect(page.getByRole('meter', { name: 'Call recording' })).toHaveAttribute(
    'aria-valuetext',
    '1 of 1 in use',
  )
  await expect(
    page.getByText(/1 of 1 places are in use\. Your provider can raise the limit/).first(),
  ).toBeVisible()
  await page
    .getByRole('list', { name: 'Add-ons' })
    .getByRole('link', { name: '1 extension' })
    .click()
  await expect(rowOf(page, '201')).toBeVisible()
  await expect(rowOf(page, '202')).toBeHidden()
})

test('many at once, by keyboard alone: found, selected, ended, and all of it undone', async ({
  page,
  books,
}) => {
  const company = await newCompany(books, { 'Cloud PBX': null })
  await signIn(page, company)
  await addLines(page, books, 'Cloud PBX', [
    ['201', 'Sales one'],
    ['202', 'Sales two'],
    ['300', 'Kitchen'],
  ])
  await books.rows(
    "update accounts set status = 'blocked', blocked_by = 'admin' where i_customer = $1 and name = 'Sales two'",
    [company.customer],
  )

  await page.goto('/extensions')
  await page.getByRole('searchbox').focus()
  await page.keyboard.type('sales')
  await expect(page).toHaveURL('/extensions?q=sales')
  await expect(rowOf(page, '300')).toBeHidden()
  await page.getByRole('checkbox', { name: 'Select all 2 on this page' }).focus()
  await page.keyboard.press('Space')
  const bar = page.getByRole('toolbar', { name: '2 selected' })
  await bar.getByRole('button', { name: 'End' }).focus()
  await page.keyboard.press('Enter')

  const dialog = page.getByRole('dialog', { name: 'End 1 extension?' })
  await expect(dialog).toContainText('1 extension is blocked by your provider and stays.')
  await dialog.getByRole('button', { name: 'End 1 extension' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText(`ph${company.customer}x201 has ended`)).toBeVisible()
  await expect(rowOf(page, '201')).toBeHidden()
  await expect(rowOf(page, '202')).toContainText('Blocked by your provider')
  await page.getByRole('button', { name: 'Undo' }).focus()
  await page.keyboard.press('Enter')
  await expect(rowOf(page, '201')).toContainText('Active')
})

test('an extension the provider has blocked is shown, and every button says why it can’t be pressed', async ({
  page,
  books,
  accessible,
}) => {
  const company = await newCompany(books, { 'Cloud PBX': null, 'Call recording': null })
  await signIn(page, company)
  await addLines(page, books, 'Cloud PBX', [['201', 'Mia']])
  await books.rows(
    "update accounts set status = 'blocked', blocked_by = 'admin' where i_customer = $1",
    [company.customer],
  )

  await page.setViewportSize({ width: 375, height: 800 })
  await page.goto('/extensions?open=201')
  const open = drawer(page, '201')
  const why = /Your provider has blocked ph\d+x201\. Ask your provider to unblock it\./
  await expect(open.getByText(why).first()).toBeVisible()
  for (const name of ['Save', 'End extension 201']) {
    const button = open.getByRole('button', { name })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(button).toHaveAccessibleDescription(why)
  }
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(wider, 'nothing is wider than the screen').toBe(false)
  await accessible()
  for (const tab of ['numbers', 'device', 'addons', 'activity']) {
    await page.goto(`/extensions?open=201&tab=${tab}`)
    await expect(open.getByRole('tabpanel')).not.toBeEmpty()
    await accessible()
  }
})

test('what is listed, in which order and with which columns, stands in the address', async ({
  page,
}) => {
  await signIn(page, demo('adam'))
  await page.goto('/extensions')
  await page.getByRole('combobox', { name: 'Any phone number' }).selectOption('With a phone number')
  await expect(page).toHaveURL('/extensions?number=with')
  await page.getByRole('link', { name: 'Name' }).click()
  await expect(page).toHaveURL('/extensions?number=with&sort=name')
  await page.locator('summary', { hasText: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Phone' }).uncheck()
  await expect(page.getByRole('columnheader', { name: 'Phone' })).toBeHidden()
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  )
  await expect(page.getByRole('columnheader', { name: 'Phone' })).toBeHidden()
  await expect(rowOf(page, '4665')).toBeVisible()
})
