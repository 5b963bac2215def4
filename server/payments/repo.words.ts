import { type HotStatement, hot } from '#db/prepared.ts'
import type { GatewayName, Word } from '#server/payments/gateway.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const keepOne: HotStatement = {
  name: 'gateway_event_keep',
  text: `
    insert into gateway_events (i_env, gateway, event, type, i_payment, received_at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (i_env, gateway, event) do update set type = gateway_events.type
    returning looked_at is not null as looked`,
}

/** One row a word, however often it is sent; whether somebody has looked because of it. */
export const keep = (ctx: Ctx, gateway: GatewayName, { event, type }: Word, payment: number) =>
  hot<{ looked: boolean }>(ctx.db, keepOne, [ctx.env, gateway, event, type, payment, ctx.wall])

const markOne: HotStatement = {
  name: 'gateway_event_looked',
  text: `
    update gateway_events set looked_at = $4
     where i_env = $1 and gateway = $2 and event = $3 and looked_at is null`,
}

export const markLooked = (ctx: Ctx, gateway: GatewayName, event: string) =>
  hot(ctx.db, markOne, [ctx.env, gateway, event, ctx.wall])

const hastenPayment: HotStatement = {
  name: 'payment_hasten',
  text: `
    update payments set next_try_at = $3
     where i_env = $1 and id = $2 and settled_at is null and next_try_at > $3`,
}

/** Recovery looks at it now, if it was going to. */
export const hasten = (ctx: Ctx, payment: number) =>
  hot(ctx.db, hastenPayment, [ctx.env, payment, ctx.wall])

const hastenOfPayment: HotStatement = {
  name: 'refunds_hasten',
  text: `
    update refunds set next_try_at = $3
     where i_env = $1 and i_payment = $2 and settled_at is null and next_try_at > $3`,
}

export const hastenRefunds = (ctx: Ctx, payment: number) =>
  hot(ctx.db, hastenOfPayment, [ctx.env, payment, ctx.wall])

const forgetOld: HotStatement = {
  name: 'gateway_events_forget',
  text: 'delete from gateway_events where i_env = $1 and received_at < $2',
}

export const forget = (ctx: Ctx, before: Date) => hot(ctx.db, forgetOld, [ctx.env, before])
