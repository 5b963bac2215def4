import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '#db/migrate.ts'
import { testDatabase } from '#server/testing/database.ts'

const it = testDatabase()
let folder: string
let url: string
const made: string[] = []

/** A database without anything in it, and a folder for what is to be applied. */
beforeEach(async () => {
  const name = `portico_migrate_${process.pid}_${made.length}`
  made.push(name)
  await it.sql(`create database ${name}`)
  url = Object.assign(new URL(it.adminUrl), { pathname: `/${name}` }).toString()
  folder = await mkdtemp(join(tmpdir(), 'portico-migrations-'))
})
afterEach(() => rm(folder, { recursive: true }))
afterAll(async () => {
  for (const name of made) await it.sql(`drop database ${name} with (force)`)
})

const file = (name: string, text: string) => writeFile(join(folder, name), text)
async function ask(query: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(query).finally(() => client.end())
  return rows
}

test('of two that start at once one applies each file, and both find it applied', async () => {
  await file('0001_a.sql', 'create table a (n int); insert into a values (1)')
  await file('0002_b.sql', 'insert into a values (2)')
  const done = await Promise.all([1, 2, 3].map(() => migrate(url, folder)))
  expect(done.flat()).toEqual(['0001_a.sql', '0002_b.sql'])
  expect(await ask('select n from a order by n')).toEqual([{ n: 1 }, { n: 2 }])
  expect(await ask('select name from schema_migrations order by name')).toEqual([
    { name: '0001_a.sql' },
    { name: '0002_b.sql' },
  ])
})

test('the whole schema is applied by two at once, from nothing', async () => {
  await it.sql(`grant all on database ${made.at(-1)} to portico_owner`)
  await ask('grant all on schema public to portico_owner')
  for (const name of ['pg_trgm', 'citext', 'btree_gist']) await ask(`create extension ${name}`)
  const done = await Promise.all([migrate(url), migrate(url)])
  expect(done.flat()).toContain('0001_tables.sql')
  expect(new Set(done.flat()).size).toBe(done.flat().length)
  expect(await migrate(url)).toEqual([])
})

test('a database newer than this version is refused, and left as it is', async () => {
  await file('0001_a.sql', 'create table a (n int)')
  await file('0002_b.sql', 'create table b (n int)')
  await migrate(url, folder)
  await rm(join(folder, '0002_b.sql'))
  await file('0001_c.sql', 'create table c (n int)')
  await expect(migrate(url, folder)).rejects.toThrow(/newer than this version.*0002_b\.sql/)
  expect(await ask("select to_regclass('c') as c")).toEqual([{ c: null }])
})

describe('a file that fails', () => {
  test('leaves nothing of itself, keeps those before it, and says its name', async () => {
    await file('0001_a.sql', 'create table a (n int)')
    await file('0002_b.sql', 'create table b (n int); select 1 / 0')
    await expect(migrate(url, folder)).rejects.toThrow(/0002_b\.sql.*division by zero/)
    expect(await ask("select to_regclass('a')::text as a, to_regclass('b')::text as b")).toEqual([
      { a: 'a', b: null },
    ])
    expect(await ask('select name from schema_migrations')).toEqual([{ name: '0001_a.sql' }])
  })

  test('leaves nothing either when it is the note of it that fails', async () => {
    const itself = "insert into schema_migrations (name) values ('0001_a.sql')"
    await file('0001_a.sql', `create table a (n int); ${itself}`)
    await expect(migrate(url, folder)).rejects.toThrow(/0001_a\.sql.*duplicate key/)
    expect(await ask("select to_regclass('a')::text as a")).toEqual([{ a: null }])
    expect(await ask('select name from schema_migrations')).toEqual([])
  })

  test('goes on where it stopped once it is mended, and holds no lock meanwhile', async () => {
    await file('0001_a.sql', 'select 1 / 0')
    await expect(migrate(url, folder)).rejects.toThrow()
    await file('0001_a.sql', 'create table a (n int)')
    expect(await migrate(url, folder)).toEqual(['0001_a.sql'])
  })
})

test('what one file keeps for itself is not there for the next', async () => {
  const helper = 'create function pg_temp.help() returns int language sql as $$ select 1 $$'
  await file('0001_a.sql', helper)
  await file('0002_b.sql', helper)
  expect(await migrate(url, folder)).toEqual(['0001_a.sql', '0002_b.sql'])
})

test('an index is built without a transaction where the file says so', async () => {
  await file('0001_a.sql', 'create table a (n int)')
  await file('0002_b.sql', '-- no transaction\ncreate index concurrently a_n on a (n)')
  expect(await migrate(url, folder)).toEqual(['0001_a.sql', '0002_b.sql'])
})
