import type { BatchView, Failure, Report } from '#server/bulk/schema.ts'

type Row = Readonly<{
  id: string
  fileName: string
  state: BatchView['state']
  mode: BatchView['mode']
  byName: string
  createdAt: Date
  total: number
  done: number
  made: number
  report: unknown
  failure: unknown
  appliedAt: Date | null
  undoUntil: Date | null
  undoneAt: Date | null
  decidedBy: string | null
  decidedAt: Date | null
  reason: string | null
  origin: string | null
}>

/** How many rows the work in the background has before it: what a progress bar is out of. */
export function workOf({ state, report, made, origin }: Row): number {
  if (state === 'undoing' || state === 'undone') return made
  const { good, over } = (report as Report).counts
  return origin ? good + over : good
}

/** A batch as pages show it. */
export const viewOf = (batch: Row, order: string | null): BatchView => ({
  id: batch.id,
  fileName: batch.fileName,
  state: batch.state,
  mode: batch.mode,
  by: batch.byName,
  at: batch.createdAt.toISOString(),
  total: batch.total,
  work: workOf(batch),
  done: batch.done,
  made: batch.made,
  report: batch.report as Report,
  failure: batch.failure as Failure | null,
  appliedAt: batch.appliedAt?.toISOString() ?? null,
  undoUntil: batch.undoUntil?.toISOString() ?? null,
  undoneAt: batch.undoneAt?.toISOString() ?? null,
  decidedBy: batch.decidedBy,
  decidedAt: batch.decidedAt?.toISOString() ?? null,
  reason: batch.reason,
  isOrder: batch.origin !== null,
  order,
})
