import { brokenConstraint } from '#db/client.ts'
import { accountIdTaken, accountNotFound, aliasTaken, wrongKind } from '#server/accounts/errors.ts'
import { accountCreated, aliasAdded } from '#server/accounts/events.ts'
import * as repo from '#server/accounts/repo.ts'
import type { MyAccount, NewAccount, OpenedAccount } from '#server/accounts/schema.ts'
import * as agreements from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import * as catalog from '#server/catalog/service.ts'
import * as customers from '#server/customers/service.ts'
import { type Fact, publish } from '#server/events/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { AccountId, ProductId } from '#server/kernel/ids.ts'
import * as numbers from '#server/numbers/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { randomPassword } from '#server/runtime/secrets.ts'
import { together } from '#server/runtime/together.ts'

/** What a SIP password is sealed to: moved to another account it doesn't open. */
export const sealedTo = (ctx: Ctx, accountId: string) => `sip:${ctx.env}:${accountId}`

/** What an account's extension or menu adds: a row of its own, and facts told after the account's. */
export type Along = Readonly<{
  insert?: (account: AccountId) => Promise<unknown>
  facts?: (account: AccountId) => Fact[]
}>

/**
 * Makes an account and all that comes with it: its place in the agreement, its aliases, its
 * products' subscriptions. Works at once, or waits for an administrator, as the product says.
 *
 * @throws conflict `agreement.quantity_exceeded`, `agreement.not_included`, `accounts.id_taken`,
 *   `accounts.alias_taken`; what `numbers.assign` or `numbers.confirm` refuse; invalid
 *   `accounts.wrong_product`
 */
export async function open(ctx: Ctx, made: NewAccount, along: Along = {}): Promise<OpenedAccount> {
  const { customer, addons = [] } = made
  const [[main, ...beside], zone] = await together(
    catalog.offers(ctx, [made.product, ...addons]),
    customers.timeZoneOf(ctx, customer),
  )
  if (main!.role !== 'main' || main!.accountKind !== made.kind) throw wrongKind(main!.name)
  const wrong = beside.find((addon) => addon.role !== 'addon' || addon.accountKind !== made.kind)
  if (wrong) throw wrongKind(wrong.name)

  const password = randomPassword()
  const status = main!.newAccounts
  const account = await insertAccount(ctx, made, { status, password, zone })
  const startedOn = dayIn(zone, ctx.now)
  const owed = [main!, ...beside].flatMap(({ product, subscriptions }) =>
    subscriptions.map((subscription) => ({
      ...subscription,
      customer,
      account,
      product,
      startedOn,
    })),
  )
  const [{ ids, facts }] = await together(
    agreements.subscribe(ctx, owed),
    giveNumbers(ctx, made, account),
    insertAliases(ctx, made, account),
    insertAddons(ctx, made, account),
    along.insert?.(account),
    takePlaces(ctx, made),
  )

  await publish(
    ctx,
    accountCreated(account, made, main!.name, status),
    ...made.numbers.map((alias) => aliasAdded(customer, account, made.accountId, alias)),
    ...(along.facts?.(account) ?? []),
    ...facts,
  )
  await audit.done(ctx, {
    action: 'account.create',
    entity: 'account',
    entityId: String(account),
    customer,
    after: { id: made.accountId, name: made.name, product: main!.name, numbers: made.numbers },
  })
  return {
    account,
    accountId: made.accountId,
    status,
    sip: { username: made.accountId, password },
    subscriptions: owed.map(({ product, subscription }, i) => ({
      id: ids[i]!,
      subscription,
      product,
      startedOn,
    })),
  }
}

async function insertAccount(
  ctx: Ctx,
  made: NewAccount,
  { status, password, zone }: { status: 'active' | 'inactive'; password: string; zone: string },
): Promise<AccountId> {
  const [row] = await repo.insert(ctx, {
    ...made,
    timeZone: made.timeZone ?? zone,
    status,
    sipPasswordSealed: ctx.secrets.seal(password, sealedTo(ctx, made.accountId)),
  })
  if (!row) throw accountIdTaken(made.accountId)
  return row.account
}

async function giveNumbers(
  ctx: Ctx,
  { customer, numbers: list, holdId }: NewAccount,
  account: AccountId,
): Promise<void> {
  if (!holdId) return numbers.assign(ctx, { customer, numbers: list, account })
  for (const number of list) await numbers.confirm(ctx, { number, holdId, customer, account })
}

async function insertAliases(ctx: Ctx, made: NewAccount, account: AccountId): Promise<void> {
  if (made.numbers.length === 0) return
  try {
    await repo.insertAliases(ctx, made.numbers, account, made.customer)
  } catch (error) {
    if (brokenConstraint(error)?.startsWith('account_aliases')) throw aliasTaken(made.numbers[0]!)
    throw error
  }
}

async function insertAddons(
  ctx: Ctx,
  { customer, addons = [] }: NewAccount,
  account: AccountId,
): Promise<void> {
  if (addons.length === 0) return
  await repo.insertAddons(
    ctx,
    addons.map((product) => ({ account, customer, product })),
  )
}

/**
 * Last, for the agreement's row stays locked until commit; in product order, so that two requests
 * can't lock each other out.
 */
async function takePlaces(ctx: Ctx, { customer, product, addons = [] }: NewAccount): Promise<void> {
  for (const each of [product, ...addons].sort((a, b) => a - b)) {
    await agreements.take(ctx, { customer, product: each, n: 1 })
  }
}

/** @throws not_found `accounts.not_found` */
export async function find(ctx: Ctx, account: AccountId) {
  const [row] = await repo.find(ctx, account)
  if (!row) throw accountNotFound()
  return row
}

/** One of my accounts; another's is not there. @throws not_found `accounts.not_found` */
export async function findMine(ctx: Ctx, account: AccountId) {
  const row = await find(ctx, account)
  if (row.customer !== ctx.actor.customer) throw accountNotFound()
  return row
}

export const findMany = async (ctx: Ctx, ids: AccountId[]) =>
  ids.length === 0 ? [] : repo.findMany(ctx, ids)

/** The aliases of accounts, account by account. */
export async function aliasesOf(ctx: Ctx, ids: AccountId[]): Promise<Map<number, string[]>> {
  const byAccount = new Map<number, string[]>()
  if (ids.length === 0) return byAccount
  for (const { account, alias } of await repo.aliasesOf(ctx, ids)) {
    byAccount.set(account, [...(byAccount.get(account) ?? []), alias])
  }
  return byAccount
}

/** The add-on products of accounts, account by account. */
export async function addonsOf(ctx: Ctx, ids: AccountId[]): Promise<Map<number, ProductId[]>> {
  const byAccount = new Map<number, ProductId[]>()
  if (ids.length === 0) return byAccount
  for (const { account, product } of await repo.addonsOf(ctx, ids)) {
    byAccount.set(account, [...(byAccount.get(account) ?? []), product as ProductId])
  }
  return byAccount
}

/** For configuration files alone: what the phone registers with. */
export async function sipCredentials(ctx: Ctx, account: AccountId) {
  const row = await find(ctx, account)
  return {
    username: row.sipUsername,
    password: ctx.secrets.open(row.sipPasswordSealed, sealedTo(ctx, row.accountId)),
    name: row.name,
    timeZone: row.timeZone,
  }
}

/** The account user's own number, product and state. */
export async function mine(ctx: Ctx): Promise<MyAccount> {
  demand(ctx.actor, 'account:read')
  const id = ctx.actor.account as AccountId
  const row = await find(ctx, id)
  const { name: product } = await catalog.product(ctx, row.product as ProductId)
  return {
    account: row.account,
    accountId: row.accountId,
    name: row.name,
    status: row.status,
    blockedBy: row.blockedBy,
    product,
    numbers: (await aliasesOf(ctx, [id])).get(id) ?? [],
    sipUsername: row.sipUsername,
  }
}
