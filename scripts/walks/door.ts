import { open, signIn, visit, type Walk } from './walk.ts'

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

const door = `/enter#door=${'x'.repeat(43)}`

/** The ways in, and what keeps one out. */
export const doorWalks: readonly Walk[] = [
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
]
