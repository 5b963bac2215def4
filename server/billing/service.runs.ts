import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { notParked } from '#server/billing/errors.ts'
import { billingReleased } from '#server/billing/events.ts'
import * as repo from '#server/billing/repo.runs.ts'
import {
  knownPark,
  type Parked,
  type ParkedRow,
  type RunList,
  type RunRow,
  type RunSum,
  type RunsQuery,
  runsPerPage,
} from '#server/billing/schema.runs.ts'
import { runDue } from '#server/billing/service.run.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type DecimalString, toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'
import type { Edge } from '#server/runtime/unit-of-work.ts'

/** A run is done with a part in seconds; one that hasn't ended for this long was interrupted. */
const longestMinutes = 30

/** What runs did, newest first. */
export async function runs(ctx: Ctx, { page }: RunsQuery): Promise<RunList> {
  demand(ctx.actor, 'billing:run')
  const rows = await repo.list(ctx, { limit: runsPerPage, offset: page * runsPerPage })
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ run, beganAt, endedAt, customers: billed, invoices, parked, totals }) => ({
      run,
      beganAt: beganAt.toISOString(),
      state: stateOf(ctx, beganAt, endedAt),
      customers: billed,
      invoices,
      parked,
      totals: Object.entries(totals).map(([currency, amount]) => ({
        currency,
        amount: amount as DecimalString,
      })),
    })),
  }
}

function stateOf(ctx: Ctx, beganAt: Date, endedAt: Date | null): RunRow['state'] {
  if (endedAt) return 'done'
  const minutes = (ctx.now.getTime() - beganAt.getTime()) / 60_000
  return minutes < longestMinutes ? 'running' : 'interrupted'
}

/** Customers left out of runs, and why; whoever waits longest first. */
export async function parked(ctx: Ctx): Promise<ParkedRow[]> {
  demand(ctx.actor, 'billing:run')
  const rows = await repo.listOfParked(ctx)
  return rows.map(({ parkedAt, code, details, ...row }) => ({
    ...row,
    parkedAt: parkedAt.toISOString(),
    code: knownPark(code),
    details: {
      name: String(details.name ?? ''),
      plan: String(details.plan ?? ''),
      customer: String(details.customer ?? ''),
      n: Number(details.n ?? 0),
    },
  }))
}

/** How many wait for somebody to look. */
export async function countParked(ctx: Ctx): Promise<{ parked: number }> {
  demand(ctx.actor, 'billing:run')
  const [row] = await repo.countParked(ctx)
  return { parked: row!.parked }
}

/**
 * Lets a customer be billed again: the next run proposes its bill anew, and leaves it out again if it
 * still can't be right.
 *
 * @throws not_found `customers.not_found`; conflict `billing.not_parked`
 */
export async function release(ctx: Ctx, { customer }: Parked): Promise<void> {
  demand(ctx.actor, 'billing:run')
  const id = customer as CustomerId
  const { name } = await customers.inCharge(ctx, id)

  const [was] = await repo.release(ctx, customer)
  if (!was) throw notParked(name)

  await publish(ctx, billingReleased(id, was))
  await audit.done(ctx, {
    action: 'billing.release',
    entity: 'customer',
    entityId: String(customer),
    customer: id,
    onBehalfOf: name,
    before: was,
  })
}

/** Bills who is due without waiting for the schedule. @returns what it did */
export async function runNow(
  edge: Edge,
  { publicUrl }: Pick<Outside, 'publicUrl'>,
): Promise<RunSum> {
  demand(edge.actor, 'billing:run')
  const { totals, ...did } = await runDue(edge, { publicUrl })
  const sums = [...totals].map(([currency, amount]) => ({ currency, amount: toDecimal(amount) }))
  return { ...did, totals: sums }
}
