import { and, asc, count, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import { accounts } from '#db/schema/accounts.ts'
import { accountDirectory as directory } from '#db/schema/accounts-directory.ts'
import type { CustomerAccounts, WaitingQuery } from '#server/accounts/schema.admin.ts'
import type { SimQuery } from '#server/accounts/schema.sims.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** `like` is what was typed, as LIKE takes it; empty is everything. */
type Like = Readonly<{ like: string }>

const pageOf = (ctx: Ctx, where: SQL | undefined, order: SQL[], page: number, perPage: number) =>
  ctx.db
    .select()
    .from(directory)
    .where(and(eq(directory.env, ctx.env), where))
    .orderBy(...order)
    .limit(perPage)
    .offset(page * perPage)

const totalOf = (ctx: Ctx, where: SQL | undefined) =>
  ctx.db
    .select({ n: count() })
    .from(directory)
    .where(and(eq(directory.env, ctx.env), where))

const called = (like: string, ...more: SQL[]) =>
  like === ''
    ? undefined
    : or(sql`${directory.accountId} ilike ${like}`, sql`${directory.name} ilike ${like}`, ...more)

const ofCustomerWhere = ({ customer, status, like }: CustomerAccounts & Like) =>
  and(
    eq(directory.customer, customer),
    status === 'live' ? sql`${directory.status} <> 'terminated'` : eq(directory.status, status),
    called(like),
  )

export const ofCustomer = (ctx: Ctx, query: CustomerAccounts & Like, perPage: number) =>
  pageOf(ctx, ofCustomerWhere(query), [asc(directory.accountId)], query.page, perPage)

export const countOfCustomer = (ctx: Ctx, query: CustomerAccounts & Like) =>
  totalOf(ctx, ofCustomerWhere(query))

const waitingWhere = ({ like }: Like) =>
  and(
    eq(directory.status, 'inactive'),
    called(
      like,
      sql`${directory.customerName} ilike ${like}`,
      sql`${directory.imsi} ilike ${like}`,
    ),
  )

/** Oldest first. */
export const waiting = (ctx: Ctx, query: WaitingQuery & Like, perPage: number) =>
  pageOf(
    ctx,
    waitingWhere(query),
    [asc(directory.createdAt), asc(directory.account)],
    query.page,
    perPage,
  )

export const countWaiting = (ctx: Ctx, query: Like) => totalOf(ctx, waitingWhere(query))

const state = sql<'active' | 'waiting' | 'blocked' | 'rejected'>`
  case ${directory.status} when 'inactive' then 'waiting' when 'terminated' then 'rejected'
       else ${directory.status} end`

/** A rejected card that was added again is told of once, as what it is now. */
const simsOf = (customer: CustomerId) =>
  and(
    eq(directory.customer, customer),
    eq(directory.kind, 'sim'),
    or(
      sql`${directory.status} <> 'terminated'`,
      and(
        sql`${directory.rejection} is not null`,
        sql`not exists (select from ${accounts}
          where ${accounts.env} = ${directory.env} and ${accounts.customer} = ${directory.customer}
            and ${accounts.accountId} = ${directory.accountId} and ${accounts.id} > ${directory.account})`,
      ),
    ),
  )

const simsWhere = (customer: CustomerId, query: SimQuery & Like) =>
  and(
    simsOf(customer),
    query.state === 'all' ? undefined : sql`${state} = ${query.state}`,
    called(query.like, sql`${directory.imsi} ilike ${query.like}`),
  )

const orders = {
  iccid: directory.accountId,
  name: sql`lower(${directory.name})`,
  added: directory.createdAt,
} as const

export function sims(ctx: Ctx, customer: CustomerId, query: SimQuery & Like, perPage: number) {
  const way = query.descending ? desc : asc
  return pageOf(
    ctx,
    simsWhere(customer, query),
    [way(orders[query.sort]), way(directory.account)],
    query.page,
    perPage,
  )
}

export const countSims = (ctx: Ctx, customer: CustomerId, query: SimQuery & Like) =>
  totalOf(ctx, simsWhere(customer, query))

export const simsByState = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({ state, n: count() })
    .from(directory)
    .where(and(eq(directory.env, ctx.env), simsOf(customer)))
    .groupBy(sql`1`)
