import { signupsOf } from './books.ts'
import { cards } from './prospect.ts'
import {
  choosePlan,
  costs,
  digits,
  enterCard,
  enterSelfcare,
  expect,
  fillAddress,
  goOn,
  heading,
  isAt,
  order,
  pay,
  payButton,
  pickNumber,
  pickPhone,
  signUp,
  someone,
  test,
} from './signup.ts'

/** As the catalogue has them, GST of 5 % added. */
const plans = [
  {
    plan: 'EasyCall',
    lines: ['Activation, onceEasyCall$5.00', 'First monthEasyCall$9.99', 'GST 5%$0.75'],
    today: '$15.74',
    monthly: '$10.49',
    captured: '15.74',
    home: '1 of 1 in use',
  },
  {
    plan: 'SuperCall',
    lines: ['First monthSuperCall$19.99', 'GST 5%$1.00'],
    today: '$20.99',
    monthly: '$20.99',
    captured: '20.99',
    home: '1 of 1 in use',
  },
  {
    plan: 'Cloud PBX',
    lines: ['First monthCloud PBX line$6.00', 'GST 5%$0.30'],
    today: '$6.30',
    monthly: '$6.30',
    captured: '6.30',
    home: '1 in use, unlimited',
    extension: '101',
  },
  {
    plan: 'Cloud PBX 10',
    lines: ['First monthUp to 10 Cloud PBX phone lines for $30$30.00', 'GST 5%$1.50'],
    today: '$31.50',
    monthly: '$31.50',
    captured: '31.50',
    home: '1 of 10 in use',
    extension: '101',
  },
] as const

for (const { plan, lines, today, monthly, captured, home, ...pbx } of plans) {
  test(`${plan}: from the first page to self-care, ${today} today and ${monthly} a month`, async ({
    page,
    books,
  }) => {
    const person = someone()
    await choosePlan(page, plan)
    await costs(page, today, monthly)
    for (const line of lines) await expect(order(page)).toContainText(line)

    await fillAddress(page, person)
    await goOn(page)
    await isAt(page, 'phone')
    const number = await pickNumber(page)
    await pickPhone(page, 'Yealink T31P')
    await goOn(page)
    await isAt(page, 'payment')
    await enterCard(page, cards.approved)

    await costs(page, today, monthly)
    await expect(payButton(page)).toHaveText(`Sign up and pay ${today}`)
    await pay(page)

    await isAt(page, 'done')
    await expect(page.getByText(`${plan} is active`)).toBeVisible()
    await expect(page.getByRole('main')).toContainText(number)
    await expect(page.getByRole('definition').getByText(today)).toBeVisible()
    expect(await signupsOf(books, person.email)).toEqual({
      customers: 1,
      completed: 1,
      captured,
      authorized: 0,
      invoices: 1,
      accounts: 1,
    })

    await enterSelfcare(page, person)
    await expect(page.getByRole('listitem').filter({ hasText: home })).toBeVisible()
    await expect(page.getByText('Nothing is owed.')).toBeVisible()
    const extensions = page
      .getByRole('navigation', { name: 'Main navigation' })
      .getByRole('link', { name: 'Extensions' })
    if (!('extension' in pbx)) return expect(extensions).toBeHidden()

    await extensions.click()
    const row = page.getByRole('row').filter({ hasText: pbx.extension })
    await expect(row).toContainText(number)
  })
}

test('a customer of the reseller’s site is the reseller’s, at a price with tax in it', async ({
  page,
  books,
}) => {
  const person = someone()
  const number = await signUp(page, {
    person,
    card: cards.approved,
    plan: 'Bamboo Voice',
    site: 'bamboo',
  })
  await expect(page.getByRole('definition').getByText('$12.50')).toBeVisible()

  const { parent, total, assigned } = await books.row<Record<string, unknown>>(
    `select c.i_parent as parent, i.total::numeric(12, 2)::text as total, n.number as assigned
       from customers c
       join invoices i on i.i_customer = c.id
       join numbers n on n.i_customer = c.id
      where c.email = $1`,
    [person.email],
  )
  expect({ parent, total, assigned }).toEqual({
    parent: 46173,
    total: '12.50',
    assigned: digits(number),
  })
})

for (const slug of ['nobody', 'no-such_site!']) {
  test(`there is no signup page at /signup/${slug}, and it says so`, async ({ page }) => {
    const answer = await page.goto(`/signup/${slug}`)
    expect(answer?.status()).toBe(404)
    await expect(heading(page, 'There is no signup page here')).toBeVisible()
    await page.getByRole('combobox', { name: 'Language' }).selectOption('Español')
    await expect(heading(page, 'Aquí no hay ninguna página de contratación')).toBeVisible()
  })
}

test('a page travels as the smallest that its browser reads', async ({ page, request }) => {
  const sent = await page.goto('/signup/panda')
  expect(await sent?.headerValue('content-encoding')).toBe('br')
  const plain = await request.get('/signup/panda', { headers: { 'accept-encoding': 'identity' } })
  expect(plain.headers()).not.toHaveProperty('content-encoding')
})

test('no step can be skipped by its address', async ({ page }) => {
  for (const step of ['address', 'phone', 'payment', 'summary', 'done']) {
    await page.goto(`/signup/panda/${step}`)
    await expect(page.getByRole('button', { name: 'Choose EasyCall' })).toBeVisible()
  }
  await choosePlan(page, 'EasyCall')
  for (const step of ['phone', 'payment', 'summary', 'done']) {
    await page.goto(`/signup/panda/${step}`)
    await isAt(page, 'address')
  }
})
