import { type HotStatement, hot } from '#db/prepared.ts'
import type { SuspendedFor } from '#server/customers/schema.settings.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type DecimalString, type Money, toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** A customer as its bill needs to know it. */
export type Billed = Readonly<{
  customer: CustomerId
  name: string
  companyName: string | null
  line1: string | null
  line2: string | null
  city: string | null
  region: string | null
  postalCode: string | null
  country: string | null
  vatId: string | null
  email: string | null
  currency: string
  timeZone: string
  locale: string
  balance: string
  /** The day cycles are counted from. */
  anchor: CivilDate
  /** The next invoice's. */
  day: CivilDate
  customerClass: number
  taxName: string
  taxRate: string
  taxInclusive: boolean
  dueDays: number
}>

const columns = `
  c.id as customer, c.name, c.company_name as "companyName", c.line1, c.line2, c.city,
  c.state as region, c.postal_code as "postalCode", c.country, c.vat_id as "vatId", c.email,
  c.currency, c.time_zone as "timeZone", c.locale, c.balance::text, c.billing_anchor::text as anchor,
  c.next_invoice_on::text as day, k.id as "customerClass", k.tax_name as "taxName",
  k.tax_rate::text as "taxRate", k.tax_inclusive as "taxInclusive", k.due_days as "dueDays"`

// East of Greenwich a day begins up to 14 hours sooner: the index finds those, their own calendar decides.
// They are taken before anything is joined, along the index: of all that are due it reads those few.
export const due: HotStatement = {
  name: 'customers_due',
  text: `
    select ${columns}
      from (
        select * from customers
         where i_env = $1 and next_invoice_on <= (($2::timestamptz + interval '14 hours') at time zone 'UTC')::date
           and next_invoice_on <= ($2 at time zone time_zone)::date
           and status <> 'closed' and id <> all($4::int[])
         order by next_invoice_on, id limit $3
           for no key update skip locked) c
      join customer_classes k on k.i_env = c.i_env and k.id = c.i_customer_class
     order by c.next_invoice_on, c.id`,
}

const sorting: HotStatement = {
  name: 'may_sort',
  text: "select set_config('enable_sort', $1, true)",
}

/**
 * Without sorting, for as long as `work` takes: behind the walls few rows seem to be due, whatever is, and
 * all of them would be sorted for each part of a run.
 */
export async function alongIndex<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  await hot(ctx.db, sorting, ['off'])
  const done = await work()
  await hot(ctx.db, sorting, ['on'])
  return done
}

/** Those whose cycle is over and that nobody else is at, locked; of those whose day came first. */
export const lockDue = (ctx: Ctx, atMost: number, butNot: readonly number[]) =>
  alongIndex(ctx, () => hot<Billed>(ctx.db, due, [ctx.env, ctx.now, atMost, butNot]))

const one: HotStatement = {
  name: 'customers_billed',
  text: `
    select ${columns}
      from customers c join customer_classes k on k.i_env = c.i_env and k.id = c.i_customer_class
     where c.i_env = $1 and c.id = any($2::int[])`,
}

export const billed = (ctx: Ctx, customers: readonly number[]) =>
  hot<Billed>(ctx.db, one, [ctx.env, customers])

const move: HotStatement = {
  name: 'customers_move_on',
  text: `
    update customers c set balance = c.balance + m.amount, next_invoice_on = m.next
      from unnest($2::int[], $3::numeric[], $4::date[]) as m (id, amount, next)
     where c.i_env = $1 and c.id = m.id`,
}

/** Balances, and the first day of the next cycle. */
export const moveOn = (
  ctx: Ctx,
  rows: readonly Readonly<{ customer: number; amount: Money; next: CivilDate }>[],
) =>
  hot(ctx.db, move, [
    ctx.env,
    rows.map(({ customer }) => customer),
    rows.map(({ amount }) => toDecimal(amount)),
    rows.map(({ next }) => next),
  ])

const lockAll: HotStatement = {
  name: 'customers_lock',
  // As the run locks those that are due.
  text: `
    select id from customers where i_env = $1 and id = any($2::int[]) order by id for no key update`,
}

export const lock = (ctx: Ctx, customers: readonly number[]) =>
  hot(ctx.db, lockAll, [ctx.env, customers])

const stop: HotStatement = {
  name: 'customer_suspend',
  text: `
    update customers set status = 'suspended', suspended_for = $3, suspended_at = $4, suspended_note = $5
     where i_env = $1 and id = $2
       and (status = 'active' or ($3 = 'admin' and status = 'suspended' and suspended_for <> 'admin'))
    returning id`,
}

/** Nobody who is suspended or closed already; an administrator's word takes the place of money's. */
export const suspend = (ctx: Ctx, customer: CustomerId, reason: string, note: string | null) =>
  hot<{ id: number }>(ctx.db, stop, [ctx.env, customer, reason, ctx.now, note])

const start: HotStatement = {
  name: 'customer_restore',
  text: `
    update customers set status = 'active', suspended_for = null, suspended_at = null,
                         suspended_note = null
     where i_env = $1 and id = $2 and status = 'suspended' and suspended_for = $3 returning id`,
}

/** Only those who are suspended for that reason. */
export const restore = (ctx: Ctx, customer: CustomerId, reason: string) =>
  hot<{ id: number }>(ctx.db, start, [ctx.env, customer, reason])

const why: HotStatement = {
  name: 'customer_suspended_for',
  text: 'select suspended_for as reason from customers where i_env = $1 and id = $2',
}

export const suspendedFor = (ctx: Ctx, customer: CustomerId) =>
  hot<{ reason: SuspendedFor | null }>(ctx.db, why, [ctx.env, customer])

/** The day cycles are counted from, and the next invoice's. */
export type Cycle = Readonly<{ name: string; anchor: CivilDate; next: CivilDate }>

const cycle: HotStatement = {
  name: 'customer_lock_cycle',
  text: `
    select name, billing_anchor::text as anchor, next_invoice_on::text as next
      from customers where i_env = $1 and id = $2 for update`,
}

/** For update: nothing that is counted from the day is started meanwhile. */
export const lockCycle = (ctx: Ctx, customer: CustomerId) =>
  hot<Cycle>(ctx.db, cycle, [ctx.env, customer])

// Counted from a December, which has all days, as where a class has a set one.
const anchorOn: HotStatement = {
  name: 'customer_billing_day',
  text: `
    update customers c
       set billing_anchor = a.anchor, next_invoice_on = next_cycle(a.anchor, a.today)
      from (select make_date(extract(year from today)::int - 1, 12, $3::int) as anchor, today
              from (select ($4::timestamptz at time zone time_zone)::date as today
                      from customers where i_env = $1 and id = $2) t) a
     where c.i_env = $1 and c.id = $2
    returning c.name, c.billing_anchor::text as anchor, c.next_invoice_on::text as next`,
}

export const setBillingDay = (ctx: Ctx, customer: CustomerId, day: number) =>
  hot<Cycle>(ctx.db, anchorOn, [ctx.env, customer, day, ctx.now])

/** A customer whose balance is to be looked at, with the limits that hold for it. */
export type Owing = Readonly<{
  customer: CustomerId
  name: string
  email: string | null
  locale: string
  currency: string
  balance: DecimalString
  creditLimit: DecimalString | null
  balanceWarning: DecimalString | null
  suspendOverLimit: boolean
  warned: boolean
  limitTold: boolean
  suspendedFor: string | null
}>

const limits: HotStatement = {
  name: 'customers_at_limits',
  text: `
    select * from (
      select c.id as customer, c.name, c.email, c.locale, c.currency, c.balance::text,
             coalesce(c.credit_limit, k.credit_limit)::text as "creditLimit",
             k.balance_warning::text as "balanceWarning", k.suspend_over_limit as "suspendOverLimit",
             c.balance_warned_at is not null as warned, c.limit_told_at is not null as "limitTold",
             c.suspended_for as "suspendedFor",
             coalesce(c.balance > coalesce(c.credit_limit, k.credit_limit), false) as over,
             coalesce(c.balance >= k.balance_warning, false) as high
        from customers c join customer_classes k on k.i_env = c.i_env and k.id = c.i_customer_class
       where c.i_env = $1 and c.status <> 'closed'
         and (c.balance > 0 or c.balance_warned_at is not null or c.limit_told_at is not null)) l
     where over <> "limitTold" or high <> warned
     order by customer limit $2`,
}

/** Those whose balance has crossed a limit, either way, since they were told. */
export const atLimits = (ctx: Ctx, n: number) => hot<Owing>(ctx.db, limits, [ctx.env, n])

const told: HotStatement = {
  name: 'customer_told_limits',
  text: `
    update customers
       set balance_warned_at = case when $3 then coalesce(balance_warned_at, $5) end,
           limit_told_at = case when $4 then coalesce(limit_told_at, $5) end
     where i_env = $1 and id = $2
       and (balance_warned_at is not null) = $6 and (limit_told_at is not null) = $7
    returning id`,
}

/** Only where it is still as it was found: of two who look at once, one tells. */
export const setTold = (
  ctx: Ctx,
  { customer, warned, limitTold }: Pick<Owing, 'customer' | 'warned' | 'limitTold'>,
  { high, over }: Readonly<{ high: boolean; over: boolean }>,
) => hot<{ id: number }>(ctx.db, told, [ctx.env, customer, high, over, ctx.now, warned, limitTold])
