import { resolve } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#db/embedded.ts'
import { hasEmbedded, runningEmbedded } from '#db/embedded-running.ts'
import { invariants, type Violation, verify } from '#db/verify.ts'

// Checks the invariants of the data, and changes nothing: of DATABASE_URL, else of the embedded
// database in DATA_DIR, whether a server runs it or not.

const shown = 10

// Empty is the same as not set.
const { DATABASE_URL, DATA_DIR } = process.env

try {
  const violations = DATABASE_URL
    ? await verifyAt(DATABASE_URL)
    : await verifyEmbedded(resolve(DATA_DIR || '.portico'))
  if (violations > 0) console.log(`verify: ${violations} of ${invariants.length} are broken`)
  if (violations === 0) console.log('verify: nothing wrong')
  process.exitCode = violations > 0 ? 1 : 0
} catch (error) {
  console.error(`verify: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
}

async function verifyEmbedded(dataDir: string): Promise<number> {
  if (!hasEmbedded(dataDir)) {
    throw new Error(`There is no database in ${dataDir}. Set DATA_DIR, or DATABASE_URL.`)
  }
  const running = await runningEmbedded(dataDir)
  if (running) return verifyAt(inPortico(running))

  const server = await startEmbedded({ dataDir, log: () => {} })
  try {
    return await verifyAt(inPortico(server.adminUrl))
  } finally {
    await server.stop()
  }
}

function inPortico(adminUrl: string): string {
  return Object.assign(new URL(adminUrl), { pathname: '/portico' }).toString()
}

/** All from one moment, so that what goes on meanwhile looks broken to nobody. */
async function verifyAt(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await demandSight(client)
    const violations = await verify(async (text) => (await client.query(text)).rows, tell)
    return violations.length
  } finally {
    await client.end()
  }
}

/** To whom row-level security applies nothing would look wrong, because nothing would be seen. */
async function demandSight(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string; sees: boolean }>(
    'select rolname as role, rolsuper or rolbypassrls as sees from pg_roles where rolname = current_user',
  )
  if (rows[0]?.sees) return
  throw new Error(
    `${rows[0]?.role} doesn't see every row. Give a DATABASE_URL of a superuser, or of a role with BYPASSRLS.`,
  )
}

function tell({ name, sentence, rows }: Violation): void {
  console.log(`${name.padEnd(4)} ${rows.length > 0 ? 'BROKEN' : 'ok    '} ${sentence}`)
  for (const row of rows.slice(0, shown)) console.log(`            ${JSON.stringify(row)}`)
  if (rows.length > shown) console.log(`            … and ${rows.length - shown} more`)
}
