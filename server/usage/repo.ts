import { type HotStatement, hot } from '#db/prepared.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Entry, Place, Service } from '#server/usage/judge.ts'

const allServices: HotStatement = {
  name: 'usage_services',
  text: 'select id, code, name from services where i_env = $1 order by id',
}

export const services = (ctx: Ctx) => hot<Service>(ctx.db, allServices, [ctx.env])

// An account by its id, alive before ended, or by an alias. How its customer is billed may not change
// before this is committed: a cycle is closed by whoever waits for it.
const placesOf: HotStatement = {
  name: 'usage_places',
  text: `
    select n.name, a.id as account, a.i_customer as customer, a.created_at as "createdAt",
           a.terminated_at as "terminatedAt", c.currency, c.time_zone as "timeZone",
           c.billing_anchor::text as anchor, c.next_invoice_on::text as "nextInvoiceOn"
      from unnest($2::text[]) as n (name)
     cross join lateral (
       select id, i_customer, created_at, terminated_at, 0 as rank from accounts
        where i_env = $1 and account_id = n.name and status <> 'terminated'
       union all
       select x.id, x.i_customer, x.created_at, x.terminated_at, 1 from account_aliases l
         join accounts x on x.i_env = l.i_env and x.id = l.i_account
        where l.i_env = $1 and l.alias = n.name
       union all
       select id, i_customer, created_at, terminated_at, 2 from accounts
        where i_env = $1 and account_id = n.name and status = 'terminated') a
      join customers c on c.i_env = $1 and c.id = a.i_customer
     order by c.id, a.rank, a.id desc
       for share of c`,
}

/** Who goes, or went, by these names; of one name the likeliest first. */
export const places = (ctx: Ctx, names: readonly string[]) =>
  hot<Place & { name: string }>(ctx.db, placesOf, [ctx.env, names])

// Records first, by their ids, then totals by their keys: two who import the same never wait for each
// other in a circle.
const enterAll: HotStatement = {
  name: 'usage_enter',
  text: `
    with given as (
      select * from unnest($2::text[], $3::int[], $4::int[], $5::int[], $6::timestamptz[], $7::date[],
                           $8::date[], $9::bigint[], $10::numeric[], $11::text[], $12::text[])
        as g (external_id, i_customer, i_account, i_service, started_at, day, period_from, quantity,
              amount, currency, destination)
    ), made as (
      insert into xdrs (i_env, external_id, i_customer, i_account, i_service, started_at, day,
                        period_from, quantity, amount, currency, destination, created_at)
      select $1, external_id, i_customer, i_account, i_service, started_at, day, period_from, quantity,
             amount, currency, destination, $13
        from given order by external_id
      on conflict on constraint xdrs_external_id do nothing
      returning external_id, i_customer, period_from, i_account, i_service, quantity, amount
    ), counted as (
      insert into usage_totals (i_env, i_customer, period_from, i_account, i_service, records, quantity, amount)
      select $1, i_customer, period_from, i_account, i_service, count(*), sum(quantity), sum(amount)
        from made group by 2, 3, 4, 5 order by 2, 3, 4, 5
      on conflict on constraint usage_totals_pkey do update
         set records = usage_totals.records + excluded.records,
             quantity = usage_totals.quantity + excluded.quantity,
             amount = usage_totals.amount + excluded.amount
    )
    select external_id as id from made`,
}

/** Keeps records and counts them, in one statement; answers the ids of those that are new. */
export const enter = (ctx: Ctx, all: readonly Entry[]) => {
  const of = <T>(value: (entry: Entry) => T) => all.map(value)
  return hot<{ id: string }>(ctx.db, enterAll, [
    ctx.env,
    of((one) => one.id),
    of((one) => one.customer),
    of((one) => one.account),
    of((one) => one.service),
    of((one) => one.startedAt),
    of((one) => one.day),
    of((one) => one.periodFrom),
    of((one) => one.quantity),
    of((one) => toDecimal(one.amount)),
    of((one) => one.currency),
    of((one) => one.destination),
    ctx.now,
  ])
}

const sameAs: HotStatement = {
  name: 'usage_same',
  text: `
    select x.external_id as id,
           (x.i_account, x.i_service, x.started_at, x.quantity, x.amount, x.destination)
             is not distinct from
           (g.i_account, g.i_service, g.started_at, g.quantity, g.amount, g.destination) as same
      from unnest($2::text[], $3::int[], $4::int[], $5::timestamptz[], $6::bigint[], $7::numeric[],
                  $8::text[])
        as g (external_id, i_account, i_service, started_at, quantity, amount, destination)
      join xdrs x on x.i_env = $1 and x.external_id = g.external_id`,
}

/** Of those whose id is known: whether all of it is the same. */
export const compared = (ctx: Ctx, all: readonly Entry[]) =>
  hot<{ id: string; same: boolean }>(ctx.db, sameAs, [
    ctx.env,
    all.map((one) => one.id),
    all.map((one) => one.account),
    all.map((one) => one.service),
    all.map((one) => one.startedAt),
    all.map((one) => one.quantity),
    all.map((one) => toDecimal(one.amount)),
    all.map((one) => one.destination),
  ])

export type TotalRow = Readonly<{
  customer: CustomerId
  account: number
  service: number
  serviceCode: string
  serviceName: string
  records: number
  quantity: string
  amount: string
}>

const totalsIn: HotStatement = {
  name: 'usage_totals_in',
  text: `
    select t.i_customer as customer, t.i_account as account, t.i_service as service,
           s.code as "serviceCode", s.name as "serviceName", sum(t.records)::int as records,
           sum(t.quantity)::text as quantity, sum(t.amount)::text as amount
      from unnest($2::int[], $3::date[], $4::date[]) as g (customer, from_day, until_day)
      join usage_totals t on t.i_env = $1 and t.i_customer = g.customer
       and t.period_from >= g.from_day and t.period_from < g.until_day
      join services s on s.i_env = $1 and s.id = t.i_service
     group by 1, 2, 3, 4, 5
     order by 1, 3, 2`,
}

type Of = Readonly<{ customer: CustomerId; from: CivilDate; until: CivilDate }>

export const totalsOf = (ctx: Ctx, all: readonly Of[]) =>
  hot<TotalRow>(ctx.db, totalsIn, [
    ctx.env,
    all.map((one) => one.customer),
    all.map((one) => one.from),
    all.map((one) => one.until),
  ])
