import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = dirname(import.meta.dirname)
const config = join(root, '.dependency-cruiser.cjs')

/** Rule, the file that breaks it, and what it must not import. */
const plants: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['order-clock', 'server/clock/service.ts', '#server/catalog/service.ts'],
  ['order-catalog', 'server/catalog/service.ts', '#server/customers/service.ts'],
  ['order-customers', 'server/customers/service.ts', '#server/agreements/schema.ts'],
  ['order-activity', 'server/activity/service.ts', '#server/agreements/service.ts'],
  ['order-people', 'server/people/service.ts', '#server/agreements/service.ts'],
  ['order-agreements', 'server/agreements/service.ts', '#server/numbers/service.ts'],
  ['order-numbers', 'server/numbers/service.ts', '#server/accounts/service.ts'],
  ['order-accounts', 'server/accounts/service.ts', '#server/pbx/service.ts'],
  ['order-pbx', 'server/pbx/service.ts', '#server/devices/service.ts'],
  ['order-devices', 'server/devices/service.ts', '#server/billing/service.ts'],
  ['order-usage', 'server/usage/service.ts', '#server/billing/service.ts'],
  ['order-payments', 'server/payments/service.ts', '#server/billing/service.ts'],
  ['order-billing', 'server/billing/service.ts', '#server/signup/service.ts'],
  ['order-bulk', 'server/bulk/service.ts', '#server/signup/service.ts'],
  ['order-search', 'server/search/service.ts', '#server/signup/service.ts'],
  ['order-platform', 'server/auth/service.ts', '#server/customers/service.ts'],
  ['order-runtime', 'server/runtime/clock.ts', '#server/events/service.ts'],
  ['order-signup-top', 'server/audit/service.ts', '#server/signup/service.ts'],
  [
    'order-provisioning-hears-events',
    'server/provisioning/service.ts',
    '#server/accounts/service.ts',
  ],
  ['order-edges-top', 'server/accounts/service.ts', '#server/http/server.ts'],
  ['order-main-alone', 'server/worker/run.ts', '#server/main.ts'],
  ['order-server-without-pages', 'server/mail/service.ts', '#components/ui/button.tsx'],
  ['friends-by-the-front-door', 'server/accounts/service.ts', '#server/numbers/repo.ts'],
  ['friends-by-the-front-door', 'server/pbx/service.ts', '#server/accounts/naming.ts'],
  ['routers-by-the-root', 'server/http/server.ts', '#server/accounts/router.ts'],
  ['tasks-by-the-worker', 'server/http/server.ts', '#server/billing/tasks.ts'],
  ['kernel-pure', 'server/kernel/money.ts', '#server/runtime/clock.ts'],
  ['kernel-pure', 'server/kernel/phone.ts', 'zod'],
  ['kernel-pure', 'server/kernel/ids.ts', 'node:crypto'],
  ['schema-ships-to-browsers', 'server/accounts/schema.ts', '#server/runtime/clock.ts'],
  ['schema-ships-to-browsers', 'server/numbers/schema.ts', 'drizzle-orm'],
  ['errors-plain', 'server/accounts/errors.ts', '#server/accounts/repo.ts'],
  ['events-plain', 'server/accounts/events.ts', '#server/accounts/service.ts'],
  ['rules-pure', 'server/accounts/naming.ts', '#server/runtime/ctx.ts'],
  ['rules-pure', 'server/accounts/naming.ts', '#server/accounts/repo.ts'],
  ['routers-thin', 'server/accounts/router.ts', '#server/accounts/repo.ts'],
  ['routers-own-service', 'server/accounts/router.ts', '#server/numbers/service.ts'],
  ['repos-never-decide', 'server/accounts/repo.ts', '#server/accounts/service.ts'],
  ['repos-never-decide', 'server/accounts/repo.alias.ts', '#server/accounts/errors.ts'],
  ['sql-in-repos', 'server/accounts/service.ts', 'drizzle-orm'],
  ['sql-in-repos', 'server/http/server.ts', 'pg'],
  ['one-driver', 'server/accounts/repo.ts', 'postgres'],
  ['tables-by-repos', 'server/accounts/service.ts', '#db/schema/accounts.ts'],
  ['a-table-has-one-owner', 'server/accounts/repo.ts', '#db/schema/numbers.ts'],
  ['db-below-the-server', 'db/client.ts', '#server/accounts/service.ts'],
  ['pages-without-server', 'app/page.tsx', '#server/accounts/service.ts'],
  ['pages-without-server', 'components/extensions/table.tsx', '#db/schema/accounts.ts'],
  ['features-apart', 'components/extensions/table.tsx', '#components/billing/invoice.tsx'],
  ['shared-below-features', 'components/ui/button.tsx', '#components/billing/invoice.tsx'],
  ['components-below-pages', 'components/billing/invoice.tsx', '#app/page.tsx'],
  ['tests-stay-out', 'server/accounts/service.ts', '#server/testing/database.ts'],
  ['no-cycles', 'server/accounts/naming.ts', '#server/accounts/schema.ts'],
  ['everything-resolves', 'server/accounts/service.ts', '#server/accounts/not-there.ts'],
]

/** What the same files may import; a rule that catches these is too wide. */
const allowed: readonly (readonly [from: string, to: string])[] = [
  ['server/accounts/service.ts', '#server/agreements/service.ts'],
  ['server/accounts/service.ts', '#server/events/service.ts'],
  ['server/accounts/service.ts', '#server/auth/rights.ts'],
  ['server/accounts/service.ts', '#server/kernel/money.ts'],
  ['server/accounts/service.ts', './repo.alias.ts'],
  ['server/accounts/repo.ts', '#db/schema/accounts.ts'],
  ['server/accounts/repo.ts', 'drizzle-orm/pg-core'],
  ['server/accounts/router.ts', '#server/trpc/init.ts'],
  ['server/accounts/service.db.test.ts', '#server/numbers/repo.ts'],
  ['server/accounts/service.db.test.ts', '#server/testing/database.ts'],
  ['server/provisioning/service.ts', '#server/accounts/events.ts'],
  ['server/signup/service.ts', '#server/billing/service.ts'],
  ['server/trpc/root.ts', '#server/accounts/router.ts'],
  ['server/worker/run.ts', '#server/billing/tasks.ts'],
  ['server/kernel/phone.ts', 'libphonenumber-js'],
  ['server/search/repo.ts', '#db/schema/customers.ts'],
  ['app/page.tsx', '#server/accounts/schema.ts'],
  ['app/page.tsx', '#server/kernel/money.ts'],
  ['app/page.tsx', '#components/billing/invoice.tsx'],
  ['components/extensions/table.tsx', '#components/ui/button.tsx'],
  ['db/seed/demo.ts', '#server/accounts/service.ts'],
]

/** A page may name what the server answers with, which leaves nothing in its bundle. */
const typesOnly = ['components/trpc/client.tsx', '#server/trpc/root.ts'] as const

let folder: string
let found: Set<string>
const key = (rule: string, from: string, to: string) =>
  `${rule}: ${from} → ${to.replace('node:', '')}`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portico-boundaries-'))
  const imports = new Map<string, string[]>()
  const add = (from: string, line: string) =>
    imports.set(from, [...(imports.get(from) ?? []), line])

  for (const [, from, to] of plants) add(from, `import '${to}'`)
  for (const [from, to] of allowed) add(from, `import '${to}'`)
  add(typesOnly[0], `import type { AppRouter } from '${typesOnly[1]}'`)
  add('server/accounts/schema.ts', "import './naming.ts'")

  const targets = [...plants.map(([, , to]) => to), ...allowed.map(([, to]) => to)]
  for (const to of targets)
    if (to.startsWith('#') && !to.includes('not-there')) add(to.slice(1), 'export {}')

  for (const [file, lines] of imports) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), lines.join('\n'))
  }
  await writeFile(
    join(folder, 'package.json'),
    '{ "name": "planted", "type": "module", "imports": { "#*": "./*" } }',
  )
  await writeFile(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "module": "ESNext" } }')
  await plantPackages('drizzle-orm', 'pg', 'postgres', 'zod', 'libphonenumber-js')
  found = await cruise()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Empty ones will do: rules go by the name of a package's folder. */
async function plantPackages(...names: string[]): Promise<void> {
  for (const name of names) {
    const home = join(folder, 'node_modules', name)
    await mkdir(home, { recursive: true })
    await writeFile(join(home, 'package.json'), `{ "name": "${name}", "main": "index.js" }`)
    for (const file of ['index.js', 'pg-core.js']) await writeFile(join(home, file), '')
  }
  await symlink(join(root, 'node_modules/typescript'), join(folder, 'node_modules/typescript'))
}

async function cruise(): Promise<Set<string>> {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, '--config', config, '--output-type', 'json', 'app', 'components', 'server', 'db'],
    { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
  )
  const { modules } = JSON.parse(stdout) as {
    modules: { source: string; dependencies: { module: string; rules?: { name: string }[] }[] }[]
  }
  return new Set(
    modules.flatMap(({ source, dependencies }) =>
      dependencies.flatMap(({ module, rules = [] }) =>
        rules.map(({ name }) => key(name, source, module)),
      ),
    ),
  )
}

test.each(plants)('%s catches %s importing %s', (rule, from, to) => {
  expect(found).toContain(key(rule, from, to))
})

test('what is allowed is not caught', () => {
  const caught = [...allowed, typesOnly].flatMap(([from, to]) =>
    [...found].filter((violation) => violation.endsWith(`: ${from} → ${to}`)),
  )
  // Part of the planted cycle and nothing else.
  expect(caught.filter((violation) => !violation.startsWith('no-cycles'))).toEqual([])
})

test('every rule has a plant', () => {
  const { forbidden } = createRequire(import.meta.url)(config) as { forbidden: { name: string }[] }
  const planted = new Set(plants.map(([rule]) => rule))

  expect(forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([])
})
