import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const given = process.env.CHROMIUM_PATH
const installed = '/usr/bin/chromium'
const executablePath = given ?? (existsSync(installed) ? installed : undefined)
const jsonFile = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? 'test-results/browser.json'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/browser',
  ...(existsSync('e2e/global-setup.ts') && { globalSetup: './e2e/global-setup.ts' }),
  fullyParallel: true,
  workers: 2,
  // A story that passes only now and then is a fault to find, not to try again.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: jsonFile }]],
  use: {
    browserName: 'chromium',
    baseURL: process.env.PORTICO_E2E_URL,
    locale: 'en-US',
    timezoneId: 'America/Vancouver',
    // Recording each step costs a quarter of a run; `--trace on` for the story that fails.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
