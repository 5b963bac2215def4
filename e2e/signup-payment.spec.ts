import { signupsOf } from './books.ts'
import { cards } from './prospect.ts'
import {
  bank,
  choosePlan,
  costs,
  enterCard,
  expect,
  fillAddress,
  goOn,
  isAt,
  order,
  pay,
  payButton,
  pickNumber,
  pickPhone,
  prepare,
  reachPayment,
  someone,
  tellBank,
  test,
  typeCard,
} from './signup.ts'

const once = { customers: 1, completed: 1, authorized: 0, invoices: 1, accounts: 1 }
const never = { ...once, customers: 0, completed: 0, captured: '0.00', invoices: 0, accounts: 0 }

test('a declined card charges nothing, keeps everything, and another one pays', async ({
  page,
  books,
}) => {
  const person = someone()
  const number = await prepare(page, { person, card: cards.declined })
  await pay(page)
  const failed = page.getByRole('alert').filter({ hasText: 'Nothing was charged' })
  await expect(failed).toContainText('Your bank declined the card.')
  expect(await signupsOf(books, person.email)).toEqual(never)

  await page.getByRole('link', { name: 'Enter a card' }).click()
  await isAt(page, 'payment')
  await enterCard(page, cards.approved)
  await expect(page.getByRole('main')).toContainText(number)
  await pay(page)
  await isAt(page, 'done')
  await expect(page.getByRole('main')).toContainText(number)
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '15.74' })
})

test('a payment the bank wants confirmed goes on when it is', async ({ page, books }) => {
  const person = someone()
  await prepare(page, { person, card: cards.challenge, plan: 'SuperCall' })
  await pay(page)
  await expect(bank(page)).toBeVisible()
  expect((await signupsOf(books, person.email)).customers).toBe(0)

  await tellBank(page, 'Approve')
  await isAt(page, 'done')
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '20.99' })
})

test('a payment refused at the bank’s page charges nothing, and another card pays', async ({
  page,
  books,
}) => {
  const person = someone()
  await prepare(page, { person, card: cards.challenge, plan: 'Bamboo Voice', site: 'bamboo' })
  await pay(page)
  await tellBank(page, 'Decline')
  const failed = page.getByRole('alert').filter({ hasText: 'Nothing was charged' })
  await expect(failed).toContainText('Your bank could not confirm that it is you.')
  expect(await signupsOf(books, person.email)).toEqual(never)

  await page.getByRole('link', { name: 'Enter a card' }).click()
  await enterCard(page, cards.approved)
  await pay(page)
  await isAt(page, 'done')
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '12.50' })
})

test('who cancels at the bank’s page is back at the order, and nothing is charged', async ({
  page,
  books,
}) => {
  const person = someone()
  await prepare(page, { person, card: cards.challenge, plan: 'Bamboo Voice', site: 'bamboo' })
  await pay(page)
  await bank(page).getByRole('button', { name: 'Cancel the payment' }).click()
  const failed = page.getByRole('alert').filter({ hasText: 'Nothing was charged' })
  await expect(failed).toContainText('The confirmation with your bank was not finished.')
  await expect(page.getByRole('link', { name: 'Enter a card' })).toBeVisible()
  expect(await signupsOf(books, person.email)).toEqual(never)
})

test('a refusal that is found by looking again, before the answer about it comes, is said', async ({
  page,
}) => {
  await prepare(page, { person: someone(), card: cards.declined })
  await page.route('**/trpc/signup.order?*', () => {})
  await page.route('**/trpc/signup.submit*', async (route) => {
    const response = await route.fetch()
    const looked = page.waitForResponse((seen) => seen.url().includes('signup.draft'))
    // As when the tab is come back to.
    await page.evaluate(() => dispatchEvent(new Event('visibilitychange')))
    await looked
    await route.fulfill({ response })
  })
  await pay(page)
  const failed = page.getByRole('alert').filter({ hasText: 'Nothing was charged' })
  await expect(failed).toContainText('Your bank declined the card.')
})

test('a payment whose answer is lost makes one customer and is charged once', async ({
  page,
  books,
}) => {
  const person = someone()
  await prepare(page, { person, card: cards.timeout })
  await pay(page)
  await expect(page.getByRole('status').getByText('Authorizing your card')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Welcome aboard' })).toBeVisible({
    timeout: 45_000,
  })
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '15.74' })
})

test('a button pressed twice at once makes one customer and charges once', async ({
  page,
  books,
}) => {
  const person = someone()
  await prepare(page, { person, card: cards.approved })
  await page.getByRole('checkbox', { name: /I accept the/ }).check()
  await payButton(page).dblclick()
  await isAt(page, 'done')
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '15.74' })
})

test('of two tabs that pay for the same signup one does, and both see its outcome', async ({
  page,
  context,
  books,
}) => {
  const person = someone()
  await prepare(page, { person, card: cards.approved })
  const other = await context.newPage()
  await other.goto('/signup/panda/payment')
  await enterCard(other, cards.approved)

  await Promise.all([pay(page), pay(other)])
  await isAt(page, 'done')
  await isAt(other, 'done')
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '15.74' })
})

test('who closes the tab while the bank asks finds the question again', async ({
  page,
  context,
  books,
}) => {
  const person = someone()
  await prepare(page, { person, card: cards.challenge, plan: 'Bamboo Voice', site: 'bamboo' })
  await pay(page)
  await expect(bank(page)).toBeVisible()
  await page.close()

  const later = await context.newPage()
  await later.goto('/signup/bamboo')
  await tellBank(later, 'Approve')
  await isAt(later, 'done')
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '12.50' })
})

test('who closes the tab while the card is authorized finds the signup done', async ({
  page,
  context,
  books,
}) => {
  const person = someone()
  await prepare(page, { person, card: cards.timeout })
  await pay(page)
  await expect(page.getByRole('status').getByText('Authorizing your card')).toBeVisible()
  await expect
    .poll(() =>
      books
        .rows(`select 1 from signup_orders where submitted->'address'->>'email' = $1`, [
          person.email,
        ])
        .then((orders) => orders.length),
    )
    .toBe(1)
  await page.close()

  const later = await context.newPage()
  await later.goto('/signup/panda/summary')
  await expect(later.getByRole('heading', { name: 'Welcome aboard' })).toBeVisible({
    timeout: 45_000,
  })
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '15.74' })
})

test('a wrong code says so; the right one takes the activation off, to the cent', async ({
  page,
  books,
}) => {
  const person = someone()
  await choosePlan(page, 'EasyCall')
  await fillAddress(page, person)
  await goOn(page)
  await pickNumber(page)
  await pickPhone(page, 'Softphone')
  await goOn(page)
  await isAt(page, 'payment')
  await costs(page, '$15.74', '$10.49')

  const code = page.getByRole('textbox', { name: 'Promo code' })
  await code.fill('NOSUCH')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('This code is not valid.')).toBeVisible()
  await costs(page, '$15.74', '$10.49')

  await code.fill('welcome')
  await code.press('Enter')
  await expect(order(page)).toContainText('DiscountCode WELCOME-$5.00')
  await costs(page, '$10.49', '$10.49')
  await enterCard(page, cards.approved)
  await pay(page)
  await isAt(page, 'done')
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '10.49' })
})

test('half off the first month is half of it, and the next month is whole', async ({ page }) => {
  await prepare(page, { person: someone(), card: cards.approved, plan: 'Cloud PBX 10' })
  await page.getByRole('link', { name: 'Change Card' }).click()
  await page.getByRole('textbox', { name: 'Promo code' }).fill('HALF')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(order(page)).toContainText('DiscountCode HALF-$15.00')
  await costs(page, '$15.75', '$31.50')
  await page.getByRole('button', { name: 'Remove' }).click()
  await costs(page, '$31.50', '$31.50')
})

test('a price that changes before the press is said, and only agreeing charges it', async ({
  page,
  books,
}) => {
  const person = someone()
  await prepare(page, { person, card: cards.approved, plan: 'Bamboo Office', site: 'bamboo' })
  await expect(payButton(page)).toHaveText('Sign up and pay $17.00')
  await books.rows(`update subscriptions set periodic_fee = 8.50 where name = 'Bamboo PBX line'`)
  await pay(page)
  await expect(page.getByText('The amount due today is now $17.50.')).toContainText(
    'Nothing was charged',
  )
  expect(await signupsOf(books, person.email)).toEqual(never)

  await expect(payButton(page)).toHaveText('Agree and pay $17.50')
  await pay(page)
  await isAt(page, 'done')
  expect(await signupsOf(books, person.email)).toEqual({ ...once, captured: '17.50' })
})

test('a browser that can’t reach the payment service is told, and goes on when it can', async ({
  page,
}) => {
  const person = someone()
  const blocked = /^http:\/\/(localhost|127\.0\.0\.1):\d+\/fields/
  await page.route(blocked, (request) => request.abort())
  await choosePlan(page, 'EasyCall')
  await fillAddress(page, person)
  await goOn(page)
  const number = await pickNumber(page)
  await pickPhone(page, 'Softphone')
  await goOn(page)
  await expect(page.getByText('The card form did not load')).toBeVisible({ timeout: 15_000 })

  await page.unroute(blocked)
  await page.getByRole('button', { name: 'Try again' }).click()
  await enterCard(page, cards.approved)
  await expect(page.getByRole('main')).toContainText(number)
})

test('a press before the card fields have their script is done once they have it', async ({
  page,
}) => {
  const { promise: arrives, resolve: arrive } = Promise.withResolvers<void>()
  await page.route('**/fields.js', async (route) => {
    await arrives
    await route.continue()
  })
  await reachPayment(page, { person: someone() })
  await typeCard(page, cards.approved)
  await goOn(page)
  await expect(page.getByRole('button', { name: 'Continue', exact: true })).toHaveAttribute(
    'aria-busy',
    'true',
  )
  arrive()
  await isAt(page, 'summary')
})

test('a card with a mistake in it is said at its field, before anything is sent', async ({
  page,
}) => {
  await prepare(page, { person: someone(), card: cards.approved })
  await page.getByRole('link', { name: 'Change Card' }).click()
  await page.getByRole('button', { name: 'Use another card' }).click()
  const fields = page.frameLocator('iframe[title="Card details"]')
  await fields.getByRole('textbox', { name: 'Card number' }).fill('4242424242424241')
  // By keyboard: a pointer, right after the page has scrolled, may still meet the frame that was there.
  await page.getByRole('button', { name: 'Continue', exact: true }).press('Enter')
  await expect(fields.getByText('This is not a card number.')).toBeVisible()
  await expect(fields.getByText('Enter the security code.')).toBeVisible()
  await expect(fields.getByRole('textbox', { name: 'Card number' })).toBeFocused()
  await isAt(page, 'payment')
})
