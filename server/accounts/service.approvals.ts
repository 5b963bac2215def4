import { accountActivated } from '#server/accounts/events.ts'
import * as repo from '#server/accounts/repo.approvals.ts'
import type { Activate, Reject } from '#server/accounts/schema.admin.ts'
import { endMany, type LockedAccount, lockFor } from '#server/accounts/service.ends.ts'
import * as agreements from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/**
 * Lets accounts that wait begin, all or none of them. What they are charged by begins today: nobody
 * pays for waiting.
 *
 * @throws not_found `accounts.not_found`, conflict `accounts.wrong_state`
 */
export async function activate(ctx: Ctx, input: Activate): Promise<void> {
  demand(ctx.actor, 'approvals:write')
  const rows = await lockFor(ctx, 'activate', input.accounts as AccountId[])
  await lookedAfter(ctx, rows)

  await repo.setActive(
    ctx,
    rows.map((row) => row.account),
  )
  for (const [customer, theirs] of Map.groupBy(rows, (row) => row.customer)) {
    const startedOn = dayIn(await customers.timeZoneOf(ctx, customer), ctx.now)
    const accounts = theirs.map((row) => row.account)
    await agreements.startOver(ctx, { accounts, startedOn })
  }
  await publish(
    ctx,
    ...rows.map(({ customer, account, accountId, name }) =>
      accountActivated(customer, account, { id: accountId, name }),
    ),
  )
  for (const { customer, account, accountId: id } of rows) {
    await audit.done(ctx, {
      action: 'account.activate',
      entity: 'account',
      entityId: String(account),
      customer,
      before: { id, status: 'inactive' },
      after: { id, status: 'active' },
    })
  }
}

/**
 * Refuses accounts that wait, all or none of them: they end, their places are free again, nothing is
 * charged, and their customer reads the reason. They can't be brought back, but added anew.
 *
 * @throws not_found `accounts.not_found`, conflict `accounts.wrong_state`
 */
export async function reject(ctx: Ctx, { accounts, reason }: Reject): Promise<void> {
  demand(ctx.actor, 'approvals:write')
  const ids = accounts as AccountId[]
  await lookedAfter(ctx, await lockFor(ctx, 'reject', ids))
  await endMany(ctx, ids, { reason, move: 'reject' })
  await repo.setRejected(ctx, ids, reason)
}

/** A reseller sees its own accounts, too, and they wait for the provider. */
async function lookedAfter(ctx: Ctx, rows: readonly LockedAccount[]): Promise<void> {
  const theirs = new Set(rows.map((row) => row.customer))
  for (const customer of theirs) await customers.inCharge(ctx, customer as CustomerId)
}
