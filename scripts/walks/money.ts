import { open, signIn, visit, type Walk } from './walk.ts'

/** What a customer pays and uses, and who it is. */
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
]
