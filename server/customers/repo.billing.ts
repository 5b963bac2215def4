import { type HotStatement, hot } from '#db/prepared.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type Money, toDecimal } from '#server/kernel/money.ts'
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
const due: HotStatement = {
  name: 'customers_due',
  text: `
    select ${columns}
      from customers c join customer_classes k on k.i_env = c.i_env and k.id = c.i_customer_class
     where c.i_env = $1 and c.next_invoice_on <= (($2::timestamptz + interval '14 hours') at time zone 'UTC')::date
       and c.next_invoice_on <= ($2 at time zone c.time_zone)::date
       and c.status <> 'closed' and c.id <> all($4::int[])
     order by c.next_invoice_on, c.id limit $3
       for no key update of c skip locked`,
}

/** Those whose cycle is over and that nobody else is at, locked; of those whose day came first. */
export const lockDue = (ctx: Ctx, atMost: number, butNot: readonly number[]) =>
  hot<Billed>(ctx.db, due, [ctx.env, ctx.now, atMost, butNot])

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
