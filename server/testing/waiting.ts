import type { TestDatabase } from '#server/testing/database.ts'

const waits = async (it: TestDatabase) =>
  (
    await it.sql(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).length > 0

/** Until somebody waits for a row that another has, or what is asked is over without: no sleeping. */
export async function untilBlocked(it: TestDatabase, asked: Promise<unknown>): Promise<void> {
  let over = false
  const ended = () => {
    over = true
  }
  asked.then(ended, ended)
  while (!over && !(await waits(it))) await Promise.resolve()
}

/** Begins a unit of work that does not commit until told to; by then it has done its part. */
export async function heldOpen(
  begin: (held: () => Promise<void>) => Promise<void>,
): Promise<() => Promise<void>> {
  const done = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const over = begin(() => {
    done.resolve()
    return commit.promise
  })
  over.catch(done.reject)
  await done.promise
  return () => {
    commit.resolve()
    return over
  }
}
