import { belowUse, itemInUse, notInAgreement, wrongCurrency } from '#server/agreements/errors.ts'
import { itemRemoved, itemSet } from '#server/agreements/events.ts'
import * as repo from '#server/agreements/repo.ts'
import type {
  AgreementChange,
  AgreementView,
  CustomerRef,
  ItemRef,
  SetItem,
} from '#server/agreements/schema.ts'
import { placesOf } from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { asOnePrice, type Fees, type Product } from '#server/catalog/schema.ts'
import * as catalog from '#server/catalog/service.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import type { CustomerId, ProductId } from '#server/kernel/ids.ts'
import { notify } from '#server/mail/service.notices.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** As many changes as a person reads. */
const shownChanges = 100

/**
 * A customer's agreement, and the products that could be added to it.
 *
 * @throws not_found `customers.not_found`
 */
export async function ofCustomer(ctx: Ctx, { customer: id }: CustomerRef): Promise<AgreementView> {
  demand(ctx.actor, 'agreements:read')
  const customer = id as CustomerId
  const { currency } = await customers.inCharge(ctx, customer)

  const items = await placesOf(ctx, customer)
  const has = new Set(items.map((item) => item.product))
  const others = (await catalog.onSale(ctx)).filter(({ product }) => !has.has(product))
  const fees = await catalog.feesOfProducts(
    ctx,
    others.map(({ product }) => product),
  )
  return {
    items,
    addable: others.flatMap(({ product, name, role, accountKind }) => {
      const costs = fees.get(product) ?? []
      if (!areIn(costs, currency)) return []
      return {
        product,
        name,
        role,
        accountKind,
        ...asOnePrice(costs),
      }
    }),
  }
}

const areIn = (costs: readonly Fees[], currency: string) =>
  costs.every((cost) => cost.currency === currency)

/**
 * Puts a product into a customer's agreement, or changes how many accounts may have it. The row
 * stays locked until commit: whoever takes a place meanwhile waits, and then goes by the new limit.
 *
 * @throws not_found `customers.not_found`, `catalog.product_not_found`; conflict
 *   `agreement.below_use`, `agreement.wrong_currency`
 */
export async function setItem(ctx: Ctx, input: SetItem): Promise<void> {
  demand(ctx.actor, 'agreements:write')
  const customer = input.customer as CustomerId
  const item = { product: input.product as ProductId, quantity: input.quantity }
  const { name: onBehalfOf, currency } = await customers.inCharge(ctx, customer)
  const product = await catalog.known(ctx, item.product)

  const [before] = await repo.lock(ctx, customer, item.product)
  if (!before) {
    await demandSold(ctx, product, currency)
    const [added] = await repo.add(ctx, customer, item)
    // Added by somebody else a moment ago: then it is there to be changed.
    if (!added) return setItem(ctx, input)
    return told(ctx, { customer, onBehalfOf, item: { ...item, name: product.name, used: 0 } })
  }

  if (before.quantity === item.quantity) return
  const [changed] = await repo.setQuantity(ctx, customer, item)
  if (!changed) throw belowUse(product.name, before.used, item.quantity!)
  return told(ctx, {
    customer,
    onBehalfOf,
    item: { ...item, name: product.name, used: before.used },
    before,
  })
}

/** Something new must be for sale, and in the currency the customer pays in. */
async function demandSold(ctx: Ctx, { product, name }: Product, currency: string): Promise<void> {
  await catalog.product(ctx, product)
  const costs = (await catalog.feesOfProducts(ctx, [product])).get(product) ?? []
  if (!areIn(costs, currency)) throw wrongCurrency(name, currency)
}

type Told = {
  customer: CustomerId
  onBehalfOf: string
  item: { product: ProductId; name: string; quantity: number | null; used: number }
  before?: { quantity: number | null }
}

async function told(ctx: Ctx, { customer, onBehalfOf, item, before }: Told): Promise<void> {
  const { product, name, quantity } = item
  await publish(ctx, itemSet(customer, item))
  await audit.done(ctx, {
    action: 'agreement.set_item',
    entity: 'agreement',
    entityId: String(customer),
    customer,
    onBehalfOf,
    before: before && { product, name, quantity: before.quantity },
    after: { product, name, quantity },
  })
  await notify(
    ctx,
    { customer, name: onBehalfOf },
    { kind: 'agreement_changed', product: name, before: before?.quantity, after: quantity },
  )
}

/**
 * Takes a product out of a customer's agreement; not while an account has it.
 *
 * @throws not_found `customers.not_found`, `catalog.product_not_found`; conflict
 *   `agreement.in_use`, `agreement.not_included`
 */
export async function removeItem(ctx: Ctx, input: ItemRef): Promise<void> {
  demand(ctx.actor, 'agreements:write')
  const customer = input.customer as CustomerId
  const { name: onBehalfOf } = await customers.inCharge(ctx, customer)
  const { product, name } = await catalog.known(ctx, input.product as ProductId)

  const [before] = await repo.lock(ctx, customer, product)
  if (!before) throw notInAgreement(name)
  const [removed] = await repo.remove(ctx, customer, product)
  if (!removed) throw itemInUse(name, before.used)

  await publish(ctx, itemRemoved(customer, { product, name }))
  await audit.done(ctx, {
    action: 'agreement.remove_item',
    entity: 'agreement',
    entityId: String(customer),
    customer,
    onBehalfOf,
    before: { product, name, quantity: before.quantity },
  })
  await notify(
    ctx,
    { customer, name: onBehalfOf },
    { kind: 'agreement_changed', product: name, before: before.quantity, after: undefined },
  )
}

/** Who changed a customer's agreement, when, and from what to what; newest first. */
export async function history(ctx: Ctx, { customer: id }: CustomerRef): Promise<AgreementChange[]> {
  demand(ctx.actor, 'agreements:read')
  await customers.inCharge(ctx, id as CustomerId)
  const acts = await audit.ofEntity(ctx, {
    entity: 'agreement',
    entityId: String(id),
    limit: shownChanges,
  })
  const changes = acts.flatMap(changesIn)
  const products = await catalog.products(ctx, [...new Set(changes.map(({ product }) => product))])
  const names = new Map(products.map(({ product, name }) => [product, name]))
  return changes.map((change) => ({ ...change, name: names.get(change.product) ?? '' }))
}

type Act = Awaited<ReturnType<typeof audit.ofEntity>>[number]
type Side = { product: ProductId; quantity: number | null }

/** One act may be about several products: what a customer starts with is granted at once. */
function changesIn({ id, at, actor, realm, before, after }: Act) {
  const [were, are] = [sidesOf(before), sidesOf(after)]
  return [...new Set([...were.keys(), ...are.keys()])].map((product) => {
    const [was, is] = [were.get(product), are.get(product)]
    const change = was && is ? 'changed' : is ? 'added' : 'removed'
    return {
      id,
      at: at.toISOString(),
      actor,
      realm,
      change,
      product,
      before: was?.quantity,
      after: is?.quantity,
    }
  }) satisfies Omit<AgreementChange, 'name'>[]
}

function sidesOf(side: Act['before']): Map<ProductId, Side> {
  const items = ((side?.items as Side[] | undefined) ?? (side ? [side] : [])) as Side[]
  return new Map(items.map((item) => [item.product, item]))
}
