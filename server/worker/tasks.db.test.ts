import { expect, test } from 'vitest'
import { readConfig } from '#server/runtime/config.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { testDatabase } from '#server/testing/database.ts'
import { tasksOf } from '#server/worker/tasks.ts'

const it = testDatabase()

/** The task of that name, as the process runs it; nothing outside is reached. */
const run = (name: string) => {
  const task = tasksOf(it.edge(), {} as Outside, readConfig({ NODE_ENV: 'test' })).find(
    (one) => one.name === name,
  )
  if (!task) throw new Error(`There is no task called ${name}.`)
  return task.run()
}

test('answers too old to be asked for again are forgotten, in every environment', async () => {
  await it.sql(
    `insert into environments select (jsonb_populate_record(e, '{"id": 2}')).* from environments e`,
  )
  await it.sql(
    `insert into idempotency_keys (i_env, caller, key, request_hash, created_at)
     select env, 'user:4', key, '', at
       from unnest(array[1, 2]) env,
            (values ('old', timestamptz '2026-11-01T00:00:00Z'), ('new', '2026-11-21T11:00:00Z')) k (key, at)`,
  )
  await run('idempotency sweep')
  expect(await it.sql('select i_env, key from idempotency_keys order by i_env')).toEqual([
    { i_env: 1, key: 'new' },
    { i_env: 2, key: 'new' },
  ])
})
