import { rm } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { type Books, openBooks } from './books.ts'
import { ask, test as base, expect, tell } from './selfcare.ts'
import { errorsIn, startPortico } from './server.ts'

export { expect } from './selfcare.ts'

type Status = { now: string; today: string; move: { daysLeft: number } | null }

/** A Portico that no other story knows, so that its clock can be moved. */
export type Sandbox = Readonly<{ url: string; books: Books }>

/**
 * Stories that move the clock. Each name is a Portico of its own, with the demo data, a database and
 * today's date; stories of one name share it, and find the clock where the one before left it. Say
 * `test.use({ sandboxName: 'a year' })` and, where several stories are told, that they follow each
 * other: `test.describe.configure({ mode: 'default' })`.
 */
export const test = base.extend<object, { sandboxName: string; sandbox: Sandbox }>({
  sandboxName: ['', { option: true, scope: 'worker' }],

  sandbox: [
    async ({ sandboxName }, use) => {
      if (!sandboxName) throw new Error('Say `test.use({ sandboxName })`.')
      const logFile = `test-results/sandbox-${sandboxName.replaceAll(' ', '-')}.log`
      await rm(logFile, { force: true })
      const portico = await startPortico({ logFile })
      const books = await openBooks(portico.dataDir)
      await use({ url: portico.url, books })
      await books.close()
      await portico.stop()
      expect(await errorsIn(logFile), 'errors the server logged').toEqual([])
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  baseURL: ({ sandbox }, use) => use(sandbox.url),
  books: ({ sandbox }, use) => use(sandbox.books),
})

/** Where the clock stands; by an administrator's page. */
export const clockOf = async (page: Page): Promise<Status> =>
  ((await (await ask(page, 'clock.status')).json()) as { result: { data: Status } }).result.data

/**
 * Moves the clock as the page does, without it, and waits until it is there. A year takes a minute.
 *
 * @param page of an administrator who is signed in
 */
export async function moveClock(
  page: Page,
  to: { to: string } | { days: number },
  timeoutMs = 180_000,
): Promise<Status> {
  const asked = await tell(page, 'clock.move', to)
  expect(asked.ok(), await asked.text()).toBe(true)
  await expect
    .poll(async () => (await clockOf(page)).move, { timeout: timeoutMs, intervals: [500] })
    .toBeNull()
  return clockOf(page)
}
