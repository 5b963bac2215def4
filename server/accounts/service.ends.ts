import { brokenConstraint } from '#db/client.ts'
import {
  accountNotFound,
  aliasTaken,
  moveRefused,
  restoreLapsed,
  restoreTaken,
} from '#server/accounts/errors.ts'
import {
  accountRestored,
  accountTerminated,
  aliasAdded,
  aliasRemoved,
} from '#server/accounts/events.ts'
import * as repo from '#server/accounts/repo.lines.ts'
import { type AccountMove, whyNot } from '#server/accounts/schema.moves.ts'
import { type EndedAccount, restoreMinutes } from '#server/accounts/schema.ts'
import { endBlocks, resumeBlocks } from '#server/accounts/service.blocks.ts'
import { addonsOf } from '#server/accounts/service.ts'
import * as agreements from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import * as auth from '#server/auth/service.ts'
import * as catalog from '#server/catalog/service.ts'
import * as customers from '#server/customers/service.ts'
import { type Fact, publish } from '#server/events/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import * as numbers from '#server/numbers/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** An account whose row is locked until commit. */
export type LockedAccount = repo.Locked

/**
 * Locks accounts for a move that the whole of them must allow.
 *
 * @param of whose they must be; the caller's own customer, if it is one, unless said
 * @throws not_found `accounts.not_found`, conflict `accounts.blocked_by_admin`, `accounts.wrong_state`
 */
export async function lockFor(
  ctx: Ctx,
  move: AccountMove,
  ids: readonly AccountId[],
  of: CustomerId | undefined = ctx.actor.realm === 'customer' ? ctx.actor.customer : undefined,
): Promise<LockedAccount[]> {
  const wanted = [...new Set(ids)]
  const rows = await repo.lock(ctx, wanted)
  if (rows.length < wanted.length || rows.some((row) => of && row.customer !== of)) {
    throw accountNotFound()
  }
  const refused = rows.flatMap((row) => whyNot(move, row, ctx.actor.realm) ?? [])
  if (refused.length > 0) throw moveRefused(refused[0]!, refused.length - 1)
  return rows
}

/**
 * Ends accounts, all or none of them: their places and numbers are free again, the numbers in the
 * customer's own pool; subscriptions end today, their users are shut out. Their history stays, and
 * for ten minutes they can be brought back (`restore`). Extensions, hunt groups and menus follow by
 * themselves or through `pbx.removeExtensions`.
 *
 * @param reason shown to the customer, where the provider ends an account
 * @param onBehalfOf the customer's name, where somebody above it acts
 * @throws what `lockFor` refuses
 */
export async function endMany(
  ctx: Ctx,
  ids: readonly AccountId[],
  {
    of,
    reason,
    onBehalfOf,
    move = 'terminate',
  }: { of?: CustomerId; reason?: string; onBehalfOf?: string; move?: AccountMove } = {},
): Promise<EndedAccount[]> {
  const rows = await lockFor(ctx, move, ids, of)
  const all = rows.map((row) => row.account)
  const addons = await addonsOf(ctx, all)
  const names = await namesOf(ctx, rows, addons)

  await numbers.unassign(ctx, { accounts: all })
  const aliases = Map.groupBy(await repo.removeAliases(ctx, all), (row) => row.account)
  const stopped = await stopSubscriptions(ctx, rows)
  const users = Map.groupBy(await auth.shutOut(ctx, all), (user) => user.account)
  const subscriptions = Map.groupBy(stopped.ended, (row) => row.account)
  await repo.setTerminated(ctx, all)
  await endBlocks(ctx, rows)
  await repo.noteEndings(
    ctx,
    rows.map((row) => ({
      account: row.account,
      customer: row.customer,
      status: row.status as Exclude<typeof row.status, 'terminated'>,
      blockedBy: row.blockedBy,
      numbers: (aliases.get(row.account) ?? []).map(({ alias }) => alias),
      subscriptions: (subscriptions.get(row.account) ?? []).map(({ id }) => id),
      users: (users.get(row.account) ?? []).map(({ user }) => user),
    })),
  )

  const told = rows.map((row) => ({
    row,
    numbers: (aliases.get(row.account) ?? []).map(({ alias }) => alias).sort(),
    product: names.get(row.product) ?? '',
    beside: (addons.get(row.account) ?? []).map((addon) => names.get(addon) ?? ''),
  }))
  await publish(
    ctx,
    ...told.flatMap(({ row, numbers: gone }) => [
      ...gone.map((alias) => aliasRemoved(row.customer, row.account, row.accountId, alias)),
      accountTerminated(row.customer, row.account, { id: row.accountId, name: row.name, reason }),
    ]),
    ...stopped.facts,
  )
  for (const { row, numbers: gone, product, beside } of told) {
    const { accountId: id, name, status } = row
    await audit.done(ctx, {
      action: `account.${move}`,
      entity: 'account',
      entityId: String(row.account),
      customer: row.customer,
      onBehalfOf,
      before: { id, name, status, product, addons: beside, numbers: gone },
      after: { id, status: 'terminated', ...(reason && { reason }) },
    })
  }

  await agreements.move(ctx, placesOf(rows, addons, -1))
  return told.map(({ row, numbers: gone, product }) => ({
    account: row.account,
    accountId: row.accountId,
    name: row.name,
    product,
    numbers: gone,
  }))
}

/**
 * Undoes the end of accounts, all or none, for ten minutes, while their names, numbers and places are
 * still free: the same rows live on, as they were.
 *
 * @throws gone `accounts.restore_lapsed`, conflict `accounts.restore_taken`, `numbers.not_available`,
 *   `agreement.quantity_exceeded`, `agreement.not_included`; what `lockFor` refuses
 */
export async function restore(
  ctx: Ctx,
  ids: readonly AccountId[],
  { of }: { of?: CustomerId } = {},
): Promise<void> {
  const rows = await lockFor(ctx, 'restore', ids, of)
  const all = rows.map((row) => row.account)
  const endings = new Map((await repo.endings(ctx, all)).map((one) => [one.account as number, one]))
  const oldest = ctx.now.getTime() - restoreMinutes * 60_000
  const late = rows.find((row) => (endings.get(row.account)?.at.getTime() ?? 0) < oldest)
  if (late) throw restoreLapsed(late.accountId)

  await revive(ctx, all)
  await resumeBlocks(
    ctx,
    rows.map((row) => {
      const { status, blockedBy, at } = endings.get(row.account)!
      return { ...row, status, blockedBy, endedAt: at }
    }),
  )
  const facts: Fact[] = []
  for (const row of rows) {
    const { status, numbers: had } = endings.get(row.account)!
    await numbers.assign(ctx, { customer: row.customer, numbers: had, account: row.account })
    await putAliases(ctx, row, had)
    facts.push(
      ...had.map((alias) => aliasAdded(row.customer, row.account, row.accountId, alias)),
      accountRestored(row.customer, row.account, { id: row.accountId, name: row.name, status }),
    )
    await audit.done(ctx, {
      action: 'account.restore',
      entity: 'account',
      entityId: String(row.account),
      customer: row.customer,
      before: { id: row.accountId, status: 'terminated' },
      after: { id: row.accountId, name: row.name, status, numbers: had },
    })
  }
  const ended = [...endings.values()]
  await auth.letIn(
    ctx,
    ended.flatMap(({ users }) => users),
  )
  facts.push(
    ...(await agreements.resume(
      ctx,
      ended.flatMap(({ subscriptions }) => subscriptions),
    )),
  )
  await publish(ctx, ...facts)

  await agreements.move(ctx, placesOf(rows, await addonsOf(ctx, all), 1), { back: true })
}

/** What somebody else may have by now: the account's id, its extension, its IMSI. */
const taken = new Set(['accounts_account_id', 'extensions_number', 'accounts_one_imsi'])

async function revive(ctx: Ctx, ids: readonly AccountId[]): Promise<void> {
  try {
    await repo.setRestored(ctx, ids)
  } catch (error) {
    const broken = brokenConstraint(error)
    if (broken && taken.has(broken)) throw restoreTaken()
    throw error
  }
}

/** Puts numbers that the inventory has given to an account on it. */
export async function putAliases(
  ctx: Ctx,
  { account, customer }: Pick<LockedAccount, 'account' | 'customer'>,
  aliases: readonly string[],
): Promise<void> {
  if (aliases.length === 0) return
  try {
    await repo.insertAliases(
      ctx,
      aliases.map((alias) => ({ alias, account, customer })),
    )
  } catch (error) {
    if (brokenConstraint(error)?.startsWith('account_aliases')) throw aliasTaken(aliases[0]!)
    throw error
  }
}

/** Today is each customer's own. */
async function stopSubscriptions(ctx: Ctx, rows: readonly LockedAccount[]) {
  const all = { ended: [] as { id: number; account: AccountId }[], facts: [] as Fact[] }
  for (const [customer, theirs] of Map.groupBy(rows, (row) => row.customer)) {
    const endedOn = dayIn(await customers.timeZoneOf(ctx, customer), ctx.now)
    const accounts = theirs.map((row) => row.account)
    const waiting = theirs.filter((row) => row.status === 'inactive').map((row) => row.account)
    await agreements.startOver(ctx, { accounts: waiting, startedOn: endedOn })
    const { ended, facts } = await agreements.unsubscribe(ctx, { accounts, endedOn })
    all.ended.push(...ended)
    all.facts.push(...facts)
  }
  return all
}

/** The places accounts have, main products and add-ons; `n` of each. */
const placesOf = (
  rows: readonly LockedAccount[],
  addons: ReadonlyMap<number, readonly ProductId[]>,
  n: 1 | -1,
) =>
  rows.flatMap(({ account, customer, product }) =>
    [product, ...(addons.get(account) ?? [])].map((each) => ({ customer, product: each, n })),
  )

async function namesOf(
  ctx: Ctx,
  rows: readonly LockedAccount[],
  addons: ReadonlyMap<number, readonly ProductId[]>,
): Promise<Map<ProductId, string>> {
  const ids = new Set([...rows.map((row) => row.product), ...[...addons.values()].flat()])
  const products = await catalog.products(ctx, [...ids])
  return new Map(products.map(({ product, name }) => [product, name]))
}
