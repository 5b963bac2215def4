import { open, signIn, visit, type Walk } from './walk.ts'

/** What a customer pays and uses, and who it is. */
/** Rules customers share, what one has of its own, and service stopped by hand; in any language. */
const classes: Walk['walk'] = async (page, shoot) => {
  await signIn(page, 'demo-admin', '/admin')
  await open(page, '/admin/classes/new')
  await shoot('admin-class-new')
  await open(page, '/admin/classes')
  await shoot('admin-classes')
  await page.locator('main table a:visible').first().click()
  await page.waitForURL(/classes\/\d+$/)
  await shoot('admin-class')
  await open(page, '/admin/customers/46173/finances/settings')
  await shoot('admin-billing-settings')
  const act = page.locator('main button').filter({ hasText: /^(Suspend|Rest)/ })
  const reason = page.getByRole('dialog').locator('textarea')
  const answer = async (why: string) => {
    await reason.fill(why)
    await page.getByRole('dialog').locator('button[type="submit"]').click()
    await reason.waitFor({ state: 'detached' })
    await page.waitForLoadState('networkidle')
  }
  await act.click()
  await shoot('admin-suspend')
  await answer('Fraud is suspected: calls to premium numbers all night.')
  await shoot('admin-billing-settings-suspended')
  await act.click()
  await answer('It was none.')
}

export const moneyWalks: readonly Walk[] = [
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
  { name: 'customer classes', walk: classes },
  { name: 'customer classes, en español', locale: 'es', last: true, walk: classes },
]
