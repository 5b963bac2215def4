import type { Page } from '@playwright/test'
import type { Books } from './books.ts'
import {
  anotherBrowser,
  colleagueOf,
  demo,
  expect,
  heading,
  rowOf,
  signIn,
  test,
} from './selfcare.ts'

const headings =
  'Extension number,Name,DID numbers,Published,Email for notifications,Timezone,Product,Huntgroup\n'

async function upload(page: Page, file: string | { name: string; text: string }): Promise<void> {
  await page.goto('/extensions/upload')
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  const chooser = await choosing
  await chooser.setFiles(
    typeof file === 'string'
      ? `e2e/files/${file}`
      : { name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.text) },
  )
  await expect(page).toHaveURL(/\/extensions\/upload\/[0-9a-f-]{36}$/)
}

const cell = (page: Page, n: number, column: string) =>
  page
    .getByRole('textbox', { name: `Row ${n}, ${column}`, exact: true })
    .or(page.getByRole('combobox', { name: `Row ${n}, ${column}`, exact: true }))

/** A company of its own, with one product: no other story is in its way. */
async function companyOf(books: Books, agreed: { product: string; quantity: number }) {
  const { id } = await books.row<{ id: number }>(
    `insert into customers (i_env, i_customer_class, name, company_name, email, country, currency, time_zone)
     select i_env, i_customer_class, 'Limited Ltd', 'Limited Ltd', email, country, currency, time_zone
       from customers where id = 46175 returning id`,
  )
  await books.row(
    `insert into agreement_items (i_env, i_customer, i_product, quantity)
     select i_env, $1, id, $3 from products where name = $2 returning i_product`,
    [id, agreed.product, agreed.quantity],
  )
  const who = await colleagueOf(books, 'five')
  await books.row('update users set i_customer = $2 where login = $1 returning id', [who.login, id])
  return who
}

test('Adam adds twelve new colleagues from the file LibreOffice wrote, and takes them back', async ({
  page,
  accessible,
}) => {
  await signIn(page, demo('adam'))
  await page.goto('/extensions')
  await page.getByRole('link', { name: 'Upload', exact: true }).click()
  await expect(heading(page, 'Upload extensions')).toBeVisible()
  await accessible()

  await upload(page, 'new-hires.xlsx')
  await expect(heading(page, 'new-hires.xlsx')).toBeVisible()
  await expect(page.getByText('12 can be added')).toBeVisible()
  await expect(page.getByText(/12 more, \d+ in use, no limit/)).toBeVisible()
  await expect(page.getByText('Each month').locator('..')).toContainText('$120.00')
  await expect(cell(page, 2, 'Name')).toHaveValue('Renée O’Connor')
  await accessible()

  await page.getByRole('button', { name: 'Add 12 extensions' }).click()
  await expect(page.getByText('12 extensions were added')).toBeVisible()
  await accessible()
  await page.getByRole('link', { name: 'To the extensions' }).click()
  await expect(rowOf(page, '4701')).toContainText('+1 (209) 455-5950')
  await expect(rowOf(page, '4708')).toContainText('Hiro 田中')

  await page.goto('/extensions/upload')
  await page.getByRole('link', { name: 'new-hires.xlsx' }).first().click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Take back 12 extensions' }).click()
  await expect(page.getByText('12 extensions were taken back')).toBeVisible()
  await page.goto('/extensions?q=4701')
  await expect(rowOf(page, '4701')).toHaveCount(0)
})

test('ten different faults are mended in the grid, and nothing is uploaded twice', async ({
  page,
  accessible,
}) => {
  const rows = [
    '4.8E+3,Ada,,,,,Cloud PBX,',
    '48O2,Ben,,,,,Cloud PBX,',
    '4803,Cas,12094555949,,,,Cloud PBX,',
    '4804,Dot,16045554000,,,,Cloud PBX,',
    '4805,Eli,,perhaps,,,Cloud PBX,',
    '4806,Fay,,,fay at abc,,Cloud PBX,',
    '4807,Gus,,,,Mars/Olympus,Cloud PBX,',
    '4808,Hal,,,,,Cloud PXB,',
    '4809,Ida,,,,,Cloud PBX,Sails',
    '4803,Jon,,,,,Cloud PBX,',
    '4811,Kit,,,,,Cloud PBX,',
  ]
  await signIn(page, demo('adam'))
  await upload(page, { name: 'faults.csv', text: `${headings}${rows.join('\n')}\n` })
  await expect(page.getByText('10 have faults to mend')).toBeVisible()
  const add = page.getByRole('button', { name: 'Add 1 extension' })
  await expect(add).toHaveAccessibleDescription(/10 rows have faults/)
  await expect(cell(page, 2, 'Extension number')).toHaveAccessibleDescription(
    /A spreadsheet has shortened this number and its digits are gone/,
  )
  await expect(page.getByText('12094555949 is on 4665 already')).toBeVisible()
  await accessible()

  const mend = async (n: number, column: string, value: string) => {
    await cell(page, n, column).fill(value)
    await cell(page, n, column).press('Enter')
    await expect(cell(page, n, column)).not.toHaveAttribute('aria-invalid', 'true')
  }
  await mend(2, 'Extension number', '4801')
  await mend(3, 'Extension number', '4802')
  await mend(4, 'DID numbers', '12094555961')
  await mend(5, 'DID numbers', '')
  await mend(6, 'Published', 'Y')
  await mend(7, 'Email for notifications', 'fay@abc.example')
  await mend(8, 'Timezone', 'America/Denver')
  await mend(9, 'Product', 'Cloud PBX')
  await mend(10, 'Huntgroup', 'Sales')
  await mend(11, 'Extension number', '4810')
  await expect(page.getByText('11 can be added')).toBeVisible()

  await page.getByRole('button', { name: 'Add 11 extensions' }).click()
  await expect(page.getByText('11 extensions were added')).toBeVisible()
  await page.goto('/extensions?q=Fay')
  await expect(rowOf(page, '4806')).toBeVisible()
})

test('a file over the limit adds what there is room for; the rest is ordered, approved, and exists', async ({
  page,
  books,
  browser,
  accessible,
}) => {
  const product = 'Cloud PBX up to 5 phone lines'
  const rows = [901, 902, 903, 904, 905].map((extension) => `${extension},${product}\n`)
  await signIn(page, await companyOf(books, { product, quantity: 2 }))
  await upload(page, { name: 'five.csv', text: `Extension,Product\n${rows.join('')}` })
  await expect(page.getByText('3 are beyond your agreement')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add 2 extensions' })).toHaveAccessibleDescription(
    /3 rows are beyond your agreement/,
  )
  await page.getByRole('radio', { name: /Send the rest for approval/ }).check()
  await page.getByRole('button', { name: 'Add 2, send 3 for approval' }).click()
  await expect(page.getByText('2 extensions were added')).toBeVisible()
  await page.getByRole('link', { name: 'See the order' }).click()
  await expect(page.getByText('3 extensions wait for approval')).toBeVisible()

  const provider = await anotherBrowser(browser)
  await signIn(provider, demo('admin'))
  await provider.goto('/admin/approvals')
  const order = provider.getByRole('row').filter({ hasText: 'Limited Ltd' })
  await expect(order).toContainText(`3 more of ${product}: from 2 to 5`)
  await accessible(provider)
  await order.getByRole('button', { name: 'Approve' }).click()
  await expect(order).toHaveCount(0)

  await page.reload()
  await expect(page.getByText('3 extensions were added')).toBeVisible()
  await page.goto('/extensions?q=905')
  await expect(rowOf(page, '905')).toBeVisible()
})
