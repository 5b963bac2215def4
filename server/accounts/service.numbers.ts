import { moveRefused, tooManyNumbers } from '#server/accounts/errors.ts'
import { aliasAdded, aliasRemoved } from '#server/accounts/events.ts'
import * as repo from '#server/accounts/repo.lines.ts'
import { type MoveNumbers, mostNumbers, whyNotLeave } from '#server/accounts/schema.numbers.ts'
import { type LockedAccount, lockFor, putAliases } from '#server/accounts/service.ends.ts'
import { aliasesOf } from '#server/accounts/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { publish } from '#server/events/service.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import * as places from '#server/numbers/service.places.ts'
import * as numbers from '#server/numbers/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/**
 * Moves numbers of mine to one of my accounts, or back to my free ones: all of them or none, and
 * never is one on two. Those that are there already stay.
 *
 * @throws conflict `numbers.not_available`, `numbers.moved`, `accounts.called_by_number`,
 *   `accounts.too_many_numbers`; what `lockFor` refuses
 */
export async function moveNumbers(ctx: Ctx, input: MoveNumbers): Promise<void> {
  demand(ctx.actor, 'numbers:write')
  const customer = ctx.actor.customer as CustomerId
  const to = input.to as AccountId | null
  const seen = await places.holders(ctx, customer, [...new Set(input.numbers)])
  const moving = [...seen].filter(([, account]) => account !== to)
  const from = [...new Set(moving.flatMap(([, account]) => account ?? []))]

  // Accounts first, numbers after them, as everybody does who changes both.
  const involved = to === null ? from : [...from, to]
  const rows = await lockFor(ctx, 'edit', involved, customer)
  await places.lockHolders(ctx, customer, seen)
  const byId = new Map(rows.map((row) => [row.account, row]))
  const had = await aliasesOf(ctx, involved)
  for (const [number, account] of moving) {
    const rule = whyNotLeave(number, (account && byId.get(account)) ?? null, ctx.actor.realm)
    if (rule) throw moveRefused(rule)
  }
  const held = to === null ? 0 : (had.get(to)?.length ?? 0) + moving.length
  if (held > mostNumbers) throw tooManyNumbers(byId.get(to!)!.accountId, mostNumbers)
  if (moving.length === 0) return

  const all = moving.map(([number]) => number)
  const gone = moving.flatMap(([number, account]) => (account === null ? [] : [number]))
  await numbers.unassign(ctx, { accounts: from, only: gone })
  await repo.removeAliases(ctx, from, gone)
  if (to !== null) {
    await numbers.assign(ctx, { customer, numbers: all, account: to })
    await putAliases(ctx, byId.get(to)!, all)
  }

  await publish(
    ctx,
    ...moving.flatMap(([number, account]) => {
      const was = account && byId.get(account)
      return was ? [aliasRemoved(customer, was.account, was.accountId, number)] : []
    }),
    ...(to === null
      ? []
      : all.map((number) => aliasAdded(customer, to, byId.get(to)!.accountId, number))),
  )
  for (const row of rows) await auditNumbers(ctx, row, had.get(row.account) ?? [], { all, to })
}

/** One audit row an account: what reached it, and what does now. */
const auditNumbers = (
  ctx: Ctx,
  { account, accountId: id, customer }: LockedAccount,
  had: readonly string[],
  { all, to }: { all: readonly string[]; to: AccountId | null },
) =>
  audit.done(ctx, {
    action: 'account.move_numbers',
    entity: 'account',
    entityId: String(account),
    customer,
    before: { id, numbers: had },
    after: {
      id,
      numbers: [
        ...had.filter((number) => !all.includes(number)),
        ...(account === to ? all : []),
      ].sort(),
    },
  })
