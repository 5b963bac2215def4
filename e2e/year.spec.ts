import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Books } from './books.ts'
import { clockOf, expect, moveClock, test } from './sandbox.ts'
import { addLines, anotherBrowser, demo, newCompany, signIn, tell } from './selfcare.ts'

test.use({ sandboxName: 'a year' })

/** A year of 365 days to come: its months are as long whenever this is told. */
const yearAfter = (today: string): number => {
  const year = Number(today.slice(0, 4)) + 1
  return year % 4 === 0 ? year + 1 : year
}

const product = async (books: Books, name: string) =>
  (await books.row<{ id: number }>('select id from products where name = $1', [name])).id

const account = async (books: Books, customer: number, extension: string) =>
  (
    await books.row<{ account: number }>(
      'select i_account as account from extensions where i_customer = $1 and extension = $2',
      [customer, extension],
    )
  ).account

async function done(page: Page, procedure: string, input: Record<string, unknown>): Promise<void> {
  const answer = await tell(page, procedure, { ...input, key: randomUUID() })
  expect(answer.ok(), await answer.text()).toBe(true)
}

/** What the administrator hangs on the customer itself: a price for all its lines. */
async function sell(page: Page, books: Books, customer: number, name: string): Promise<void> {
  const { id } = await books.row<{ id: number }>('select id from subscriptions where name = $1', [
    name,
  ])
  await done(page, 'agreements.addPackage', { customer, subscription: id })
}

/** The invoices as the page shows them, oldest first: their day and what they ask for. */
async function invoicesOn(page: Page): Promise<string[]> {
  await page.goto('/billing/invoices')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const rows = page.getByRole('row').filter({ has: page.getByRole('link', { name: /^INV-/ }) })
  await expect(rows.first()).toBeVisible()
  const texts = await rows.allInnerTexts()
  return texts
    .map((text) => {
      const [day] = /[A-Z][a-z]{2} \d{1,2}, \d{4}/.exec(text) ?? []
      const [total] = /\$[\d,.]+/.exec(text) ?? []
      return `${day?.replace(/, \d{4}$/, '')} ${total}`
    })
    .reverse()
}

// Prices are without tax; GST is 5 %, and each invoice is rounded once.
test('two business models and two packages, lived through a year, ask for what a calculation by hand does', async ({
  page: admin,
  browser,
  books,
}) => {
  test.setTimeout(600_000)
  // Nobody pays in this story: it is about what is asked for.
  await books.rows('update customer_classes set suspend_days = null', [])
  await signIn(admin, demo('admin'))
  const year = yearAfter((await clockOf(admin)).today)
  await moveClock(admin, { to: `${year}-01-10` }, 400_000)

  const perLine = await newCompany(books, { 'Cloud PBX line': null })
  const upToTen = await newCompany(books, { 'Cloud PBX up to 10 phone lines': 10 })
  const unlimited = await newCompany(books, {
    'Auto attendant': null,
    'Cloud PBX': null,
    'Call recording': null,
  })
  const fiveAndOne = await newCompany(books, {
    'Cloud PBX up to 5 phone lines': 5,
    'Call recording, in the package': 1,
  })
  const [a, b, c, d] = await Promise.all([1, 2, 3, 4].map(() => anotherBrowser(browser)))
  for (const [room, who] of [
    [a!, perLine],
    [b!, upToTen],
    [c!, unlimited],
    [d!, fiveAndOne],
  ] as const) {
    await signIn(room, who)
  }

  await addLines(a!, books, 'Cloud PBX line', [
    ['101', 'Ann'],
    ['102', 'Ben'],
  ])
  await sell(admin, books, upToTen.customer, 'Up to 10 Cloud PBX phone lines for $30')
  await addLines(b!, books, 'Cloud PBX up to 10 phone lines', [['101', 'Tina']])
  await done(c!, 'pbx.addAttendant', {
    name: 'Reception',
    product: await product(books, 'Auto attendant'),
  })
  await addLines(c!, books, 'Cloud PBX', [['4665', 'John Doe']])
  await sell(admin, books, fiveAndOne.customer, '5 phone lines and 1 call recording for $20')
  await addLines(d!, books, 'Cloud PBX up to 5 phone lines', [['501', 'Fiona']])

  await moveClock(admin, { to: `${year}-03-16` })
  await addLines(a!, books, 'Cloud PBX line', [['103', 'Cat']])
  await done(c!, 'accounts.blocks.block', {
    accounts: [await account(books, unlimited.customer, '4665')],
    from: `${year}-03-20`,
    until: `${year}-03-30`,
    reason: '',
  })
  await addLines(
    b!,
    books,
    'Cloud PBX up to 10 phone lines',
    Array.from({ length: 9 }, (_, n) => [`${102 + n}`, `Line ${n}`] as const),
  )
  const eleventh = await tell(b!, 'pbx.addExtension', {
    extension: '111',
    name: 'One too many',
    product: await product(books, 'Cloud PBX up to 10 phone lines'),
    key: randomUUID(),
  })
  expect(await eleventh.text()).toContain('agreement.quantity_exceeded')

  await moveClock(admin, { to: `${year}-06-10` })
  await done(c!, 'accounts.addAddon', {
    accounts: [await account(books, unlimited.customer, '4665')],
    product: await product(books, 'Call recording'),
  })
  await moveClock(admin, { to: `${year}-08-20` })
  await done(a!, 'pbx.removeExtensions', {
    accounts: [await account(books, perLine.customer, '101')],
  })
  await moveClock(admin, { to: `${year + 1}-01-02` })

  expect(await invoicesOn(a!)).toEqual([
    // Two lines: 22 of January's 31 days ($4.25806 each), and February. $20.52 and $1.03.
    'Feb 1 $21.55',
    'Mar 1 $12.60',
    // A third from March 16: 16 of 31 days, $3.09677; and April for three. $21.10 and $1.06.
    'Apr 1 $22.16',
    'May 1 $18.90',
    'Jun 1 $18.90',
    'Jul 1 $18.90',
    'Aug 1 $18.90',
    // September for two, and 12 of August's 31 days of the third back, $2.32258. $9.68 and $0.48.
    'Sep 1 $10.16',
    'Oct 1 $12.60',
    'Nov 1 $12.60',
    'Dec 1 $12.60',
    'Jan 1 $12.60',
  ])
  // $30 whatever is in use: 22 days of January, $21.29032, and February. $51.29 and $2.56.
  expect(await invoicesOn(b!)).toEqual(['Feb 1 $53.85', ...monthly('$31.50')])
  expect(await invoicesOn(c!)).toEqual([
    // $6 and $10: 22 days of January, $4.25806 and $7.09677, and February. $27.35 and $1.37.
    'Feb 1 $28.72',
    'Mar 1 $16.80',
    // April, and ten blocked days of March at $10 back, $3.22581. $12.77 and $0.64.
    'Apr 1 $13.41',
    'May 1 $16.80',
    'Jun 1 $16.80',
    // Call recording from June 10: 21 of 30 days of $4, $2.80; and July for $20. $22.80 and $1.14.
    'Jul 1 $23.94',
    'Aug 1 $21.00',
    'Sep 1 $21.00',
    'Oct 1 $21.00',
    'Nov 1 $21.00',
    'Dec 1 $21.00',
    'Jan 1 $21.00',
  ])
  // $20 for the package: 22 days of January, $14.19355, and February. $34.19 and $1.71.
  expect(await invoicesOn(d!)).toEqual(['Feb 1 $35.90', ...monthly('$21.00')])

  await c!.goto('/billing/blocked-days')
  const free = c!.getByRole('row').filter({ hasText: 'John Doe' })
  await expect(free).toHaveCount(1)
  await expect(free).toContainText('10 days')
  await expect(free).toContainText('$3.22581')
})

const monthly = (total: string) =>
  ['Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', 'Jan'].map(
    (month) => `${month} 1 ${total}`,
  )
