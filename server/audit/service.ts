import * as repo from '#server/audit/repo.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { gather } from '#server/runtime/gather.ts'

/** What somebody did, or tried to. `before` and `after` hold what changed and never a secret. */
export type Act = Readonly<{
  action: string
  entity: string
  entityId: string
  /** Whose Activity shows it; the actor's own customer unless said. */
  customer?: CustomerId | null
  /** The customer an administrator did it for, by name: the row then names both. */
  onBehalfOf?: string
  before?: Record<string, unknown>
  after?: Record<string, unknown>
}>

const row = (ctx: Ctx, act: Act, outcome: 'done' | 'denied') => ({
  ...act,
  customer: act.customer ?? ctx.actor.customer ?? null,
  outcome,
})

/** One row a mutation, written in its transaction: undone with it, too. */
export const done = async (ctx: Ctx, act: Act): Promise<void> =>
  gather(ctx, repo.insert, [row(ctx, act, 'done')])

/** An attempt that was refused; in a unit of work of its own, or it would vanish with the refusal. */
export const denied = async (ctx: Ctx, act: Act): Promise<void> =>
  gather(ctx, repo.insert, [row(ctx, act, 'denied')])

/** What was done to one entity, newest first, as far as the reader may see it. */
export const ofEntity = (
  ctx: Ctx,
  of: Readonly<{ entity: string; entityId: string; limit: number }>,
) => repo.ofEntity(ctx, of.entity, of.entityId, of.limit)
