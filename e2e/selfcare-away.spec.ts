import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '#db/embedded.ts'
import { expect, test } from './fixtures.ts'
import { demo, fillSignIn, heading, rowOf } from './selfcare.ts'
import { startPortico } from './server.ts'

test('while the database is away the page waits and says so; what was sent is done once it is back', async ({
  browser,
}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-away-'))
  const startDatabase = () => startEmbedded({ dataDir, log: () => undefined })
  let database = await startDatabase()
  const portico = await startPortico({
    env: { DATABASE_URL: database.adminUrl, PORTICO_SEED: 'demo' },
  })
  const page = await browser.newPage({ baseURL: portico.url })

  try {
    await page.goto('/login')
    await fillSignIn(page, demo('adam'))
    await expect(heading(page, 'Hello, Adam')).toBeVisible()
    await page.goto('/extensions/new')
    await page.getByRole('textbox', { name: 'Extension number' }).fill('6001')

    await database.stop()
    await page.getByRole('button', { name: 'Add extension' }).click()
    await expect(page.getByText('Reconnecting…')).toBeVisible()
    const waiting = await browser.newPage({
      baseURL: portico.url,
      storageState: await page.context().storageState(),
    })
    await waiting.goto('/extensions')
    await expect(heading(waiting, "The service can't be reached right now")).toBeVisible()

    database = await startDatabase()
    await expect(page.getByText('Extension 6001 has been added')).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText('Reconnecting…')).toHaveCount(0)
    await expect(heading(waiting, 'Extensions')).toBeVisible({ timeout: 20_000 })
    await waiting.reload()
    await expect(rowOf(waiting, '6001')).toHaveCount(1)
    await waiting.context().close()
  } finally {
    await page.context().close()
    await portico.stop()
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
