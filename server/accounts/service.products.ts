import { addonNotThere, moveRefused } from '#server/accounts/errors.ts'
import { addonAdded, addonRemoved, productChanged } from '#server/accounts/events.ts'
import * as repo from '#server/accounts/repo.lines.ts'
import { whyNotProduct } from '#server/accounts/schema.moves.ts'
import type { AccountsProduct } from '#server/accounts/schema.ts'
import { type LockedAccount, lockFor } from '#server/accounts/service.ends.ts'
import { addonsOf } from '#server/accounts/service.ts'
import * as agreements from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import type { Offer } from '#server/catalog/schema.ts'
import * as catalog from '#server/catalog/service.ts'
import * as customers from '#server/customers/service.ts'
import { type Fact, publish } from '#server/events/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'

type Wanted = Readonly<{ accounts: readonly AccountId[]; product: ProductId; of?: CustomerId }>

/**
 * Gives accounts another main product, all or none: a place of the new one for a place of the old
 * one; the old one's subscriptions end today and the new one's start. Those that have it already
 * stay as they are.
 *
 * @returns how many were changed
 * @throws invalid `accounts.wrong_product`, conflict `agreement.quantity_exceeded`,
 *   `agreement.not_included`; what `lockFor` refuses
 */
export async function changeProduct(ctx: Ctx, { accounts, product, of }: Wanted): Promise<number> {
  const [offer] = await catalog.offers(ctx, [product])
  const locked = await lockFor(ctx, 'changeProduct', accounts, of)
  demandFit(ctx, 'changeProduct', offer!, locked)
  const rows = locked.filter((row) => row.product !== product)
  if (rows.length === 0) return 0

  const before = await catalog.products(ctx, [...new Set(rows.map((row) => row.product))])
  const from = new Map(before.map((old) => [old.product, old.name]))
  const facts: Fact[] = []
  for (const [old, same] of Map.groupBy(rows, (row) => row.product)) {
    facts.push(...(await endSubscriptions(ctx, same, old)))
  }
  await repo.setProduct(
    ctx,
    rows.map((row) => row.account),
    product,
  )
  facts.push(...(await startSubscriptions(ctx, rows, offer!)))

  for (const { account, customer, accountId: id, product: old } of rows) {
    const change = { id, from: from.get(old) ?? '', to: offer!.name }
    facts.push(productChanged(customer, account, change))
    await audit.done(ctx, {
      action: 'account.change_product',
      entity: 'account',
      entityId: String(account),
      customer,
      before: { id, product: change.from },
      after: { id, product: change.to },
    })
  }
  await publish(ctx, ...facts)
  await agreements.move(
    ctx,
    rows.flatMap(({ customer, product: old }) => [
      { customer, product, n: 1 },
      { customer, product: old, n: -1 },
    ]),
  )
  return rows.length
}

/**
 * Gives accounts an add-on product beside their main one, all or none. Of several those that have it
 * already stay as they are; one alone is refused.
 *
 * @returns how many got it
 * @throws conflict `accounts.product_there`, and as `changeProduct`
 */
export async function addAddon(ctx: Ctx, { accounts, product, of }: Wanted): Promise<number> {
  const [offer] = await catalog.offers(ctx, [product])
  const locked = await lockFor(ctx, 'addAddon', accounts, of)
  demandFit(ctx, 'addAddon', offer!, locked)
  const rows = await without(ctx, locked, product)
  if (rows.length === 0) {
    const { accountId } = locked[0]!
    const details = { product: offer!.name, accountId }
    throw moveRefused({ code: 'accounts.product_there', details }, locked.length - 1)
  }

  await repo.insertAddon(ctx, rows, product)
  const facts = await startSubscriptions(ctx, rows, offer!)
  await tell(ctx, 'account.add_addon', rows, offer!, facts)
  await agreements.move(
    ctx,
    rows.map(({ customer }) => ({ customer, product, n: 1 })),
  )
  return rows.length
}

/**
 * Takes an add-on product from accounts; its subscriptions end today and its places are free.
 *
 * @returns how many had it
 * @throws conflict `accounts.addon_not_there`, what `lockFor` refuses
 */
export async function removeAddon(ctx: Ctx, { accounts, product, of }: Wanted): Promise<number> {
  const [addon] = await catalog.products(ctx, [product])
  const locked = await lockFor(ctx, 'removeAddon', accounts, of)
  const missing = new Set((await without(ctx, locked, product)).map((row) => row.account))
  const rows = locked.filter((row) => !missing.has(row.account))
  if (rows.length === 0) throw addonNotThere(addon?.name ?? '', locked[0]!.accountId)

  await repo.removeAddon(
    ctx,
    rows.map((row) => row.account),
    product,
  )
  const facts = await endSubscriptions(ctx, rows, product)
  await tell(ctx, 'account.remove_addon', rows, addon!, facts)
  await agreements.move(
    ctx,
    rows.map(({ customer }) => ({ customer, product, n: -1 })),
  )
  return rows.length
}

/** Asked of the agreement last, by taking it: what was counted before may be gone by then. */
const anyPlace = { used: 0, quantity: null }

function demandFit(
  ctx: Ctx,
  move: 'addAddon' | 'changeProduct',
  offer: Offer,
  rows: readonly LockedAccount[],
): void {
  const wanted = { ...offer, place: anyPlace }
  const refused = rows.flatMap(
    (row) => whyNotProduct(move, wanted, { ...row, has: false }, ctx.actor.realm) ?? [],
  )
  if (refused.length > 0) throw moveRefused(refused[0]!, refused.length - 1)
}

async function without(ctx: Ctx, rows: readonly LockedAccount[], addon: ProductId) {
  const addons = await addonsOf(
    ctx,
    rows.map((row) => row.account),
  )
  return rows.filter((row) => !addons.get(row.account)?.includes(addon))
}

async function tell(
  ctx: Ctx,
  action: 'account.add_addon' | 'account.remove_addon',
  rows: readonly LockedAccount[],
  { name: product }: { name: string },
  also: readonly Fact[],
): Promise<void> {
  const added = action === 'account.add_addon'
  const fact = added ? addonAdded : addonRemoved
  await publish(
    ctx,
    ...rows.map((row) => fact(row.customer, row.account, { id: row.accountId, product })),
    ...also,
  )
  for (const { account, customer, accountId: id } of rows) {
    await audit.done(ctx, {
      action,
      entity: 'account',
      entityId: String(account),
      customer,
      before: added ? { id } : { id, addon: product },
      after: added ? { id, addon: product } : { id },
    })
  }
}

/** From today on, each customer's own. */
async function startSubscriptions(
  ctx: Ctx,
  rows: readonly LockedAccount[],
  { product, subscriptions }: Offer,
): Promise<Fact[]> {
  const started = []
  for (const [customer, theirs] of Map.groupBy(rows, (row) => row.customer)) {
    const startedOn = dayIn(await customers.timeZoneOf(ctx, customer), ctx.now)
    for (const { account } of theirs) {
      started.push(
        ...subscriptions.map((each) => ({ ...each, customer, account, product, startedOn })),
      )
    }
  }
  return (await agreements.subscribe(ctx, started)).facts
}

async function endSubscriptions(
  ctx: Ctx,
  rows: readonly LockedAccount[],
  product: ProductId,
): Promise<Fact[]> {
  const facts: Fact[] = []
  for (const [customer, theirs] of Map.groupBy(rows, (row) => row.customer)) {
    const endedOn = dayIn(await customers.timeZoneOf(ctx, customer), ctx.now)
    const accounts = theirs.map((row) => row.account)
    const ended = await agreements.unsubscribe(ctx, { accounts, products: [product], endedOn })
    facts.push(...ended.facts)
  }
  return facts
}

type Verb = (ctx: Ctx, wanted: Wanted) => Promise<number>

/** A verb as a door of the customer's own: its right, its accounts, once a press. */
const door =
  (verb: Verb) =>
  async (ctx: Ctx, input: AccountsProduct): Promise<{ changed: number }> => {
    demand(ctx.actor, 'accounts:write')
    return once(ctx, input.key, input, async () => ({
      changed: await verb(ctx, {
        accounts: input.accounts as AccountId[],
        product: input.product as ProductId,
        of: ctx.actor.customer as CustomerId,
      }),
    }))
  }

export const changeProductOfMine = door(changeProduct)
export const addAddonToMine = door(addAddon)
export const removeAddonFromMine = door(removeAddon)
