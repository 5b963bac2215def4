import { and, desc, eq } from 'drizzle-orm'
import type { Bound, HotStatement } from '#db/prepared.ts'
import { auditRows } from '#db/schema/audit.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

export type AuditRow = Readonly<{
  customer: number | null
  onBehalfOf?: string
  action: string
  entity: string
  entityId: string
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  outcome: 'done' | 'denied'
}>

const statement: HotStatement = {
  name: 'audit_insert',
  text: `
    insert into audit_rows
      (i_env, at, realm, actor, i_user, ip, request_id, on_behalf_of, i_customer, action, entity, entity_id, before, after, outcome)
    select $1, $2, $3, $4, $5, $6, $7,
           case when $3 in ('admin', 'reseller') and a.customer is distinct from $9::int
                then coalesce(a.on_behalf_of, customer_name(a.customer)) else a.on_behalf_of end,
           a.customer, a.action, a.entity, a.entity_id, a.before, a.after, a.outcome
      from jsonb_to_recordset($8::jsonb)
        as a(n int, on_behalf_of text, customer int, action text, entity text, entity_id text, before jsonb, after jsonb, outcome text)
     order by a.n`,
}

/** In the order given. Where an administrator acted for a customer, the row names both. */
export const insert = (ctx: Ctx, rows: readonly AuditRow[]): Bound => ({
  ...statement,
  values: [
    ctx.env,
    ctx.now,
    ctx.actor.realm,
    ctx.actor.name,
    ctx.actor.user,
    ctx.actor.ip,
    ctx.requestId,
    JSON.stringify(
      rows.map(({ onBehalfOf, entityId, ...row }, n) => ({
        ...row,
        n,
        on_behalf_of: onBehalfOf,
        entity_id: entityId,
      })),
    ),
    ctx.actor.customer,
  ],
})

/** What was done to one entity, newest first. */
export const ofEntity = (ctx: Ctx, entity: string, entityId: string, limit: number) =>
  ctx.db
    .select({
      id: auditRows.id,
      at: auditRows.at,
      actor: auditRows.actor,
      realm: auditRows.realm,
      action: auditRows.action,
      before: auditRows.before,
      after: auditRows.after,
    })
    .from(auditRows)
    .where(
      and(
        eq(auditRows.env, ctx.env),
        eq(auditRows.entity, entity),
        eq(auditRows.entityId, entityId),
        eq(auditRows.outcome, 'done'),
      ),
    )
    .orderBy(desc(auditRows.id))
    .limit(limit)
