import { type HotStatement, hot } from '#db/prepared.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, SubscriptionId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** A subscription as a bill sees it. */
export type Billable = Readonly<{
  id: number
  customer: CustomerId
  account: AccountId | null
  /** The product that brought it; null where the customer holds it itself. */
  product: number | null
  subscription: SubscriptionId
  anchor: CivilDate
  startedOn: CivilDate
  endedOn: CivilDate | null
  chargedUntil: CivilDate
}>

const billableOf: HotStatement = {
  name: 'agreement_billable',
  text: `
    select s.id, s.i_customer as customer, s.i_account as account, s.i_subscription as subscription,
           s.i_product as product, s.anchor::text, s.started_on::text as "startedOn", s.ended_on::text as "endedOn",
           s.charged_until::text as "chargedUntil"
      from billable_subscriptions s
      join unnest($2::int[], $3::date[]) as c (id, since) on s.i_customer = c.id
     where s.i_env = $1
       and (s.ended_on is null or s.ended_on >= c.since or s.ended_on > s.charged_until)
     order by s.i_customer, s.i_account nulls first, s.id`,
}

/** What each of these customers may owe something for since a day: packages first, then by account. */
export const billable = (ctx: Ctx, customers: readonly number[], since: readonly CivilDate[]) =>
  hot<Billable>(ctx.db, billableOf, [ctx.env, customers, since])

const discountsOf: HotStatement = {
  name: 'agreement_discounts',
  text: `
    select id, i_customer_subscription as subscription, code, applies_to as "appliesTo",
           percent::text, amount::text, after_periods as after, periods, reason,
           ended_at is not null as ended
      from subscription_discounts
     where i_env = $1 and i_customer_subscription = any($2::int[])
     order by id`,
}

export type DiscountRow = Readonly<{
  /** As somebody has it. */
  subscription: number
  code: string
  appliesTo: 'activation' | 'periodic'
  percent: string | null
  amount: string | null
  /** Periods before it, which stay charged as they were. */
  after: number
  /** So many from there on; null: as long as it runs. */
  periods: number | null
  /** Why an administrator gave it; null where a promo code did. */
  reason: string | null
}>

export type GivenDiscount = DiscountRow & Readonly<{ id: number; ended: boolean }>

export const discounts = (ctx: Ctx, held: readonly number[]) =>
  hot<GivenDiscount>(ctx.db, discountsOf, [ctx.env, held])

const discount: HotStatement = {
  name: 'agreement_discount',
  text: `
    insert into subscription_discounts
      (i_env, i_customer_subscription, i_customer, code, applies_to, percent, amount, after_periods,
       periods, reason, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    returning id`,
}

export const insertDiscount = (
  ctx: Ctx,
  { subscription, customer, ...off }: DiscountRow & { customer: CustomerId },
) =>
  hot<{ id: number }>(ctx.db, discount, [
    ctx.env,
    subscription,
    customer,
    off.code,
    off.appliesTo,
    off.percent,
    off.amount,
    off.after,
    off.periods,
    off.reason,
    ctx.now,
  ])

const endOfDiscount: HotStatement = {
  name: 'agreement_end_discount',
  text: `
    update subscription_discounts
       set ended_at = $3,
           -- No period at all is what an activation's has.
           periods = $4
     where i_env = $1 and id = $2 and ended_at is null`,
}

export const endDiscount = (ctx: Ctx, { id, periods }: Readonly<{ id: number; periods: number }>) =>
  hot(ctx.db, endOfDiscount, [ctx.env, id, ctx.now, periods])

const chargedAll: HotStatement = {
  name: 'agreement_charged_many',
  text: `
    update customer_subscriptions s set charged_until = c.until
      from unnest($2::int[], $3::date[]) as c (id, until)
     where s.i_env = $1 and s.id = c.id`,
}

export const markChargedMany = (ctx: Ctx, ids: readonly number[], until: readonly CivilDate[]) =>
  hot(ctx.db, chargedAll, [ctx.env, ids, until])

/** What runs, as its owner reads it. */
export type Running = Omit<Billable, 'customer' | 'endedOn'> &
  Readonly<{
    /** Its account waits to be approved: nothing is charged. */
    waits: boolean
    total: number
  }>

const runningOf: HotStatement = {
  name: 'agreement_running',
  text: `
    select s.id, s.i_account as account, s.i_subscription as subscription, s.i_product as product,
           s.anchor::text, s.started_on::text as "startedOn", s.charged_until::text as "chargedUntil",
           b.id is null as waits, count(*) over ()::int as total
      from customer_subscriptions s
      left join billable_subscriptions b on b.i_env = s.i_env and b.id = s.id
     where s.i_env = $1 and s.i_customer = $2 and s.ended_on is null
     order by s.i_account nulls first, s.id
     limit $3 offset $4`,
}

/** A part of what a customer has running: its packages first, then account by account. */
export const running = (
  ctx: Ctx,
  customer: CustomerId,
  { limit, offset }: Readonly<{ limit: number; offset: number }>,
) => hot<Running>(ctx.db, runningOf, [ctx.env, customer, limit, offset])

const runningOneOf: HotStatement = {
  name: 'agreement_running_one',
  text: `
    select id, i_account as account, i_subscription as subscription, anchor::text,
           started_on::text as "startedOn", charged_until::text as "chargedUntil"
      from customer_subscriptions
     where i_env = $1 and i_customer = $2 and id = $3 and ended_on is null`,
}

/** One that runs for a customer or an account of it. */
export const runningOne = (ctx: Ctx, customer: CustomerId, id: number) =>
  hot<Omit<Running, 'product' | 'waits' | 'total'>>(ctx.db, runningOneOf, [ctx.env, customer, id])

const from: HotStatement = {
  name: 'agreement_count_from',
  text: `
    update customer_subscriptions s set anchor = $3::date
      from subscriptions p
     where s.i_env = $1 and s.i_customer = $2
       and p.i_env = s.i_env and p.id = s.i_subscription and p.anchored = 'customer'`,
}

/** Those whose periods follow the customer's cycle. */
export const countFrom = (ctx: Ctx, customer: CustomerId, anchor: CivilDate) =>
  hot(ctx.db, from, [ctx.env, customer, anchor])
