import { type HotStatement, hot } from '#db/prepared.ts'
import { type Money, money, toDecimal } from '#server/kernel/money.ts'
import type { NewRefund, Refund, RefundState } from '#server/payments/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const columns = `
  r.id, r.i_payment as payment, r.i_customer as customer, r.amount, p.currency, r.reason, r.key,
  r.state, r.failure_code as "failureCode", r.created_at as "createdAt", r.begun_at as "begunAt",
  r.settled_at as "settledAt"`

type Row = Refund & { amount: string }

const read = (rows: Row[]): Refund[] => rows.map((row) => ({ ...row, amount: money(row.amount) }))

const insertOne: HotStatement = {
  name: 'refund_insert',
  text: `
    with r as (
      insert into refunds
        (i_env, i_payment, i_customer, amount, reason, key, state, created_at, begun_at, next_try_at)
      select $1, id, i_customer, $3, $4, $5, 'intended', $6, $7, $8
        from payments where i_env = $1 and id = $2
      returning *)
    select ${columns} from r join payments p on p.i_env = r.i_env and p.id = r.i_payment`,
}

export const insert = async (ctx: Ctx, made: NewRefund, nextTryAt: Date) =>
  read(
    await hot<Row>(ctx.db, insertOne, [
      ctx.env,
      made.payment,
      toDecimal(made.amount),
      made.reason,
      made.key,
      ctx.now,
      ctx.wall,
      nextTryAt,
    ]),
  )

const takeAmount: HotStatement = {
  name: 'refund_take',
  text: `
    update payments set refunded = refunded + $3::numeric
     where i_env = $1 and id = $2 and state = 'captured' and refunded + $3::numeric <= amount
    returning id`,
}

/** Counts an amount as given back, or finds there isn't so much left: the row is the last word. */
export const take = (ctx: Ctx, payment: number, amount: Money) =>
  hot<{ id: number }>(ctx.db, takeAmount, [ctx.env, payment, toDecimal(amount)])

const returnAmount: HotStatement = {
  name: 'refund_return',
  text: 'update payments set refunded = refunded - $3::numeric where i_env = $1 and id = $2',
}

/** It was not given back after all. */
export const untake = (ctx: Ctx, payment: number, amount: Money) =>
  hot(ctx.db, returnAmount, [ctx.env, payment, toDecimal(amount)])

const find = (name: string, where: string): HotStatement => ({
  name,
  text: `
    select ${columns} from refunds r join payments p on p.i_env = r.i_env and p.id = r.i_payment
     where r.i_env = $1 and ${where}`,
})

const findOne = find('refund_find', 'r.id = $2')
export const one = async (ctx: Ctx, refund: number) =>
  read(await hot<Row>(ctx.db, findOne, [ctx.env, refund]))

const lockOne = find('refund_lock', 'r.id = $2 for update of r')
export const lock = async (ctx: Ctx, refund: number) =>
  read(await hot<Row>(ctx.db, lockOne, [ctx.env, refund]))

const findByKey = find('refund_by_key', 'r.key = $2')
export const withKey = async (ctx: Ctx, key: string) =>
  read(await hot<Row>(ctx.db, findByKey, [ctx.env, key]))

const findOfPayment = find('refunds_of_payment', 'r.i_payment = $2 order by r.id')
export const ofPayment = async (ctx: Ctx, payment: number) =>
  read(await hot<Row>(ctx.db, findOfPayment, [ctx.env, payment]))

const takeDue: HotStatement = {
  name: 'refunds_take_due',
  text: `
    update refunds set next_try_at = $3
     where i_env = $1 and id in (
       select id from refunds where i_env = $1 and next_try_at <= $2
        order by next_try_at limit $4 for update skip locked)
    returning id`,
}

/** Takes up refunds whose time has come; those another node is at are left to it. */
export const due = (ctx: Ctx, leasedUntil: Date, n: number) =>
  hot<{ id: number }>(ctx.db, takeDue, [ctx.env, ctx.wall, leasedUntil, n])

const noteNews: HotStatement = {
  name: 'refund_note',
  text: `
    update refunds
       set state = $3, gateway_ref = coalesce($4, gateway_ref), failure_code = $5, settled_at = $6,
           next_try_at = $7
     where i_env = $1 and id = $2`,
}

type News = Readonly<{
  state: RefundState
  gatewayRef?: string
  failureCode?: string
  settledAt: Date | null
  nextTryAt: Date | null
}>

export const note = (ctx: Ctx, refund: number, told: News) =>
  hot(ctx.db, noteNews, [
    ctx.env,
    refund,
    told.state,
    told.gatewayRef,
    told.failureCode,
    told.settledAt,
    told.nextTryAt,
  ])
