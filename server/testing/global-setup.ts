import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { ensureDatabase, prepareDatabase } from '#db/prepare.ts'
import { urlAs } from '#db/roles.ts'
import { seedDemo } from '#db/seed/demo.ts'
import { testPasswords, testSecrets } from '#server/testing/secrets.ts'

/**
 * One server for the whole run: an embedded one, or the one TEST_DATABASE_URL names (a superuser's
 * login). The template holds the schema and the demo data; each file copies it.
 */
export default async function setup() {
  const given = process.env.TEST_DATABASE_URL
  const dataDir = given ? undefined : await mkdtemp(join(tmpdir(), 'portico-test-'))
  const server = dataDir ? await startEmbedded({ dataDir, log: () => {} }) : undefined
  const adminUrl = given ?? server!.adminUrl
  const templateName = `portico_template_${process.pid}`

  const stop = async () => {
    if (given) await drop(adminUrl, templateName)
    await server?.stop()
    if (dataDir) await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await makeTemplate(adminUrl, templateName)
  } catch (error) {
    await stop()
    throw error
  }

  // Workers are started after this and inherit it.
  process.env.TEST_ADMIN_URL = adminUrl
  process.env.TEST_TEMPLATE = templateName

  return stop
}

async function makeTemplate(adminUrl: string, name: string): Promise<void> {
  await ensureDatabase(adminUrl, name)
  const appUrl = await prepareDatabase(named(adminUrl, name), testPasswords)
  const database = openDatabase({ url: appUrl, max: 2, statementTimeoutMs: 60_000 })
  try {
    await seedDemo({ database, secrets: testSecrets, now: new Date('2026-11-21T12:00:00Z') })
  } finally {
    await database.close()
  }
}

function named(url: string, database: string): string {
  const { username, password } = new URL(url)
  return urlAs(url, decodeURIComponent(username), decodeURIComponent(password), database)
}

async function drop(url: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`drop database if exists ${database} with (force)`)
  await client.end()
}
