import { randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { expect, heading, newCompany, provideNumbers, signIn, tell, test } from './selfcare.ts'

type Books = { row: (text: string, values?: unknown[]) => Promise<unknown> }

const productOf = async (books: Books, name: string) =>
  ((await books.row('select id from products where name = $1', [name])) as { id: number }).id

/** What the form for a new extension, or auto attendant, would send. */
async function add(page: Page, books: Books, made: { extension?: string; name: string }) {
  const product = await productOf(books, made.extension ? 'Cloud PBX' : 'Auto attendant')
  const answer = await tell(page, made.extension ? 'pbx.addExtension' : 'pbx.addAttendant', {
    ...made,
    product,
    key: randomUUID(),
  })
  const { result } = (await answer.json()) as { result: { data: { account: number } } }
  return result.data.account
}

/** Fits a small screen: nothing is wider than it. */
async function fitsPhone(page: Page) {
  await page.setViewportSize({ width: 375, height: 812 })
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(over).toBe(0)
}

/** Typed into a box until one is left, and taken by keyboard. */
async function pick(box: Locator, text: string, option: RegExp) {
  const options = box.page().getByRole('listbox').getByRole('option')
  // The list closes when the page scrolls, as it does to bring the box into sight, and forgets the text.
  await expect(async () => {
    await box.fill('')
    await box.fill(text)
    await expect(options).toHaveText([option], { timeout: 2_000 })
    await box.page().keyboard.press('ArrowDown')
    await expect(box).toHaveAttribute('aria-activedescendant', /./, { timeout: 1_000 })
    await expect(options).toHaveText([option], { timeout: 1_000 })
  }).toPass()
  await box.page().keyboard.press('Enter')
}

const picker = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true })

test('a sales group: three extensions found by search, ordered by keyboard alone, one taken out and back', async ({
  page,
  books,
  accessible,
}) => {
  await signIn(page, await newCompany(books, { 'Cloud PBX': null }))
  for (const [extension, name] of [
    ['6201', 'Ana Sales'],
    ['6202', 'Ben Sales'],
    ['6203', 'Cleo Sales'],
  ] as const) {
    await add(page, books, { extension, name })
  }

  await page.goto('/hunt-groups')
  await page.getByRole('button', { name: 'Add a hunt group' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Inside sales')
  await page.getByRole('radio', { name: 'One after the other' }).check()
  await page.getByRole('textbox', { name: 'How long it rings' }).fill('15')
  await page.getByRole('button', { name: 'Add hunt group' }).click()
  await expect(heading(page, 'Inside sales')).toBeVisible()
  await expect(page.getByText('Nobody rings yet')).toBeVisible()

  for (const name of ['Ana', 'Ben', 'Cleo']) {
    await pick(picker(page, 'Add an extension'), name, new RegExp(name))
  }
  const members = page.getByRole('grid', { name: 'Extensions that Inside sales rings' })
  const order = async (...names: string[]) => {
    for (const [at, name] of names.entries()) {
      await expect(members.getByRole('row').nth(at)).toContainText(name)
    }
    await expect(members.getByRole('row')).toHaveCount(names.length)
  }
  await order('Ana', 'Ben', 'Cleo')
  await expect(page.getByText('45 s at most')).toBeVisible()
  await accessible()

  const last = members.getByRole('row').nth(2)
  await picker(page, 'Add an extension').focus()
  await page.keyboard.press('Tab')
  await expect(members.getByRole('row').first()).toBeFocused()
  await page.keyboard.press('End')
  await expect(last).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(last.getByRole('button', { name: /Drag/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Insert before 6201 Ana Sales' })).toBeAttached()
  for (let presses = 0; presses < 4; presses++) {
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    if (focused === 'Insert before 6201 Ana Sales') break
    await page.keyboard.press('ArrowUp')
  }
  await page.keyboard.press('Enter')
  await order('Cleo', 'Ana', 'Ben')

  await page.getByRole('button', { name: 'Actions for extension 6202 in the group' }).click()
  await page.getByRole('menuitem', { name: 'Move up' }).click()
  await order('Cleo', 'Ben', 'Ana')

  await page.getByRole('button', { name: 'Actions for extension 6202 in the group' }).click()
  await page.getByRole('menuitem', { name: 'Take out of the group' }).click()
  await order('Cleo', 'Ana')
  await page.getByRole('button', { name: 'Undo' }).click()
  await order('Cleo', 'Ben', 'Ana')

  await page.reload()
  await order('Cleo', 'Ben', 'Ana')
  await fitsPhone(page)
  await expect(page.getByRole('button', { name: 'Edit' })).toBeVisible()
})

test('a menu whose extension goes away: it is shown, callers have the menu again, another is chosen', async ({
  page,
  books,
  accessible,
}) => {
  const company = await newCompany(books, { 'Auto attendant': null, 'Cloud PBX': null })
  await signIn(page, company)
  const mia = await add(page, books, { extension: '6210', name: 'Mia Desk' })
  await add(page, books, { extension: '6211', name: 'Eli Desk' })
  const menu = await add(page, books, { name: 'Front door' })

  await page.goto('/auto-attendants')
  await expect(page.getByRole('row', { name: /Front door/ })).toContainText('No menu yet')
  await page.getByRole('link', { name: 'Front door' }).click()
  await page.getByRole('button', { name: /^1/ }).press('5')
  await page.getByRole('combobox', { name: 'Key 5 leads to' }).selectOption('Extension')
  await pick(picker(page, 'Find an extension'), 'mia', /6210/)
  await page.getByRole('combobox', { name: 'Then callers are led to' }).selectOption('Voicemail')
  await pick(picker(page, 'Find an extension').last(), '6210', /Mia/)
  await page.getByRole('button', { name: 'Write it from the keys' }).click()
  await expect(page.getByRole('textbox', { name: 'What callers hear' })).toHaveValue(
    `Thank you for calling ${company.login}. For Mia Desk, press 5.`,
  )
  await page.getByRole('button', { name: 'Save menu' }).click()
  await expect(page.getByText('The menu of Front door has been saved')).toBeVisible()
  await accessible()

  await tell(page, 'pbx.removeExtensions', { accounts: [mia], key: randomUUID() })
  await page.goto('/auto-attendants')
  await expect(page.getByRole('row', { name: /Front door/ })).toContainText('2 keys lead nowhere')
  await page.getByRole('link', { name: 'Front door' }).click()
  await expect(page.getByText('Somebody this menu leads to is gone')).toBeVisible()
  const preview = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'As a caller has it' }) })
  await expect(preview).toContainText('The menu again')
  await expect(preview).toContainText('Goodbye: the call ends')
  const save = page.getByRole('button', { name: 'Save menu' })
  await expect(save).toHaveAccessibleDescription(/Choose other targets first/)
  await accessible()

  await page.getByRole('button', { name: 'Choose another for key 5' }).click()
  await pick(picker(page, 'Find an extension').first(), 'eli', /6211/)
  await page
    .getByRole('combobox', { name: 'Then callers are led to' })
    .selectOption('Goodbye: the call ends')
  await save.click()
  await expect(page.getByText('Callers have it as it stands here.')).toBeVisible()
  expect(
    await books.row(
      `select menu -> 'otherwise' ->> 'to' as ending, e.extension
         from auto_attendants t
         join extensions e on e.i_account = (menu -> 'keys' -> '5' ->> 'account')::int
        where t.i_account = $1`,
      [menu],
    ),
  ).toEqual({ ending: 'goodbye', extension: '6211' })
  await fitsPhone(page)
})

test('a number goes to an extension, on to an auto attendant, back by Undo, and to the free ones', async ({
  page,
  books,
  accessible,
}) => {
  const company = await newCompany(books, { 'Auto attendant': null, 'Cloud PBX': null })
  await provideNumbers(books, company, ['12095550979', '12095550980'])
  await signIn(page, company)
  await add(page, books, { extension: '6220', name: 'Fay Phone' })
  await add(page, books, { name: 'Main menu' })
  await page.goto('/numbers?q=5550979')
  const row = page.getByRole('row').nth(1)
  await expect(row).toContainText('Free')

  const moveTo = async (action: string, text: string, option: RegExp) => {
    await page.getByRole('button', { name: 'Actions for +1 (209) 555-0979' }).click()
    await page.getByRole('menuitem', { name: action }).click()
    await pick(picker(page, 'Find an extension or auto attendant'), text, option)
    await page.getByRole('button', { name: 'Move the number' }).click()
  }
  await moveTo('Give to somebody', 'fay', /6220/)
  await expect(row).toContainText('Extension 6220 · Fay Phone')
  await moveTo('Move elsewhere', 'main', /Main menu/)
  await expect(row).toContainText('Auto attendant · Main menu')
  expect(
    await books.row(`select count(*)::int as on from account_aliases where alias = '12095550979'`),
  ).toEqual({ on: 1 })
  await accessible()

  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect(row).toContainText('Extension 6220 · Fay Phone')
  await page.getByRole('button', { name: 'Actions for +1 (209) 555-0979' }).click()
  await page.getByRole('menuitem', { name: 'Back to my free numbers' }).click()
  await expect(row).toContainText('Free')

  await page.goto('/numbers')
  await page.getByRole('navigation', { name: 'Show' }).getByRole('link', { name: 'Free' }).click()
  await expect(page).toHaveURL('/numbers?only=free')
  await page.getByRole('link', { name: 'Reaches' }).click()
  await expect(page).toHaveURL('/numbers?only=free&sort=reaches')
  await fitsPhone(page)
})
