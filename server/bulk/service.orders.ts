import type { PlacesView } from '#server/agreements/schema.ts'
import * as agreements from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { batchNotFound, notNow } from '#server/bulk/errors.ts'
import { orderApproved, orderRejected } from '#server/bulk/events.ts'
import * as batches from '#server/bulk/repo.ts'
import type { BatchRef, Headroom, OrderView, RejectOrder } from '#server/bulk/schema.ts'
import { viewOf } from '#server/bulk/views.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { notify } from '#server/mail/service.notices.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Orders for more than was agreed: those that wait, and those being made. The oldest first. */
export async function orders(ctx: Ctx): Promise<OrderView[]> {
  demand(ctx.actor, 'approvals:read')
  const found = await batches.openOrders(ctx)
  const views: OrderView[] = []
  for (const batch of found) {
    const { id, name } = await customers.find(ctx, batch.customer as CustomerId)
    const view = viewOf(batch, null)
    const places = await agreements.placesOf(ctx, id as CustomerId)
    const headroom = view.report.headroom.map((each) => asOf(each, places))
    views.push({ ...view, report: { ...view.report, headroom }, customer: { id, name } })
  }
  return views
}

/** What the agreement has by now: when the order was placed, the good rows were still to be made. */
function asOf(each: Headroom, places: readonly PlacesView[]): Headroom {
  const now = places.find(({ product }) => product === each.product)
  return now ? { ...each, used: now.used, quantity: now.quantity } : each
}

/** An order I may decide on: of my own customers, and never my own. */
async function lockOrder(ctx: Ctx, id: string): Promise<batches.Batch> {
  const [batch] = await batches.lock(ctx, id)
  if (!batch?.origin || batch.customer === ctx.actor.customer) throw batchNotFound()
  return batch
}

const isOf = (batch: batches.Batch) => ({ fileName: batch.fileName, rows: batch.total })

/**
 * Has an order made, in the background: the agreement's quantities are raised by what is missing and
 * its rows made, in one transaction. Where that fails it waits again, and says why.
 *
 * @throws not_found `bulk.not_found`, conflict `bulk.not_now`
 */
export async function approveOrder(ctx: Ctx, { id }: BatchRef): Promise<void> {
  demand(ctx.actor, 'approvals:write')
  const batch = await lockOrder(ctx, id)
  if (batch.state === 'applying' || batch.state === 'applied') return
  if (batch.state !== 'waiting') throw notNow(batch.state)

  await batches.update(ctx, id, {
    state: 'applying',
    actor: ctx.actor,
    attempt: 0,
    done: 0,
    failure: null,
    decidedBy: ctx.actor.name,
    decidedAt: ctx.now,
  })
  const customer = batch.customer as CustomerId
  const { name: onBehalfOf } = await customers.find(ctx, customer)
  await publish(ctx, orderApproved(customer, id, isOf(batch)))
  await audit.done(ctx, {
    action: 'order.approve',
    entity: 'bulk',
    entityId: id,
    customer,
    onBehalfOf,
    after: isOf(batch),
  })
}

/** Says no to an order; the customer reads why. @throws not_found `bulk.not_found`, conflict `bulk.not_now` */
export async function rejectOrder(ctx: Ctx, { id, reason }: RejectOrder): Promise<void> {
  demand(ctx.actor, 'approvals:write')
  const batch = await lockOrder(ctx, id)
  if (batch.state !== 'waiting') throw notNow(batch.state)

  await batches.update(ctx, id, {
    state: 'rejected',
    reason,
    failure: null,
    decidedBy: ctx.actor.name,
    decidedAt: ctx.now,
  })
  const customer = batch.customer as CustomerId
  const { name: onBehalfOf } = await customers.find(ctx, customer)
  await publish(ctx, orderRejected(customer, id, { ...isOf(batch), reason }))
  await audit.done(ctx, {
    action: 'order.reject',
    entity: 'bulk',
    entityId: id,
    customer,
    onBehalfOf,
    after: { ...isOf(batch), reason },
  })
  await notify(
    ctx,
    { customer, name: onBehalfOf },
    { kind: 'line_decided', decision: 'rejected', lines: [batch.fileName], reason },
  )
}
