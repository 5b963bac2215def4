import { accountActivated } from '#server/accounts/events.ts'
import * as repo from '#server/accounts/repo.approvals.ts'
import type { Activate, Reject } from '#server/accounts/schema.admin.ts'
import { endMany, lockFor } from '#server/accounts/service.ends.ts'
import * as agreements from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { AccountId } from '#server/kernel/ids.ts'
import { notify } from '#server/mail/service.notices.ts'
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

  for (const [customer, theirs] of Map.groupBy(rows, (row) => row.customer)) {
    const { name: onBehalfOf, timeZone } = await customers.inCharge(ctx, customer)
    const accounts = theirs.map((row) => row.account)
    await repo.setActive(ctx, accounts)
    await agreements.startOver(ctx, { accounts, startedOn: dayIn(timeZone, ctx.now) })
    await publish(
      ctx,
      ...theirs.map(({ account, accountId: id, name }) =>
        accountActivated(customer, account, { id, name }),
      ),
    )
    await notify(
      ctx,
      { customer, name: onBehalfOf },
      { kind: 'line_decided', decision: 'approved', lines: theirs.map((row) => row.accountId) },
    )
    for (const { account, accountId: id } of theirs) {
      await audit.done(ctx, {
        action: 'account.activate',
        entity: 'account',
        entityId: String(account),
        customer,
        onBehalfOf,
        before: { id, status: 'inactive' },
        after: { id, status: 'active' },
      })
    }
  }
}

/**
 * Refuses accounts that wait, all or none of them: they end, their places are free again, nothing is
 * charged, and their customer reads the reason. They can't be brought back, but added anew.
 *
 * @throws not_found `accounts.not_found`, conflict `accounts.wrong_state`
 */
export async function reject(ctx: Ctx, input: Reject): Promise<void> {
  demand(ctx.actor, 'approvals:write')
  const { reason } = input
  const rows = await lockFor(ctx, 'reject', input.accounts as AccountId[])

  for (const [customer, theirs] of Map.groupBy(rows, (row) => row.customer)) {
    // A reseller sees its own accounts, too, and they wait for the provider.
    const { name: onBehalfOf } = await customers.inCharge(ctx, customer)
    const ids = theirs.map((row) => row.account)
    await endMany(ctx, ids, { reason, move: 'reject', onBehalfOf })
    await repo.setRejected(ctx, ids, reason)
    const lines = theirs.map((row) => row.accountId)
    await notify(
      ctx,
      { customer, name: onBehalfOf },
      { kind: 'line_decided', decision: 'rejected', lines, reason },
    )
  }
}
