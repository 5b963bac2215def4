import { productNotFound } from '#server/catalog/errors.ts'
import * as plans from '#server/catalog/repo.plans.ts'
import * as repo from '#server/catalog/repo.ts'
import type { Fees, Offer, Product } from '#server/catalog/schema.ts'
import type { ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** A product on sale. @throws not_found `catalog.product_not_found` */
export async function product(ctx: Ctx, id: ProductId): Promise<Product> {
  const [row] = await repo.find(ctx, id)
  if (!row) throw productNotFound()
  return row as Product
}

/** A product, sold or archived: who has it keeps it. @throws not_found `catalog.product_not_found` */
export async function known(ctx: Ctx, id: ProductId): Promise<Product> {
  const [row] = await repo.list(ctx, [id])
  if (!row) throw productNotFound()
  return row as Product
}

/** Everything on sale, by name. */
export const onSale = async (ctx: Ctx): Promise<Product[]> => (await repo.onSale(ctx)) as Product[]

export async function products(ctx: Ctx, ids: ProductId[]): Promise<Product[]> {
  if (ids.length === 0) return []
  return (await repo.list(ctx, ids)) as Product[]
}

/** What each product costs: its subscriptions, none for a product that is free by itself. */
export async function feesOfProducts(ctx: Ctx, ids: ProductId[]): Promise<Map<ProductId, Fees[]>> {
  const byProduct = new Map<ProductId, Fees[]>(ids.map((id) => [id, []]))
  if (ids.length === 0) return byProduct
  for (const { product: id, ...fees } of await repo.feesOfProducts(ctx, ids)) {
    byProduct.get(id)?.push(fees)
  }
  return byProduct
}

export async function feesOf(ctx: Ctx, ids: SubscriptionId[]): Promise<Fees[]> {
  if (ids.length === 0) return []
  return (await plans.feesOf(ctx, ids)) as Fees[]
}

/** Subscriptions sold by themselves, as a package that a customer pays for: no product carries them. */
export const packages = async (ctx: Ctx): Promise<Fees[]> => (await plans.onSale(ctx)) as Fees[]

/** Products about to be given to an account, in the order asked, with the subscriptions they carry. */
export async function offers(ctx: Ctx, ids: ProductId[]): Promise<Offer[]> {
  const found = new Map((await repo.findOffers(ctx, ids)).map((offer) => [offer.product, offer]))
  return ids.map((id) => {
    const offer = found.get(id)
    if (!offer) throw productNotFound()
    return offer
  })
}

/** Of these products, those that aren't sold any more. */
export const archivedOf = async (
  ctx: Ctx,
  ids: readonly ProductId[],
): Promise<ReadonlySet<ProductId>> => new Set((await repo.archivedOf(ctx, ids)).map(({ id }) => id))

type Current = Readonly<{ id: SubscriptionId; archived: boolean }>

/** What each of these subscriptions is by now: itself, or what it was replaced by; archived or sold. */
export async function currentOf(
  ctx: Ctx,
  ids: readonly SubscriptionId[],
): Promise<ReadonlyMap<SubscriptionId, Current>> {
  if (ids.length === 0) return new Map()
  return new Map((await plans.currentOf(ctx, ids)).map(({ asked, ...now }) => [asked, now]))
}
