import { and, eq } from 'drizzle-orm'
import { customers } from '#db/schema/customers.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const mine = (ctx: Ctx, customer: CustomerId) =>
  and(eq(customers.env, ctx.env), eq(customers.id, customer))

const columns = {
  customer: customers.id,
  name: customers.name,
  currency: customers.currency,
  customerClass: customers.customerClass,
  creditLimit: customers.creditLimit,
  autoPay: customers.autoPay,
  status: customers.status,
  suspendedFor: customers.suspendedFor,
  suspendedAt: customers.suspendedAt,
  note: customers.suspendedNote,
}

export const find = (ctx: Ctx, customer: CustomerId) =>
  ctx.db.select(columns).from(customers).where(mine(ctx, customer))

/** The same, while nobody else changes it. */
export const lock = (ctx: Ctx, customer: CustomerId) => find(ctx, customer).for('no key update')

export type Settings = Pick<
  typeof customers.$inferInsert,
  'customerClass' | 'creditLimit' | 'autoPay'
>

export const update = (ctx: Ctx, customer: CustomerId, set: Partial<Settings>) =>
  ctx.db.update(customers).set(set).where(mine(ctx, customer))
