import { and, asc, count, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import {
  productServices,
  productSubscriptions,
  products,
  services,
  subscriptions,
} from '#db/schema/catalog.ts'
import { productDirectory } from '#db/schema/catalog-directory.ts'
import type { ProductQuery } from '#server/catalog/schema.ts'
import type { ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const asked = (ctx: Ctx, { role, state }: ProductQuery, like: string) =>
  and(
    eq(productDirectory.env, ctx.env),
    state === 'sold' ? isNull(productDirectory.archivedAt) : isNotNull(productDirectory.archivedAt),
    role === 'all' ? undefined : eq(productDirectory.role, role),
    like === '' ? undefined : sql`${productDirectory.name}::text ilike ${like}`,
  )

export const page = (ctx: Ctx, query: ProductQuery, like: string, perPage: number) =>
  ctx.db
    .select()
    .from(productDirectory)
    .where(asked(ctx, query, like))
    .orderBy(asc(productDirectory.name))
    .limit(perPage)
    .offset(query.page * perPage)

export const total = (ctx: Ctx, query: ProductQuery, like: string) =>
  ctx.db
    .select({ n: count() })
    .from(productDirectory)
    .where(asked(ctx, query, like))

export const find = (ctx: Ctx, product: ProductId) =>
  ctx.db
    .select()
    .from(productDirectory)
    .where(and(eq(productDirectory.env, ctx.env), eq(productDirectory.product, product)))

const mine = (ctx: Ctx, product: ProductId) =>
  and(eq(products.env, ctx.env), eq(products.id, product))

/** So that two who edit one product do it one after the other. */
export const lock = (ctx: Ctx, product: ProductId) =>
  ctx.db.select({ product: products.id }).from(products).where(mine(ctx, product)).for('update')

export const insert = (ctx: Ctx, row: Omit<typeof products.$inferInsert, 'env'>) =>
  ctx.db
    .insert(products)
    .values({ ...row, env: ctx.env })
    .returning({ product: products.id })

export const update = (
  ctx: Ctx,
  product: ProductId,
  row: Partial<Omit<typeof products.$inferInsert, 'env' | 'id'>>,
) => ctx.db.update(products).set(row).where(mine(ctx, product))

export const allServices = (ctx: Ctx) =>
  ctx.db
    .select({ service: services.id, code: services.code, name: services.name })
    .from(services)
    .where(eq(services.env, ctx.env))
    .orderBy(asc(services.name))

export const servicesOf = (ctx: Ctx, product: ProductId) =>
  ctx.db
    .select({ service: productServices.service })
    .from(productServices)
    .where(and(eq(productServices.env, ctx.env), eq(productServices.product, product)))
    .orderBy(asc(productServices.service))

export async function setServices(ctx: Ctx, product: ProductId, ids: readonly number[]) {
  await ctx.db
    .delete(productServices)
    .where(and(eq(productServices.env, ctx.env), eq(productServices.product, product)))
  if (ids.length === 0) return
  await ctx.db
    .insert(productServices)
    .values(ids.map((service) => ({ env: ctx.env, product, service })))
}

/** Not sold any more with the product; who has them keeps them. */
export async function replaceSubscriptions(
  ctx: Ctx,
  product: ProductId,
  ids: readonly SubscriptionId[],
) {
  if (ids.length === 0) return
  await ctx.db
    .delete(productSubscriptions)
    .where(and(eq(productSubscriptions.env, ctx.env), eq(productSubscriptions.product, product)))
  await ctx.db
    .update(subscriptions)
    .set({ replacedAt: ctx.now })
    .where(and(eq(subscriptions.env, ctx.env), inArray(subscriptions.id, [...ids])))
}

/** Every account that gets the product from now on carries it. */
export const addSubscription = (ctx: Ctx, product: ProductId, subscription: number) =>
  ctx.db.insert(productSubscriptions).values({ env: ctx.env, product, subscription })

export const renameSubscriptions = (ctx: Ctx, ids: readonly SubscriptionId[], name: string) =>
  ctx.db
    .update(subscriptions)
    .set({ name })
    .where(and(eq(subscriptions.env, ctx.env), inArray(subscriptions.id, [...ids])))
