import * as agreements from '#server/agreements/service.billing.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { dayCharged } from '#server/billing/errors.ts'
import { billingDayChanged } from '#server/billing/events.ts'
import * as repo from '#server/billing/repo.day.ts'
import type { BillingDayOf, BillingDayView, SetBillingDay } from '#server/billing/schema.day.ts'
import { customerNotFound } from '#server/customers/errors.ts'
import * as customers from '#server/customers/service.billing.ts'
import { publish } from '#server/events/service.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const dayOf = (anchor: CivilDate) => Number(anchor.slice(8))

/** The day of the month a customer is billed on. @throws not_found `customers.not_found` */
export async function billingDay(ctx: Ctx, { customer }: BillingDayOf): Promise<BillingDayView> {
  demand(ctx.actor, 'classes:read')
  const { anchor, day: next } = await customers.billed(ctx, customer)
  const [row] = await repo.anyCharged(ctx, customer as CustomerId)
  return { day: dayOf(anchor), next, charged: row!.charged }
}

/**
 * Bills a customer on another day of the month. What was charged was charged for days counted from
 * the old one, so only before anything was.
 *
 * @throws not_found `customers.not_found`; conflict `billing.day_charged`
 */
export async function setBillingDay(ctx: Ctx, { customer, day }: SetBillingDay): Promise<void> {
  demand(ctx.actor, 'customers:write')

  // The run charges nobody whose row it hasn't locked.
  const id = customer as CustomerId
  const was = await customers.lockCycle(ctx, id)
  if (!was) throw customerNotFound()
  if (dayOf(was.anchor) === day) return
  const [row] = await repo.anyCharged(ctx, id)
  if (row!.charged) throw dayCharged(was.name, dayOf(was.anchor))

  const { anchor, next } = await customers.setBillingDay(ctx, id, day)
  await agreements.countFrom(ctx, id, anchor)

  await publish(ctx, billingDayChanged(id, { day, next }))
  await audit.done(ctx, {
    action: 'customer.billing_day',
    entity: 'customer',
    entityId: String(id),
    customer: id,
    onBehalfOf: was.name,
    before: { billingDay: dayOf(was.anchor) },
    after: { billingDay: day },
  })
}
