import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import pg from 'pg'
import { startEmbedded } from '#db/embedded.ts'
import { startPortico } from '#e2e/server.ts'
import { ensureChromium } from './chromium.ts'
import type { Walk } from './walks/walk.ts'
import { walks } from './walks/walks.ts'

/**
 * Every page as people see it: light and dark, 1280 and 375 pixels wide, into
 * `screenshots/<theme>/<width>/<page>.png`. A Portico of its own is started for it.
 *
 *     npm run screenshots              # all of them
 *     npm run screenshots -- wizard    # the walks whose name has this in it
 */
const folder = 'screenshots'
const themes = ['light', 'dark'] as const
const screens = [
  { width: 1280, height: 800 },
  { width: 375, height: 812 },
] as const

const [wanted = ''] = process.argv.slice(2)
const chosen = walks.filter(({ name }) => name.includes(wanted))
if (chosen.length === 0) {
  console.error(`No such walk. There are: ${walks.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}

if (!wanted) await rm(folder, { recursive: true, force: true })
const dataDir = await mkdtemp(join(tmpdir(), 'portico-screenshots-'))
const database = await startEmbedded({ dataDir, log: () => undefined })
const portico = await startPortico({
  env: { DATABASE_URL: database.adminUrl, PORTICO_SEED: 'demo' },
})
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
})
try {
  const waiting = chosen.filter(({ last }) => !last)
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await take(browser, next)
  }
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker))
  for (const walk of chosen.filter(({ last }) => last)) await take(browser, walk)
} finally {
  await browser.close()
  await portico.stop()
  await database.stop()
  await rm(dataDir, { recursive: true, force: true })
}

/** One visitor, in one browser session, from page to page. */
async function take(browser: Browser, { name, locale = 'en', walk }: Walk): Promise<void> {
  const context = await browser.newContext({
    baseURL: portico.url,
    locale: locale === 'es' ? 'es-ES' : 'en-US',
    timezoneId: 'America/Vancouver',
    extraHTTPHeaders: { 'x-forwarded-for': addressOf(name) },
  })
  const page = await context.newPage()
  const suffix = locale === 'en' ? '' : `.${locale}`
  let count = 0
  try {
    const shoot = async (shot: string) => {
      await shootAll(page, `${shot}${suffix}`)
      count++
    }
    await walk(page, shoot, { run, stop: database.stop })
    console.log(`✓ ${name}: ${count} pages`)
  } catch (error) {
    process.exitCode = 1
    console.error(`✗ ${name} after ${count} pages: ${error}`)
    await page.screenshot({ path: join(folder, 'failed', `${name}.png`), fullPage: true })
  } finally {
    await context.close()
  }
}

/** As the database's superuser. */
async function run(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** The page as it stands, in every theme and width. */
async function shootAll(page: Page, shot: string): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor()
    for (const screen of screens) {
      await page.setViewportSize(screen)
      await page.evaluate(() => document.fonts.ready)
      // A screen as high as the page: bars that stick to its edges stand at the page's.
      const height = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({ width: screen.width, height })
      const path = join(folder, colorScheme, String(screen.width), `${shot}.png`)
      await mkdir(dirname(path), { recursive: true })
      await page.screenshot({ path, animations: 'disabled' })
    }
  }
  await page.setViewportSize(screens[0])
}

/** Visitors come from different places, or they would be held to one visitor's limits. */
function addressOf(name: string): string {
  const index = walks.findIndex((walk) => walk.name === name)
  return `10.9.0.${index + 1}`
}
