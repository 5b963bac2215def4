import type { Page } from '@playwright/test'
import { colleagueOf, demo, expect, fillSignIn, signIn, test } from './selfcare.ts'

const themes = ['light', 'dark'] as const
const screens = [
  { width: 1280, height: 800 },
  { width: 375, height: 740 },
] as const

const pages = {
  nobody: ['/login', '/login?from=/numbers', `/enter#door=${'x'.repeat(43)}`, '/no/such/page'],
  adam: [
    '/',
    '/extensions',
    '/extensions?q=nobody',
    '/extensions?open=4665',
    '/extensions/new',
    '/add-ons',
  ],
  'adam, further': [
    '/auto-attendants',
    '/auto-attendants/new',
    '/hunt-groups',
    '/numbers',
    '/numbers?only=auto_attendant&sort=reaches',
  ],
  five: ['/settings/password', '/settings/sessions', '/settings/people', '/activity'],
  'five, further': ['/settings/company', '/settings/notifications'],
  meter: ['/', '/extensions', '/extensions/new', '/numbers', '/sim-cards'],
  john: ['/'],
  admin: ['/admin', '/admin/customers', '/admin/customers/46175', '/admin/approvals'],
  'admin, further': [
    '/admin/customers/46175/accounts',
    '/admin/customers/46175/finances/agreement',
    '/admin/customers/46175/finances/agreement/add-ons',
    '/admin/customers/46175/finances/agreement/history',
  ],
  'admin, selling': ['/admin/products', '/admin/products/new', '/admin/products/3'],
  'admin, packages': [
    '/admin/subscriptions',
    '/admin/subscriptions/new',
    '/admin/customers/46171/finances/subscriptions',
    '/admin/promo-codes',
  ],
  bamboo: ['/admin', '/admin/customers', '/admin/customers/46174', '/admin/approvals'],
} as const

for (const [who, paths] of Object.entries(pages)) {
  test(`axe finds nothing on the pages of ${who}, light and dark, wide and narrow`, async ({
    page,
    accessible,
  }) => {
    test.slow()
    if (who !== 'nobody') await signIn(page, demo(who.split(',')[0]!))
    for (const path of paths) {
      await page.goto(path)
      await inEveryLook(page, () => accessible())
    }
  })
}

test('with text at 200 % no page is wider than the screen', async ({ page }) => {
  await signIn(page, demo('adam'))
  for (const viewport of screens) {
    await page.setViewportSize(viewport)
    for (const path of [...pages.adam, ...pages['adam, further'], ...pages.five, '/signup/panda']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      const overflow = await page.evaluate(() => {
        const root = document.documentElement
        root.style.fontSize = '200%'
        return root.scrollWidth - root.clientWidth
      })
      expect(overflow, `pixels to scroll sideways on ${path}, ${viewport.width} px wide`).toBe(0)
    }
  }
})

test('axe finds nothing where something went wrong or is open', async ({
  page,
  accessible,
  books,
}) => {
  test.slow()
  await page.goto('/login')
  await fillSignIn(page, { login: 'nobody-here', password: 'wrong' })
  await expect(page.getByText('Login or password is not right.')).toBeVisible()
  await inEveryLook(page, () => accessible())

  const newcomer = await colleagueOf(books, 'adam', { mustChangePassword: true })
  await page.goto('/login')
  await fillSignIn(page, newcomer)
  await page.getByLabel('New password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await expect(page.getByText('Enter at least 10 characters.')).toBeVisible()
  await inEveryLook(page, () => accessible())

  await page.context().clearCookies()
  await signIn(page, demo('adam'))
  await page.goto('/extensions/new')
  await page.getByRole('textbox', { name: 'Extension number' }).fill('1')
  await page.getByRole('button', { name: 'Add extension' }).click()
  await expect(page.getByText('Use 2 to 6 digits.')).toBeVisible()
  await inEveryLook(page, () => accessible())

  await page.goto('/extensions?q=4665')
  await page.getByRole('button', { name: 'Actions for extension 4665' }).click()
  await page.getByRole('menuitem', { name: 'Set up the phone' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await inEveryLook(page, () => accessible())
})

test('who wants no motion sees the other theme at once', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.goto('/login')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  const moving = await page.evaluate(() => {
    document.documentElement.dataset.theme = 'dark'
    return document.getAnimations().length
  })
  expect(moving).toBe(0)
})

async function inEveryLook(page: Page, look: () => Promise<void>): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    for (const screen of screens) {
      await page.setViewportSize(screen)
      await look()
    }
  }
}
