import { type Bound, type HotStatement, hot, run } from '#db/prepared.ts'
import type { CardFacts, GatewayName } from '#server/payments/gateway.ts'
import type { PaymentMethod } from '#server/payments/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

export type NewMethod = Readonly<
  CardFacts & { customer: number; gateway: GatewayName; gatewayRef: string }
>

const keepOne: HotStatement = {
  name: 'payment_method_keep',
  text: `
    insert into payment_methods
      (i_env, i_customer, gateway, gateway_ref, brand, last4, exp_month, exp_year, fingerprint,
       created_at, is_default)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, not exists (
      select from payment_methods where i_env = $1 and i_customer = $2 and is_default))
    on conflict on constraint payment_methods_ref do update
      set removed_at = null, forgotten_at = null, forget_next_at = null, forget_tries = 0,
          is_default = payment_methods.is_default or excluded.is_default`,
}

/** A customer's first card pays what is due. The same card told of again is the card it is. */
export const keep = (ctx: Ctx, card: NewMethod): Bound => ({
  ...keepOne,
  values: [
    ctx.env,
    card.customer,
    card.gateway,
    card.gatewayRef,
    card.brand,
    card.last4,
    card.expMonth,
    card.expYear,
    card.fingerprint,
    ctx.now,
  ],
})

export const keepNow = (ctx: Ctx, card: NewMethod) => run(ctx.db, keep(ctx, card))

const columns = `
  id, i_customer as customer, gateway, gateway_ref as "gatewayRef", brand, last4,
  exp_month as "expMonth", exp_year as "expYear", fingerprint, is_default as "isDefault",
  created_at as "createdAt"`

const findAll: HotStatement = {
  name: 'payment_methods_of',
  text: `
    select ${columns} from payment_methods
     where i_env = $1 and i_customer = $2 and removed_at is null
     order by is_default desc, id desc`,
}

/** Those on file, the one that pays first. */
export const ofCustomer = (ctx: Ctx, customer: number) =>
  hot<PaymentMethod>(ctx.db, findAll, [ctx.env, customer])

const findOne: HotStatement = {
  name: 'payment_method_find',
  text: `select ${columns} from payment_methods where i_env = $1 and id = $2`,
}

/** On file or not any more. */
export const find = (ctx: Ctx, method: number) =>
  hot<PaymentMethod>(ctx.db, findOne, [ctx.env, method])

const lockCustomer: HotStatement = {
  name: 'payment_methods_lock',
  text: `select pg_advisory_xact_lock(hashtextextended('payment_methods:' || $1::int, $2::int))`,
}

/** Until the commit nobody else changes which cards this customer has; also where it has none. */
export const lock = (ctx: Ctx, customer: number) => hot(ctx.db, lockCustomer, [customer, ctx.env])

const removeOthers: HotStatement = {
  name: 'payment_methods_remove_others',
  text: `
    update payment_methods set is_default = false, removed_at = $5
     where i_env = $1 and i_customer = $2 and removed_at is null
       and (gateway, gateway_ref) <> ($3, $4)`,
}

export const removeAllBut = (ctx: Ctx, card: NewMethod) =>
  hot(ctx.db, removeOthers, [ctx.env, card.customer, card.gateway, card.gatewayRef, ctx.now])

const takeThoseExpiring: HotStatement = {
  name: 'payment_methods_take_expiring',
  text: `
    update payment_methods set expiry_told_at = $4
     where i_env = $1 and id in (
       select id from payment_methods
        where i_env = $1 and is_default and expiry_told_at is null and (exp_year, exp_month) <= ($2, $3)
        order by id limit $5 for no key update skip locked)
    returning ${columns}`,
}

export const takeExpiring = (ctx: Ctx, year: number, month: number, n: number) =>
  hot<PaymentMethod>(ctx.db, takeThoseExpiring, [ctx.env, year, month, ctx.now, n])

const takeThoseToForget: HotStatement = {
  name: 'payment_methods_take_to_forget',
  text: `
    update payment_methods
       set forget_tries = least(forget_tries + 1, 30),
           forget_next_at = $2::timestamptz
             + least(interval '1 minute' * power(2, least(forget_tries, 11)), interval '1 day')
     where i_env = $1 and id in (
       select m.id from payment_methods m
        where m.i_env = $1 and m.removed_at is not null and m.forgotten_at is null
          and (m.forget_next_at is null or m.forget_next_at <= $2)
          and not exists (
            select from payments p
             where p.i_env = $1 and p.i_customer = m.i_customer and p.i_payment_method = m.id
               and p.state in ('intended', 'requires_action', 'authorized'))
        order by m.forget_next_at nulls first, m.id limit $3 for no key update skip locked)
    returning ${columns}`,
}

/**
 * Takes up cards that are off the file and that their gateway still has, but for those a payment under
 * way is paid with. They are taken up again after a minute, two, four, in the end a day.
 */
export const takeToForget = (ctx: Ctx, n: number) =>
  hot<PaymentMethod>(ctx.db, takeThoseToForget, [ctx.env, ctx.wall, n])

const markOneForgotten: HotStatement = {
  name: 'payment_method_forgotten',
  text: `
    update payment_methods set forgotten_at = $3, forget_next_at = null
     where i_env = $1 and id = $2 and removed_at is not null and forgotten_at is null`,
}

export const markForgotten = (ctx: Ctx, method: number) =>
  hot(ctx.db, markOneForgotten, [ctx.env, method, ctx.now])
