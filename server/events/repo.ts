import { and, desc, eq } from 'drizzle-orm'
import { type Bound, type HotStatement, hot } from '#db/prepared.ts'
import { events } from '#db/schema/events.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Written = Readonly<{
  entity: string
  entityId: string
  type: string
  payload: Record<string, unknown>
  customer: number | null
}>

const append: HotStatement = {
  name: 'events_append',
  text: `
    with facts as (
      select * from jsonb_to_recordset($2::jsonb)
        as f(n int, entity text, entity_id text, type text, payload jsonb, customer int)
    ), counts as (
      select entity, entity_id, count(*)::int as added from facts group by 1, 2
    ), streams as (
      insert into event_streams (i_env, entity, entity_id, seq)
      select $1, entity, entity_id, added from counts order by entity, entity_id
      on conflict (i_env, entity, entity_id) do update set seq = event_streams.seq + excluded.seq
      returning entity, entity_id, seq
    )
    insert into events (i_env, entity, entity_id, seq, type, payload, i_customer, actor, request_id, at)
    select $1, f.entity, f.entity_id,
           s.seq - c.added + row_number() over (partition by f.entity, f.entity_id order by f.n),
           f.type, f.payload, f.customer, $3, $4, $5
      from facts f join counts c using (entity, entity_id) join streams s using (entity, entity_id)
     order by f.n`,
}

/**
 * Appends facts to their entities' streams. A stream's row is locked until commit, so its numbers
 * follow commit order without a gap; rows are taken in one order, so that two writers never wait for
 * each other in a circle.
 */
export const insert = (ctx: Ctx, facts: readonly Written[]): Bound => ({
  ...append,
  values: [
    ctx.env,
    JSON.stringify(facts.map(({ entityId, ...fact }, n) => ({ ...fact, n, entity_id: entityId }))),
    ctx.actor.name,
    ctx.requestId,
    ctx.now,
  ],
})

const touched: HotStatement = {
  name: 'events_touched',
  text: `
    select distinct entity_id as "entityId" from events
     where i_env = $1 and entity = $2 and entity_id = any($3::text[]) and request_id <> $4`,
}

/** Entities that another request has told of. */
export const touchedByOthers = (
  ctx: Ctx,
  entity: string,
  ids: readonly string[],
  requestId: string,
) => hot<{ entityId: string }>(ctx.db, touched, [ctx.env, entity, ids, requestId])

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
