import { randomUUID } from 'node:crypto'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import {
  batchNotFound,
  changedSince,
  noFile,
  notAllGood,
  nothingToDo,
  notNow,
  rowNotFound,
  undoOver,
} from '#server/bulk/errors.ts'
import { orderPlaced } from '#server/bulk/events.ts'
import type { Judged } from '#server/bulk/price.ts'
import { readTable, type Table } from '#server/bulk/read.ts'
import * as repo from '#server/bulk/repo.rows.ts'
import * as batches from '#server/bulk/repo.ts'
import {
  type Apply,
  type BatchRef,
  type BatchView,
  type DropRows,
  type Mend,
  type Report,
  type RowPage,
  type RowView,
  rowsPerPage,
} from '#server/bulk/schema.ts'
import { judgeAll, judgeMended } from '#server/bulk/service.judge.ts'
import { allRows, keepRows, keepVerdicts } from '#server/bulk/service.rows.ts'
import { viewOf } from '#server/bulk/views.ts'
import * as events from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** As many uploads as a person looks back on. */
const shownBatches = 20

/** As many extensions as a refusal names. */
const namedExtensions = 5

/** What a batch's work in the background calls itself; facts of its own are known by it. */
export const requestOf = (id: string) => `bulk:${id}`

const me = (ctx: Ctx) => ctx.actor.customer as CustomerId

/** Reads a file; no transaction waits for that. @throws all that `readTable` refuses */
export async function read(bytes: Buffer): Promise<Table> {
  if (bytes.length === 0) throw noFile()
  return readTable(bytes)
}

/**
 * Keeps a list that was read, with what would become of each of its rows. Nothing is made.
 *
 * @returns the upload's id
 */
export async function keep(
  ctx: Ctx,
  { fileName, table }: { fileName: string; table: Table },
): Promise<{ id: string }> {
  demand(ctx.actor, 'bulk:write')
  const customer = me(ctx)
  const judged = await judgeAll(ctx, customer, table.rows, table.ignored)

  const id = randomUUID()
  await batches.insert(ctx, {
    id,
    customer,
    byName: ctx.actor.name,
    fileName,
    state: 'checked',
    total: table.rows.length,
    report: judged.report,
  })
  await keepRows(ctx, id, customer, table.rows, judged)
  await audit.done(ctx, {
    action: 'bulk.upload',
    entity: 'bulk',
    entityId: id,
    after: { fileName, rows: table.rows.length },
  })
  return { id }
}

/** One of my uploads; another's is not there. @throws not_found `bulk.not_found` */
export async function findMine(ctx: Ctx, id: string): Promise<batches.Batch> {
  const [batch] = await batches.find(ctx, id)
  if (batch?.customer !== me(ctx)) throw batchNotFound()
  return batch
}

async function lockMine(ctx: Ctx, id: string): Promise<batches.Batch> {
  const [batch] = await batches.lock(ctx, id)
  if (batch?.customer !== me(ctx)) throw batchNotFound()
  return batch
}

const inState = (batch: batches.Batch, state: batches.Batch['state']) => {
  if (batch.state !== state) throw notNow(batch.state)
}

async function viewsOf(ctx: Ctx, found: readonly batches.Batch[]): Promise<BatchView[]> {
  const ids = found.map(({ id }) => id)
  const orders = ids.length === 0 ? [] : await batches.orderOf(ctx, ids)
  const byOrigin = new Map(orders.map(({ origin, id }) => [origin, id]))
  return found.map((batch) => viewOf(batch, byOrigin.get(batch.id) ?? null))
}

/** My latest uploads, the newest first. */
export async function mine(ctx: Ctx): Promise<BatchView[]> {
  demand(ctx.actor, 'bulk:read')
  return viewsOf(ctx, await batches.listOf(ctx, me(ctx), shownBatches))
}

/** One of my uploads: where it stands. @throws not_found `bulk.not_found` */
export async function batch(ctx: Ctx, { id }: BatchRef): Promise<BatchView> {
  demand(ctx.actor, 'bulk:read')
  const [view] = await viewsOf(ctx, [await findMine(ctx, id)])
  return view!
}

/** A page of its rows, and where the next one begins. @throws not_found `bulk.not_found` */
export async function rows(
  ctx: Ctx,
  { id, only, cursor }: RowPage,
): Promise<{ rows: RowView[]; next: number | null }> {
  demand(ctx.actor, 'bulk:read')
  await findMine(ctx, id)
  const found = await repo.page(ctx, id, { only, after: cursor ?? 0, limit: rowsPerPage })
  return { rows: found, next: found.length < rowsPerPage ? null : found.at(-1)!.n }
}

/** Judges the rows once more, as they and the world are now. */
async function recheck(ctx: Ctx, batch: batches.Batch): Promise<BatchView> {
  const { ignored } = batch.report as Report
  const before = await allRows(ctx, batch.id)
  const judged = await judgeAll(ctx, batch.customer as CustomerId, before, ignored)
  await keepVerdicts(ctx, batch.id, before, judged)
  return keepReport(ctx, { ...batch, total: before.length }, judged)
}

const asJudged = ({ id, customer, report }: batches.Batch) => ({
  id,
  customer: customer as CustomerId,
  report: report as Report,
})

async function keepReport(ctx: Ctx, batch: batches.Batch, { report }: Judged): Promise<BatchView> {
  const change = { report, total: batch.total, failure: null }
  await batches.update(ctx, batch.id, change)
  return viewOf({ ...batch, ...change }, null)
}

/** The dry run again, as things are now. @throws not_found `bulk.not_found`, conflict `bulk.not_now` */
export async function check(ctx: Ctx, { id }: BatchRef): Promise<BatchView> {
  demand(ctx.actor, 'bulk:write')
  const batch = await lockMine(ctx, id)
  inState(batch, 'checked')
  return recheck(ctx, batch)
}

/**
 * Changes cells, and judges their rows again; and all the others, where what these say may be about
 * them.
 *
 * @throws not_found `bulk.not_found`, `bulk.row_not_found`, conflict `bulk.not_now`
 */
export async function mend(ctx: Ctx, { id, rows }: Mend): Promise<BatchView> {
  demand(ctx.actor, 'bulk:write')
  const batch = await lockMine(ctx, id)
  inState(batch, 'checked')

  const numbers = [...new Set(rows.map(({ n }) => n))]
  const before = await repo.some(ctx, id, numbers)
  const there = new Set((await repo.mendCells(ctx, id, rows)).map(({ n }) => n))
  const missing = rows.find(({ n }) => !there.has(n))
  if (missing) throw rowNotFound(missing.n)

  const after = await repo.some(ctx, id, numbers)
  const judged = await judgeMended(ctx, asJudged(batch), before, after)
  if (!judged) return recheck(ctx, batch)
  await keepVerdicts(ctx, id, before, judged)
  return keepReport(ctx, batch, judged)
}

/** Leaves rows out. @throws not_found `bulk.not_found`, `bulk.row_not_found`, conflict `bulk.not_now` */
export async function drop(ctx: Ctx, { id, rows }: DropRows): Promise<BatchView> {
  demand(ctx.actor, 'bulk:write')
  const batch = await lockMine(ctx, id)
  inState(batch, 'checked')

  const gone = new Set((await repo.dropRows(ctx, id, rows)).map(({ n }) => n))
  const missing = rows.find((n) => !gone.has(n))
  if (missing !== undefined) throw rowNotFound(missing)
  return recheck(ctx, batch)
}

/**
 * Has the rows made, in the background: all or none of them, the good ones, or the good ones now and
 * those beyond the agreement once an administrator has approved. Asked again it is under way, or done.
 *
 * @throws not_found `bulk.not_found`; conflict `bulk.not_now`, `bulk.not_all_good`, `bulk.nothing_to_do`
 */
export async function apply(ctx: Ctx, { id, mode }: Apply): Promise<BatchView> {
  demand(ctx.actor, 'bulk:write')
  const batch = await lockMine(ctx, id)
  if (batch.state !== 'checked' && batch.mode === mode) return one(ctx, id)
  inState(batch, 'checked')

  const { good, over, faulty } = (batch.report as Report).counts
  if (mode === 'all' && faulty + over > 0) throw notAllGood(faulty, over)
  if (mode === 'order' ? over === 0 : good === 0) throw nothingToDo()

  if (mode === 'order') await placeOrder(ctx, batch)
  await batches.update(ctx, id, {
    state: good === 0 ? 'ordered' : 'applying',
    mode,
    actor: ctx.actor,
    attempt: 0,
    done: 0,
    failure: null,
  })
  await audit.done(ctx, {
    action: 'bulk.apply',
    entity: 'bulk',
    entityId: id,
    after: { fileName: batch.fileName, mode, rows: good },
  })
  return one(ctx, id)
}

const one = async (ctx: Ctx, id: string): Promise<BatchView> =>
  (await viewsOf(ctx, [await findMine(ctx, id)]))[0]!

/** The rows beyond the agreement, as a batch of their own that waits. */
async function placeOrder(ctx: Ctx, batch: batches.Batch): Promise<void> {
  const report = batch.report as Report
  const { over } = report.counts
  const order = randomUUID()
  await batches.insert(ctx, {
    id: order,
    customer: me(ctx),
    byName: ctx.actor.name,
    fileName: batch.fileName,
    state: 'waiting',
    mode: 'all',
    origin: batch.id,
    total: over,
    report: {
      ...report,
      counts: { good: 0, unchanged: 0, over, faulty: 0 },
      headroom: report.headroom
        .filter((each) => each.over > 0)
        .map((each) => ({ ...each, asked: each.over })),
      price: { ...report.overPrice },
    },
  })
  await repo.moveRows(ctx, batch.id, order, 'over')
  await batches.update(ctx, batch.id, {
    total: batch.total - over,
    report: { ...report, counts: { ...report.counts, over: 0 } },
  })
  const placed = {
    fileName: batch.fileName,
    rows: over,
    products: report.headroom.filter((each) => each.over > 0).map(({ name }) => name),
  }
  await events.publish(ctx, orderPlaced(me(ctx), order, placed))
  await audit.done(ctx, { action: 'order.place', entity: 'bulk', entityId: order, after: placed })
}

/** Extensions made of a batch that anything happened to since, the first few of them. */
export async function changedOnes(ctx: Ctx, id: string): Promise<string[]> {
  const made = await repo.madeOf(ctx, id)
  const ids = made.map(({ account }) => account)
  const touched = new Set(
    await events.touchedByOthers(ctx, { entity: 'account', ids, requestId: requestOf(id) }),
  )
  return made.filter(({ account }) => touched.has(account)).map(({ extension }) => extension)
}

/** @throws conflict `bulk.changed_since` */
export async function demandUnchanged(ctx: Ctx, id: string): Promise<void> {
  const changed = await changedOnes(ctx, id)
  if (changed.length > 0) throw changedSince(changed.slice(0, namedExtensions))
}

/**
 * Takes back what a batch made, in the background: for 24 hours, and while nothing has changed on its
 * extensions. Asked again it is under way, or done.
 *
 * @throws not_found `bulk.not_found`; conflict `bulk.not_now`, `bulk.changed_since`; gone `bulk.undo_over`
 */
export async function undo(ctx: Ctx, { id }: BatchRef): Promise<BatchView> {
  demand(ctx.actor, 'bulk:write')
  const batch = await lockMine(ctx, id)
  if (batch.state === 'undoing' || batch.state === 'undone') return one(ctx, id)
  inState(batch, 'applied')
  if (!batch.undoUntil || batch.undoUntil <= ctx.now) throw undoOver()
  await demandUnchanged(ctx, id)

  await batches.update(ctx, id, {
    state: 'undoing',
    actor: ctx.actor,
    attempt: 0,
    done: 0,
    failure: null,
  })
  await audit.done(ctx, {
    action: 'bulk.undo',
    entity: 'bulk',
    entityId: id,
    after: { fileName: batch.fileName, rows: batch.made },
  })
  return one(ctx, id)
}
