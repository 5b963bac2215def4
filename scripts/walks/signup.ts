import type { Page } from '@playwright/test'
import { open, visit, type Walk } from './walk.ts'

type Signup = Readonly<{
  site: string
  plan: RegExp
  email: string
  /** Which of the numbers shown: two visitors at once don't want the same. */
  pick: number
  decline?: boolean
}>

/** The whole wizard, once with a card that is declined, to the first page of self-care. */
const wizard =
  ({ site, plan, email, pick, decline }: Signup): Walk['walk'] =>
  async (page, shoot) => {
    const at = (step: string) => page.waitForURL(`**/signup/${site}/${step}*`)
    const go = () => page.getByRole('button', { name: 'Continue', exact: true }).click()

    await open(page, `/signup/${site}`)
    await shoot(`wizard-${site}-1-plan`)
    await page.getByRole('button', { name: plan }).click()
    await at('address')
    await page.waitForLoadState('networkidle')
    await shoot(`wizard-${site}-2-address`)
    await go()
    await shoot(`wizard-${site}-2-address-faults`)
    await fillAddress(page, email)
    await shoot(`wizard-${site}-2-address-filled`)
    await go()

    await at('phone')
    await page.waitForLoadState('networkidle')
    await shoot(`wizard-${site}-3-phone`)
    await page
      .getByRole('list', { name: 'Available numbers' })
      .getByRole('button')
      .nth(pick)
      .click()
    await page.getByText(/^Your number/).waitFor()
    await page.getByRole('radio', { name: /Softphone/ }).check()
    await shoot(`wizard-${site}-3-phone-chosen`)
    await go()

    await at('payment')
    await fillCard(page, decline ? '4000000000000002' : '4242424242424242')
    await shoot(`wizard-${site}-4-payment`)
    await go()
    await at('summary')
    await page.waitForLoadState('networkidle')
    await shoot(`wizard-${site}-5-summary`)
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: /^Sign up and pay/ }).click()
    if (decline) {
      await page.getByText('That did not work').waitFor()
      await shoot(`wizard-${site}-5-summary-declined`)
      return
    }

    await at('done')
    await page.waitForLoadState('networkidle')
    await shoot(`wizard-${site}-6-done`)
    await page.getByRole('button', { name: 'Show my passwords' }).click()
    await page.getByText('Shown once').waitFor()
    await page.getByRole('button', { name: 'Show QR code' }).click()
    await page.getByRole('img', { name: /QR/ }).waitFor()
    await shoot(`wizard-${site}-6-done-passwords`)
    await page.getByRole('button', { name: 'Open self-care' }).click()

    await page.waitForURL('**/welcome/password')
    await page.waitForLoadState('networkidle')
    await shoot(`first-password-${site}`)
    await page.getByLabel('New password', { exact: true }).fill('rain on the tin roof')
    await page.getByRole('button', { name: 'Save and go on' }).click()
    await page.waitForURL((url) => url.pathname === '/')
    await page.waitForLoadState('networkidle')
    await shoot(`home-new-${site}`)
    await open(page, '/numbers')
    await shoot(`numbers-new-${site}`)
    const setUp = page.getByRole('button', { name: 'Set up the phone' })
    if (!(await setUp.isVisible())) return
    await setUp.click()
    await page.getByRole('button', { name: 'Make a configuration link' }).click()
    await page.getByText('Configuration link', { exact: true }).waitFor()
    await shoot(`numbers-new-${site}-phone`)
  }

async function fillAddress(page: Page, email: string): Promise<void> {
  await page.getByLabel('First name').fill('Alexandra')
  await page.getByLabel('Last name').fill('Featherstonehaugh')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Contact phone').fill('+1 604 555 0142')
  await page.getByLabel('Country').selectOption('CA')
  await page.getByLabel('Street and number').fill('350 Robson Street')
  await page.getByLabel('City').fill('Vancouver')
  await page.getByLabel('Province').selectOption('BC')
  await page.getByLabel('Postal code').fill('V6B 2B2')
}

async function fillCard(page: Page, number: string): Promise<void> {
  const card = page.frameLocator('iframe')
  await card.getByLabel('Card number').fill(number)
  await card.getByLabel(/expir/i).fill('1230')
  await card.getByLabel(/security code|cvc/i).fill('123')
}

/** Whoever wants to become a customer. */
export const signupWalks: readonly Walk[] = [
  {
    name: 'wizard panda',
    walk: wizard({ site: 'panda', plan: /Choose EasyCall/, email: 'alex.f@example.com', pick: 3 }),
  },
  {
    name: 'wizard bamboo',
    walk: wizard({
      site: 'bamboo',
      plan: /Choose Bamboo Office/,
      email: 'b.f@example.com',
      pick: 5,
    }),
  },
  {
    name: 'wizard declined',
    walk: wizard({
      site: 'panda',
      plan: /Choose Cloud PBX 10/,
      email: 'declined@example.com',
      pick: 7,
      decline: true,
    }),
  },
  {
    name: 'strangers, en español',
    locale: 'es',
    walk: visit(undefined, {
      login: '/login',
      'wizard-panda-1-plan': '/signup/panda',
      'not-found': '/no/such/page',
    }),
  },
  {
    name: 'closed site',
    last: true,
    async walk(page, shoot, database) {
      await database.run(`update signup_sites set open = false where slug = 'bamboo'`)
      await open(page, '/signup/bamboo')
      await shoot('signup-closed')
      await page.getByLabel('Language').selectOption('es')
      await page.getByRole('heading', { name: 'Por ahora no se puede contratar' }).waitFor()
      await shoot('signup-closed.es')
    },
  },
]
