import type { Locator, Page } from '@playwright/test'
import { signupsOf } from './books.ts'
import { cards } from './prospect.ts'
import {
  bank,
  cardFields,
  choosePlan,
  enterCard,
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
  prepare,
  someone,
  test,
} from './signup.ts'

test('all of it speaks Spanish: pages, card fields, receipt, mail and self-care', async ({
  page,
  books,
}) => {
  const person = someone()
  await page.goto('/signup/panda')
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Español')
  await expect(page.getByText('Una línea para todos los días')).toBeVisible()
  await expect(page.getByText('Más 5,00 $ de alta')).toBeVisible()
  await page.getByRole('button', { name: 'Elegir EasyCall', exact: true }).click()

  await expect(heading(page, '¿Para quién es?')).toBeVisible()
  const type = (name: string, text: string) => page.getByRole('textbox', { name }).fill(text)
  await type('Nombre', person.firstName)
  await type('Apellidos', person.lastName)
  await type('Teléfono de contacto', '+34 612 34 56 78')
  await page.getByRole('combobox', { name: 'País' }).selectOption('España')
  await type('Calle y número', 'Gran Vía 28')
  await type('Código postal', '28013')
  await type('Ciudad', 'Madrid')
  await page.getByRole('button', { name: 'Continuar', exact: true }).click()
  await expect(page.getByText('Rellene este campo.')).toBeVisible()
  await type('Correo electrónico', person.email)
  await page.getByRole('button', { name: 'Continuar', exact: true }).click()

  await expect(heading(page, 'Elija su número y su teléfono')).toBeVisible()
  const resumen = page.getByRole('complementary', { name: 'Resumen del pedido' })
  await expect(resumen).toContainText(/A pagar hoy15,74\s\$/)
  await page
    .getByRole('list', { name: 'Números disponibles' })
    .getByRole('button', { name: 'New York' })
    .first()
    .click()
  await expect(resumen).toContainText('+1 (212)')
  await page.getByRole('radio', { name: 'Yealink T31P' }).check()
  await page.getByRole('button', { name: 'Continuar', exact: true }).click()

  await expect(heading(page, '¿Cómo paga?')).toBeVisible()
  const card = page.frameLocator('iframe[title="Datos de la tarjeta"]')
  await card.getByRole('textbox', { name: 'Número de tarjeta' }).fill(cards.challenge)
  await card.getByRole('textbox', { name: 'Caducidad' }).fill('12/30')
  await page.getByRole('button', { name: 'Continuar', exact: true }).click()
  await expect(card.getByText('Escriba el código de seguridad.')).toBeVisible()
  await card.getByRole('textbox', { name: 'Código de seguridad' }).fill('123')
  await page.getByRole('button', { name: 'Continuar', exact: true }).click()

  await expect(heading(page, 'Revise y contrate')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Acepto las condiciones' }).check()
  await page.getByRole('button', { name: /^Contratar y pagar 15,74\s\$$/ }).click()
  await page
    .frameLocator('iframe[title="Página de su banco"]')
    .getByRole('button', { name: 'Aprobar' })
    .click()
  await expect(heading(page, 'Le damos la bienvenida')).toBeVisible()
  const { subject } = await books.row<{ subject: string }>(
    `select subject from mails where to_address = $1`,
    [person.email],
  )
  expect(subject).toContain('Le damos la bienvenida a Panda Telecom: su número es')

  await page.getByRole('button', { name: 'Abrir el autoservicio' }).click()
  await expect(heading(page, 'Elija su contraseña')).toBeVisible()
  await page.getByLabel('Contraseña nueva', { exact: true }).fill('cinco teteras azules')
  await page.getByRole('button', { name: 'Guardar y seguir' }).click()
  await expect(heading(page, 'Hola, Ana')).toBeVisible()
})

/** Presses Tab until the focus is there, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const isThere = () =>
    target.evaluate((element) => element === element.ownerDocument.activeElement)
  for (let presses = 0; presses < 60; presses++) {
    if (await isThere()) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Not reached by Tab: ${target}`)
}

test('a language switched to on the last page is that of the mail and of self-care', async ({
  page,
  books,
}) => {
  const person = someone()
  await prepare(page, { person, card: cards.approved })
  await page.getByRole('combobox', { name: 'Language' }).selectOption('es')
  await page.getByRole('checkbox', { name: /^Acepto/ }).check()
  await page.getByRole('button', { name: /pagar/ }).click()
  await expect(page.getByRole('heading', { name: 'Le damos la bienvenida' })).toBeVisible()
  const { html } = await books.row<{ html: string }>(
    `select html from mails where to_address = $1`,
    [person.email],
  )
  expect(html).toContain('lang="es"')
})

test('the whole signup is done by keyboard alone, into the card fields and the bank’s page', async ({
  page,
  books,
}) => {
  const person = someone()
  const keys = page.keyboard
  const press = async (target: Locator, key = 'Enter') => {
    await tabTo(page, target)
    await keys.press(key)
  }
  const type = async (name: string, text: string) => {
    await tabTo(page, page.getByRole('textbox', { name }))
    await keys.type(text)
  }
  const choose = async (name: string, text: string) => {
    await tabTo(page, page.getByRole('combobox', { name }))
    await keys.type(text)
  }
  const next = page.getByRole('button', { name: 'Continue', exact: true })

  await page.goto('/signup/panda')
  await press(page.getByRole('button', { name: 'Choose EasyCall' }))
  await expect(heading(page, 'Who is it for?')).toBeFocused()
  await type('First name', person.firstName)
  await type('Last name', person.lastName)
  await type('E-mail', person.email)
  await type('Contact phone', '604 555 0142')
  await choose('Country', 'Canada')
  await type('Street and number', '350 Robson Street')
  await type('City', 'Vancouver')
  await choose('Province', 'British')
  await type('Postal code', 'V6B 2B2')
  await keys.press('Enter')

  await expect(heading(page, 'Choose your number and phone')).toBeFocused()
  const numbers = page.getByRole('list', { name: 'Available numbers' }).getByRole('button')
  await press(numbers.filter({ hasText: 'Chicago' }).first(), 'Space')
  await expect(order(page)).toContainText('+1 (312)')
  await press(page.getByRole('radio', { name: 'Yealink T31P' }), 'Space')
  await keys.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'Yealink T54W' })).toBeChecked()
  await press(next)

  await expect(heading(page, 'How do you pay?')).toBeFocused()
  await tabTo(page, cardFields(page).getByRole('textbox', { name: 'Card number' }))
  await keys.type(cards.challenge)
  await tabTo(page, cardFields(page).getByRole('textbox', { name: 'Expiry' }))
  await keys.type('1230')
  await tabTo(page, cardFields(page).getByRole('textbox', { name: 'Security code' }))
  await keys.type('123')
  await keys.press('Enter')

  await expect(heading(page, 'Check and sign up')).toBeFocused()
  await press(page.getByRole('checkbox', { name: /I accept the/ }), 'Space')
  await press(payButton(page))
  const frame = bank(page).frameLocator('iframe[title="Your bank’s page"]')
  await press(frame.getByRole('button', { name: 'Approve' }))

  await expect(heading(page, 'Welcome aboard')).toBeVisible()
  await press(page.getByRole('button', { name: 'Show my passwords' }))
  await expect(page.getByText('Shown once: keep them now.')).toBeVisible()
  expect(await signupsOf(books, person.email)).toMatchObject({ customers: 1, captured: '15.74' })

  await page.goto('/signup/panda/done')
  await press(page.getByRole('button', { name: 'Open self-care' }))
  await expect(heading(page, 'Choose your password')).toBeVisible()
  await tabTo(page, page.getByLabel('New password', { exact: true }))
  await keys.type('five blue kettles sing')
  await keys.press('Enter')
  await expect(heading(page, 'Hello, Ana')).toBeVisible()
})

test('what is missing is said at its field, and the first one has the focus', async ({ page }) => {
  await choosePlan(page, 'EasyCall')
  await goOn(page)
  const field = (name: string) => page.getByRole('textbox', { name })
  await expect(field('First name')).toBeFocused()
  await expect(field('First name')).toHaveAccessibleDescription('Fill this in.')

  await fillAddress(page, { ...someone(), email: 'ana@example' })
  await goOn(page)
  await expect(field('E-mail')).toBeFocused()
  await expect(field('E-mail')).toHaveAccessibleDescription(/Enter an e-mail address/)
  await expect(field('First name')).toHaveValue('Ana')
})

const screens = [
  { name: 'a desktop', viewport: { width: 1280, height: 800 } },
  { name: 'a phone 375 px wide', viewport: { width: 375, height: 740 } },
] as const

for (const { name, viewport } of screens) {
  test.describe(`on ${name}`, () => {
    test.use({ viewport })

    test('axe finds nothing on any page of the signup, in light and in dark', async ({
      page,
      accessible,
    }) => {
      // Two dozen looks at whole pages.
      test.slow()
      const check = async () => {
        for (const colorScheme of ['light', 'dark'] as const) {
          // Without motion: colours on their way from one theme to the other are neither's.
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
          await page.evaluate(
            () =>
              new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
          )
          await accessible()
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          )
          expect(overflow, 'pixels to scroll sideways').toBe(0)
        }
      }
      await page.goto('/signup/panda')
      await check()
      await choosePlan(page, 'EasyCall')
      await goOn(page)
      await expect(page.getByText('Fill this in.').first()).toBeVisible()
      await check()
      await fillAddress(page, someone())
      await goOn(page)
      await isAt(page, 'phone')
      await check()
      await pickNumber(page)
      await pickPhone(page, 'Softphone')
      await check()
      await goOn(page)
      await isAt(page, 'payment')
      await page.getByRole('textbox', { name: 'Promo code' }).fill('NOSUCH')
      await page.getByRole('textbox', { name: 'Promo code' }).press('Enter')
      await expect(page.getByText('This code is not valid.')).toBeVisible()
      await page.getByText('More test cards').click()
      await check()
      await enterCard(page, cards.challenge)
      await check()
      await payButton(page).click()
      await expect(page.getByText('Tick this to sign up.')).toBeVisible()
      await check()
      await pay(page)
      await expect(bank(page)).toBeVisible()
      await check()
      await bank(page).getByRole('button', { name: 'Cancel the payment' }).click()
      await page.getByRole('link', { name: 'Enter a card' }).click()
      await enterCard(page, cards.approved)
      await pay(page)
      await isAt(page, 'done')
      await check()
      await page.getByRole('button', { name: 'Show my passwords' }).click()
      await page.getByRole('button', { name: 'Show QR code' }).click()
      await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
      await check()
      await page.goto('/signup/panda')
      await expect(page.getByText('You have signed up for EasyCall')).toBeVisible()
      await check()
      await page.goto('/signup/nobody')
      await check()
    })
  })
}
