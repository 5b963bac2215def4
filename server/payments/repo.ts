import { and, eq } from 'drizzle-orm'
import { paymentMethods, payments } from '#db/schema/payments.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const one = (ctx: Ctx, payment: number) => and(eq(payments.env, ctx.env), eq(payments.id, payment))

export const insert = (ctx: Ctx, row: Omit<typeof payments.$inferInsert, 'env'>) =>
  ctx.db
    .insert(payments)
    .values({ ...row, env: ctx.env })
    .returning({ payment: payments.id })

export const update = (
  ctx: Ctx,
  payment: number,
  set: Partial<Omit<typeof payments.$inferInsert, 'env' | 'id'>>,
) => ctx.db.update(payments).set(set).where(one(ctx, payment)).returning({ payment: payments.id })

export const find = (ctx: Ctx, payment: number) =>
  ctx.db.select().from(payments).where(one(ctx, payment))

export const insertMethod = (ctx: Ctx, row: Omit<typeof paymentMethods.$inferInsert, 'env'>) =>
  ctx.db.insert(paymentMethods).values({ ...row, env: ctx.env })
