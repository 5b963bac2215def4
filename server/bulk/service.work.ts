import { endMany, lockFor } from '#server/accounts/service.ends.ts'
import * as agreements from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import { keepsFailing, notAllGood, nothingToDo } from '#server/bulk/errors.ts'
import { bulkApplied, bulkUndone } from '#server/bulk/events.ts'
import { asOrder, type Judged } from '#server/bulk/price.ts'
import * as repo from '#server/bulk/repo.rows.ts'
import * as batches from '#server/bulk/repo.ts'
import type { Counts, Failure, Report, RowView } from '#server/bulk/schema.ts'
import { judgeAll } from '#server/bulk/service.judge.ts'
import { allRows, keepMade, keepVerdicts } from '#server/bulk/service.rows.ts'
import { demandUnchanged, requestOf } from '#server/bulk/service.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import { Refusal } from '#server/kernel/errors.ts'
import type { CustomerId, ProductId } from '#server/kernel/ids.ts'
import { notify } from '#server/mail/service.notices.ts'
import { openExtensions } from '#server/pbx/service.many.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** A batch that brings the process down, or is overtaken by others, is not tried for ever. */
const mostAttempts = 8

/** How long an upload can be undone. */
const undoHours = 24

/** Names and addresses of people who never became lines are not ours to keep. */
const keptDays = 30
const sweptAtOnce = 20

/** Refusals that other rows wouldn't help against. */
const lasting = new Set(['bulk.nothing_to_do', 'agreement.suspended'])

/** Somebody else has begun since: what was done here is not to be. */
class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

type Turn = Readonly<{ edge: Edge; batch: batches.Batch; state: 'applying' | 'undoing' }>

/** All that waits to be done in an environment, one after the other. Run it every second or two. */
export async function workDue(edge: Edge): Promise<void> {
  const due = await unitOfWork(edge, batches.due)
  const failed: unknown[] = []
  // One that fails doesn't keep the others waiting; the next round tries it again.
  for (const { id } of due) await work(edge, id).catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw failed[0]
}

/**
 * Does what a batch waits for. Killed at any moment it leaves nothing half done, and the next one to
 * come by begins anew; of several that come by at once, one does it.
 */
export async function work(edge: Edge, id: string): Promise<void> {
  for (;;) {
    const batch = await unitOfWork(edge, (ctx) => begin(ctx, id))
    if (!batch) return
    const turn = { edge, batch, state: batch.state as Turn['state'] }
    if (batch.attempt > mostAttempts) return giveUp(turn, keepsFailing())
    try {
      return await whole(turn)
    } catch (error) {
      if (error instanceof Overtaken) return
      // Away or busy: the next round tries again. What is wrong with us is logged there, too.
      if (!(error instanceof Refusal) || error.kind === 'unavailable') throw error
      // Overtaken by somebody's form: judged anew, the good rows are others now.
      const again = turn.state === 'applying' && batch.mode !== 'all' && !batch.origin
      if (!again || lasting.has(error.code)) return giveUp(turn, error)
    }
  }
}

/** Undefined when there is nothing to do, or somebody is at it: their turn stays theirs. */
async function begin(ctx: Ctx, id: string): Promise<batches.Batch | undefined> {
  if (!(await batches.claim(ctx, id))) return undefined
  return (await batches.begin(ctx, id))[0]
}

/** The whole of it, in one transaction of whoever asked for it. */
async function whole({ edge, batch, state }: Turn): Promise<void> {
  const actor = batch.actor as Actor
  await unitOfWork({ ...edge, actor, requestId: requestOf(batch.id) }, async (ctx) => {
    if (!(await batches.claim(ctx, batch.id))) throw new Overtaken()
    const [now] = await batches.find(ctx, batch.id)
    if (now?.state !== state || now.attempt !== batch.attempt) throw new Overtaken()
    const turn = { edge, batch: now, state }
    await (state === 'applying' ? applyWhole(ctx, turn) : undoWhole(ctx, turn))
  })
}

/** In a transaction of its own, or nobody would see it before the end. */
const tell =
  ({ edge, batch, state }: Turn) =>
  (done: number) =>
    unitOfWork({ ...edge, actor: system('bulk') }, async (ctx) => {
      await batches.progress(ctx, batch.id, state, batch.attempt, done)
    })

async function applyWhole(ctx: Ctx, turn: Turn): Promise<void> {
  const { batch } = turn
  const customer = batch.customer as CustomerId
  const all = await allRows(ctx, batch.id)
  // Of the good rows those are made that were good when it was asked for: of two with one number the
  // second doesn't become good because the first is in an order now.
  const rows = batch.mode === 'all' ? all : all.filter(({ state }) => state === 'good')
  const { ignored } = batch.report as Report
  const judged = await judgeAll(ctx, customer, rows, ignored)
  const { faulty, over } = judged.report.counts
  if (batch.mode === 'all' && faulty + (batch.origin ? 0 : over) > 0) throw notAllGood(faulty, over)

  const making = judged.rows.filter(
    ({ state }) => state === 'good' || (state === 'over' && batch.origin),
  )
  if (making.length === 0 && judged.report.counts.unchanged === 0) throw nothingToDo()
  if (batch.origin) await makeRoom(ctx, customer, judged)
  const accounts = await openExtensions(ctx, {
    customer,
    extensions: making.map(({ wanted }) => ({
      ...wanted!,
      product: wanted!.product as ProductId,
    })),
    onMade: tell(turn),
  })

  await keepVerdicts(ctx, batch.id, rows, judged)
  const made = making.map(({ n }, i) => ({ n, account: accounts[i]! }))
  await keepMade(ctx, batch.id, made)
  await publish(
    ctx,
    bulkApplied(customer, batch.id, { fileName: batch.fileName, extensions: made.length }),
  )
  const { name } = await customers.find(ctx, customer)
  await notify(
    ctx,
    { customer, name },
    { kind: 'bulk_applied', fileName: batch.fileName, extensions: made.length },
  )
  await finish(ctx, turn, {
    state: 'applied',
    report: rows === all ? judged.report : withLeft(judged.report, all),
    done: made.length,
    made: made.length,
    appliedAt: ctx.now,
    undoUntil: new Date(ctx.now.getTime() + undoHours * 3_600_000),
  })
}

/** Rows that nobody asked for are counted as what they are. */
function withLeft(report: Report, all: readonly RowView[]): Report {
  const counts = { ...report.counts }
  for (const { state } of all) if (state !== 'good') counts[state as keyof Counts]++
  return { ...report, counts }
}

/** In product order, as places are taken: their rows stay locked until commit. */
async function makeRoom(ctx: Ctx, customer: CustomerId, { report }: Judged): Promise<void> {
  const { name: onBehalfOf } = await customers.find(ctx, customer)
  const wanted = [...report.headroom].sort((a, b) => a.product - b.product)
  for (const { product, asked } of wanted) {
    const places = { customer, product: product as ProductId, n: asked }
    await agreements.makeRoom(ctx, { ...places, onBehalfOf })
  }
}

async function undoWhole(ctx: Ctx, turn: Turn): Promise<void> {
  const { batch } = turn
  const customer = batch.customer as CustomerId
  const ids = (await repo.madeOf(ctx, batch.id)).map(({ account }) => account)
  // Locked first: whoever changes one of them now waits, and finds it gone.
  await lockFor(ctx, 'terminate', ids, customer)
  await demandUnchanged(ctx, batch.id)

  await endMany(ctx, ids, { of: customer })
  await repo.setUndone(ctx, batch.id)
  await publish(
    ctx,
    bulkUndone(customer, batch.id, { fileName: batch.fileName, extensions: ids.length }),
  )
  await finish(ctx, turn, { state: 'undone', done: ids.length, undoneAt: ctx.now })
}

async function finish(
  ctx: Ctx,
  { batch, state }: Turn,
  change: Parameters<typeof batches.finish>[4],
): Promise<void> {
  const [finished] = await batches.finish(ctx, batch.id, state, batch.attempt, change)
  if (!finished) throw new Overtaken()
}

/** Back to where it was before, with the reason; where somebody else has begun since, it is theirs. */
const giveUp = (turn: Turn, refusal: Refusal): Promise<void> =>
  putBack(turn, refusal).catch((error: unknown) => {
    if (!(error instanceof Overtaken)) throw error
  })

async function putBack(turn: Turn, { code, details, message }: Refusal): Promise<void> {
  const { edge, batch, state } = turn
  const failure: Failure = { code, details, message }
  await unitOfWork({ ...edge, requestId: requestOf(batch.id) }, async (ctx) => {
    await (state === 'applying'
      ? backToChecked(ctx, turn, failure)
      : finish(ctx, turn, { state: 'applied', done: 0, failure }))
    await audit.done(ctx, {
      action: state === 'applying' ? 'bulk.apply_failed' : 'bulk.undo_failed',
      entity: 'bulk',
      entityId: batch.id,
      customer: batch.customer as CustomerId,
      after: { code },
    })
  })
}

/** Its rows are told what is wrong with them now. */
async function backToChecked(ctx: Ctx, turn: Turn, failure: Failure): Promise<void> {
  const { batch } = turn
  const isOrder = batch.origin !== null
  const rows = await allRows(ctx, batch.id)
  const { ignored } = batch.report as Report
  const judged = await judgeAll(ctx, batch.customer as CustomerId, rows, ignored)
  await finish(ctx, turn, {
    state: isOrder ? 'waiting' : 'checked',
    done: 0,
    failure,
    report: isOrder ? asOrder(judged.report) : judged.report,
    ...(isOrder ? { decidedBy: null, decidedAt: null } : { mode: null }),
  })
  await keepVerdicts(ctx, batch.id, rows, judged)
}

/** Forgets uploads nobody came back to, with all that stands in them. Run it now and then. */
export async function sweep(edge: Edge): Promise<void> {
  await unitOfWork(edge, async (ctx) => {
    const before = new Date(ctx.wall.getTime() - keptDays * 86_400_000)
    for (const { id } of await batches.forgotten(ctx, before, sweptAtOnce)) {
      await repo.removeAll(ctx, id)
      await batches.remove(ctx, id)
    }
  })
}
