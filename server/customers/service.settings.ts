import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import {
  classNotFound,
  classOfOtherCurrency,
  customerNotFound,
  serviceRefused,
} from '#server/customers/errors.ts'
import { billingChanged } from '#server/customers/events.ts'
import * as classes from '#server/customers/repo.classes.ts'
import * as repo from '#server/customers/repo.settings.ts'
import {
  type BillingSettings,
  type SetBilling,
  type Suspension,
  whyNotRestore,
  whyNotSuspend,
} from '#server/customers/schema.settings.ts'
import type { CustomerOverview } from '#server/customers/schema.ts'
import * as billing from '#server/customers/service.billing.ts'
import { publish } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type DecimalString, type Money, money, toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const decimal = (amount: Money | null): DecimalString | null =>
  amount === null ? null : toDecimal(amount)

/** How a customer is billed, and what it could be. @throws not_found `customers.not_found` */
export async function settings(ctx: Ctx, { customer }: CustomerOverview): Promise<BillingSettings> {
  demand(ctx.actor, 'classes:read')
  const [row] = await repo.find(ctx, customer as CustomerId)
  if (!row) throw customerNotFound()
  const { name: _, creditLimit, suspendedAt, ...rest } = row
  const offered = await classes.list(ctx)
  return {
    ...rest,
    creditLimit: decimal(creditLimit),
    suspendedAt: suspendedAt?.toISOString() ?? null,
    classes: offered
      .filter(({ currency }) => currency === row.currency)
      .map(({ customerClass, name, creditLimit: limit, dueDays, suspendDays }) => ({
        ...{ customerClass, name, dueDays, suspendDays },
        creditLimit: decimal(limit),
      })),
  }
}

/**
 * Changes a customer's class, its own credit limit, and whether its card is charged by itself. What
 * was invoiced stays as it is, and so does its billing day.
 *
 * @throws not_found `customers.not_found`, `customers.class_not_found`; conflict
 *   `customers.class_currency`
 */
export async function setBilling(ctx: Ctx, { customer, ...input }: SetBilling): Promise<void> {
  demand(ctx.actor, 'customers:write')

  const id = customer as CustomerId
  const [row] = await repo.lock(ctx, id)
  if (!row) throw customerNotFound()
  const names = await namesOf(ctx, row, input.customerClass)

  const next = {
    ...input,
    creditLimit: input.creditLimit === null ? null : money(input.creditLimit),
  }
  const changed = fields.filter((field) => next[field] !== row[field])
  if (changed.length === 0) return

  await repo.update(ctx, id, Object.fromEntries(changed.map((field) => [field, next[field]])))

  const said = (from: Required<repo.Settings>) => {
    const facts = {
      customerClass: names.get(from.customerClass)!,
      creditLimit: decimal(from.creditLimit ?? null),
      autoPay: from.autoPay,
    }
    return Object.fromEntries(changed.map((field) => [field, facts[field]]))
  }
  await publish(ctx, billingChanged(id, said(next)))
  await audit.done(ctx, {
    action: 'customer.set_billing',
    entity: 'customer',
    entityId: String(id),
    customer: id,
    onBehalfOf: row.name,
    before: said(row),
    after: said(next),
  })
}

const fields = [
  'customerClass',
  'creditLimit',
  'autoPay',
] as const satisfies readonly (keyof repo.Settings)[]

type Classed = Readonly<{ customerClass: number; currency: string }>

/** What the class it has and the one it gets are called; the latter must be there, in its currency. */
async function namesOf(ctx: Ctx, { customerClass, currency }: Classed, wanted: number) {
  const [found] = await classes.hold(ctx, wanted)
  if (!found) throw classNotFound()
  if (found.currency !== currency && wanted !== customerClass) {
    throw classOfOtherCurrency(found.name, currency)
  }
  const [had] = await classes.hold(ctx, customerClass)
  return new Map([
    [customerClass, had!.name],
    [wanted, found.name],
  ])
}

/**
 * Stops a customer's service by hand: nothing new can be added until it is restored by hand, whatever
 * is paid meanwhile.
 *
 * @throws not_found `customers.not_found`; conflict `customers.suspended_already`, `customers.closed`
 */
export async function suspend(ctx: Ctx, { customer, reason }: Suspension): Promise<void> {
  demand(ctx.actor, 'customers:write')

  const [row] = await repo.lock(ctx, customer as CustomerId)
  if (!row) throw customerNotFound()
  const rule = whyNotSuspend(row)
  if (rule) throw serviceRefused(rule)

  const by = { note: reason, onBehalfOf: row.name }
  await billing.suspend(ctx, customer as CustomerId, 'admin', by)
}

/**
 * Starts service again that was stopped by hand.
 *
 * @throws not_found `customers.not_found`; conflict `customers.not_suspended`,
 *   `customers.restored_by_paying`
 */
export async function restore(ctx: Ctx, { customer, reason }: Suspension): Promise<void> {
  demand(ctx.actor, 'customers:write')

  const [row] = await repo.lock(ctx, customer as CustomerId)
  if (!row) throw customerNotFound()
  const rule = whyNotRestore(row)
  if (rule) throw serviceRefused(rule)

  const by = { note: reason, onBehalfOf: row.name }
  await billing.restore(ctx, customer as CustomerId, 'admin', by)
}
