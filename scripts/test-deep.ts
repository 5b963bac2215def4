import { spawnSync } from 'node:child_process'

const vitest = (args: string[], env: Record<string, string>) => async (): Promise<boolean> =>
  spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  }).status === 0

/** Every rule of money, time and payments wrong in one place: a test has to notice. */
const mutation = async (): Promise<boolean> =>
  spawnSync(process.execPath, ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run'], {
    stdio: 'inherit',
  }).status === 0

/** What takes longer than a test run should: each part by name. */
const parts: Readonly<Record<string, () => Promise<boolean>>> = {
  saga: vitest(['--project', 'unit', 'server/signup/saga.test.ts'], { PORTICO_DEEP: '1' }),
  bulk: async () =>
    (await vitest(['--project', 'unit', 'server/bulk/read.property.test.ts'], {
      PORTICO_DEEP: '1',
    })()) && (await import('../chaos/bulk.ts')).run(),
  billing: vitest(
    [
      'server/kernel/proration.test.ts',
      'server/billing/cycle.time.test.ts',
      'server/billing/propose.property.test.ts',
    ],
    { PORTICO_DEEP: '1' },
  ),
  mutation,
  model: vitest(['--project', 'db', 'server/testing/model'], { PORTICO_DEEP: '1' }),
  kill: async () => (await import('../chaos/kill.ts')).run('simulator'),
  'kill-billing': async () => (await import('../chaos/billing.ts')).run(),
  'kill-stripe': async () => (await import('../chaos/kill.ts')).run('stripe'),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`,
  )
  process.exit(1)
}

let failed = 0
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  console.log(`\n── ${name} ──`)
  const ok = await parts[name]!()
  console.log(`${name}: ${ok ? 'held' : 'FAILED'}`)
  if (!ok) failed++
}
process.exitCode = failed > 0 ? 1 : 0
