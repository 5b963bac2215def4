import { type HotStatement, hot } from '#db/prepared.ts'
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
      (i_env, at, realm, actor, i_user, on_behalf_of, i_customer, action, entity, entity_id, before, after, outcome, ip, request_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
}

export const insert = (ctx: Ctx, row: AuditRow) =>
  hot(ctx.db, statement, [
    ctx.env,
    ctx.now,
    ctx.actor.realm,
    ctx.actor.name,
    ctx.actor.user,
    row.onBehalfOf,
    row.customer,
    row.action,
    row.entity,
    row.entityId,
    row.before && JSON.stringify(row.before),
    row.after && JSON.stringify(row.after),
    row.outcome,
    ctx.actor.ip,
    ctx.requestId,
  ])
