import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { productSubscriptions, products, subscriptions } from '#db/schema/catalog.ts'
import type { ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const product = {
  product: products.id,
  name: products.name,
  role: products.role,
  accountKind: products.accountKind,
  description: products.description,
  newAccounts: products.newAccounts,
}

const fees = {
  subscription: subscriptions.id,
  name: subscriptions.name,
  currency: subscriptions.currency,
  activationFee: subscriptions.activationFee,
  periodicFee: subscriptions.periodicFee,
}

export const find = (ctx: Ctx, id: ProductId) =>
  ctx.db
    .select(product)
    .from(products)
    .where(and(eq(products.env, ctx.env), eq(products.id, id), isNull(products.archivedAt)))

export const list = (ctx: Ctx, ids: ProductId[]) =>
  ctx.db
    .select(product)
    .from(products)
    .where(and(eq(products.env, ctx.env), inArray(products.id, ids)))
    .orderBy(asc(products.id))

/** The subscriptions of products, product by product. */
export const feesOfProducts = (ctx: Ctx, ids: ProductId[]) =>
  ctx.db
    .select({ product: productSubscriptions.product, ...fees })
    .from(productSubscriptions)
    .innerJoin(
      subscriptions,
      and(
        eq(subscriptions.env, productSubscriptions.env),
        eq(subscriptions.id, productSubscriptions.subscription),
      ),
    )
    .where(and(eq(productSubscriptions.env, ctx.env), inArray(productSubscriptions.product, ids)))
    .orderBy(asc(subscriptions.id))

export const feesOf = (ctx: Ctx, ids: SubscriptionId[]) =>
  ctx.db
    .select(fees)
    .from(subscriptions)
    .where(and(eq(subscriptions.env, ctx.env), inArray(subscriptions.id, ids)))
