import { and, eq } from 'drizzle-orm'
import { customers } from '#db/schema/customers.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const mine = (ctx: Ctx, customer: CustomerId) =>
  and(eq(customers.env, ctx.env), eq(customers.id, customer))

export const find = (ctx: Ctx, customer: CustomerId) =>
  ctx.db.select().from(customers).where(mine(ctx, customer))

/** The same, while nobody else changes it. */
export const lock = (ctx: Ctx, customer: CustomerId) => find(ctx, customer).for('no key update')

export type Profile = Pick<
  typeof customers.$inferInsert,
  | 'name'
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'phone'
  | 'line1'
  | 'line2'
  | 'city'
  | 'state'
  | 'postalCode'
  | 'country'
  | 'vatId'
>

export const update = (ctx: Ctx, customer: CustomerId, set: Partial<Profile>) =>
  ctx.db.update(customers).set(set).where(mine(ctx, customer))
