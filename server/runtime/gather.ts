import type { Ctx } from '#server/runtime/ctx.ts'

type Write<Row> = (ctx: Ctx, rows: readonly Row[]) => Promise<unknown>

/** Rows that a unit of work has gathered, by what writes them. */
export type Gathered = Map<Write<never>, unknown[]>

/**
 * Leaves rows to be written at the end of the unit of work, all of one kind in one statement: a
 * signup tells a dozen facts, and a round trip for each took longer than the signup. Only for what
 * nobody reads, or is locked by, before the commit.
 */
export function gather<Row>({ gathered }: Ctx, write: Write<Row>, rows: readonly Row[]): void {
  if (rows.length === 0) return
  const before = gathered.get(write as Write<never>)
  if (before) before.push(...rows)
  else gathered.set(write as Write<never>, [...rows])
}

/** Once, by the unit of work, before it commits. */
export async function writeGathered(ctx: Ctx): Promise<void> {
  const writing = [...ctx.gathered].map(([write, rows]) => write(ctx, rows as never[]))
  // All of them, also where one fails: nothing may be under way when the transaction ends.
  const failed = (await Promise.allSettled(writing)).find(({ status }) => status === 'rejected')
  if (failed) throw (failed as PromiseRejectedResult).reason
}
