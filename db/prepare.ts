import pg from 'pg'
import { migrate } from '#db/migrate.ts'
import {
  assertBound,
  isPrivileged,
  prepareRoles,
  type RolePasswords,
  roles,
  urlAs,
} from '#db/roles.ts'

/** Creates a database where it isn't there yet. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database "${name.replaceAll('"', '""')}"`)
  } finally {
    await client.end()
  }
}

/**
 * Roles, migrations, and the proof that row-level security binds the application.
 *
 * With a login that may create roles, everything is set up and the application's own role is used
 * from then on. Any other login is the application's role itself: the schema must be there.
 *
 * @returns the address the application connects to
 */
export async function prepareDatabase(url: string, passwords: RolePasswords): Promise<string> {
  if (!(await isPrivileged(url))) {
    await assertBound(url)
    return url
  }

  await prepareRoles(url, passwords)
  await migrate(urlAs(url, roles.owner, passwords.owner))
  const appUrl = urlAs(url, roles.app, passwords.app)
  await assertBound(appUrl)
  return appUrl
}
