import { type HotStatement, hot } from '#db/prepared.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type DecimalString, type Money, money, oddDecimals } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** An invoice that isn't paid, with the rules that hold for it. */
export type Due = Readonly<{
  invoice: number
  customer: CustomerId
  number: string
  state: 'issued' | 'overdue'
  currency: string
  open: Money
  dueOn: CivilDate
  attempts: number
  nextAttemptOn: CivilDate | null
  timeZone: string
  autoPay: boolean
  retryDays: readonly number[]
  suspendDays: number | null
}>

const columns = `
  i_invoice as invoice, i_customer as customer, number, state, currency, (total - paid)::text as open,
  due_on::text as "dueOn", attempts, next_attempt_on::text as "nextAttemptOn", time_zone as "timeZone",
  auto_pay as "autoPay", retry_days as "retryDays", suspend_days as "suspendDays"`

type Row = Omit<Due, 'open'> & { open: DecimalString }
const read = (rows: Row[]): Due[] => rows.map((row) => ({ ...row, open: money(row.open) }))

const find: HotStatement = {
  name: 'dues_find',
  text: `select ${columns} from open_invoices where i_env = $1 and i_invoice = $2`,
}

/** Undefined where there is nothing to be paid any more. */
export const findDue = async (ctx: Ctx, invoice: number): Promise<Due | undefined> =>
  read(await hot<Row>(ctx.db, find, [ctx.env, invoice]))[0]

// East of Greenwich a day begins up to 14 hours sooner; their own calendar decides.
const toTry: HotStatement = {
  name: 'dues_to_try',
  text: `
    select i_invoice as invoice from open_invoices
     where i_env = $1 and auto_pay and next_attempt_on <= (($2::timestamptz + interval '14 hours') at time zone 'UTC')::date
       and next_attempt_on <= ($2 at time zone time_zone)::date and i_invoice <> all($4::int[])
     order by next_attempt_on, i_invoice limit $3`,
}

/** Invoices whose card is to be tried today, but for those that were looked at. */
export const toCollect = (ctx: Ctx, n: number, butNot: readonly number[]) =>
  hot<{ invoice: number }>(ctx.db, toTry, [ctx.env, ctx.now, n, butNot])

const lock: HotStatement = {
  name: 'invoice_lock_due',
  text: 'select id from invoices where i_env = $1 and id = $2 for no key update',
}

export const lockInvoice = (ctx: Ctx, invoice: number) =>
  hot<{ id: number }>(ctx.db, lock, [ctx.env, invoice])

const attempt: HotStatement = {
  name: 'invoice_attempt',
  text: `
    update invoices set attempts = attempts + $3, next_attempt_on = $4 where i_env = $1 and id = $2`,
}

/** Counts a try, or none, and says when the next one is. */
export const setAttempt = (ctx: Ctx, invoice: number, tries: 0 | 1, next: CivilDate | null) =>
  hot(ctx.db, attempt, [ctx.env, invoice, tries, next])

const anew: HotStatement = {
  name: 'invoice_try_anew',
  text: `
    update invoices i
       set attempts = greatest(i.attempts - 1, 0),
           next_attempt_on = ($3::timestamptz at time zone c.time_zone)::date
      from customers c
     where i.i_env = $1 and i.id = $2 and i.state in ('issued', 'overdue')
       and i.next_attempt_on is not null and c.i_env = i.i_env and c.id = i.i_customer`,
}

/** Its last try was none: it is tried today. What is left to a person stays so. */
export const tryAnew = (ctx: Ctx, invoice: number) => hot(ctx.db, anew, [ctx.env, invoice, ctx.now])

const again: HotStatement = {
  name: 'invoices_try_again',
  text: `
    update invoices i
       set next_attempt_on = greatest(i.due_on, ($3::timestamptz at time zone c.time_zone)::date)
      from customers c
     where i.i_env = $1 and i.i_customer = $2 and i.state in ('issued', 'overdue')
       and not i.waits and c.i_env = i.i_env and c.id = i.i_customer`,
}

/** With another card on file: what is due is tried today, the rest on its day; what waits, waits. */
export const tryAgain = (ctx: Ctx, customer: CustomerId) =>
  hot(ctx.db, again, [ctx.env, customer, ctx.now])

const unmailed: HotStatement = {
  name: 'invoices_to_mail',
  text: `
    update invoices set mailed_at = $2
     where i_env = $1 and id in (
       select id from invoices where i_env = $1 and mailed_at is null and state <> 'draft'
        order by id limit $3 for no key update skip locked)
    returning id as invoice, i_customer as customer, number, total::text, currency,
              due_on::text as "dueOn", (total - paid)::text as open, waits`,
}

/** Invoices nobody has been told of, told of with this commit. */
export async function takeUnmailed(ctx: Ctx, n: number) {
  const rows = await hot<{
    invoice: number
    customer: CustomerId
    number: string
    total: DecimalString
    currency: string
    dueOn: CivilDate
    open: DecimalString
    waits: boolean
  }>(ctx.db, unmailed, [ctx.env, ctx.now, n])
  return rows.map((row) => ({ ...row, total: money(row.total), open: money(row.open) }))
}

const namesOf: HotStatement = {
  name: 'invoice_name',
  text: `
    select number, i_customer as customer, total::text, currency
      from invoices where i_env = $1 and id = $2`,
}

export async function nameOf(ctx: Ctx, invoice: number) {
  const [row] = await hot<{
    number: string
    customer: CustomerId
    total: DecimalString
    currency: string
  }>(ctx.db, namesOf, [ctx.env, invoice])
  return { ...row!, total: money(row!.total) }
}

const late: HotStatement = {
  name: 'invoices_overdue',
  text: `
    update invoices set state = 'overdue'
     where i_env = $1 and id in (
       select i.id from invoices i join customers c on c.i_env = i.i_env and c.id = i.i_customer
        where i.i_env = $1 and i.state = 'issued' and not i.waits
          and i.due_on < (($2::timestamptz + interval '14 hours') at time zone 'UTC')::date
          and i.due_on < ($2 at time zone c.time_zone)::date
        order by i.due_on, i.id limit $3 for no key update of i skip locked)
    returning id as invoice`,
}

/** Invoices whose day has passed, marked so with this commit. */
export const takeOverdue = (ctx: Ctx, n: number) =>
  hot<{ invoice: number }>(ctx.db, late, [ctx.env, ctx.now, n])

const withDecimals = (n: number) =>
  [...oddDecimals].flatMap(([code, decimals]) => (decimals === n ? [`'${code}'`] : [])).join()

/** As `isLittle` says it, of what is open. */
const isMuch = `
  total - paid >= case when currency in (${withDecimals(0)}) then 50
                       when currency in (${withDecimals(3)}) then 0.050 else 0.50 end`

const isTooLate = `
     i_env = $1 and state = 'overdue' and ${isMuch} and customer_status = 'active'
       and due_on + suspend_days <= ($2::timestamptz at time zone time_zone)::date`

const tooLate: HotStatement = {
  name: 'customers_to_suspend',
  text: `
    select distinct i_customer as customer from open_invoices
     where ${isTooLate} order by 1 limit $3`,
}

/** Customers whose class's patience is over. */
export const toSuspend = (ctx: Ctx, n: number) =>
  hot<{ customer: CustomerId }>(ctx.db, tooLate, [ctx.env, ctx.now, n])

const tooLateOf: HotStatement = {
  name: 'customers_to_suspend_of',
  text: `
    select i_customer as customer, currency, sum(total - paid)::text as open
      from open_invoices
     where ${isTooLate} and i_customer = any($3::int[])
     group by 1, 2 order by 1`,
}

/** Of these, those whose class's patience is over, with what is overdue for so long. */
export async function tooLateAmong(ctx: Ctx, customers: readonly number[]) {
  const rows = await hot<{ customer: CustomerId; currency: string; open: DecimalString }>(
    ctx.db,
    tooLateOf,
    [ctx.env, ctx.now, customers],
  )
  return rows.map((row) => ({ ...row, open: money(row.open) }))
}

const stillLate: HotStatement = {
  name: 'customers_still_overdue',
  text: `
    select distinct i_customer as customer from invoices
     where i_env = $1 and i_customer = any($2::int[]) and state = 'overdue' and ${isMuch}`,
}

/** Of these, who has something overdue that service stops for. */
export const overdueAmong = (ctx: Ctx, customers: readonly number[]) =>
  hot<{ customer: number }>(ctx.db, stillLate, [ctx.env, customers])
