import type { Page } from '@playwright/test'
import {
  addExtension,
  ask,
  colleagueOf,
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

test('Ten Lines Ltd adds seven to its three extensions; the eleventh is refused, by name and number', async ({
  page,
  books,
}) => {
  await signIn(page, demo('ten'))
  const meter = page.getByRole('meter', { name: 'Cloud PBX up to 10 phone lines' })
  await expect(meter).toHaveAttribute('aria-valuetext', '3 of 10 in use')

  for (let extension = 104; extension <= 110; extension++) {
    await page.goto('/extensions/new')
    await expect(page.getByText(`${extension - 101} of 10 in use`)).toBeVisible()
    await expect(page.getByText('Adds nothing to your bill')).toBeVisible()
    // The form suggests the next one.
    await expect(page.getByRole('textbox', { name: 'Extension number' })).toHaveValue(
      String(extension),
    )
    await page.getByRole('button', { name: 'Add extension' }).click()
    await expect(page.getByText(`Extension ${extension} has been added`)).toBeVisible()
    await expect(page.getByText(`ph46171x${extension}`, { exact: true })).toBeVisible()
  }

  await page.goto('/extensions/new')
  const product = page.getByRole('radio', { name: 'Cloud PBX up to 10 phone lines' })
  await expect(product).toBeDisabled()
  await expect(product).toHaveAccessibleDescription(
    /10 of 10 places are in use\. Your provider can raise the limit: help@panda\.example or \+1 \(604\) 555-0100/,
  )
  const add = page.getByRole('button', { name: 'Add extension' })
  await expect(add).toHaveAttribute('aria-disabled', 'true')
  await expect(add).toHaveAccessibleDescription(/All places of your agreement are in use/)
  await add.click({ force: true })
  await expect(page).toHaveURL('/extensions/new')

  await page.goto('/')
  await expect(meter).toHaveAttribute('aria-valuetext', '10 of 10 in use')
  await expect(page.getByRole('region', { name: 'Needs attention' })).toContainText(
    'Cloud PBX up to 10 phone lines: all 10 places are in use. Your provider can raise the limit.',
  )
  expect(
    await books.row(
      `select used, (select count(*)::int from accounts
                      where i_customer = 46171 and status <> 'terminated') as accounts
         from agreement_items where i_customer = 46171`,
    ),
  ).toEqual({ used: 10, accounts: 10 })
})

test('a form that is behind is told what is in use, and keeps what was typed', async ({
  page,
  context,
}) => {
  await signIn(page, demo('five'))
  await addExtension(page, '103')
  await expect(page.getByText('Extension 103 has been added')).toBeVisible()
  await addExtension(page, '104')
  await expect(page.getByText('Extension 104 has been added')).toBeVisible()

  await page.goto('/extensions/new')
  await expect(page.getByText('4 of 5 in use')).toBeVisible()
  const otherTab = await context.newPage()
  await signInElsewhere(otherTab)
  await addExtension(otherTab, '105')
  await expect(otherTab.getByText('Extension 105 has been added')).toBeVisible()

  await page.getByRole('textbox', { name: 'Extension number' }).fill('106')
  await page.getByRole('textbox', { name: /^Name/ }).fill('Too late')
  await page.getByRole('button', { name: 'Add extension' }).click()
  await expect(
    page.getByText(
      'Cloud PBX up to 5 phone lines: 5 of 5 in use, 1 more asked for. Your provider can raise the limit.',
    ),
  ).toBeVisible()
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('Too late')
  await page.goto('/extensions?q=106')
  await expect(page.getByText('Nothing found for “106”')).toBeVisible()

  async function signInElsewhere(tab: typeof page) {
    // The same browser: the session is there already.
    await tab.goto('/extensions')
    await expect(heading(tab, 'Extensions')).toBeVisible()
  }
})

test('an extension with a phone number: the number reaches its account, and is free no more', async ({
  page,
  books,
}) => {
  await signIn(page, demo('adam'))
  await page.goto('/extensions/new')
  await page.getByRole('textbox', { name: 'Extension number' }).fill('5101')
  await page.getByRole('textbox', { name: /^Name/ }).fill('Reception')
  await expect(page.getByText('Adds $10.00 a month')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search your free numbers' }).fill('455-5960')
  await page.getByRole('checkbox', { name: /455-5960/ }).check()
  await page.getByRole('searchbox', { name: 'Search your free numbers' }).fill('nothing like it')
  await expect(page.getByRole('button', { name: 'Remove +1 (209) 455-5960' })).toBeVisible()
  await page.getByRole('button', { name: 'Add extension' }).click()
  await expect(page.getByText('Extension 5101 has been added')).toBeVisible()

  await page.getByRole('link', { name: 'To the extensions' }).click()
  await expect(rowOf(page, '5101')).toContainText('ph46170x5101')
  await expect(rowOf(page, '5101')).toContainText('+1 (209) 455-5960')
  await expect(rowOf(page, '5101')).toContainText('Active')
  await page.goto('/numbers?q=4555960')
  await expect(page.getByRole('row').nth(1)).toContainText('Extension 5101 · Reception')
  await page.goto('/numbers?q=4555960&only=free')
  await expect(page.getByText('No number found')).toBeVisible()
  expect(
    await books.row(
      `select a.account_id as "accountId" from account_aliases l
         join accounts a on a.i_env = l.i_env and a.id = l.i_account
        where l.alias = '12094555960'`,
    ),
  ).toEqual({ accountId: 'ph46170x5101' })
})

test('an extension number that exists is refused at its field, and nothing typed is lost', async ({
  page,
}) => {
  await signIn(page, demo('adam'))
  await addExtension(page, '4665', 'Second John')
  const number = page.getByRole('textbox', { name: 'Extension number' })
  await expect(number).toHaveAccessibleDescription(/Extension 4665 exists already/)
  await expect(number).toBeFocused()
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('Second John')

  await number.fill('4')
  await page.getByRole('button', { name: 'Add extension' }).click()
  await expect(number).toHaveAccessibleDescription(/Use 2 to 6 digits/)
})

test('a card number typed where none belongs is refused in a sentence, and an address of digits is not', async ({
  page,
  books,
}) => {
  await signIn(page, demo('adam'))
  await addExtension(page, '5107', '4242 4242 4242 4242')
  await expect(page.getByText('This looks like it holds a card number')).toBeVisible()
  const name = page.getByRole('textbox', { name: /^Name/ })
  await expect(name).toHaveValue('4242 4242 4242 4242')

  await name.fill('Shanghai')
  await page.getByRole('textbox', { name: /mail/ }).fill('8613800138002@mail.example')
  await page.getByRole('button', { name: 'Add extension' }).click()
  await expect(page.getByText('Extension 5107 has been added')).toBeVisible()
  expect(
    await books.row("select email::text from accounts where account_id = 'ph46170x5107'"),
  ).toEqual({ email: '8613800138002@mail.example' })
})

test('what is typed before the page has loaded its scripts stays', async ({ page }) => {
  await signIn(page, demo('adam'))
  let release = await holdScripts(page)
  await page.goto('/extensions/new', { waitUntil: 'commit' })
  const number = page.getByRole('textbox', { name: 'Extension number' })
  await expect(number).toHaveValue(/^\d+$/)
  await number.fill('5404')
  await page.getByRole('textbox', { name: /^Name/ }).fill('Fast Fingers')

  release()
  // Something only the script can do says that it runs.
  const search = page.getByRole('searchbox', { name: 'Search your free numbers' })
  await expect(async () => {
    await search.fill('')
    await search.fill('9999')
    await expect(page.getByText('None of your free numbers')).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(number).toHaveValue('5404')
  await page.getByRole('button', { name: 'Add extension' }).click()
  await expect(page.getByText('Extension 5404 has been added')).toBeVisible()

  // Even the press: it is done as soon as it can be.
  release = await holdScripts(page)
  await page.goto('/extensions/new', { waitUntil: 'commit' })
  await number.fill('5405')
  await page.getByRole('button', { name: 'Add extension' }).click()
  await expect(number).toHaveValue('5405')
  release()
  await expect(page.getByText('Extension 5405 has been added')).toBeVisible()

  release = await holdScripts(page)
  await page.goto('/extensions', { waitUntil: 'commit' })
  await page.getByRole('searchbox', { name: 'Number, name, or phone' }).fill('fast fingers')
  release()
  await expect(page).toHaveURL('/extensions?q=fast+fingers')
  await expect(rowOf(page, '5404')).toContainText('Fast Fingers')
})

test('a switch turned before the page has loaded its scripts is saved', async ({ page, books }) => {
  await signIn(page, await newCompany(books, { 'Cloud PBX': null }))
  const release = await holdScripts(page)
  await page.goto('/billing/card', { waitUntil: 'commit' })
  await page.getByRole('checkbox', { name: 'Pay invoices from it automatically' }).uncheck()
  release()
  await expect(page.getByText('You pay each invoice yourself.')).toBeVisible()
})

test('a button or the keys of the menu, pressed before the page has loaded its scripts, do what they do', async ({
  page,
}) => {
  await signIn(page, demo('adam'))
  const menu = page.getByRole('dialog').getByRole('searchbox')
  let release = await holdScripts(page)
  await page.goto('/', { waitUntil: 'commit' })
  await page.getByRole('button', { name: /^Search/ }).click()
  release()
  await expect(menu).toBeFocused()

  release = await holdScripts(page)
  await page.goto('/extensions', { waitUntil: 'commit' })
  await expect(heading(page, 'Extensions')).toBeVisible()
  await page.keyboard.press('Control+k')
  release()
  await expect(menu).toBeFocused()
})

/** As on a slow line: the page is there and its scripts are not, until they are let go. */
async function holdScripts(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route('**/_next/static/**/*.js', async (route) => {
    await promise
    await route.continue()
  })
  return resolve
}

test('the second auto attendant of ABC is ph46170aa2', async ({ page }) => {
  await signIn(page, demo('adam'))
  await page.goto('/auto-attendants')
  await expect(page.getByRole('row', { name: /Main menu/ })).toContainText('ph46170aa1')
  await page.getByRole('link', { name: 'Add an auto attendant' }).click()
  await expect(page.getByText('Adds $6.00 a month')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('After hours')
  await page.getByRole('button', { name: 'Add auto attendant' }).click()
  await expect(page.getByText('After hours has been added')).toBeVisible()
  const row = page.getByRole('row', { name: /After hours/ })
  await expect(row).toContainText('ph46170aa2')
  await expect(row).toContainText('Active')
})

test('what an extension search found stands in the address: shared, reloaded, gone back to', async ({
  page,
}) => {
  await signIn(page, demo('adam'))
  await page.goto('/extensions')
  const search = page.getByRole('searchbox', { name: 'Number, name, or phone number' })
  for (const text of ['john', '4665', 'ph46170x4665', '12094555949']) {
    await search.fill(text)
    await expect(page).toHaveURL(`/extensions?q=${text}`)
    await expect(rowOf(page, '4665')).toContainText('John Doe')
  }
  await search.fill('nobody')
  await expect(page.getByText('Nothing found for “nobody”')).toBeVisible()
  await page.reload()
  await expect(search).toHaveValue('nobody')
  await expect(page.getByText('Nothing found for “nobody”')).toBeVisible()
  await page.getByRole('link', { name: 'Show all' }).click()
  await expect(page).toHaveURL('/extensions')
  await expect(search).toHaveValue('')
  await expect(rowOf(page, '4665')).toBeVisible()
})

test('long lists have pages, which keep the filter and stand in the address', async ({
  page,
  books,
}) => {
  const who = await colleagueOf(books, 'meter')
  await books.rows(
    `insert into numbers (i_env, number, city, region, country, pool, pleasant, i_customer)
     select 1, (15125550000 + n)::text, 'Austin', 'TX', 'US', 'retail', 0, 46172
       from generate_series(1, 120) n on conflict do nothing`,
  )
  await signIn(page, who)
  await page.goto('/numbers')
  await expect(page.getByText('120 provided, 120 free')).toBeVisible()
  await page.getByRole('link', { name: 'Free', exact: true }).click()
  await expect(page).toHaveURL('/numbers?only=free')
  const pages = page.getByRole('navigation', { name: 'Pages' })
  await expect(pages).toContainText('1–50 of 120')
  await pages.getByRole('link', { name: 'Next' }).click()
  await expect(page).toHaveURL('/numbers?only=free&page=2')
  await expect(pages).toContainText('51–100 of 120')
  await pages.getByRole('link', { name: 'Next' }).click()
  await expect(pages).toContainText('101–120 of 120')
  await expect(pages.getByRole('link', { name: 'Next' })).toHaveCount(0)
  await page.goBack()
  await expect(pages).toContainText('51–100 of 120')

  await page.getByRole('searchbox', { name: 'Digits, city, extension, or name' }).fill('0120')
  await expect(page).toHaveURL('/numbers?only=free&q=0120')
  await expect(page.getByRole('row')).toHaveCount(2)
})

test('an extension is added by keyboard alone', async ({ page }) => {
  await signIn(page, demo('adam'))
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('add an ext')
  await expect(page.getByRole('option', { name: 'Add an extension' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Add an extension')).toBeVisible()

  const number = page.getByRole('textbox', { name: 'Extension number' })
  await tabTo(page, number)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('5202')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Key Board')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Extension 5202 has been added')).toBeVisible()
  await page.keyboard.press('Tab')
  await tabTo(page, page.getByRole('link', { name: 'To the extensions' }))
  await page.keyboard.press('Enter')
  await expect(rowOf(page, '5202')).toContainText('Key Board')

  async function tabTo(on: typeof page, target: ReturnType<typeof page.getByRole>) {
    for (let presses = 0; presses < 40; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await on.keyboard.press('Tab')
    }
    await expect(target).toBeFocused()
  }
})

test('on a phone of 375 px an extension is added, and no page is wider than the screen', async ({
  page,
}) => {
  await page.setViewportSize({ width: 375, height: 740 })
  await signIn(page, demo('adam'))
  const fits = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
  await fits()
  const bar = page.getByRole('navigation', { name: 'Main navigation' }).locator('visible=true')
  await bar.getByRole('link', { name: 'Extensions' }).click()
  await expect(heading(page, 'Extensions')).toBeVisible()
  await fits()
  await page.getByRole('link', { name: 'Add an extension' }).click()
  await page.getByRole('textbox', { name: 'Extension number' }).fill('5303')
  await fits()
  await page.getByRole('button', { name: 'Add extension' }).click()
  await expect(page.getByText('Extension 5303 has been added')).toBeVisible()
  await page.getByRole('radio', { name: /Softphone/ }).check()
  await page.getByRole('button', { name: 'Use this phone' }).click()
  await page.getByRole('button', { name: 'Make a configuration link' }).click()
  await expect(page.getByRole('img', { name: 'Scan this with the softphone' })).toBeVisible()
  await fits()
  for (const path of ['/numbers', '/auto-attendants/new', '/settings/sessions']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await fits()
  }

  await bar.getByRole('button', { name: 'More' }).click()
  await page.getByRole('link', { name: 'Password' }).locator('visible=true').click()
  await expect(heading(page, 'Password')).toBeVisible()
})

test('a phone user sees the own number alone; the configuration file comes down once', async ({
  page,
}) => {
  await signIn(page, demo('john'))
  await expect(page.getByRole('main')).toContainText('+1 (209) 455-5949')
  await expect(page.getByRole('main')).toContainText('ph46170x4665')
  await expect(page.getByRole('main')).toContainText('Yealink T54W')
  expect(await refusalOf(await ask(page, 'pbx.extensions'))).toBe('403 auth.not_allowed')
  expect(await refusalOf(await tell(page, 'pbx.addExtension'))).toBe('403 auth.not_allowed')

  await page.getByRole('button', { name: 'Make a configuration link' }).click()
  const link = page.getByRole('link', { name: 'Download the file' })
  const coming = page.waitForEvent('download')
  await link.click()
  const file = await coming
  expect(file.suggestedFilename()).toMatch(/\.(cfg|xml)$/)
  const again = await page.request.get((await link.getAttribute('href'))!)
  expect([again.status(), await again.text()]).toEqual([
    410,
    'This link has been used or has expired.',
  ])
})
