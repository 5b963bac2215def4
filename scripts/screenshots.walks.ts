import type { Page } from '@playwright/test'

/** Takes the page as it is now, under this name. */
type Shoot = (name: string) => Promise<void>

/** A visitor's way through pages that belong together. */
export type Walk = Readonly<{
  name: string
  locale?: 'en' | 'es'
  /** After all others, for it changes what they stand on. */
  last?: boolean
  walk: (page: Page, shoot: Shoot, database: WalkDatabase) => Promise<void>
}>

/** What lies under the pages: to change what no page can, or to take away. */
export type WalkDatabase = Readonly<{
  run: (statement: string) => Promise<void>
  stop: () => Promise<void>
}>

const open = async (page: Page, path: string) => {
  await page.goto(path, { waitUntil: 'networkidle' })
}

async function signIn(page: Page, login: string, home = '/'): Promise<void> {
  await open(page, '/login')
  // By type: walks speak several languages.
  await page.locator('input[name="login"]').fill(login)
  await page.locator('input[name="password"]').fill(`${login}-2026`)
  await page.locator('button[type="submit"]').click()
  await page.waitForURL((url) => url.pathname === home)
  await page.waitForLoadState('networkidle')
}

/** Pages that are there by themselves, one after another. */
const visit =
  (login: string | undefined, pages: Readonly<Record<string, string>>, home = '/'): Walk['walk'] =>
  async (page, shoot) => {
    if (login) await signIn(page, login, home)
    for (const [name, path] of Object.entries(pages)) {
      await open(page, path)
      await shoot(name)
    }
  }

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

const pbx: Walk['walk'] = async (page, shoot) => {
  await signIn(page, 'demo-adam')
  await shoot('home-adam')
  await open(page, '/extensions')
  await shoot('extensions')
  await page.getByRole('button', { name: /^Actions for extension/ }).click()
  await shoot('extensions-menu')
  await page.getByRole('menuitem', { name: 'Set up the phone' }).click()
  await page.getByRole('dialog').waitFor()
  await shoot('extensions-phone')
  await open(page, '/extensions?q=nobody')
  await shoot('extensions-none-found')
  for (const tab of ['general', 'numbers', 'addons', 'activity']) {
    await open(page, `/extensions?open=4665&tab=${tab}`)
    await page.getByRole('dialog').waitFor()
    await shoot(`extension-${tab}`)
  }
  await open(page, '/add-ons')
  await shoot('add-ons')

  await open(page, '/extensions/new')
  await shoot('extension-new')
  await page.getByLabel('Extension number').fill('1')
  await page.getByLabel(/^E-mail/).fill('nobody')
  await page.getByRole('button', { name: 'Add extension' }).click()
  await shoot('extension-new-faults')
  await page.getByLabel('Extension number').fill('4665')
  await page.getByLabel(/^E-mail/).fill('')
  await page
    .getByRole('checkbox', { name: /948|950/ })
    .first()
    .check()
  await page.getByRole('button', { name: 'Add extension' }).click()
  await page.getByText('exists already').waitFor()
  await shoot('extension-new-taken')
  await page.getByLabel('Extension number').fill('4666')
  await page.getByLabel(/^Name/).fill('Maria del Carmen Fernández de la Vega')
  await page.getByRole('button', { name: 'Add extension' }).click()
  await page.getByText('has been added').waitFor()
  await page.waitForLoadState('networkidle')
  await shoot('extension-added')
  await page.getByRole('radio', { name: /Softphone/ }).check()
  await page.getByRole('button', { name: 'Use this phone' }).click()
  await page.getByRole('button', { name: 'Make a configuration link' }).click()
  await page.getByText('Configuration link', { exact: true }).waitFor()
  await shoot('extension-added-link')

  await open(page, '/auto-attendants')
  await shoot('auto-attendants')
  await open(page, '/auto-attendants/new')
  await shoot('auto-attendant-new')
  await open(page, '/hunt-groups')
  await shoot('hunt-groups')
  await page.getByRole('link', { name: 'Sales' }).click()
  await page.getByRole('combobox', { name: 'Add an extension' }).fill('4665')
  await page.getByRole('option', { name: /4665/ }).click()
  await page.getByRole('grid').waitFor()
  await shoot('hunt-group')
  await open(page, '/auto-attendants')
  await page.getByRole('link', { name: 'Main menu' }).click()
  await page.getByRole('combobox', { name: 'Key 1 leads to' }).selectOption('group')
  await page.getByRole('button', { name: 'Write it from the keys' }).click()
  await shoot('auto-attendant')
  await open(page, '/numbers')
  await shoot('numbers')
  await open(page, '/numbers?only=free&q=5597')
  await shoot('numbers-found')

  await open(page, '/')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('466')
  await page.getByRole('dialog').getByText('ph46170x4665').waitFor()
  await shoot('command-menu')
  await open(page, '/')
  await page.getByRole('button', { name: 'Menu of Adam Abbott' }).locator('visible=true').click()
  await shoot('user-menu')
}

const full: Walk['walk'] = async (page, shoot) => {
  await signIn(page, 'demo-ten')
  await shoot('home-ten')
  for (let extension = 104; extension <= 110; extension++) {
    await open(page, '/extensions/new')
    await page.getByLabel('Extension number').fill(String(extension))
    await page.getByRole('button', { name: 'Add extension' }).click()
    await page.getByText('has been added').waitFor()
  }
  await open(page, '/extensions')
  await shoot('extensions-ten')
  await open(page, '/extensions/new')
  await shoot('extension-new-full')
  await open(page, '/')
  await shoot('home-ten-full')
}

const signInTrouble: Walk['walk'] = async (page, shoot) => {
  await open(page, '/login?from=/extensions')
  await shoot('login-needed')
  await open(page, '/login')
  for (let failure = 0; failure < 6; failure++) {
    await page.getByLabel('Login').fill('nobody-here')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    const answered = page.waitForResponse('**/api/auth/callback/password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await answered
    if (failure > 0) continue
    await page.getByText('is not right').waitFor()
    await shoot('login-refused')
  }
  await page.getByText('You can try again in').first().waitFor()
  await shoot('login-throttled')
}

/** A list for more than was agreed, from the file to whoever approves it. */
const order: Walk['walk'] = async (page, shoot) => {
  await signIn(page, 'demo-five')
  await open(page, '/extensions/upload')
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  const rows = Array.from({ length: 9 }, (_, n) => `${801 + n},Cloud PBX up to 5 phone lines\n`)
  await (await choosing).setFiles({
    name: 'new-shift.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Extension,Product\n${rows.join('')}`),
  })
  await page.getByRole('radio', { name: /Send the rest for approval/ }).check()
  await shoot('upload-over-limit')
  await page.getByRole('button', { name: /for approval$/ }).click()
  await page.getByRole('link', { name: 'See the order' }).click()
  await page.getByText('wait for approval').waitFor()
  await shoot('order-waiting')
  await page.context().clearCookies()
  await signIn(page, 'demo-admin', '/admin')
  await open(page, '/admin/approvals')
  await shoot('admin-approvals-order')
  await page.getByRole('button', { name: 'Reject' }).first().click()
  await page.getByRole('dialog').waitFor()
  await shoot('admin-order-reject')
}

const settings = { password: '/settings/password', sessions: '/settings/sessions' }
const door = `/enter#door=${'x'.repeat(43)}`

const adminPages = {
  admin: '/admin',
  'admin-customers': '/admin/customers',
  'admin-customers-none': '/admin/customers?q=nobody',
  'admin-customer': '/admin/customers/46171',
  'admin-accounts': '/admin/customers/46171/accounts',
  'admin-agreement': '/admin/customers/46175/finances/agreement',
  'admin-agreement-add-ons': '/admin/customers/46175/finances/agreement/add-ons',
  'admin-agreement-history': '/admin/customers/46175/finances/agreement/history',
  'admin-subscriptions': '/admin/customers/46171/finances/subscriptions',
  'admin-activity': '/admin/customers/46170/activity',
  'admin-approvals': '/admin/approvals',
  'admin-taxes': '/admin/taxes',
  'admin-company': '/admin/company',
  'admin-clock': '/admin/system/clock',
  'admin-usage': '/admin/usage',
  'admin-products': '/admin/products',
  'admin-product': '/admin/products/3',
  'admin-product-new': '/admin/products/new',
} as const

export const walks: readonly Walk[] = [
  {
    name: 'wizard panda',
    walk: wizard({ site: 'panda', plan: /Choose EasyCall/, email: 'alex.f@example.com', pick: 3 }),
  },
  { name: 'pbx', walk: pbx },
  {
    name: 'wizard bamboo',
    walk: wizard({
      site: 'bamboo',
      plan: /Choose Bamboo Office/,
      email: 'b.f@example.com',
      pick: 5,
    }),
  },
  { name: 'full agreement', walk: full },
  { name: 'order', last: true, walk: order },
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
  { name: 'sign-in trouble', walk: signInTrouble },
  {
    name: 'strangers',
    walk: visit(undefined, {
      login: '/login',
      enter: door,
      'enter-broken': '/enter#door=short',
      'signup-unknown-site': '/signup/nowhere',
      'not-found': '/no/such/page',
    }),
  },
  {
    name: 'spent link',
    async walk(page, shoot) {
      await open(page, door)
      await page.getByRole('button', { name: 'Open self-care' }).click()
      await page.getByText('has been used or has expired').waitFor()
      await shoot('enter-spent')
    },
  },
  {
    name: 'package of five',
    walk: visit('demo-five', {
      'home-five': '/',
      'settings-company': '/settings/company',
      'settings-people': '/settings/people',
      'settings-notifications': '/settings/notifications',
    }),
  },
  {
    name: 'calls and data',
    walk: async (page, shoot) => {
      await signIn(page, 'demo-adam')
      await open(page, '/usage')
      await shoot('usage-none')
      // By its place: walks speak several languages.
      await page.getByRole('combobox').first().selectOption({ index: 1 })
      await page.locator('.recharts-bar-rectangle').first().waitFor({ state: 'attached' })
      await shoot('usage')
    },
  },
  {
    name: 'billing',
    walk: visit('demo-ten', {
      billing: '/billing',
      'billing-invoices-none': '/billing/invoices',
      'billing-statement-none': '/billing/payments',
      'billing-subscriptions': '/billing/subscriptions',
      'billing-blocked-days-none': '/billing/blocked-days',
    }),
  },
  {
    name: 'no pbx',
    walk: visit('demo-meter', {
      'sim-cards-empty': '/sim-cards',
      'home-meter': '/',
      'extensions-not-included': '/extensions',
      'extension-new-not-included': '/extensions/new',
      'auto-attendants-not-included': '/auto-attendants',
      'numbers-none': '/numbers',
    }),
  },
  {
    name: 'phone user',
    async walk(page, shoot) {
      await signIn(page, 'demo-john')
      await shoot('account-home')
      await page.getByRole('button', { name: 'Make a configuration link' }).click()
      await page.getByText('Configuration link', { exact: true }).waitFor()
      await shoot('account-home-link')
      await open(page, '/settings/password')
      await shoot('settings-password')
      await page.getByLabel('Current password').fill('wrong')
      await page.getByLabel('New password', { exact: true }).fill('short')
      await page.getByRole('button', { name: 'Change password' }).click()
      await shoot('settings-password-faults')
      await open(page, '/settings/sessions')
      await shoot('settings-sessions')
    },
  },
  { name: 'administrator', walk: visit('demo-admin', adminPages, '/admin') },
  {
    name: 'reseller',
    walk: visit(
      'demo-bamboo',
      { 'admin-reseller': '/admin', 'admin-reseller-customers': '/admin/customers' },
      '/admin',
    ),
  },
  {
    name: 'en español',
    locale: 'es',
    walk: visit('demo-ten', {
      home: '/',
      extensions: '/extensions',
      'extension-new': '/extensions/new',
      'auto-attendants': '/auto-attendants',
      numbers: '/numbers',
      'settings-password': settings.password,
      'settings-sessions': settings.sessions,
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
  {
    name: 'away',
    last: true,
    async walk(page, shoot, database) {
      await signIn(page, 'demo-five')
      await open(page, '/extensions/new')
      await database.stop()
      await page.getByRole('button', { name: 'Add extension' }).click()
      await page.getByText('Reconnecting…').waitFor()
      await shoot('reconnecting')
      await open(page, '/extensions')
      await shoot('away')
      await open(page, '/login')
      await shoot('away-login')
      await open(page, '/signup/panda')
      await shoot('away-signup')
    },
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
]
