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

export const open = async (page: Page, path: string) => {
  await page.goto(path, { waitUntil: 'networkidle' })
}

export async function signIn(page: Page, login: string, home = '/'): Promise<void> {
  await open(page, '/login')
  // By type: walks speak several languages.
  await page.locator('input[name="login"]').fill(login)
  await page.locator('input[name="password"]').fill(`${login}-2026`)
  await page.locator('button[type="submit"]').click()
  await page.waitForURL((url) => url.pathname === home)
  await page.waitForLoadState('networkidle')
}

/** Pages that are there by themselves, one after another. */
export const visit =
  (login: string | undefined, pages: Readonly<Record<string, string>>, home = '/'): Walk['walk'] =>
  async (page, shoot) => {
    if (login) await signIn(page, login, home)
    for (const [name, path] of Object.entries(pages)) {
      await open(page, path)
      await shoot(name)
    }
  }
