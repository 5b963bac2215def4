import { and, asc, count, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { productSubscriptions, subscriptions } from '#db/schema/catalog.ts'
import type { PackageQuery } from '#server/catalog/schema.packages.ts'
import type { SubscriptionId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type NewPlan = Omit<
  typeof subscriptions.$inferInsert,
  'env' | 'id' | 'replacedAt' | 'replacedBy' | 'archivedAt'
>

export const insertPlan = (ctx: Ctx, plan: NewPlan) =>
  ctx.db
    .insert(subscriptions)
    .values({ ...plan, env: ctx.env })
    .returning({ subscription: subscriptions.id })

const fees = {
  subscription: sql<SubscriptionId>`${subscriptions.id}`,
  name: subscriptions.name,
  currency: subscriptions.currency,
  activationFee: subscriptions.activationFee,
  periodicFee: subscriptions.periodicFee,
  period: subscriptions.period,
  periodCount: subscriptions.periodCount,
  anchored: subscriptions.anchored,
  inAdvance: subscriptions.inAdvance,
  proration: subscriptions.proration,
  term: subscriptions.term,
}

const columns = { ...fees, archivedAt: subscriptions.archivedAt }

/** Of no product, and not replaced by another one of its name. */
const packages = (ctx: Ctx) =>
  and(
    eq(subscriptions.env, ctx.env),
    isNull(subscriptions.replacedAt),
    sql`not exists (
      select from ${productSubscriptions} ps
       where ps.i_env = ${subscriptions.env} and ps.i_subscription = ${subscriptions.id})`,
  )

const asked = (ctx: Ctx, { state }: PackageQuery, like: string) =>
  and(
    packages(ctx),
    state === 'sold' ? isNull(subscriptions.archivedAt) : isNotNull(subscriptions.archivedAt),
    like === '' ? undefined : sql`${subscriptions.name}::text ilike ${like}`,
  )

/** What is sold by itself, by name. */
export const onSale = (ctx: Ctx) =>
  ctx.db
    .select(fees)
    .from(subscriptions)
    .where(and(packages(ctx), isNull(subscriptions.archivedAt)))
    .orderBy(asc(subscriptions.name))

export const feesOf = (ctx: Ctx, ids: SubscriptionId[]) =>
  ctx.db
    .select(fees)
    .from(subscriptions)
    .where(and(eq(subscriptions.env, ctx.env), inArray(subscriptions.id, ids)))

export const page = (ctx: Ctx, query: PackageQuery, like: string, perPage: number) =>
  ctx.db
    .select(columns)
    .from(subscriptions)
    .where(asked(ctx, query, like))
    .orderBy(asc(subscriptions.name))
    .limit(perPage)
    .offset(query.page * perPage)

export const total = (ctx: Ctx, query: PackageQuery, like: string) =>
  ctx.db
    .select({ n: count() })
    .from(subscriptions)
    .where(asked(ctx, query, like))

export const find = (ctx: Ctx, subscription: SubscriptionId) =>
  ctx.db
    .select(columns)
    .from(subscriptions)
    .where(and(packages(ctx), eq(subscriptions.id, subscription)))

/** So that two who edit one package do it one after the other; the second finds it replaced. */
export const lock = (ctx: Ctx, subscription: SubscriptionId) =>
  ctx.db
    .select({ subscription: subscriptions.id })
    .from(subscriptions)
    .where(and(eq(subscriptions.env, ctx.env), eq(subscriptions.id, subscription)))
    .for('update')

export const update = (
  ctx: Ctx,
  subscription: SubscriptionId,
  row: Partial<Omit<typeof subscriptions.$inferInsert, 'env' | 'id'>>,
) =>
  ctx.db
    .update(subscriptions)
    .set(row)
    .where(and(eq(subscriptions.env, ctx.env), eq(subscriptions.id, subscription)))

const current: HotStatement = {
  name: 'catalog_current',
  text: `
    with recursive chain as (
      select id as asked, id, i_replaced_by, archived_at
        from subscriptions where i_env = $1 and id = any($2::int[])
      union all
      select c.asked, s.id, s.i_replaced_by, s.archived_at
        from chain c join subscriptions s on s.i_env = $1 and s.id = c.i_replaced_by
    )
    select asked, id, archived_at is not null as archived from chain where i_replaced_by is null`,
}

/** What is sold today for each of these: itself, or what it was replaced by. */
export const currentOf = (ctx: Ctx, ids: readonly SubscriptionId[]) =>
  hot<{ asked: SubscriptionId; id: SubscriptionId; archived: boolean }>(ctx.db, current, [
    ctx.env,
    ids,
  ])
