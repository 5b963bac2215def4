import { and, asc, eq, sql } from 'drizzle-orm'
import { customerClasses } from '#db/schema/customers.ts'
import { mostCounted } from '#server/customers/schema.classes.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const mine = (ctx: Ctx, customerClass: number) =>
  and(eq(customerClasses.env, ctx.env), eq(customerClasses.id, customerClass))

const rules = {
  customerClass: customerClasses.id,
  name: customerClasses.name,
  currency: customerClasses.currency,
  taxName: customerClasses.taxName,
  taxRate: customerClasses.taxRate,
  taxInclusive: customerClasses.taxInclusive,
  billingDay: customerClasses.billingDay,
  dueDays: customerClasses.dueDays,
  retryDays: customerClasses.retryDays,
  suspendDays: customerClasses.suspendDays,
  suspendOverLimit: customerClasses.suspendOverLimit,
  creditLimit: customerClasses.creditLimit,
  balanceWarning: customerClasses.balanceWarning,
}

// Written out: drizzle leaves the table's name away where only one is selected from.
const customersOf = sql<number>`(
  select count(*)::int from (
    select from customers c where c.i_env = customer_classes.i_env
       and c.i_customer_class = customer_classes.id limit ${mostCounted + 1}) counted)`
const isInUse = sql<boolean>`(
  exists (select from customers c where c.i_env = customer_classes.i_env
             and c.i_customer_class = customer_classes.id)
  or exists (select from signup_sites s where s.i_env = customer_classes.i_env
                and s.i_customer_class = customer_classes.id))`

export const list = (ctx: Ctx) =>
  ctx.db
    .select({ ...rules, customers: customersOf, inUse: isInUse })
    .from(customerClasses)
    .where(eq(customerClasses.env, ctx.env))
    .orderBy(asc(customerClasses.name))

/** While it is locked nobody becomes a customer of it. */
export const lock = (ctx: Ctx, customerClass: number) =>
  ctx.db.select(rules).from(customerClasses).where(mine(ctx, customerClass)).for('update')

/** It can be given to somebody: until commit, its currency stays. */
export const hold = (ctx: Ctx, customerClass: number) =>
  ctx.db
    .select({ name: customerClasses.name, currency: customerClasses.currency })
    .from(customerClasses)
    .where(mine(ctx, customerClass))
    .for('key share')

export const inUse = (ctx: Ctx, customerClass: number) =>
  ctx.db.select({ inUse: isInUse }).from(customerClasses).where(mine(ctx, customerClass))

export type Rules = Omit<typeof customerClasses.$inferInsert, 'env' | 'id'>

export const insert = (ctx: Ctx, row: Rules) =>
  ctx.db
    .insert(customerClasses)
    .values({ ...row, env: ctx.env })
    .returning({ customerClass: customerClasses.id })

export const update = (ctx: Ctx, customerClass: number, set: Partial<Rules>) =>
  ctx.db.update(customerClasses).set(set).where(mine(ctx, customerClass))
