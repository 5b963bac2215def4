import { and, desc, eq, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { activity } from '#db/schema/activity.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

export type Wanted = Readonly<{
  customer: CustomerId
  /** Beginnings of actions, up to the point. */
  domains?: readonly string[]
  person?: number
  realms?: readonly string[]
  /** As LIKE takes it. */
  like?: string
  about?: Readonly<{ entity: string; entityId: string }>
  from?: Date
  until?: Date
  outcome?: 'done' | 'denied'
  /** The last row of the page before. */
  older?: Readonly<{ at: Date; id: number }>
  limit: number
}>

/** Newest first; at one moment by id, which two rows never share. */
export const page = (ctx: Ctx, wanted: Wanted) =>
  ctx.db
    .select({
      id: activity.id,
      at: activity.at,
      actor: activity.actor,
      realm: activity.realm,
      onBehalfOf: activity.onBehalfOf,
      action: activity.action,
      entity: activity.entity,
      entityId: activity.entityId,
      subject: activity.subject,
      name: activity.name,
      before: activity.before,
      after: activity.after,
      outcome: activity.outcome,
    })
    .from(activity)
    .where(and(eq(activity.env, ctx.env), eq(activity.customer, wanted.customer), ...which(wanted)))
    .orderBy(desc(activity.at), desc(activity.id))
    .limit(wanted.limit)

function which({ domains, person, realms, like, about, from, until, outcome, older }: Wanted) {
  return [
    domains && sql`split_part(${activity.action}, '.', 1) = any(${sql.param(domains)}::text[])`,
    person === undefined ? undefined : eq(activity.person, person),
    // A sign-in is somebody's, though the system wrote it.
    realms &&
      and(
        inArray(activity.realm, [...realms]),
        realms.includes('system') ? isNull(activity.person) : undefined,
      ),
    like === undefined
      ? undefined
      : or(sql`${activity.subject} ilike ${like}`, sql`${activity.name} ilike ${like}`),
    about && and(eq(activity.entity, about.entity), eq(activity.entityId, about.entityId)),
    from && gte(activity.at, from),
    until && lt(activity.at, until),
    outcome && eq(activity.outcome, outcome),
    older &&
      sql`(${activity.at}, ${activity.id}) < (${older.at}::timestamptz, ${older.id}::bigint)`,
  ]
}
