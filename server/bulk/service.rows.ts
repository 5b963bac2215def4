import { setImmediate as breathe } from 'node:timers/promises'
import type { Judged } from '#server/bulk/price.ts'
import * as repo from '#server/bulk/repo.rows.ts'
import type { Fault, ReadRow, RowView } from '#server/bulk/schema.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Of one statement, and between two breaths. */
const atOnce = 500

/** As many as a batch has, a page at a time. */
export async function allRows(ctx: Ctx, batch: string): Promise<RowView[]> {
  const rows: RowView[] = []
  for (;;) {
    const after = rows.at(-1)?.n ?? 0
    const page = await repo.page(ctx, batch, { only: 'all', after, limit: atOnce })
    rows.push(...page)
    if (page.length < atOnce) return rows
    await breathe()
  }
}

async function inSlices<T>(rows: readonly T[], write: (slice: T[]) => Promise<unknown>) {
  for (let at = 0; at < rows.length; at += atOnce) {
    await write(rows.slice(at, at + atOnce))
    await breathe()
  }
}

/** Rows just read, with what is to be said of each. */
export const keepRows = (
  ctx: Ctx,
  batch: string,
  customer: CustomerId,
  rows: readonly ReadRow[],
  judged: Judged,
) =>
  inSlices(
    rows.map((row, i) => [row, judged.rows[i]!] as const),
    (slice) =>
      repo.insertRows(
        ctx,
        batch,
        customer,
        slice.map(([row, { state, faults }]) => ({ ...row, state, faults })),
      ),
  )

/** The same for the same faults: the database has the keys of JSON in an order of its own. */
const told = (faults: readonly Fault[]) =>
  faults
    .map(({ column, code, details = {} }) => [column, code, Object.entries(details).sort()])
    .join('\n')

/** Writes what is to be said now of rows of which something else was said before. */
export async function keepVerdicts(
  ctx: Ctx,
  batch: string,
  before: readonly RowView[],
  judged: Judged,
): Promise<void> {
  for (let at = 0; at < before.length; at += atOnce) {
    const changed = judged.rows.slice(at, at + atOnce).filter((row, i) => {
      const was = before[at + i]!
      return row.state !== was.state || told(row.faults) !== told(was.faults)
    })
    if (changed.length > 0) {
      const rows = changed.map(({ n, state, faults }) => ({ n, state, faults }))
      await repo.setVerdicts(ctx, batch, rows)
    }
    await breathe()
  }
}

export const keepMade = (
  ctx: Ctx,
  batch: string,
  made: Parameters<typeof repo.setMade>[2],
): Promise<void> => inSlices(made, (slice) => repo.setMade(ctx, batch, slice))
