import { open, signIn, visit, type Walk } from './walk.ts'

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

/** Lines, and all that is set up with them: a company's, and one of its people's. */
export const lineWalks: readonly Walk[] = [
  { name: 'pbx', walk: pbx },
  { name: 'full agreement', walk: full },
  { name: 'order', last: true, walk: order },
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
  {
    name: 'en español',
    locale: 'es',
    walk: visit('demo-ten', {
      home: '/',
      extensions: '/extensions',
      'extension-new': '/extensions/new',
      'auto-attendants': '/auto-attendants',
      numbers: '/numbers',
      'settings-password': '/settings/password',
      'settings-sessions': '/settings/sessions',
    }),
  },
]
