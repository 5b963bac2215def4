import { freeDays } from '#server/accounts/blocks.ts'
import {
  accountBlocked,
  accountUnblocked,
  blockCancelled,
  blockChanged,
  blockPlanned,
} from '#server/accounts/events.ts'
import type { Placer } from '#server/accounts/schema.blocks.ts'
import type { Moved } from '#server/accounts/service.blocks.ts'
import * as audit from '#server/audit/service.ts'
import * as customers from '#server/customers/service.ts'
import { type Fact, publish } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { notify } from '#server/mail/service.notices.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** What became true of a line, for whoever mirrors it. */
export function factsOf({ before, after, on }: Moved): Fact[] {
  const { account, customer, accountId: id } = before
  const facts = after.turns.map(({ kind, stretch }) =>
    kind === 'began'
      ? accountBlocked(customer, account, {
          id,
          by: stretch.by,
          reason: stretch.reason,
          until: stretch.endsAt,
        })
      : accountUnblocked(customer, account, id),
  )
  if (!on || facts.length > 0) return facts

  const { by, reason, startsAt: from, endsAt: until } = on
  const told = { planned: blockPlanned, running: blockChanged, cancelled: blockCancelled } as const
  const { state } = on
  return state === 'over' ? [] : [told[state](customer, account, { id, by, reason, from, until })]
}

/** An event and an audit row a line: what was asked of it, and what it was before and is after. */
export async function tellOfBlocks(
  ctx: Ctx,
  { action, by, customer }: Readonly<{ action: string; by: Placer; customer: CustomerId }>,
  moved: readonly Moved[],
): Promise<void> {
  const onBehalfOf = by === 'admin' ? (await customers.find(ctx, customer)).name : undefined
  if (onBehalfOf) await tellPeople(ctx, { action, customer, name: onBehalfOf }, moved)
  await publish(ctx, ...moved.flatMap(factsOf))
  for (const { before, after, on } of moved) {
    await audit.done(ctx, {
      action,
      entity: 'account',
      entityId: String(before.account),
      customer,
      onBehalfOf,
      before: { status: before.status, blockedBy: before.blockedBy },
      after: {
        id: before.accountId,
        status: after.line.status,
        blockedBy: after.line.blockedBy,
        ...(on && {
          reason: on.reason,
          from: on.startsAt,
          until: on.endsAt,
          freeDays: freeDays(on),
        }),
      },
    })
  }
}

/** What an administrator did, the company's people hear of. */
async function tellPeople(
  ctx: Ctx,
  { action, ...company }: Readonly<{ action: string; customer: CustomerId; name: string }>,
  moved: readonly Moved[],
): Promise<void> {
  const [first] = moved
  if (!first) return
  const planned = first.on?.state === 'planned'
  const changes = {
    'account.block': planned ? 'planned' : 'blocked',
    'account.unblock': 'unblocked',
    'account.block_cancel': 'cancelled',
  } as const
  await notify(ctx, company, {
    kind: 'line_blocked',
    change: changes[action as keyof typeof changes],
    lines: moved.map(({ before }) => before.accountId),
    reason: action === 'account.block' ? first.on?.reason : undefined,
  })
}
