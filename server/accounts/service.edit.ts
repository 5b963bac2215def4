import { accountChanged, aliasAdded, aliasRemoved } from '#server/accounts/events.ts'
import * as repo from '#server/accounts/repo.lines.ts'
import type { EditAccount } from '#server/accounts/schema.ts'
import { type LockedAccount, lockFor, putAliases } from '#server/accounts/service.ends.ts'
import { aliasesOf } from '#server/accounts/service.ts'
import * as audit from '#server/audit/service.ts'
import { type Fact, publish } from '#server/events/service.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import * as numbers from '#server/numbers/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Values = Record<string, unknown>

/** What changed, and what it was: for the audit row, and told as facts. */
export type Change = Readonly<{ before: Values; after: Values; facts: readonly Fact[] }>

const nothing: Change = { before: {}, after: {}, facts: [] }

/**
 * Changes name, e-mail address, time zone and numbers of an account; what isn't said stays. One audit
 * row tells all of it, and none is written where nothing changed.
 *
 * @param beside changes what hangs on the account, after its row was locked
 * @throws conflict `numbers.not_available`, `accounts.alias_taken`; what `lockFor` refuses
 */
export async function edit(
  ctx: Ctx,
  { account: id, numbers: wanted, ...patch }: EditAccount & { of?: CustomerId },
  beside: (row: LockedAccount) => Promise<Change> = async () => nothing,
): Promise<void> {
  const [row] = await lockFor(ctx, 'edit', [id as AccountId], patch.of)
  const changes = [
    await editOwn(ctx, row!, patch),
    wanted ? await editNumbers(ctx, row!, wanted) : nothing,
    await beside(row!),
  ]
  const before: Values = Object.assign({}, ...changes.map((change) => change.before))
  const after: Values = Object.assign({}, ...changes.map((change) => change.after))
  if (Object.keys(after).length === 0) return

  await publish(ctx, ...changes.flatMap((change) => change.facts))
  await audit.done(ctx, {
    action: 'account.edit',
    entity: 'account',
    entityId: String(id),
    customer: row!.customer,
    before: { id: row!.accountId, ...before },
    after: { id: row!.accountId, ...after },
  })
}

async function editOwn(
  ctx: Ctx,
  row: LockedAccount,
  { name = row.name, email = row.email, timeZone = row.timeZone }: Partial<EditAccountOwn>,
): Promise<Change> {
  const next = { name, email: email || null, timeZone }
  const changed = (['name', 'email', 'timeZone'] as const).filter((key) => next[key] !== row[key])
  if (changed.length === 0) return nothing

  await repo.update(ctx, row.account, next)
  const pick = (from: Values) => Object.fromEntries(changed.map((key) => [key, from[key]]))
  const after = pick(next)
  return {
    before: pick(row),
    after,
    facts: [accountChanged(row.customer, row.account, row.accountId, after)],
  }
}

type EditAccountOwn = { name: string; email: string | null; timeZone: string }

/** Those that go return to the customer's pool, those that come must be in it. */
async function editNumbers(
  ctx: Ctx,
  row: LockedAccount,
  wanted: readonly string[],
): Promise<Change> {
  const { account, customer, accountId } = row
  const had = (await aliasesOf(ctx, [account])).get(account) ?? []
  const gone = had.filter((number) => !wanted.includes(number))
  const come = [...new Set(wanted)].filter((number) => !had.includes(number))
  if (gone.length + come.length === 0) return nothing

  if (gone.length > 0) {
    await numbers.unassign(ctx, { accounts: [account], only: gone })
    await repo.removeAliases(ctx, [account], gone)
  }
  await numbers.assign(ctx, { customer, numbers: come, account })
  await putAliases(ctx, row, come)
  return {
    before: { numbers: had },
    after: { numbers: [...had.filter((number) => !gone.includes(number)), ...come].sort() },
    facts: [
      ...gone.map((alias) => aliasRemoved(customer, account, accountId, alias)),
      ...come.map((alias) => aliasAdded(customer, account, accountId, alias)),
    ],
  }
}
