import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { productSubscriptions, products, subscriptions } from '#db/schema/catalog.ts'
import type { Offer } from '#server/catalog/schema.ts'
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

export const onSale = (ctx: Ctx) =>
  ctx.db
    .select(product)
    .from(products)
    .where(and(eq(products.env, ctx.env), isNull(products.archivedAt)))
    .orderBy(asc(products.name))

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

const offers: HotStatement = {
  name: 'catalog_offers',
  text: `
    select p.id as product, p.name, p.role, p.account_kind as "accountKind", p.description,
           p.new_accounts as "newAccounts",
           coalesce(jsonb_agg(jsonb_build_object('subscription', s.id, 'name', s.name) order by s.id)
             filter (where s.id is not null), '[]') as subscriptions
      from products p
      left join product_subscriptions ps on ps.i_env = p.i_env and ps.i_product = p.id
      left join subscriptions s on s.i_env = ps.i_env and s.id = ps.i_subscription
     where p.i_env = $1 and p.id = any($2::int[]) and p.archived_at is null
     group by p.i_env, p.id`,
}

/** Products on sale, each with the subscriptions it carries. */
export const findOffers = (ctx: Ctx, ids: ProductId[]) => hot<Offer>(ctx.db, offers, [ctx.env, ids])
