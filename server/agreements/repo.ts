import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { agreementItems, customerSubscriptions } from '#db/schema/agreements.ts'
import type { AgreementItem, NewSubscription, Places } from '#server/agreements/schema.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const mine = (ctx: Ctx, customer: CustomerId, product: ProductId) =>
  and(
    eq(agreementItems.env, ctx.env),
    eq(agreementItems.customer, customer),
    eq(agreementItems.product, product),
  )

const takePlaces: HotStatement = {
  name: 'agreement_take',
  text: `
    update agreement_items set used = used + $4
     where i_env = $1 and i_customer = $2 and i_product = $3
       and (quantity is null or used + $4 <= quantity)
       and ($5 or exists (select from customers
                           where i_env = $1 and id = $2 and status <> 'suspended'))
    returning used`,
}

/**
 * Takes `n` places of a product, or none: the row's CHECK is the last word under any concurrency.
 * None for a customer whose service is suspended, unless they are taken `back`.
 */
export const take = (ctx: Ctx, { customer, product, n }: Places, back: boolean) =>
  hot<{ used: number }>(ctx.db, takePlaces, [ctx.env, customer, product, n, back])

export const giveBack = (ctx: Ctx, { customer, product, n }: Places) =>
  ctx.db
    .update(agreementItems)
    .set({ used: sql`${agreementItems.used} - ${n}` })
    .where(mine(ctx, customer, product))

const raise: HotStatement = {
  name: 'agreement_make_room',
  text: `
    with was as (
      select quantity from agreement_items
       where i_env = $1 and i_customer = $2 and i_product = $3 for update
    )
    update agreement_items i set quantity = i.used + $4 from was
     where i.i_env = $1 and i.i_customer = $2 and i.i_product = $3 and i.used + $4 > was.quantity
    returning was.quantity as before, i.quantity`,
}

/** Nothing where there is room already. */
export const makeRoom = (ctx: Ctx, { customer, product, n }: Places) =>
  hot<{ before: number; quantity: number }>(ctx.db, raise, [ctx.env, customer, product, n])

export const find = (ctx: Ctx, customer: CustomerId, product: ProductId) =>
  ctx.db
    .select({ used: agreementItems.used, quantity: agreementItems.quantity })
    .from(agreementItems)
    .where(mine(ctx, customer, product))

/** An item that nobody takes from, or gives back to, until commit. */
export const lock = (ctx: Ctx, customer: CustomerId, product: ProductId) =>
  ctx.db
    .select({ used: agreementItems.used, quantity: agreementItems.quantity })
    .from(agreementItems)
    .where(mine(ctx, customer, product))
    .for('update')

/** Adds an item, unless somebody else has just done it. */
export const add = (ctx: Ctx, customer: CustomerId, { product, quantity }: AgreementItem) =>
  ctx.db
    .insert(agreementItems)
    .values({ env: ctx.env, customer, product, quantity, used: 0 })
    .onConflictDoNothing()
    .returning({ product: agreementItems.product })

/** Never below what is in use, whoever has looked before. */
export const setQuantity = (ctx: Ctx, customer: CustomerId, { product, quantity }: AgreementItem) =>
  ctx.db
    .update(agreementItems)
    .set({ quantity })
    .where(
      and(
        mine(ctx, customer, product),
        quantity === null ? undefined : lte(agreementItems.used, quantity),
      ),
    )
    .returning({ product: agreementItems.product })

export const remove = (ctx: Ctx, customer: CustomerId, product: ProductId) =>
  ctx.db
    .delete(agreementItems)
    .where(and(mine(ctx, customer, product), eq(agreementItems.used, 0)))
    .returning({ product: agreementItems.product })

const insertAll: HotStatement = {
  name: 'agreement_insert',
  text: `
    insert into agreement_items (i_env, i_customer, i_product, quantity, used)
    select $1, $2, product, quantity, 0
      from jsonb_to_recordset($3::jsonb) as i(product int, quantity int) order by product`,
}

export const insert = (ctx: Ctx, customer: CustomerId, items: readonly AgreementItem[]) =>
  hot(ctx.db, insertAll, [ctx.env, customer, JSON.stringify(items)])

export const list = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({
      product: agreementItems.product,
      used: agreementItems.used,
      quantity: agreementItems.quantity,
    })
    .from(agreementItems)
    .where(and(eq(agreementItems.env, ctx.env), eq(agreementItems.customer, customer)))
    .orderBy(asc(agreementItems.product))

const subscribeAll: HotStatement = {
  name: 'agreement_subscribe',
  text: `
    insert into customer_subscriptions
      (i_env, i_customer, i_account, i_product, i_subscription, started_on, charged_until, anchor)
    select $1, s.customer, s.account, s.product, s.subscription, s.started_on, s.started_on,
           case p.anchored when 'start' then s.started_on else c.billing_anchor end
      from jsonb_to_recordset($2::jsonb)
        as s(n int, customer int, account int, product int, subscription int, started_on date)
      join subscriptions p on p.i_env = $1 and p.id = s.subscription
      join customers c on c.i_env = $1 and c.id = s.customer
     order by s.n
       for key share of c
    returning id`,
}

/** Started and not yet charged; ids in the order given. */
export const insertSubscriptions = (ctx: Ctx, rows: readonly NewSubscription[]) =>
  hot<{ id: number }>(ctx.db, subscribeAll, [
    ctx.env,
    JSON.stringify(
      rows.map(({ startedOn, name: _, ...row }, n) => ({ ...row, n, started_on: startedOn })),
    ),
  ])

/** Only what was never charged: what was paid for runs from the day it was paid for. */
export const startOver = (ctx: Ctx, accounts: readonly AccountId[], startedOn: string) =>
  ctx.db
    .update(customerSubscriptions)
    .set({
      startedOn: sql`${startedOn}::date`,
      chargedUntil: sql`${startedOn}::date`,
      // Its periods, where they began with it, begin anew.
      anchor: sql`case when ${customerSubscriptions.anchor} = ${customerSubscriptions.startedOn}
                       then ${startedOn}::date else ${customerSubscriptions.anchor} end`,
    })
    .where(
      and(
        eq(customerSubscriptions.env, ctx.env),
        sql`${customerSubscriptions.account} = any(${sql.param(accounts)}::int[])`,
        eq(customerSubscriptions.startedOn, customerSubscriptions.chargedUntil),
        isNull(customerSubscriptions.endedOn),
      ),
    )

const charged: HotStatement = {
  name: 'agreement_charged',
  text: 'update customer_subscriptions set charged_until = $3 where i_env = $1 and id = $2',
}

export const markCharged = (ctx: Ctx, id: number, until: string) =>
  hot(ctx.db, charged, [ctx.env, id, until])

const unsubscribeAll: HotStatement = {
  name: 'agreement_unsubscribe',
  text: `
    update customer_subscriptions c set ended_on = $4
      from subscriptions s
     where c.i_env = $1 and c.i_account = any($2::int[]) and c.ended_on is null
       and ($3::int[] is null or c.i_product = any($3))
       and s.i_env = c.i_env and s.id = c.i_subscription
    returning c.id, c.i_account as account, c.i_customer as customer, s.name`,
}

type Subscribed = { id: number; account: AccountId; customer: CustomerId; name: string }

/** Ends what accounts have running, of some products or of all. */
export const endSubscriptions = (
  ctx: Ctx,
  accounts: readonly AccountId[],
  products: readonly ProductId[] | null,
  endedOn: CivilDate,
) => hot<Subscribed>(ctx.db, unsubscribeAll, [ctx.env, accounts, products, endedOn])

const resumeAll: HotStatement = {
  name: 'agreement_resume',
  text: `
    update customer_subscriptions c set ended_on = null
      from subscriptions s
     where c.i_env = $1 and c.id = any($2::int[]) and s.i_env = c.i_env and s.id = c.i_subscription
    returning c.id, c.i_account as account, c.i_customer as customer, s.name`,
}

/** As if they had never ended. */
export const resumeSubscriptions = (ctx: Ctx, ids: readonly number[]) =>
  hot<Subscribed>(ctx.db, resumeAll, [ctx.env, ids])

const feesOfAll: HotStatement = {
  name: 'agreement_fees_of',
  text: `
    select i_subscription as subscription, anchor::text, started_on::text as since,
           array_agg(i_account) as accounts
      from customer_subscriptions
     where i_env = $1 and i_account = any($2::int[]) and ended_on is null
     group by 1, 2, 3`,
}

/** The subscriptions that run for accounts, those of each with the same first day. */
export const runningOf = (ctx: Ctx, accounts: readonly number[]) =>
  hot<{
    subscription: SubscriptionId
    anchor: CivilDate
    since: CivilDate
    accounts: AccountId[]
  }>(ctx.db, feesOfAll, [ctx.env, accounts])
