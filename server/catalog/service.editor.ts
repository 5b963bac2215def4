import { brokenConstraint } from '#db/client.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { productNameTaken, productNotFound, serviceNotFound } from '#server/catalog/errors.ts'
import {
  productAdded,
  productArchived,
  productChanged,
  productSoldAgain,
} from '#server/catalog/events.ts'
import { isSamePrice, planOf, type Wanted } from '#server/catalog/plan.ts'
import * as repo from '#server/catalog/repo.editor.ts'
import * as plans from '#server/catalog/repo.plans.ts'
import {
  type AddProduct,
  type ArchiveProduct,
  type EditProduct,
  type ProductEditorView,
  type ProductList,
  type ProductQuery,
  type ProductRef,
  type ProductRow,
  productsPerPage,
  type ServiceName,
  type Terms,
  usualTerms,
} from '#server/catalog/schema.ts'
import { feesOfProducts } from '#server/catalog/service.ts'
import { publish } from '#server/events/service.ts'
import type { ProductId } from '#server/kernel/ids.ts'
import { toDecimal, zero } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'

type Found = Awaited<ReturnType<typeof repo.find>>[number]

const rowOf = ({ archivedAt, activationFee, periodicFee, ...row }: Found): ProductRow => ({
  product: row.product,
  name: row.name,
  role: row.role,
  accountKind: row.accountKind,
  description: row.description,
  newAccounts: row.newAccounts,
  archived: archivedAt !== null,
  currency: row.currency,
  activation: toDecimal(activationFee ?? zero),
  periodic: toDecimal(periodicFee ?? zero),
  terms: termsIn(row),
  agreements: row.agreements,
  used: row.used,
})

/** A product without fees has no terms: the next that it gets are the usual ones. */
const termsIn = ({
  period,
  periodCount,
  anchored,
  inAdvance,
  proration,
  term,
}: Pick<Found, keyof Terms>): Terms => ({
  period: period ?? usualTerms.period,
  periodCount: periodCount ?? usualTerms.periodCount,
  anchored: anchored ?? usualTerms.anchored,
  inAdvance: inAdvance ?? usualTerms.inAdvance,
  proration: proration ?? usualTerms.proration,
  term,
})

/** What is sold, or was: a page of it, by name. */
export async function products(ctx: Ctx, query: ProductQuery): Promise<ProductList> {
  demand(ctx.actor, 'catalog:read')
  const like = query.search && `%${query.search.replace(/[\\%_]/g, '\\$&')}%`
  const [found] = await repo.total(ctx, query, like)
  const rows = await repo.page(ctx, query, like, productsPerPage)
  return { rows: rows.map(rowOf), total: found!.n }
}

/** What a product may be made of. */
export async function services(ctx: Ctx): Promise<ServiceName[]> {
  demand(ctx.actor, 'catalog:read')
  return repo.allServices(ctx)
}

/** @throws not_found `catalog.product_not_found` */
export async function editorOf(ctx: Ctx, { product }: ProductRef): Promise<ProductEditorView> {
  demand(ctx.actor, 'catalog:read')
  const id = product as ProductId
  const row = await found(ctx, id)
  const own = (await repo.servicesOf(ctx, id)).map(({ service }) => service)
  return { product: { ...row, services: own }, services: await repo.allServices(ctx) }
}

async function found(ctx: Ctx, product: ProductId): Promise<ProductRow> {
  const [row] = await repo.find(ctx, product)
  if (!row) throw productNotFound()
  return rowOf(row)
}

/**
 * Puts a product on sale; the same key twice puts one.
 *
 * @throws conflict `catalog.name_taken`, not_found `catalog.service_not_found`
 */
export async function addProduct(ctx: Ctx, input: AddProduct): Promise<{ product: number }> {
  demand(ctx.actor, 'catalog:write')
  return once(ctx, input.key, input, () =>
    named(input.name, async () => {
      const { name, description, newAccounts, role, accountKind } = input
      const row = { name, description, newAccounts, role, accountKind }
      const [made] = await repo.insert(ctx, row)
      const product = made!.product as ProductId
      await repo.setServices(ctx, product, input.services)
      await setFees(ctx, product, input)

      const after = await found(ctx, product)
      await publish(ctx, productAdded(product, { name, role, accountKind }))
      await audit.done(ctx, {
        action: 'product.add',
        entity: 'product',
        entityId: String(product),
        after: { ...after, services: input.services },
      })
      return { product }
    }),
  )
}

/**
 * Changes a product. Other fees, or other terms, are a new subscription: accounts made from now on have it, those that
 * have the old one keep it, at the old price and on the old terms.
 *
 * @throws not_found `catalog.product_not_found`, `catalog.service_not_found`; conflict
 *   `catalog.name_taken`
 */
export async function editProduct(ctx: Ctx, input: EditProduct): Promise<void> {
  demand(ctx.actor, 'catalog:write')
  const product = input.product as ProductId
  await repo.lock(ctx, product)
  const before = await found(ctx, product)
  const had = (await repo.servicesOf(ctx, product)).map(({ service }) => service)

  await named(input.name, async () => {
    const { name, description, newAccounts } = input
    await repo.update(ctx, product, { name, description, newAccounts })
    await repo.setServices(ctx, product, input.services)
    await setFees(ctx, product, input)
  })

  const changed = changesOf(
    { ...before, services: had },
    { ...(await found(ctx, product)), services: [...input.services].sort((a, b) => a - b) },
  )
  if (!changed) return
  await publish(ctx, productChanged(product, changed.after))
  await audit.done(ctx, {
    action: 'product.edit',
    entity: 'product',
    entityId: String(product),
    before: changed.before,
    after: changed.after,
  })
}

/** What differs, and always the name; undefined where nothing does. */
function changesOf(before: Record<string, unknown>, after: Record<string, unknown>) {
  const keys = Object.keys(after).filter(
    (key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]),
  )
  if (keys.length === 0) return undefined
  const pick = (side: Record<string, unknown>) =>
    Object.fromEntries(['name', ...keys].map((key) => [key, side[key]]))
  return { before: pick(before), after: pick(after) }
}

/** Takes a product off sale, or puts it back; who has it keeps it either way. */
export async function archiveProduct(ctx: Ctx, input: ArchiveProduct): Promise<void> {
  demand(ctx.actor, 'catalog:write')
  const product = input.product as ProductId
  await repo.lock(ctx, product)
  const { name, archived } = await found(ctx, product)
  if (archived === input.archived) return

  await repo.update(ctx, product, { archivedAt: input.archived ? ctx.now : null })
  await publish(ctx, (input.archived ? productArchived : productSoldAgain)(product, { name }))
  await audit.done(ctx, {
    action: input.archived ? 'product.archive' : 'product.sell_again',
    entity: 'product',
    entityId: String(product),
    before: { name, archived },
    after: { name, archived: input.archived },
  })
}

async function setFees(ctx: Ctx, product: ProductId, wanted: Wanted): Promise<void> {
  const plan = planOf(wanted)
  const { name } = plan
  const current = (await feesOfProducts(ctx, [product])).get(product) ?? []
  const [only] = current
  const free = plan.activationFee === zero && plan.periodicFee === zero
  const same = current.length === 1 && isSamePrice(only!, plan)

  const ids = current.map(({ subscription }) => subscription)
  if (same && only!.name !== name) await repo.renameSubscriptions(ctx, ids, name)
  if (same) return
  await repo.replaceSubscriptions(ctx, product, ids)
  if (free) return
  const [made] = await plans.insertPlan(ctx, plan)
  await repo.addSubscription(ctx, product, made!.subscription)
}

/** Names are one each, of products and of what they are charged by, whatever their case. */
async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const broken = brokenConstraint(error)
    if (broken === 'products_name' || broken === 'subscriptions_name') throw productNameTaken(name)
    if (broken?.includes('i_service')) throw serviceNotFound()
    throw error
  }
}
