import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { products } from '#db/schema/catalog.ts'
import type { Fees, Offer } from '#server/catalog/schema.ts'
import type { ProductId } from '#server/kernel/ids.ts'
import { money } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const product = {
  product: products.id,
  name: products.name,
  role: products.role,
  accountKind: products.accountKind,
  description: products.description,
  newAccounts: products.newAccounts,
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

const productFees: HotStatement = {
  name: 'catalog_product_fees',
  text: `
    select ps.i_product as product, s.id as subscription, s.name, s.currency,
           s.activation_fee as "activationFee", s.periodic_fee as "periodicFee",
           s.period, s.period_count as "periodCount", s.anchored, s.in_advance as "inAdvance",
           s.proration, s.term
      from product_subscriptions ps
      join subscriptions s on s.i_env = ps.i_env and s.id = ps.i_subscription
     where ps.i_env = $1 and ps.i_product = any($2::int[])
     order by s.id`,
}

type FeesRow = Omit<Fees, 'activationFee' | 'periodicFee'> &
  Readonly<{ product: ProductId; activationFee: string; periodicFee: string }>

/** The subscriptions of products, product by product. */
export async function feesOfProducts(ctx: Ctx, ids: ProductId[]) {
  const rows = await hot<FeesRow>(ctx.db, productFees, [ctx.env, ids])
  return rows.map((row) => ({
    ...row,
    activationFee: money(row.activationFee),
    periodicFee: money(row.periodicFee),
  }))
}

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

const archived: HotStatement = {
  name: 'catalog_archived',
  text: `
    select id from products
     where i_env = $1 and id = any($2::int[]) and archived_at is not null`,
}

/** Of these products, those that aren't sold any more. */
export const archivedOf = (ctx: Ctx, ids: readonly ProductId[]) =>
  hot<{ id: ProductId }>(ctx.db, archived, [ctx.env, ids])

/** Products on sale, each with the subscriptions it carries. */
export const findOffers = (ctx: Ctx, ids: ProductId[]) => hot<Offer>(ctx.db, offers, [ctx.env, ids])
