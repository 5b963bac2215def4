import { type HotStatement, hot } from '#db/prepared.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type DecimalString, type Money, money, toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

// Invoices of which less is open than a card is charged at once, and payments that take them along.

const wait: HotStatement = {
  name: 'invoice_wait',
  text: `
    update invoices
       set waits = true, state = 'issued', attempts = greatest(attempts - $3, 0), next_attempt_on = null
     where i_env = $1 and id = $2 and state in ('issued', 'overdue') and total - paid <= $4`,
}

/**
 * Less is open of it than can be taken: it waits for another, and the try is none. Where more than what
 * was `asked` for is open by now, nobody has said that of it.
 */
export const letWait = (ctx: Ctx, invoice: number, tries: 0 | 1, asked: Money) =>
  hot(ctx.db, wait, [ctx.env, invoice, tries, toDecimal(asked)])

type Part = Readonly<{ invoice: number; open: Money }>

const parts = (rows: { invoice: number; open: DecimalString }[]): Part[] =>
  rows.map((row) => ({ ...row, open: money(row.open) }))

const live = `p.state in ('intended', 'requires_action', 'authorized')`

const waiting: HotStatement = {
  name: 'invoices_waiting',
  text: `
    select i.id as invoice, (i.total - i.paid)::text as open from invoices i
     where i.i_env = $1 and i.i_customer = $2 and i.state in ('issued', 'overdue') and i.waits
       and i.id <> $3 and not exists (
         select from payments p
          where p.i_env = $1 and p.i_customer = $2 and ${live}
            and (p.id = i.i_taken_along or p.i_invoice = i.id))
     order by i.id`,
}

/** A customer's invoices that wait, beside one, and that no payment under way takes along or pays. */
export const waitingBeside = async (ctx: Ctx, customer: CustomerId, invoice: number) =>
  parts(await hot(ctx.db, waiting, [ctx.env, customer, invoice]))

const along: HotStatement = {
  name: 'invoices_take_along',
  text: 'update invoices set i_taken_along = $3 where i_env = $1 and id = any($2::int[])',
}

export const takeAlong = (ctx: Ctx, invoices: readonly number[], payment: number) =>
  hot(ctx.db, along, [ctx.env, invoices, payment])

const takenAlong: HotStatement = {
  name: 'invoices_taken_along',
  text: `
    select id as invoice, (total - paid)::text as open from invoices
     where i_env = $1 and i_customer = $2 and i_taken_along = $3 and state in ('issued', 'overdue')
     order by id`,
}

/** What a payment takes along, and isn't paid. */
export const alongWith = async (ctx: Ctx, customer: number, payment: number) =>
  parts(await hot(ctx.db, takenAlong, [ctx.env, customer, payment]))

const took: HotStatement = {
  name: 'invoices_taken',
  text: `
    select id as invoice from invoices
     where i_env = $1 and i_customer = $2 and i_taken_along = $3 and state <> 'void'
     order by id`,
}

/** What a payment took along, paid or not. */
export const tookAlong = (ctx: Ctx, customer: number, payment: number) =>
  hot<{ invoice: number }>(ctx.db, took, [ctx.env, customer, payment])

const underWay: HotStatement = {
  name: 'invoice_taken_along',
  text: `
    select p.id as payment from invoices i
      join payments p on p.i_env = i.i_env and p.id = i.i_taken_along and ${live}
     where i.i_env = $1 and i.id = $2`,
}

/** The payment under way that takes it along, if there is one. */
export const takenAlongBy = (ctx: Ctx, invoice: number) =>
  hot<{ payment: number }>(ctx.db, underWay, [ctx.env, invoice])

const refusedOf: HotStatement = {
  name: 'dues_refused_as_little',
  text: `
    select max(amount)::text as amount from payments
     where i_env = $1 and i_customer = $2 and purpose = 'invoice' and decline_code = 'amount_too_small'`,
}

/** The most that a gateway found too little to be taken of this customer at once; zero where nothing was. */
export async function refusedAsLittle(ctx: Ctx, customer: CustomerId): Promise<Money> {
  const [row] = await hot<{ amount: DecimalString | null }>(ctx.db, refusedOf, [ctx.env, customer])
  return money(row?.amount ?? '0')
}
