import { mkdir } from 'node:fs/promises'
import { type Database, openDatabase } from '#db/client.ts'
import { type Embedded, startEmbedded } from '#db/embedded.ts'
import { ensureDatabase, prepareDatabase } from '#db/prepare.ts'
import { urlAs } from '#db/roles.ts'
import type { Config } from '#server/runtime/config.ts'
import type { Log } from '#server/runtime/log.ts'
import type { Secrets } from '#server/runtime/secrets.ts'

export type Storage = Readonly<{ database: Database; embedded?: Embedded }>

/** The database, ready to be used: ours, or the one that DATABASE_URL names. */
export async function openStorage(config: Config, secrets: Secrets, log: Log): Promise<Storage> {
  await mkdir(config.dataDir, { recursive: true })
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbedded({
        dataDir: config.dataDir,
        log: ({ level, msg }) => log[level === 'info' ? 'debug' : level]({ part: 'postgres' }, msg),
      })
  try {
    const url = config.databaseUrl ?? (await portalUrl(embedded!.adminUrl))
    const appUrl = await prepareDatabase(url, {
      owner: secrets.key('database:owner'),
      app: secrets.key('database:app'),
      query: secrets.key('database:query'),
    })
    const database = openDatabase({
      url: appUrl,
      onIdleError: (error) => log.warn({ err: error.message }, 'a database connection was lost'),
    })
    return { database, embedded }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function portalUrl(adminUrl: string): Promise<string> {
  await ensureDatabase(adminUrl, 'portico')
  const { username, password } = new URL(adminUrl)
  return urlAs(adminUrl, decodeURIComponent(username), decodeURIComponent(password), 'portico')
}
