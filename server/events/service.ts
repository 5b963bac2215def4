import { demand } from '#server/auth/rights.ts'
import * as repo from '#server/events/repo.ts'
import type { Happening } from '#server/events/schema.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Something that became true. The payload is a snapshot for our own log and never holds a secret. */
export type Fact = Readonly<{
  type: string
  entity: string
  entityId: string | number
  customer: CustomerId | null
  payload: Record<string, unknown>
}>

/**
 * Writes facts to the outbox, in the transaction that makes them true. Each gets the next number of
 * its entity; facts of several entities are numbered in one order, so that two writers never wait
 * for each other in a circle.
 */
export async function publish(ctx: Ctx, ...facts: Fact[]): Promise<void> {
  const ordered = facts
    .map((fact) => ({ ...fact, entityId: String(fact.entityId) }))
    .sort((a, b) => compare(a.entity, b.entity) || compare(a.entityId, b.entityId))
  for (const fact of ordered) {
    const [stream] = await repo.nextSeq(ctx, fact.entity, fact.entityId)
    await repo.insert(ctx, {
      ...fact,
      seq: stream!.seq,
      actor: ctx.actor.name,
      requestId: ctx.requestId,
      at: ctx.now,
    })
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** What happened to me, newest first. */
export async function mine(ctx: Ctx, { limit }: { limit: number }): Promise<Happening[]> {
  demand(ctx.actor, 'customer:read')
  const rows = await repo.latestOf(ctx, ctx.actor.customer as CustomerId, limit)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
