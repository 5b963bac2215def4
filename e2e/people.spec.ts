import { anotherBrowser, expect, newCompany, signIn, test } from './selfcare.ts'

test('a colleague invited to read sees everything, changes nothing, and activity says who did what', async ({
  page,
  browser,
  books,
  accessible,
}) => {
  test.slow()
  const company = await newCompany(books, { 'Cloud PBX': null })
  const email = `rita-${company.login}@example.com`
  await signIn(page, company)

  await page.goto('/settings/people')
  await page.getByRole('button', { name: 'Invite a colleague' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Rita Reader')
  await dialog.getByLabel('E-mail').fill(email)
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  const row = page.getByRole('row', { name: /Rita Reader/ })
  await expect(row).toContainText('Read only')
  await expect(row).toContainText('Invited')
  await accessible()

  const mail = await books.row<{ text: string }>('select text from mails where to_address = $1', [
    email,
  ])
  const link = /\/enter#door=\S+/.exec(mail.text)?.[0] ?? ''
  const rita = await anotherBrowser(browser)
  await rita.goto(link)
  await rita.getByRole('main').getByRole('button').first().click()
  await rita.getByLabel('New password', { exact: true }).fill('a password of my own')
  await rita.getByRole('button', { name: 'Save and go on' }).click()
  await expect(rita.getByRole('heading', { level: 1 })).toContainText('Rita')

  await rita.goto('/extensions')
  const add = rita.getByRole('main').getByRole('button', { name: /Add/ }).first()
  await add.hover()
  await expect(rita.getByRole('tooltip').first()).toContainText('Your role')
  await rita.goto('/settings/people')
  await expect(rita.getByRole('button', { name: 'Invite a colleague' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )

  await rita.goto('/activity?kind=company')
  const act = rita.getByRole('listitem').filter({ hasText: 'Rita Reader was invited' })
  await expect(act).toContainText('Carla Company')
  await act.getByText('What changed').click()
  await expect(act.getByText(email)).toBeVisible()
  await accessible(rita)
  await rita.getByLabel('What').selectOption({ label: 'Invoices and payments' })
  await expect(rita.getByText('Nothing matches')).toBeVisible()
  await rita.setViewportSize({ width: 375, height: 740 })
  await rita.goto('/activity')
  await expect(rita.getByText('Rita Reader was invited').first()).toBeVisible()

  await page.reload()
  await row.getByRole('button', { name: /Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'End access' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End access' }).click()
  await expect(row).toContainText('Ended')
  await rita.goto('/extensions')
  await expect(rita).toHaveURL(/login/)
  await page.goto('/activity')
  await expect(page.getByText('The access of Rita Reader was ended')).toBeVisible()
})

test('the company profile is written as its country writes addresses, and seen by all of its people', async ({
  page,
  browser,
  books,
  accessible,
}) => {
  const company = await newCompany(books, { 'Cloud PBX': null })
  await signIn(page, company)
  await page.goto('/settings/company')
  const save = page.getByRole('button', { name: 'Save' })
  await save.click()
  await expect(page.getByLabel('First name')).toBeFocused()

  await page.getByLabel('First name').fill('Carla')
  await page.getByLabel('Last name').fill('Company')
  await page.getByLabel('E-mail').fill('office@carla.example')
  await page.getByLabel('Contact phone').fill('030 901820')
  await page.getByLabel('Country').selectOption('DE')
  await page.getByLabel('Street and number').fill('Hauptstraße 1')
  await page.getByLabel('Postal code').fill('1011')
  await page.getByLabel('City').fill('Berlin')
  await save.click()
  await expect(page.getByText('Write it as it is written in that country.')).toBeVisible()
  await page.getByLabel('Postal code').fill('10115')
  await save.click()
  await expect(page.getByText('The company profile was saved')).toBeVisible()
  await accessible()

  const [row] = await books.rows<{ phone: string }>('select phone from customers where id = $1', [
    company.customer,
  ])
  expect(row?.phone).toBe('4930901820')
  await page.goto('/activity?kind=company')
  await page.getByText('What changed').first().click()
  await expect(page.getByText('Hauptstraße 1')).toBeVisible()

  await books.rows(
    `insert into users (i_env, realm, login, name, password_hash, i_customer, role)
     select i_env, realm, 'billing-' || login, 'Bill Billing', password_hash, i_customer, 'billing'
       from users where login = $1`,
    [company.login],
  )
  const bill = await anotherBrowser(browser)
  await signIn(bill, { ...company, login: `billing-${company.login}` })
  await bill.goto('/settings/company')
  await expect(bill.getByText('Ask an administrator of your company.')).toBeVisible()
  await expect(bill.getByText('Hauptstraße 1')).toBeVisible()
  await expect(bill.getByRole('button', { name: 'Save' })).toHaveCount(0)
  // Which mails one gets is one's own to say, whatever the role.
  await bill.goto('/settings/notifications')
  await expect(bill.getByText('they can’t be switched off')).toBeVisible()
  const blocks = bill.getByRole('switch', { name: 'Blocks by the provider' })
  await expect(blocks).toBeChecked()
  await blocks.focus()
  await bill.keyboard.press('Space')
  await expect(bill.getByText('Off: Blocks by the provider')).toBeVisible()
  await accessible(bill)
  await bill.reload()
  await expect(blocks).not.toBeChecked()
})
