import { and, desc, eq, sql } from 'drizzle-orm'
import { eventStreams, events } from '#db/schema/events.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** The entity's next number. Its row stays locked until commit, so numbers follow commit order. */
export const nextSeq = (ctx: Ctx, entity: string, entityId: string) =>
  ctx.db
    .insert(eventStreams)
    .values({ env: ctx.env, entity, entityId, seq: 1 })
    .onConflictDoUpdate({
      target: [eventStreams.env, eventStreams.entity, eventStreams.entityId],
      set: { seq: sql`${eventStreams.seq} + 1` },
    })
    .returning({ seq: eventStreams.seq })

export const insert = (ctx: Ctx, row: Omit<typeof events.$inferInsert, 'env'>) =>
  ctx.db.insert(events).values({ ...row, env: ctx.env })

export const latestOf = (ctx: Ctx, customer: CustomerId, limit: number) =>
  ctx.db
    .select({
      id: events.id,
      type: events.type,
      entity: events.entity,
      entityId: events.entityId,
      payload: events.payload,
      actor: events.actor,
      at: events.at,
    })
    .from(events)
    .where(and(eq(events.env, ctx.env), eq(events.customer, customer)))
    .orderBy(desc(events.id))
    .limit(limit)
