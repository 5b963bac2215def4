import { type Bound, hot } from '#db/prepared.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Write<Row> = (ctx: Ctx, rows: readonly Row[]) => Bound

/** Rows that a unit of work has gathered, by what writes them. */
export type Gathered = Map<Write<never>, unknown[]>

/** Of one statement: what is made into JSON at once must not hold up everybody else. */
const atOnce = 2_000

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

/** Leaves one statement to the end, under the same condition: it travels with COMMIT. */
export const leave = ({ last }: Ctx, statement: Bound): void => {
  last.push(statement)
}

/** What has been gathered, as statements; for the unit of work, which sends them with COMMIT. */
export function takeGathered(ctx: Ctx): Bound[] {
  const kinds = [...ctx.gathered]
  ctx.gathered.clear()
  return kinds.flatMap(([write, rows]) => slices(rows).map((slice) => write(ctx, slice as never[])))
}

/**
 * Writes what has been gathered so far. For what makes thousands of rows of things nobody knows yet:
 * between them, and not all in one long moment at the end.
 */
export async function writeGathered(ctx: Ctx): Promise<void> {
  for (const bound of takeGathered(ctx)) await hot(ctx.db, bound, bound.values)
}

const slices = (rows: readonly unknown[]): unknown[][] =>
  Array.from({ length: Math.ceil(rows.length / atOnce) }, (_, i) =>
    rows.slice(i * atOnce, (i + 1) * atOnce),
  )
