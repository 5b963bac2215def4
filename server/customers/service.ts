import * as audit from '#server/audit/service.ts'
import { rightsOf } from '#server/auth/rights.ts'
import * as auth from '#server/auth/service.ts'
import { customerNotFound } from '#server/customers/errors.ts'
import { customerCreated } from '#server/customers/events.ts'
import * as repo from '#server/customers/repo.ts'
import type { Me, NewCustomer } from '#server/customers/schema.ts'
import { publish } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type Money, money } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Makes a customer, named after its company, else its person. */
export async function create(ctx: Ctx, made: NewCustomer): Promise<CustomerId> {
  const name = made.companyName ?? `${made.firstName} ${made.lastName}`
  const [row] = await repo.insert(ctx, { ...made, name })
  const { customer } = row!

  await publish(ctx, customerCreated(customer, { ...made, name }))
  await audit.done(ctx, {
    action: 'customer.create',
    entity: 'customer',
    entityId: String(customer),
    customer,
    after: { name, city: made.city, country: made.country },
  })
  return customer
}

/** @throws not_found `customers.not_found` */
export async function find(ctx: Ctx, customer: CustomerId) {
  const [row] = await repo.find(ctx, customer)
  if (!row) throw customerNotFound()
  return row
}

/**
 * A customer that whoever acts looks after: any for the provider, its own sub-customers for a
 * reseller, which doesn't look after itself.
 *
 * @throws not_found `customers.not_found`
 */
export async function inCharge(ctx: Ctx, customer: CustomerId) {
  const { realm, customer: own } = ctx.actor
  if (realm === 'reseller' && (await repo.isMine(ctx, customer, own as CustomerId)).length === 0) {
    throw customerNotFound()
  }
  return find(ctx, customer)
}

/** The zone whose calendar the customer's bills follow. @throws not_found `customers.not_found` */
export async function timeZoneOf(ctx: Ctx, customer: CustomerId): Promise<string> {
  const [row] = await repo.findZone(ctx, customer)
  if (!row) throw customerNotFound()
  return row.timeZone
}

/** Defaults that the customer's class brings: tax above all. */
export async function classOf(ctx: Ctx, customerClass: number) {
  const [row] = await repo.findClass(ctx, customerClass)
  if (!row) throw customerNotFound()
  return row
}

/** Every class, by name. */
export const classes = async (ctx: Ctx) => repo.listClasses(ctx)

/** Whether what is due is taken from the card on file by itself. */
export const setAutoPay = (ctx: Ctx, customer: CustomerId, on: boolean): Promise<unknown> =>
  repo.setAutoPay(ctx, customer, on)

/** For billing alone: what the ledger gained moves the balance in the same transaction. */
export async function moveBalance(ctx: Ctx, customer: CustomerId, amount: Money): Promise<Money> {
  const [row] = await repo.moveBalance(ctx, customer, amount)
  if (!row) throw customerNotFound()
  return money(row.balance)
}

/** Who I am: user, customer, brand and whom to ask. */
export async function me(ctx: Ctx): Promise<Me> {
  const self = await auth.self(ctx)
  const home = await auth.home(ctx)
  const [customer] = ctx.actor.customer ? await repo.find(ctx, ctx.actor.customer) : []
  return {
    realm: self.realm,
    role: self.realm === 'customer' ? self.role : null,
    rights: rightsOf(self),
    login: self.login,
    name: self.name,
    mustChangePassword: self.mustChangePassword,
    customer: customer
      ? {
          id: customer.id,
          name: customer.name,
          currency: customer.currency,
          timeZone: customer.timeZone,
          suspendedFor: customer.suspendedFor,
        }
      : null,
    brand: { title: home.name, accent: home.accent, logo: null },
    support: { email: home.supportEmail, phone: home.supportPhone },
    sandbox: home.sandbox
      ? {
          ahead: ctx.now.getTime() - ctx.wall.getTime(),
          timeZone: customer?.timeZone ?? home.timeZone,
        }
      : null,
  }
}
