import { type HotStatement, hot } from '#db/prepared.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Whose records; of one line where `account` is said. */
export type Whose = Readonly<{ customer: number; account: number | null }>
export type Filter = Whose & Readonly<{ from: CivilDate; service: number | null }>

const billingOf: HotStatement = {
  name: 'usage_billing_of',
  text: `
    select currency, time_zone as "timeZone", billing_anchor::text as anchor,
           next_invoice_on::text as "nextInvoiceOn"
      from customers where i_env = $1 and id = $2`,
}

export type Billing = {
  currency: string
  timeZone: string
  anchor: CivilDate
  nextInvoiceOn: CivilDate
}

export const billing = (ctx: Ctx, customer: number) =>
  hot<Billing>(ctx.db, billingOf, [ctx.env, customer])

const cyclesOf: HotStatement = {
  name: 'usage_cycles_of',
  text: `
    select distinct period_from::text as "from" from usage_totals
     where i_env = $1 and i_customer = $2 and ($3::int is null or i_account = $3)
     order by 1 desc limit 36`,
}

export const cycles = (ctx: Ctx, { customer, account }: Whose) =>
  hot<{ from: CivilDate }>(ctx.db, cyclesOf, [ctx.env, customer, account])

const service = `s.id as service, s.code as "serviceCode", s.name as "serviceName"`
const line = `a.id as account, a.account_id as "accountId", a.name as "accountName"`

const totalsIn: HotStatement = {
  name: 'usage_totals_shown',
  text: `
    select ${service}, ${line}, t.records, t.quantity::float8 as quantity, t.amount::text as amount
      from usage_totals t
      join services s on s.i_env = t.i_env and s.id = t.i_service
      join accounts a on a.i_env = t.i_env and a.id = t.i_account
     where t.i_env = $1 and t.i_customer = $2 and ($3::int is null or t.i_account = $3)
       and t.period_from = $4
     order by t.amount desc, t.records desc, a.account_id, s.id`,
}

export type ServiceRow = { service: number; serviceCode: string; serviceName: string }
export type LineRow = { account: number; accountId: string; accountName: string }
export type TotalRow = ServiceRow & LineRow & { records: number; quantity: number; amount: string }

export const totals = (ctx: Ctx, { customer, account, from }: Omit<Filter, 'service'>) =>
  hot<TotalRow>(ctx.db, totalsIn, [ctx.env, customer, account, from])

const filtered = `
      where x.i_env = $1 and x.i_customer = $2 and ($3::int is null or x.i_account = $3)
        and x.period_from = $4 and ($5::int is null or x.i_service = $5)`

const daysIn: HotStatement = {
  name: 'usage_days',
  text: `
    select x.day::text as day, x.i_service as service, count(*)::int as records,
           sum(x.quantity)::float8 as quantity, sum(x.amount)::text as amount
      from xdrs x ${filtered}
     group by x.day, x.i_service order by x.day, x.i_service`,
}

const values = (ctx: Ctx, { customer, account, from, service: one }: Filter) => [
  ctx.env,
  customer,
  account,
  from,
  one,
]

export type DayRow = {
  day: CivilDate
  service: number
  records: number
  quantity: number
  amount: string
}

export const days = (ctx: Ctx, filter: Filter) => hot<DayRow>(ctx.db, daysIn, values(ctx, filter))

const recordsIn: HotStatement = {
  name: 'usage_records',
  text: `
    select x.external_id as id, ${service}, ${line}, x.started_at as at, x.destination,
           x.quantity::float8 as quantity, x.amount::text as amount
      from (select * from xdrs x ${filtered}
             order by x.started_at desc, x.id desc limit $6 offset $7) x
      join services s on s.i_env = x.i_env and s.id = x.i_service
      join accounts a on a.i_env = x.i_env and a.id = x.i_account
     order by x.started_at desc, x.id desc`,
}

export type RecordRow = ServiceRow &
  LineRow & { id: string; at: Date; destination: string; quantity: number; amount: string }

export const records = (ctx: Ctx, filter: Filter, limit: number, offset: number) =>
  hot<RecordRow>(ctx.db, recordsIn, [...values(ctx, filter), limit, offset])
