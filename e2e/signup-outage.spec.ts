import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Embedded, startEmbedded } from '#db/embedded.ts'
import { ensureDatabase } from '#db/prepare.ts'
import { cards } from './prospect.ts'
import { type Portico, startPortico } from './server.ts'
import {
  test as base,
  enterCard,
  expect,
  fillAddress,
  goOn,
  isAt,
  order,
  pay,
  pickNumber,
  pickPhone,
  someone,
} from './signup.ts'

type World = { url: string; stopDatabase: () => Promise<void>; startDatabase: () => Promise<void> }

/** A Portico of its own, and a database that can be taken from it. */
const test = base.extend<object, { world: World }>({
  world: [
    async ({ browserName: _ }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'portico-outage-'))
      const open = () => startEmbedded({ dataDir: join(folder, 'database'), log: () => {} })
      let database: Embedded | undefined = await open()
      await ensureDatabase(database.adminUrl, 'portico')
      const url = new URL(database.adminUrl)
      url.pathname = '/portico'
      const portico: Portico = await startPortico({
        dataDir: join(folder, 'portico'),
        logFile: 'test-results/outage.log',
        env: { DATABASE_URL: url.href, PORTICO_SEED: 'demo' },
      })
      const stopDatabase = async () => {
        await database?.stop()
        database = undefined
      }
      await use({
        url: portico.url,
        stopDatabase,
        startDatabase: async () => {
          database ??= await open()
        },
      })
      await portico.stop()
      await stopDatabase()
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})

// One after the other: they share the database that goes away.
test.describe.configure({ mode: 'default' })

// 441 is React's word for a page that the server could not make.
test.use({ mayComplain: /status of 50[03]|React error #441/ })

const banner = (page: Page) => page.getByRole('status').getByText('Reconnecting…')

test('a database that is away for a while is waited for: what was pressed happens by itself', async ({
  page,
  world,
}) => {
  await page.goto(`${world.url}/signup/panda`)
  await page.getByRole('button', { name: 'Choose EasyCall' }).click()
  await isAt(page, 'address')
  await fillAddress(page, someone())

  await world.stopDatabase()
  await goOn(page)
  await expect(banner(page)).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'First name' })).toHaveValue('Ana')
  await world.startDatabase()
  await isAt(page, 'phone')
  await expect(banner(page)).toBeHidden()

  const number = await pickNumber(page)
  await world.stopDatabase()
  await pickPhone(page, 'Yealink T31P')
  await expect(banner(page)).toBeVisible()
  await world.startDatabase()
  await expect(banner(page)).toBeHidden()
  await expect(order(page)).toContainText('Yealink T31P')
  await goOn(page)
  await enterCard(page, cards.approved)

  await world.stopDatabase()
  await pay(page)
  await expect(banner(page)).toBeVisible()
  await world.startDatabase()
  await isAt(page, 'done')
  await expect(page.getByRole('main')).toContainText(number)
})

test('a page asked for while the database is away says so, and comes by itself', async ({
  page,
  world,
}) => {
  await page.goto(`${world.url}/signup/panda`)
  await page.getByRole('button', { name: 'Choose EasyCall' }).click()
  await isAt(page, 'address')

  await world.stopDatabase()
  await page.reload()
  await expect(page.getByRole('heading', { name: /can't be reached/ })).toBeVisible()
  await world.startDatabase()
  await isAt(page, 'address')
})
