import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const ours = fileURLToPath(new URL('./migrations/', import.meta.url))
// Any constant: whoever migrates this database takes the same lock.
const lockKey = 7_205_251

type Migration = { name: string; sql: string }

async function known(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(join(folder, name), 'utf8') })),
  )
}

/**
 * Brings the database to the newest schema. One connection holds an advisory lock, so any number of
 * nodes may start at once; each file runs in one transaction, unless its first line says
 * `-- no transaction` (indexes built concurrently). Refuses a database newer than this code.
 *
 * @param url connection of the schema's owner
 * @param folder where the migrations lie
 * @returns names of the migrations applied now
 */
export async function migrate(url: string, folder = ours): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    await client.query("set lock_timeout = '60s'")
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query("set lock_timeout = '3s'")
    await client.query(
      'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())',
    )
    const done = new Set(
      (await client.query<{ name: string }>('select name from schema_migrations')).rows.map(
        (row) => row.name,
      ),
    )
    const all = await known(folder)
    const newer = [...done].filter((name) => !all.some((m) => m.name === name))
    if (newer.length > 0) {
      throw new Error(
        `The database is newer than this version of Portico (it has ${newer.join(', ')}). Start the version that made it, or a later one.`,
      )
    }

    const todo = all.filter((m) => !done.has(m.name))
    for (const migration of todo) await apply(client, migration)
    return todo.map((m) => m.name)
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await attemptOnce(client, migration)
      // What a file keeps for itself in pg_temp is not there for the next one, run when it may be.
      await client.query('discard temp')
      return
    } catch (cause) {
      await client.query('rollback').catch(() => undefined)
      // 55P03: a lock was not to be had in time; live traffic goes first, then we try again.
      if ((cause as { code?: string }).code === '55P03' && attempt < 10) continue
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`Migration ${migration.name} could not be applied: ${why}`, { cause })
    }
  }
}

async function attemptOnce(client: pg.Client, { name, sql }: Migration): Promise<void> {
  const whole = !sql.startsWith('-- no transaction')
  if (whole) await client.query('begin')
  await client.query(sql)
  await client.query('insert into schema_migrations (name) values ($1)', [name])
  if (whole) await client.query('commit')
}
