import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/** Whether a data folder has an embedded database in it. */
export const hasEmbedded = (dataDir: string): boolean =>
  existsSync(join(dataDir, 'postgres', 'PG_VERSION'))

/** The superuser's address of the embedded database that another process runs; undefined when none does. */
export async function runningEmbedded(dataDir: string): Promise<string | undefined> {
  const about = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  const password = await readFile(join(dataDir, 'postgres.password'), 'utf8').catch(() => '')
  const [, , , port, socket] = about.split('\n')
  if (!port || !socket || !password) return undefined

  const url = `postgres://postgres:${password}@localhost:${port}/postgres?host=${encodeURIComponent(socket)}`
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 })
  try {
    await client.connect()
    return url
  } catch (error) {
    // What a killed server left behind answers nobody; anything else is worth being told.
    if (['ECONNREFUSED', 'ENOENT'].includes(String((error as { code?: unknown }).code))) {
      return undefined
    }
    throw error
  } finally {
    await client.end()
  }
}
