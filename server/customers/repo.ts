import { and, eq, sql } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { customerClasses, customers } from '#db/schema/customers.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Money } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const mine = (ctx: Ctx, customer: CustomerId) =>
  and(eq(customers.env, ctx.env), eq(customers.id, customer))

export const insert = (ctx: Ctx, row: Omit<typeof customers.$inferInsert, 'env'>) =>
  ctx.db
    .insert(customers)
    .values({ ...row, env: ctx.env })
    .returning({ customer: customers.id })

export const isMine = (ctx: Ctx, customer: CustomerId, reseller: CustomerId) =>
  ctx.db
    .select({ customer: customers.id })
    .from(customers)
    .where(and(mine(ctx, customer), eq(customers.parent, reseller)))

export const find = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({
      id: customers.id,
      name: customers.name,
      email: customers.email,
      currency: customers.currency,
      timeZone: customers.timeZone,
      country: customers.country,
      locale: customers.locale,
      balance: customers.balance,
      status: customers.status,
      customerClass: customers.customerClass,
    })
    .from(customers)
    .where(mine(ctx, customer))

/** Moves the balance by what the ledger just gained: the same transaction, always. */
export const moveBalance = (ctx: Ctx, customer: CustomerId, amount: Money) =>
  ctx.db
    .update(customers)
    .set({ balance: sql`${customers.balance} + ${sql.param(amount, customers.balance)}` })
    .where(mine(ctx, customer))
    .returning({ balance: customers.balance })

export const findClass = (ctx: Ctx, customerClass: number) =>
  ctx.db
    .select()
    .from(customerClasses)
    .where(and(eq(customerClasses.env, ctx.env), eq(customerClasses.id, customerClass)))

const zone: HotStatement = {
  name: 'customer_zone',
  text: 'select time_zone as "timeZone" from customers where i_env = $1 and id = $2',
}

export const findZone = (ctx: Ctx, customer: CustomerId) =>
  hot<{ timeZone: string }>(ctx.db, zone, [ctx.env, customer])
