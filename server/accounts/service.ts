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
import { publish } from '#server/events/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import * as numbers from '#server/numbers/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { randomPassword } from '#server/runtime/secrets.ts'

/** What a SIP password is sealed to: moved to another account it doesn't open. */
const sealedTo = (ctx: Ctx, accountId: string) => `sip:${ctx.env}:${accountId}`

/**
 * Makes an account and all that comes with it: its place in the agreement, its aliases, its
 * products' subscriptions. Works at once, or waits for an administrator, as the product says.
 *
 * @throws conflict `agreement.quantity_exceeded`, `agreement.not_included`, `accounts.id_taken`,
 *   `accounts.alias_taken`; what `numbers.assign` refuses; invalid `accounts.wrong_product`
 */
export async function open(ctx: Ctx, made: NewAccount): Promise<OpenedAccount> {
  const main = await catalog.product(ctx, made.product)
  if (main.role !== 'main' || main.accountKind !== made.kind) throw wrongKind(main.name)
  const owned = [made.product, ...(made.addons ?? [])]

  // Rows of an agreement are taken in product order, so that two requests can't lock each other out.
  for (const product of [...owned].sort((a, b) => a - b)) {
    await agreements.take(ctx, { customer: made.customer, product, n: 1 })
  }

  const password = randomPassword()
  const status = main.newAccounts
  const account = await insertAccount(ctx, made, status, password)
  await addNumbers(ctx, made, account)
  if (made.addons?.length) {
    await repo.insertAddons(
      ctx,
      made.addons.map((product) => ({ account, customer: made.customer, product })),
    )
  }
  const subscriptions = await subscribeTo(ctx, made.customer, account, owned)

  await publish(ctx, accountCreated(account, made, main.name, status))
  await publish(
    ctx,
    ...made.numbers.map((alias) => aliasAdded(made.customer, account, made.accountId, alias)),
  )
  await audit.done(ctx, {
    action: 'account.create',
    entity: 'account',
    entityId: String(account),
    customer: made.customer,
    after: { id: made.accountId, name: made.name, product: main.name, numbers: made.numbers },
  })
  return {
    account,
    accountId: made.accountId,
    status,
    sip: { username: made.accountId, password },
    subscriptions,
  }
}

async function insertAccount(
  ctx: Ctx,
  made: NewAccount,
  status: 'active' | 'inactive',
  password: string,
): Promise<AccountId> {
  try {
    const [row] = await repo.insert(ctx, {
      accountId: made.accountId,
      customer: made.customer,
      product: made.product,
      kind: made.kind,
      name: made.name,
      email: made.email,
      timeZone: made.timeZone,
      status,
      sipUsername: made.accountId,
      sipPasswordSealed: ctx.secrets.seal(password, sealedTo(ctx, made.accountId)),
      createdAt: ctx.now,
      activatedAt: status === 'active' ? ctx.now : null,
    })
    return row!.account as AccountId
  } catch (error) {
    if (brokenConstraint(error) === 'accounts_account_id') throw accountIdTaken(made.accountId)
    throw error
  }
}

async function addNumbers(ctx: Ctx, made: NewAccount, account: AccountId): Promise<void> {
  if (made.numbers.length === 0) return
  const { customer } = made
  await numbers.assign(ctx, { customer, numbers: [...made.numbers], account })
  try {
    await repo.insertAliases(
      ctx,
      made.numbers.map((alias) => ({ alias, account, customer })),
    )
  } catch (error) {
    if (brokenConstraint(error)?.startsWith('account_aliases')) throw aliasTaken(made.numbers[0]!)
    throw error
  }
}

async function subscribeTo(
  ctx: Ctx,
  customer: CustomerId,
  account: AccountId,
  owned: readonly ProductId[],
): Promise<OpenedAccount['subscriptions']> {
  const fees = await catalog.feesOfProducts(ctx, [...owned])
  if ([...fees.values()].every((costs) => costs.length === 0)) return []

  const { timeZone } = await customers.find(ctx, customer)
  const startedOn = dayIn(timeZone, ctx.now)
  const started: { id: number; product: ProductId; startedOn: typeof startedOn }[] = []
  for (const [product, costs] of fees) {
    for (const { subscription } of costs) {
      const id = await agreements.subscribe(ctx, {
        customer,
        account,
        product,
        subscription,
        startedOn,
      })
      started.push({ id, product, startedOn })
    }
  }
  return started
}

/** @throws not_found `accounts.not_found` */
export async function find(ctx: Ctx, account: AccountId) {
  const [row] = await repo.find(ctx, account)
  if (!row) throw accountNotFound()
  return row
}

export const findMany = async (ctx: Ctx, ids: AccountId[]) =>
  ids.length === 0 ? [] : repo.findMany(ctx, ids)

/** Accounts of a customer whose name, id or phone number contains the text as typed. */
export async function matching(ctx: Ctx, customer: CustomerId, text: string): Promise<AccountId[]> {
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await repo.matching(ctx, customer, like)
  return rows.map((row) => row.account as AccountId)
}

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
