import { and, eq } from 'drizzle-orm'
import { type HotStatement, hot, insertOf, run } from '#db/prepared.ts'
import { customerClasses, customers } from '#db/schema/customers.ts'
import type { NewCustomer } from '#server/customers/schema.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type Money, toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const mine = (ctx: Ctx, customer: CustomerId) =>
  and(eq(customers.env, ctx.env), eq(customers.id, customer))

const insertOne = insertOf(
  customers,
  [
    'env',
    'parent',
    'customerClass',
    'name',
    'companyName',
    'firstName',
    'lastName',
    'email',
    'phone',
    'line1',
    'line2',
    'city',
    'state',
    'postalCode',
    'country',
    'vatId',
    'currency',
    'timeZone',
    'locale',
    'createdAt',
    'billingAnchor',
  ],
  'id as customer',
)

/** Cycles are counted from its start, unless its class has a set day or an anchor is given. */
export const insert = (ctx: Ctx, row: NewCustomer & { name: string }) =>
  run<{ customer: CustomerId }>(ctx.db, insertOne({ ...row, env: ctx.env, createdAt: ctx.now }))

export const isMine = (ctx: Ctx, customer: CustomerId, reseller: CustomerId) =>
  ctx.db
    .select({ customer: customers.id })
    .from(customers)
    .where(and(mine(ctx, customer), eq(customers.parent, reseller)))

export const find = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({
      id: customers.id,
      name: customers.name,
      email: customers.email,
      currency: customers.currency,
      timeZone: customers.timeZone,
      country: customers.country,
      locale: customers.locale,
      balance: customers.balance,
      status: customers.status,
      customerClass: customers.customerClass,
      autoPay: customers.autoPay,
      suspendedFor: customers.suspendedFor,
    })
    .from(customers)
    .where(mine(ctx, customer))

const move: HotStatement = {
  name: 'customer_balance',
  text: `
    update customers set balance = balance + $3 where i_env = $1 and id = $2
    returning balance`,
}

/** Moves the balance by what the ledger just gained: the same transaction, always. */
export const moveBalance = (ctx: Ctx, customer: CustomerId, amount: Money) =>
  hot<{ balance: string }>(ctx.db, move, [ctx.env, customer, toDecimal(amount)])

type CustomerClass = Readonly<{
  name: string
  currency: string
  taxName: string
  taxRate: string
  taxInclusive: boolean
}>

const classById: HotStatement = {
  name: 'customer_class',
  text: `
    select name, currency, tax_name as "taxName", tax_rate as "taxRate", tax_inclusive as "taxInclusive"
      from customer_classes where i_env = $1 and id = $2`,
}

export const findClass = (ctx: Ctx, customerClass: number) =>
  hot<CustomerClass>(ctx.db, classById, [ctx.env, customerClass])

export const listClasses = (ctx: Ctx) =>
  ctx.db
    .select({
      customerClass: customerClasses.id,
      name: customerClasses.name,
      taxName: customerClasses.taxName,
      taxRate: customerClasses.taxRate,
      taxInclusive: customerClasses.taxInclusive,
    })
    .from(customerClasses)
    .where(eq(customerClasses.env, ctx.env))
    .orderBy(customerClasses.name)

const zone: HotStatement = {
  name: 'customer_zone',
  text: 'select time_zone as "timeZone" from customers where i_env = $1 and id = $2',
}

export const findZone = (ctx: Ctx, customer: CustomerId) =>
  hot<{ timeZone: string }>(ctx.db, zone, [ctx.env, customer])

export const setAutoPay = (ctx: Ctx, customer: CustomerId, autoPay: boolean) =>
  ctx.db.update(customers).set({ autoPay }).where(mine(ctx, customer))
