import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { Books } from './books.ts'
import {
  addLines,
  anotherBrowser,
  colleagueOf,
  demo,
  expect,
  heading,
  newCompany,
  rowOf,
  signIn,
  tell,
  test,
} from './selfcare.ts'

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

/** What went wrong in the file of the twelve, each fault another: cells as they are, and as they became. */
const damage = [
  ['4701,', '4.8E+3,'],
  ['4702,', '47O2,'],
  ['12094555953', '12094555949'],
  ['"Dmytro Шевченко",', '"Dmytro Шевченко",16045554000'],
  [',12094555954,"Y"', ',12094555954,"perhaps"'],
  ['frank@abc.example', 'frank at abc'],
  [
    '"Grace Gómez",12094555955,"Y","grace@abc.example",,"Cloud PBX","Sales"',
    '"Grace Gómez",12094555955,"Y","grace@abc.example",,"Cloud PBX","Sails"',
  ],
  ['Asia/Tokyo', 'Mars/Olympus'],
  ['"ines@abc.example",,"Cloud PBX"', '"ines@abc.example",,"Cloud PXB"'],
  ['4710,', '4703,'],
] as const

test('the same file with ten different faults: they are mended in the grid, and nothing is uploaded twice', async ({
  page,
  books,
  accessible,
}) => {
  // A company of its own, with the numbers and groups of the file.
  const company = await newCompany(books, { 'Cloud PBX': null })
  const numbersOf = (text: string) => text.replaceAll('12094555', `1${company.customer}75`)
  await books.rows(
    `insert into numbers (i_env, number, city, region, country, pool, pleasant, i_customer)
     select 1, $2::text || n, 'Modesto', 'CA', 'US', 'retail', 0, $1 from generate_series(949, 959) n`,
    [company.customer, numbersOf('12094555')],
  )
  await books.rows(
    `insert into hunt_groups (i_env, i_customer, name) select 1, $1, unnest(array['Sales', 'Support'])`,
    [company.customer],
  )
  await signIn(page, company)
  await addLines(page, books, 'Cloud PBX', [['4665', 'John Doe']])
  const { id: john } = await books.row<{ id: number }>(
    'select id from accounts where i_customer = $1',
    [company.customer],
  )
  const taken = numbersOf('12094555949')
  await tell(page, 'accounts.moveNumbers', { numbers: [taken], to: john })

  const text = damage.reduce(
    (file, [is, became]) => {
      expect(file).toContain(is)
      return file.replace(is, became)
    },
    readFileSync('e2e/files/new-hires.csv', 'utf8'),
  )
  await upload(page, { name: 'new-hires.csv', text: numbersOf(text) })
  await expect(page.getByText('10 have faults to mend')).toBeVisible()
  await expect(page.getByText('2 can be added')).toBeVisible()
  const add = page.getByRole('button', { name: 'Add 2 extensions' })
  await expect(add).toHaveAccessibleDescription(/10 rows have faults/)
  await expect(cell(page, 2, 'Extension number')).toHaveAccessibleDescription(
    /A spreadsheet has shortened this number and its digits are gone/,
  )
  await expect(page.getByText(`${taken} is on 4665 already`)).toBeVisible()
  await accessible()

  const mend = async (n: number, column: string, value: string) => {
    await cell(page, n, column).fill(value)
    await cell(page, n, column).press('Enter')
    await expect(cell(page, n, column)).not.toHaveAttribute('aria-invalid', 'true')
  }
  await mend(2, 'Extension number', '4701')
  await mend(3, 'Extension number', '4702')
  await mend(4, 'DID numbers', numbersOf('12094555953'))
  await mend(5, 'DID numbers', '')
  await mend(6, 'Published', 'Y')
  await mend(7, 'Email for notifications', 'frank@abc.example')
  await mend(8, 'Huntgroup', 'Sales')
  await mend(9, 'Timezone', 'Asia/Tokyo')
  await mend(10, 'Product', 'Cloud PBX')
  await mend(11, 'Extension number', '4710')
  await expect(page.getByText('12 can be added')).toBeVisible()

  await page.getByRole('button', { name: 'Add 12 extensions' }).click()
  await expect(page.getByText('12 extensions were added')).toBeVisible()
  await page.goto('/extensions?q=Frank')
  await expect(rowOf(page, '4706')).toBeVisible()
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
