import { randomInt, randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import type { Books } from './books.ts'
import {
  addExtension,
  anotherBrowser,
  demo,
  expect,
  heading,
  rowOf,
  signIn,
  test,
} from './selfcare.ts'

/** Somebody who runs the PBX of Bamboo Shop, which no other story touches. */
async function shopkeeper(books: Books) {
  const login = `shop-${randomUUID().slice(0, 8)}`
  await books.row(
    `insert into users (i_env, realm, login, name, password_hash, i_customer)
     select i_env, 'customer', $1, 'Sam Shop', password_hash, 46174 from users
      where login = 'demo-adam' returning id`,
    [login],
  )
  return { login, password: 'demo-adam-2026' }
}

const itemOf = (page: Page, product: string): Locator =>
  page.getByRole('table', { name: 'Main products' }).getByRole('row').filter({ hasText: product })

async function setQuantity(page: Page, product: string, quantity: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${product}` }).click()
  await page.getByRole('menuitem', { name: 'Change quantity' }).click()
  await page.getByRole('textbox', { name: 'Quantity' }).fill(quantity)
  await page.getByRole('button', { name: 'Save' }).click()
}

test('an administrator sells a product to a customer, who uses it, up to and over what was agreed', async ({
  page,
  browser,
  books,
  accessible,
}) => {
  test.slow()
  const product = 'Cloud PBX line'
  const keeper = await shopkeeper(books)
  const shop = await anotherBrowser(browser)
  await signIn(shop, keeper)
  await shop.goto('/extensions')
  await expect(shop.getByText('Extensions are not part of your agreement')).toBeVisible()

  await signIn(page, demo('admin'))
  await page.goto('/admin/customers')
  await page.getByRole('searchbox', { name: 'Name, e-mail, number, login' }).fill(keeper.login)
  await expect(page.getByText('1 customer', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Bamboo Shop' }).click()
  await expect(heading(page, 'Bamboo Shop')).toBeVisible()
  await page.getByRole('link', { name: 'Finances' }).click()
  await page.getByRole('button', { name: 'Add', exact: true }).first().click()
  await page.getByRole('combobox', { name: 'Product' }).selectOption(`${product}: $6.00 a month`)
  await page.getByRole('button', { name: 'Add product' }).click()
  await expect(page.getByText('Fill this in.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Quantity' }).fill('1')
  await page.getByRole('button', { name: 'Add product' }).click()
  await expect(itemOf(page, product)).toBeVisible()

  await addExtension(shop, '201', 'Till')
  await expect(shop.getByText('Extension 201 has been added')).toBeVisible()
  await shop.goto('/extensions/new')
  await expect(shop.getByRole('radio', { name: product })).toBeDisabled()

  await setQuantity(page, product, '2')
  await expect(page.getByText(`${product}: the quantity is changed`)).toBeVisible()
  await addExtension(shop, '202', 'Storeroom')
  await expect(shop.getByText('Extension 202 has been added')).toBeVisible()

  await page.reload()
  await setQuantity(page, product, '1')
  await expect(
    page.getByText(`${product}: 2 are in use, so the quantity can't be 1.`),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: `Actions for ${product}` }).click()
  await expect(page.getByRole('menuitem', { name: /^Remove/ })).toContainText(
    "2 are in use, so it can't be removed.",
  )
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'History' }).click()
  const changes = page.getByRole('table', { name: 'Changes' }).getByRole('row')
  await expect(changes.nth(1)).toContainText('1 → 2')
  await expect(changes.nth(2)).toContainText('Added: 1')
  await expect(changes.nth(2)).toContainText('Pat Panda')

  const pack = 'Up to 10 Cloud PBX phone lines for $30'
  await page.getByRole('main').getByRole('link', { name: 'Subscriptions', exact: true }).click()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('combobox', { name: 'Subscription' }).selectOption(`${pack}: $30.00 a month`)
  await page.getByRole('button', { name: 'Add subscription' }).click()
  const held = page.getByRole('table', { name: 'Subscriptions' }).getByRole('row')
  await expect(held.nth(1)).toContainText('Running')
  await shop.goto('/add-ons')
  await expect(shop.getByText(pack)).toBeVisible()
  await page.getByRole('button', { name: `Actions for ${pack}` }).click()
  await page.getByRole('menuitem', { name: 'End today' }).click()
  await expect(held.nth(1)).toContainText('Ended')

  await page.getByRole('link', { name: /^Accounts/ }).click()
  await page.getByRole('button', { name: 'Actions for ph46174x201' }).click()
  await page.getByRole('menuitem', { name: 'Block…' }).click()
  await page.getByRole('textbox', { name: 'Reason' }).fill('The till was stolen.')
  await page.getByRole('button', { name: 'Block 1 line' }).click()
  await expect(page.getByText('The line is blocked')).toBeVisible()
  await shop.goto('/extensions')
  await expect(rowOf(shop, '201')).toContainText('Blocked by your provider')
  await page.getByRole('button', { name: 'Actions for ph46174x201' }).click()
  await page.getByRole('menuitem', { name: 'Unblock' }).click()
  await expect(page.getByText('The line works again')).toBeVisible()
  await shop.reload()
  await expect(rowOf(shop, '201')).toContainText('Active')
  await page.getByRole('link', { name: 'Activity', exact: true }).click()
  await page.getByLabel('Who').selectOption({ label: 'The provider' })
  await expect(page.getByText(`${pack} was ended`)).toBeVisible()
  await expect(page.getByText('Pat Panda, provider, for Bamboo Shop').first()).toBeVisible()
  await accessible()
  await shop.context().close()
})

/** An ICCID nobody has, with its check digit, and an IMSI. */
function someCard(): { iccid: string; imsi: string } {
  const unique = String(randomInt(1e9)).padStart(9, '0') + String(randomInt(10))
  const digits = `89012600${unique}`
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const doubled = i % 2 === 0 ? Number(digit) * 2 : Number(digit)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return { iccid: `${digits}${(10 - (sum % 10)) % 10}`, imsi: `31015${unique}` }
}

test('two SIM cards are added and wait; one is approved, the other rejected with a reason that is read', async ({
  page,
  browser,
}) => {
  test.slow()
  const [pump, lift] = [someCard(), someCard()]
  await signIn(page, demo('meter'))
  await page.goto('/sim-cards')
  const add = async ({ iccid, imsi }: typeof pump, name: string) => {
    await page.getByRole('button', { name: 'Add a SIM card' }).first().click()
    await page.getByRole('textbox', { name: 'ICCID' }).fill(iccid)
    await page.getByRole('textbox', { name: 'IMSI' }).fill(imsi)
    await page.getByRole('textbox', { name: /^Name/ }).fill(name)
    await page.getByRole('button', { name: 'Add SIM card' }).click()
  }
  await add(
    { ...pump, iccid: `${pump.iccid.slice(0, -1)}${(Number(pump.iccid.slice(-1)) + 1) % 10}` },
    'Pump',
  )
  await expect(page.getByText("the last one doesn't fit the others")).toBeVisible()
  // As it is printed, in groups.
  await page.getByRole('textbox', { name: 'ICCID' }).fill(pump.iccid.replace(/(\d{4})/g, '$1 '))
  await page.getByRole('button', { name: 'Add SIM card' }).click()
  const rowOfCard = (iccid: string) =>
    page.getByRole('table', { name: 'SIM cards' }).getByRole('row').filter({ hasText: iccid })
  await expect(rowOfCard(pump.iccid)).toContainText('Waiting for approval')
  await add(lift, 'Lift')
  await expect(rowOfCard(lift.iccid)).toContainText('Waiting for approval')
  await add(pump, 'Once more')
  await expect(page.getByText(`The SIM card ${pump.iccid} is in use already.`)).toBeVisible()

  const admin = await anotherBrowser(browser)
  await signIn(admin, demo('admin'))
  await admin
    .getByRole('link', { name: /^Approvals/ })
    .first()
    .click()
  await expect(heading(admin, 'Approvals')).toBeVisible()
  await admin.getByRole('checkbox', { name: `Select ${pump.iccid}` }).check()
  await admin.getByRole('button', { name: 'Approve 1', exact: true }).click()
  await expect(admin.getByText('The account works now')).toBeVisible()
  await admin.getByRole('button', { name: `Reject ${lift.iccid}` }).click()
  await admin.getByRole('textbox', { name: 'Reason' }).fill('This IMSI belongs to another batch.')
  await admin.getByRole('button', { name: 'Reject', exact: true }).click()
  await expect(admin.getByText('The account was rejected')).toBeVisible()
  await expect(admin.getByText(lift.iccid, { exact: true })).toBeHidden()
  await admin.context().close()

  await page.goto(`/sim-cards?q=${pump.iccid}`)
  await expect(rowOfCard(pump.iccid)).toContainText('Active')
  await page.goto(`/sim-cards?q=${lift.iccid}`)
  await expect(rowOfCard(lift.iccid)).toContainText('Rejected')
  await expect(rowOfCard(lift.iccid)).toContainText('This IMSI belongs to another batch.')
  await page.goto('/')
  await expect(page.getByText('was approved and works now')).toBeVisible()
})

test('the provider puts a product on sale; another price is not for those who have it', async ({
  page,
  books,
}) => {
  await signIn(page, demo('admin'))
  const name = `Lobby phone ${randomUUID().slice(0, 6)}`
  await page.goto('/admin/products/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('cloud pbx')
  await page.getByRole('textbox', { name: 'Periodic fee' }).fill('7.5')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Something called cloud pbx is sold already.')).toBeVisible()
  await page.getByRole('textbox', { name: /^Name/ }).fill(name)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(heading(page, 'Products')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Name' }).fill(name)
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('$7.50 a month')

  await page.getByRole('link', { name }).click()
  await page.getByRole('textbox', { name: 'Periodic fee' }).fill('9')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(heading(page, 'Products')).toBeVisible()
  expect(
    await books.rows(
      `select periodic_fee::numeric(9, 2)::text as fee, replaced_at is null as sold
         from subscriptions where name = $1 order by id`,
      [name],
    ),
  ).toEqual([
    { fee: '7.50', sold: false },
    { fee: '9.00', sold: true },
  ])

  await page.goto('/admin/products')
  await page.getByRole('searchbox', { name: 'Name' }).fill(name)
  await page.getByRole('link', { name }).click()
  await page.getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByText('This product is archived')).toBeVisible()
})
