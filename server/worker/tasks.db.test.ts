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

test('a week after their end sessions and links are forgotten; failures when they count no more', async () => {
  await it.sql(
    `insert into sessions (i_env, token_hash, i_user, created_at, last_seen_at, expires_at, ip, user_agent)
     select 1, key, (select min(id) from users), at, at, at, '', ''
       from (values ('a week ago', timestamptz '2026-11-14T11:00:00Z'), ('this week', '2026-11-15T12:00:00Z')) k (key, at)`,
  )
  await it.sql(
    `insert into one_time_tokens (i_env, token_hash, purpose, subject, created_at, expires_at)
     select 1, key, 'resume', '{}', at, at
       from (values ('a week ago', timestamptz '2026-11-14T11:00:00Z'), ('this week', '2026-11-15T12:00:00Z')) k (key, at)`,
  )
  await it.sql(
    `insert into sign_in_failures (i_env, key, failures, last_at, blocked_until)
     values (1, 'forgiven', 5, '2026-11-20T11:00:00Z', '2026-11-20T11:01:00Z'),
            (1, 'not forgiven', 1, '2026-11-20T13:00:00Z', null),
            (1, 'still waiting', 9, '2026-11-20T11:00:00Z', '2026-11-21T13:00:00Z')`,
  )
  await run('sign-in sweep')
  expect(await it.sql('select token_hash from sessions')).toEqual([{ token_hash: 'this week' }])
  expect(await it.sql('select token_hash from one_time_tokens')).toEqual([
    { token_hash: 'this week' },
  ])
  expect(await it.sql('select key from sign_in_failures order by 1')).toEqual([
    { key: 'not forgiven' },
    { key: 'still waiting' },
  ])
})
