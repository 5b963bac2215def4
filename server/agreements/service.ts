import { notInAgreement, quantityExceeded, suspended } from '#server/agreements/errors.ts'
import { agreementChanged, resumed, subscribed, unsubscribed } from '#server/agreements/events.ts'
import * as repo from '#server/agreements/repo.ts'
import type {
  AgreementItem,
  NewSubscription,
  Places,
  PlacesView,
} from '#server/agreements/schema.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { asOnePrice, cycleOf } from '#server/catalog/schema.ts'
import * as catalog from '#server/catalog/service.ts'
import { suspendedFor } from '#server/customers/service.billing.ts'
import * as customers from '#server/customers/service.ts'
import { type Fact, publish } from '#server/events/service.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import type { PeriodicFee } from '#server/kernel/proration.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** The agreement a customer starts with. */
export async function grant(
  ctx: Ctx,
  customer: CustomerId,
  items: readonly AgreementItem[],
): Promise<void> {
  if (items.length === 0) return
  await repo.insert(ctx, customer, items)
  await publish(ctx, agreementChanged(customer, items))
  await audit.done(ctx, {
    action: 'agreement.grant',
    entity: 'agreement',
    entityId: String(customer),
    customer,
    after: { items },
  })
}

type Taking = Readonly<{
  /** They were had a moment ago, and are had again: also while service is suspended. */
  back?: boolean
}>

/**
 * Takes places, or none of them. Two rows of one product in a request count as two. Every addition
 * passes here, so nothing new is added while a customer's service is suspended.
 *
 * @throws conflict `agreement.suspended`, `agreement.quantity_exceeded`, `agreement.not_included`
 */
export async function take(
  ctx: Ctx,
  { customer, product, n }: Places,
  { back = false }: Taking = {},
): Promise<void> {
  const [taken] = await repo.take(ctx, { customer, product, n }, back)
  if (taken) return

  const reason = back ? null : await suspendedFor(ctx, customer)
  if (reason) throw suspended(reason)

  const { name } = await catalog.known(ctx, product)
  const [item] = await repo.find(ctx, customer, product)
  if (!item) throw notInAgreement(name)
  const { quantity, used } = item
  // Somebody has given one back, raised the limit, or restored service, since: nobody is told of what isn't.
  if (quantity === null || used + n <= quantity)
    return take(ctx, { customer, product, n }, { back })
  throw quantityExceeded(name, quantity, used, n)
}

export const giveBack = (ctx: Ctx, places: Places) => repo.giveBack(ctx, places)

/**
 * Takes places (`n` above zero) and gives others back, all or none: last in its unit of work, and in
 * one order, so that two that want the same can't lock each other out.
 *
 * @throws conflict `agreement.suspended`, `agreement.quantity_exceeded`, `agreement.not_included`
 */
export async function move(
  ctx: Ctx,
  changes: readonly Places[],
  taking: Taking = {},
): Promise<void> {
  const byProduct = Map.groupBy(changes, ({ customer, product }) => `${customer} ${product}`)
  const sums = [...byProduct.values()].map((same) => ({
    ...same[0]!,
    n: same.reduce((all, { n }) => all + n, 0),
  }))
  sums.sort((a, b) => a.customer - b.customer || a.product - b.product)
  for (const { n, ...place } of sums) {
    if (n > 0) await take(ctx, { ...place, n }, taking)
    if (n < 0) await giveBack(ctx, { ...place, n: -n })
  }
}

/**
 * Raises a quantity by what `n` more lack, and by nothing where there is room: for an order that an
 * administrator approved. The row stays locked until commit, so what was made room for is there.
 */
export async function makeRoom(
  ctx: Ctx,
  { customer, product, n, onBehalfOf }: Places & Readonly<{ onBehalfOf: string }>,
): Promise<void> {
  const [raised] = await repo.makeRoom(ctx, { customer, product, n })
  if (!raised) return

  const { name } = await catalog.product(ctx, product)
  await publish(ctx, agreementChanged(customer, [{ product, quantity: raised.quantity }]))
  await audit.done(ctx, {
    action: 'agreement.set_item',
    entity: 'agreement',
    entityId: String(customer),
    customer,
    onBehalfOf,
    before: { product, name, quantity: raised.before },
    after: { product, name, quantity: raised.quantity },
  })
}

/** My agreement: places used, places left, and what one more costs. */
export async function mine(ctx: Ctx): Promise<PlacesView[]> {
  demand(ctx.actor, 'customer:read')
  return placesOf(ctx, ctx.actor.customer as CustomerId)
}

/** A customer's agreement, whoever asks: who may, the asking verb has said. */
export async function placesOf(ctx: Ctx, customer: CustomerId): Promise<PlacesView[]> {
  const { currency } = await customers.find(ctx, customer)
  const items = await repo.list(ctx, customer)
  const ids = items.map((item) => item.product as ProductId)
  const products = new Map((await catalog.products(ctx, ids)).map((p) => [p.product, p]))
  const fees = await catalog.feesOfProducts(ctx, ids)

  return items.map((item) => {
    const product = products.get(item.product as ProductId)!
    const costs = fees.get(product.product) ?? []
    return {
      product: item.product,
      name: product.name,
      role: product.role,
      accountKind: product.accountKind,
      used: item.used,
      quantity: item.quantity,
      currency,
      ...asOnePrice(costs),
      full: item.quantity !== null && item.used >= item.quantity,
    }
  })
}

/**
 * Starts subscriptions; charging them is billing's. Answers what billing charges them by, in order,
 * and the facts for the caller to publish with its own.
 */
export async function subscribe(
  ctx: Ctx,
  made: readonly NewSubscription[],
): Promise<{ ids: number[]; facts: Fact[] }> {
  if (made.length === 0) return { ids: [], facts: [] }
  const ids = (await repo.insertSubscriptions(ctx, made)).map((row) => row.id)
  return { ids, facts: made.map((row, i) => subscribed(row, ids[i]!)) }
}

/**
 * Ends what accounts have running, of some products or of all. `endedOn` is the first day they
 * don't have it any more: it isn't charged, and what begins on it is.
 */
export async function unsubscribe(
  ctx: Ctx,
  ended: { accounts: readonly AccountId[]; products?: readonly ProductId[]; endedOn: CivilDate },
): Promise<{ ended: { id: number; account: AccountId }[]; facts: Fact[] }> {
  const rows = await repo.endSubscriptions(
    ctx,
    ended.accounts,
    ended.products ?? null,
    ended.endedOn,
  )
  return { ended: rows, facts: rows.map(unsubscribed) }
}

/** Lets subscriptions run on as if they had never ended. */
export async function resume(ctx: Ctx, ids: readonly number[]): Promise<Fact[]> {
  return ids.length === 0 ? [] : (await repo.resumeSubscriptions(ctx, ids)).map(resumed)
}
/**
 * What accounts that waited are charged by begins on the day they begin, or end: nobody pays for
 * waiting. What was charged already stays as it is.
 */
export async function startOver(
  ctx: Ctx,
  { accounts, startedOn }: { accounts: readonly AccountId[]; startedOn: CivilDate },
): Promise<void> {
  if (accounts.length > 0) await repo.startOver(ctx, accounts, startedOn)
}

/** For billing alone: the first day of a subscription not yet charged. */
export const markCharged = (ctx: Ctx, customerSubscription: number, until: CivilDate) =>
  repo.markCharged(ctx, customerSubscription, until)

/** A fee that each of these accounts pays. */
export type RunningFee = PeriodicFee & Readonly<{ accounts: AccountId[] }>

/** What accounts pay by themselves: nothing where a package pays for them. */
export async function feesOfAccounts(
  ctx: Ctx,
  accounts: readonly AccountId[],
): Promise<RunningFee[]> {
  const rows = accounts.length > 0 ? await repo.runningOf(ctx, accounts) : []
  const ids = [...new Set(rows.map((row) => row.subscription))]
  const fees = new Map((await catalog.feesOf(ctx, ids)).map((one) => [one.subscription, one]))
  return rows.map(({ subscription, ...row }) => {
    const plan = fees.get(subscription)!
    return { fee: plan.periodicFee, cycle: cycleOf(plan), ...row }
  })
}
