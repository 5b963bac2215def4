import { and, asc, count, eq, ne, or, sql } from 'drizzle-orm'
import { customerDirectory, customerWords } from '#db/schema/customers-directory.ts'
import type { CustomerQuery } from '#server/customers/schema.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** `like` is the text as LIKE takes it, `digits` the same as a customer's number, if it can be one. */
export type Asked = CustomerQuery & Readonly<{ like?: string; digits?: number; but?: CustomerId }>

const asked = (ctx: Ctx, { status, like, digits, but }: Asked) =>
  and(
    eq(customerDirectory.env, ctx.env),
    but && ne(customerDirectory.customer, but),
    status === 'all' ? undefined : eq(customerDirectory.status, status),
    like
      ? or(
          digits === undefined ? undefined : eq(customerDirectory.customer, digits),
          sql`${customerDirectory.customer} in (
            select ${customerWords.customer} from ${customerWords}
             where ${customerWords.env} = ${ctx.env} and ${customerWords.word} ilike ${like})`,
        )
      : undefined,
  )

export const page = (ctx: Ctx, query: Asked, perPage: number) =>
  ctx.db
    .select()
    .from(customerDirectory)
    .where(asked(ctx, query))
    .orderBy(asc(customerDirectory.name), asc(customerDirectory.customer))
    .limit(perPage)
    .offset(query.page * perPage)

export const total = (ctx: Ctx, query: Asked) =>
  ctx.db.select({ n: count() }).from(customerDirectory).where(asked(ctx, query))

export const find = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select()
    .from(customerDirectory)
    .where(and(eq(customerDirectory.env, ctx.env), eq(customerDirectory.customer, customer)))
