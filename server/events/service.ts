import { demand } from '#server/auth/rights.ts'
import * as repo from '#server/events/repo.ts'
import type { Happening } from '#server/events/schema.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { gather } from '#server/runtime/gather.ts'

/** Something that became true. The payload is a snapshot for our own log and never holds a secret. */
export type Fact = Readonly<{
  type: string
  entity: string
  entityId: string | number
  customer: CustomerId | null
  payload: Record<string, unknown>
}>

/**
 * Writes facts to the outbox, in the transaction that makes them true: at its end, so that an
 * entity's stream is locked no longer than it must be. Each gets the next number of its entity, in
 * the order given.
 */
export async function publish(ctx: Ctx, ...facts: Fact[]): Promise<void> {
  gather(
    ctx,
    repo.insert,
    facts.map((fact) => ({ ...fact, entityId: String(fact.entityId) })),
  )
}

/** Of some entities, those that anything happened to but in one request. */
export async function touchedByOthers(
  ctx: Ctx,
  { entity, ids, requestId }: { entity: string; ids: readonly number[]; requestId: string },
): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await repo.touchedByOthers(ctx, entity, ids.map(String), requestId)
  return rows.map(({ entityId }) => Number(entityId))
}

/** What happened to me, newest first. */
export async function mine(ctx: Ctx, { limit }: { limit: number }): Promise<Happening[]> {
  demand(ctx.actor, 'customer:read')
  const rows = await repo.latestOf(ctx, ctx.actor.customer as CustomerId, limit)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
