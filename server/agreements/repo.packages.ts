import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import { customerSubscriptions } from '#db/schema/agreements.ts'
import { paidSubscriptions } from '#db/schema/agreements-paid.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { CustomerId, SubscriptionId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Held by the customer itself. */
const direct = (ctx: Ctx, customer: CustomerId) =>
  and(
    eq(customerSubscriptions.env, ctx.env),
    eq(customerSubscriptions.customer, customer),
    isNull(customerSubscriptions.account),
  )

const columns = {
  held: customerSubscriptions.id,
  subscription: sql<SubscriptionId>`${customerSubscriptions.subscription}`,
  startedOn: sql<CivilDate>`${customerSubscriptions.startedOn}::text`,
  endedOn: sql<CivilDate | null>`${customerSubscriptions.endedOn}::text`,
  chargedUntil: sql<CivilDate>`${customerSubscriptions.chargedUntil}::text`,
}

/** Those that run first, then by their first day. */
export const list = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select(columns)
    .from(customerSubscriptions)
    .where(direct(ctx, customer))
    .orderBy(
      sql`${customerSubscriptions.endedOn} is not null`,
      asc(customerSubscriptions.startedOn),
      asc(customerSubscriptions.id),
    )

export const lock = (ctx: Ctx, customer: CustomerId, held: number) =>
  ctx.db
    .select(columns)
    .from(customerSubscriptions)
    .where(and(direct(ctx, customer), eq(customerSubscriptions.id, held)))
    .for('update')

export const setEnd = (ctx: Ctx, customer: CustomerId, held: number, endedOn: CivilDate | null) =>
  ctx.db
    .update(customerSubscriptions)
    .set({ endedOn })
    .where(and(direct(ctx, customer), eq(customerSubscriptions.id, held)))

/** How often each subscription is paid for: by the customer itself, and for its accounts. */
export const paid = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({
      subscription: sql<SubscriptionId>`${paidSubscriptions.subscription}`,
      direct: sql<boolean>`${paidSubscriptions.account} is null`,
      n: count(),
    })
    .from(paidSubscriptions)
    .where(and(eq(paidSubscriptions.env, ctx.env), eq(paidSubscriptions.customer, customer)))
    .groupBy(paidSubscriptions.subscription, sql`${paidSubscriptions.account} is null`)
    .orderBy(paidSubscriptions.subscription)
