import {
  addLines,
  anotherBrowser,
  demo,
  expect,
  heading,
  newCompany,
  signIn,
  test,
} from './selfcare.ts'

test('an administrator imports usage; what is wrong is said by row, and the customer sees the rest', async ({
  page,
  browser,
  books,
  accessible,
}) => {
  const who = await newCompany(books, { 'Cloud PBX': null })
  const company = await anotherBrowser(browser)
  await signIn(company, who)
  await addLines(company, books, 'Cloud PBX', [
    ['201', 'Tess Talker'],
    ['202', 'Quentin Quiet'],
  ])
  await company.goto('/usage')
  await expect(heading(company, 'Calls and data')).toBeVisible()
  await expect(company.getByRole('main')).toContainText('Nothing was used')
  await accessible(company)

  const line = (extension: string) => `ph${who.customer}x${extension}`
  const at = new Date(Date.now() - 1_000).toISOString()
  const file = [
    'id,account,service,start,duration,amount,currency,destination',
    `${line('201')}-1,${line('201')},voice,${at},75,0.125,USD,442079460018`,
    `${line('201')}-2,${line('201')},voice,${at},3600,2.5,,14165550177`,
    `${line('202')}-1,${line('202')},Voice calls,${at},10,0,,14165550177`,
    `${line('202')}-2,${line('299')},voice,${at},10,0.01,,14165550177`,
    `${line('202')}-3,${line('202')},voice,${at},10,0.01,EUR,14165550177`,
    `${line('202')}-4,${line('202')},voice,2020-01-01T00:00:00Z,10,0.01,,`,
  ].join('\n')
  const upload = async (text: string) => {
    await page.locator('input[type=file]').setInputFiles({
      name: 'usage.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    })
  }

  await signIn(page, demo('admin'))
  await page.getByRole('link', { name: 'Usage import' }).first().click()
  await expect(heading(page, 'Usage import')).toBeVisible()
  await upload(file)
  const told = page.getByRole('status')
  await expect(told.filter({ hasText: '3 records imported, 3 not taken' })).toBeVisible()
  const faults = page.getByRole('table', { name: 'Rows that were not taken' })
  await expect(faults).toContainText(`There was no account ${line('299')}`)
  await expect(faults).toContainText('This customer pays in USD, and the amount is in EUR')
  await expect(faults).toContainText(/Jan 1, 2020 has been billed|Dec 31, 2019 has been billed/)
  await accessible()
  await upload(file)
  await expect(told.filter({ hasText: 'Nothing new, 3 known already, 3 not taken' })).toBeVisible()
  await upload('some,words\n1,2\n')
  await expect(page.getByRole('alert').filter({ hasText: 'these are missing' })).toContainText(
    'id, account, service',
  )

  await company.goto('/usage')
  const totals = company.getByRole('table', { name: 'By line and service' })
  await expect(totals.getByRole('row', { name: /Tess Talker/ })).toContainText('1:01:15')
  await expect(totals.getByRole('row', { name: /Tess Talker/ })).toContainText('$2.63')
  await expect(company.getByRole('main')).toContainText('Together, before tax$2.63')
  await expect(company.locator('.recharts-bar-rectangle').first()).toBeAttached()
  await accessible(company)

  await company.getByRole('combobox', { name: 'Line' }).selectOption('Quentin Quiet')
  const records = company.getByRole('table', { name: 'Every record' })
  await expect(records.getByRole('row')).toHaveCount(2)
  await expect(records).toContainText('+1 (416) 555-0177')
  await expect(company).toHaveURL(/line=/)
})

test('the user of a line sees the calls of that line, of months before, too', async ({
  page,
  accessible,
}) => {
  await signIn(page, demo('john'))
  await page.getByRole('link', { name: 'My calls' }).first().click()
  await expect(heading(page, 'My calls this month')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Line' })).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Billing cycle' }).selectOption({ index: 1 })
  await expect(page.getByRole('table', { name: 'Every record' }).getByRole('row')).not.toHaveCount(
    0,
  )
  await accessible()
})
