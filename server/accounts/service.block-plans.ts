import { advance } from '#server/accounts/blocks.ts'
import * as repo from '#server/accounts/repo.blocks.ts'
import { factsOf } from '#server/accounts/service.block-history.ts'
import { write } from '#server/accounts/service.block-writes.ts'
import { withStretches } from '#server/accounts/service.blocks.ts'
import * as audit from '#server/audit/service.ts'
import { publish } from '#server/events/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** Of one transaction: few enough that it is over before anybody waits for it. */
const atOnce = 500

/**
 * Begins and ends what is due in an environment, at the instants it was planned for. Any number of
 * workers may do it at once, as late and as often as they like: an account is with one of them, and
 * what has been done is no longer due.
 *
 * @returns how many accounts were blocked, unblocked, or handed on
 */
export async function applyDueBlocks(edge: Edge): Promise<number> {
  let all = 0
  let after = 0
  for (let more = true; more; ) {
    const { applied, last, full } = await unitOfWork(edge, (ctx) => applySome(ctx, after))
    all += applied
    after = last
    more = full
  }
  return all
}

async function applySome(ctx: Ctx, after: number) {
  const rows = await repo.lockDue(ctx, after, atOnce)
  const lines = await withStretches(ctx, rows)
  const moved = lines
    .map((before) => ({ before, after: advance(before, ctx.now) }))
    .filter(({ before, after: { line } }) =>
      line.stretches.some((one) => !before.stretches.includes(one)),
    )

  await write(ctx, moved)
  await publish(ctx, ...moved.flatMap(factsOf))
  for (const { before, after: to } of moved) {
    await audit.done(ctx, {
      action: 'account.block_apply',
      entity: 'account',
      entityId: String(before.account),
      customer: before.customer,
      before: { status: before.status, blockedBy: before.blockedBy },
      after: {
        id: before.accountId,
        status: to.line.status,
        blockedBy: to.line.blockedBy,
        reason: to.turns.at(-1)?.stretch.reason,
      },
    })
  }
  return {
    applied: moved.length,
    last: rows.at(-1)?.account ?? after,
    full: rows.length === atOnce,
  }
}
