import { type Bound, type HotStatement, hot, insertOf, run } from '#db/prepared.ts'
import { payments } from '#db/schema/payments.ts'
import { money } from '#server/kernel/money.ts'
import type { Payment, PaymentNews, PaymentPurpose } from '#server/payments/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const insertOne = insertOf(
  payments,
  [
    'env',
    'gateway',
    'purpose',
    'customer',
    'invoice',
    'method',
    'key',
    'amount',
    'currency',
    'state',
    'nextTryAt',
    'createdAt',
    'begunAt',
  ],
  'id as payment',
)

export const insert = (ctx: Ctx, row: Omit<Parameters<typeof insertOne>[0], 'env'>) =>
  run<{ payment: number }>(ctx.db, insertOne({ ...row, env: ctx.env }))

const noteNews: HotStatement = {
  name: 'payment_note',
  text: `
    update payments
       set state = $3, intent_ref = coalesce($4, intent_ref), i_customer = coalesce($5, i_customer),
           decline_code = coalesce($6, decline_code), brand = coalesce($7, brand),
           last4 = coalesce($8, last4), exp_month = coalesce($9, exp_month),
           exp_year = coalesce($10, exp_year), fingerprint = coalesce($11, fingerprint),
           settled_at = coalesce($12, settled_at),
           next_try_at = case when $13 then $14 else next_try_at end
     where i_env = $1 and id = $2`,
}

/** What isn't told stays as it was. */
export const note = (
  ctx: Ctx,
  payment: number,
  { card, nextTryAt, ...told }: PaymentNews,
  settledAt?: Date,
): Bound => ({
  ...noteNews,
  values: [
    ctx.env,
    payment,
    told.state,
    told.intentRef,
    told.customer,
    told.declineCode,
    card?.brand,
    card?.last4,
    card?.expMonth,
    card?.expYear,
    card?.fingerprint,
    settledAt,
    nextTryAt !== undefined,
    nextTryAt,
  ],
})

const columns = `
  id, i_customer as customer, gateway, purpose, i_invoice as invoice, i_payment_method as method,
  key, intent_ref as "intentRef", amount, refunded, currency, state, decline_code as "declineCode",
  brand, last4, fingerprint, fence, next_try_at as "nextTryAt", created_at as "createdAt",
  begun_at as "begunAt", settled_at as "settledAt"`

type Row = Payment & { amount: string; refunded: string }

const read = (rows: Row[]): Payment[] =>
  rows.map((row) => ({ ...row, amount: money(row.amount), refunded: money(row.refunded) }))

const findOne: HotStatement = {
  name: 'payment_find',
  text: `select ${columns} from payments where i_env = $1 and id = $2`,
}

export const find = async (ctx: Ctx, payment: number) =>
  read(await hot<Row>(ctx.db, findOne, [ctx.env, payment]))

const lockOne: HotStatement = { name: 'payment_lock', text: `${findOne.text} for update` }

export const lock = async (ctx: Ctx, payment: number) =>
  read(await hot<Row>(ctx.db, lockOne, [ctx.env, payment]))

const findByKey: HotStatement = {
  name: 'payment_by_key',
  text: `select ${columns} from payments where i_env = $1 and key = $2`,
}

export const withKey = async (ctx: Ctx, key: string) =>
  read(await hot<Row>(ctx.db, findByKey, [ctx.env, key]))

const findOfCustomer: HotStatement = {
  name: 'payments_of_customer',
  text: `
    select ${columns} from payments
     where i_env = $1 and i_customer = $2 and ($3::int is null or id < $3)
     order by id desc limit $4`,
}

/** Newest first, those before one of them. */
export const ofCustomer = async (ctx: Ctx, customer: number, before: number | null, n: number) =>
  read(await hot<Row>(ctx.db, findOfCustomer, [ctx.env, customer, before, n]))

const takeDue: HotStatement = {
  name: 'payments_take_due',
  text: `
    update payments set fence = fence + 1, next_try_at = $4
     where i_env = $1 and id in (
       select id from payments
        where i_env = $1 and next_try_at <= $3 and purpose = any ($2)
        order by next_try_at limit $5 for update skip locked)
    returning ${columns}`,
}

/** Takes up payments whose time has come by the machine's clock, as gateways' is; those another node is at are left to it. */
export const due = async (
  ctx: Ctx,
  purposes: readonly PaymentPurpose[],
  leasedUntil: Date,
  n: number,
) => read(await hot<Row>(ctx.db, takeDue, [ctx.env, purposes, ctx.wall, leasedUntil, n]))
