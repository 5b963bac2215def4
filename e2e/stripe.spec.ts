import type { Page } from '@playwright/test'
import {
  type StripeStandIn,
  standInEnv,
  standInKeys,
  startStripeStandIn,
} from '#server/testing/stripe/stand-in.ts'
import { freePort, startPortico } from './server.ts'
import { test as base, expect, isAt, pay, reachPayment, someone } from './signup.ts'

type World = { url: string; standIn: StripeStandIn }

/** A Portico whose cards are taken by Stripe: by a stand-in for it, for the real one is far away. */
const test = base.extend<object, { world: World }>({
  world: [
    async ({ browserName: _ }, use) => {
      const port = await freePort()
      const standIn = await startStripeStandIn({
        webhookUrl: `http://localhost:${port}/webhooks/stripe`,
      })
      const portico = await startPortico({
        port,
        logFile: 'test-results/stripe.log',
        env: standInEnv(standIn.origin),
      })
      await use({ url: portico.url, standIn })
      await portico.stop()
      await standIn.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ world }, use) => use(world.url),
})

// They share one Portico of their own.
test.describe.configure({ mode: 'default' })

const field = (page: Page, name: string) =>
  page.getByRole('textbox', { name: `Credit or debit card ${name}` })

async function typeCard(page: Page, card: string): Promise<void> {
  await field(page, 'number').fill(card)
  await field(page, 'expiration date').fill('12/30')
  await field(page, 'CVC/CVV').fill('123')
}

async function enterCard(page: Page, card: string): Promise<void> {
  await typeCard(page, card)
  await field(page, 'CVC/CVV').press('Enter')
  await isAt(page, 'summary')
}

const bank = (page: Page) => page.getByRole('dialog', { name: '3D Secure' })

test('a card typed into Stripe’s fields pays for a signup', async ({ page, world }) => {
  const before = world.standIn.control.sums().captured
  await reachPayment(page, { person: someone() })
  await expect(page.getByText('4242 4242 4242 4242')).toBeHidden()

  await enterCard(page, '4242 4242 4242 4242')
  await expect(page.getByText('Visa ending 4242')).toBeVisible()
  await pay(page)

  await isAt(page, 'done')
  expect(world.standIn.control.sums().captured - before).toBe(1_574_000n)
})

test('a card with a mistake in it is said at its field, and nothing is sent', async ({ page }) => {
  await reachPayment(page, { person: someone() })
  await typeCard(page, '4242 4242')

  await page.getByRole('button', { name: 'Continue', exact: true }).press('Enter')

  await expect(page.getByText('Your card number is incomplete.')).toBeVisible()
  await expect(field(page, 'number')).toBeFocused()
  await isAt(page, 'payment')
})

test('what the bank wants confirmed is asked by Stripe’s script, and goes on then', async ({
  page,
}) => {
  await reachPayment(page, { person: someone() })
  await enterCard(page, '4000 0000 0000 3220')
  await pay(page)

  await bank(page).getByRole('button', { name: 'Complete' }).click()

  await isAt(page, 'done')
})

test('what the bank was told no to is declined, and another card pays', async ({ page, world }) => {
  const before = world.standIn.control.sums()
  await reachPayment(page, { person: someone() })
  await enterCard(page, '4000 0000 0000 3220')
  await pay(page)

  await bank(page).getByRole('button', { name: 'Fail' }).click()

  await expect(page.getByText(/Your bank could not confirm that it is you/)).toBeVisible()
  expect(world.standIn.control.sums()).toMatchObject({
    authorized: before.authorized,
    captured: before.captured,
  })

  await page.getByRole('link', { name: 'Enter a card' }).click()
  await enterCard(page, '4242 4242 4242 4242')
  await pay(page)
  await isAt(page, 'done')
})

test('who closes the tab while the bank asks finds the signup done: Stripe sent word', async ({
  page,
  context,
  world,
}) => {
  await reachPayment(page, { person: someone() })
  await enterCard(page, '4000 0000 0000 3220')
  await pay(page)
  await expect(bank(page)).toBeVisible()
  const waiting = world.standIn.books.intents().at(-1)!
  await page.close()

  // On another device, say: the bank's app.
  await fetch(`${world.standIn.origin}/browser/challenge`, {
    method: 'POST',
    body: JSON.stringify({
      key: standInKeys.publishableKey,
      clientSecret: waiting.client_secret,
      verdict: 'approve',
    }),
  })

  const later = await context.newPage()
  await later.goto('/signup/panda/done')
  await isAt(later, 'done')
})

test('a page may load what is the gateway’s, and nothing of Stripe’s when it is another’s', async ({
  page,
  world,
}) => {
  const answer = await page.goto('/signup/panda/plan')
  const policy = answer!.headers()['content-security-policy']
  expect(policy).toContain(`connect-src 'self' ${world.standIn.origin}`)
  expect(policy).not.toContain('stripe.com')
})
