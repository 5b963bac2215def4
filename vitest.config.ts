import { defineConfig } from 'vitest/config'

const never = ['**/node_modules/**', '.next/**', '.portico/**', 'e2e/**']

/** What reads a calendar or a clock must say the same wherever the server stands. */
const timeTests = ['server/kernel/**/*.test.ts', '**/*.time.test.ts']
const timeZones = ['UTC', 'America/Vancouver', 'Pacific/Apia']

const inZone = (zone: string) => ({
  extends: true as const,
  test: {
    name: `time in ${zone}`,
    include: timeTests,
    exclude: [...never, '**/*.db.test.ts'],
    env: { TZ: zone },
  },
})

export default defineConfig({
  test: {
    environment: 'node',
    // Guarantees hold under any order of the tests, so let no order be the usual one.
    sequence: { shuffle: { files: true, tests: false } },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...never, '**/*.db.test.ts', ...timeTests],
        },
      },
      ...timeZones.map(inZone),
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: never,
          globalSetup: ['server/testing/global-setup.ts'],
        },
      },
    ],
  },
})
