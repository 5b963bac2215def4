import { packageEnded, packageNotFound, wrongCurrency } from '#server/agreements/errors.ts'
import { resumed, unsubscribed } from '#server/agreements/events.ts'
import * as repo from '#server/agreements/repo.packages.ts'
import type {
  AddPackage,
  PackageRef,
  PackagesView,
  RecurringView,
} from '#server/agreements/schema.packages.ts'
import type { CustomerRef } from '#server/agreements/schema.ts'
import { subscribe } from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { recurringOf } from '#server/catalog/schema.recurring.ts'
import { asOnePrice, cycleOf, type Fees } from '#server/catalog/schema.ts'
import * as catalog from '#server/catalog/service.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import { type CivilDate, dayIn } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { portion, toDecimal } from '#server/kernel/money.ts'
import { aMonth } from '#server/kernel/proration.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'

/**
 * The subscriptions a customer holds itself, with what could be added: those of no product, in the
 * customer's currency.
 *
 * @throws not_found `customers.not_found`
 */
export async function packages(ctx: Ctx, { customer: id }: CustomerRef): Promise<PackagesView> {
  demand(ctx.actor, 'agreements:read')
  const customer = id as CustomerId
  const { currency } = await customers.inCharge(ctx, customer)

  const held = await repo.list(ctx, customer)
  const ids = [...new Set(held.map(({ subscription }) => subscription))]
  const fees = new Map((await catalog.feesOf(ctx, ids)).map((one) => [one.subscription, one]))
  const rows = held.map((row) => ({ ...row, ...priceOf(fees.get(row.subscription)!) }))
  const running = held.filter(({ endedOn }) => endedOn === null)
  return {
    currency,
    rows,
    recurring: recurringOf(running.map(({ subscription }) => fees.get(subscription)!)),
    addable: (await catalog.packages(ctx)).filter((one) => one.currency === currency).map(priceOf),
  }
}

/**
 * What my company pays from period to period for all that runs, tax not included: what it holds itself,
 * and what its accounts bring once they are approved. Each at the price it was started with.
 */
export async function recurring(ctx: Ctx): Promise<RecurringView> {
  demand(ctx.actor, 'customer:read')
  const customer = ctx.actor.customer as CustomerId
  const { currency } = await customers.find(ctx, customer)

  const running = await repo.paid(ctx, customer)
  const ids = [...new Set(running.map(({ subscription }) => subscription))]
  const fees = new Map((await catalog.feesOf(ctx, ids)).map((one) => [one.subscription, one]))
  const costs = running.map(({ subscription, direct, n }) => {
    const plan = fees.get(subscription)!
    return { ...plan, direct, n, periodicFee: portion(plan.periodicFee, { num: n, den: 1 }) }
  })
  return {
    currency,
    accounts: recurringOf(costs.filter((cost) => !cost.direct)),
    packages: costs
      .filter((cost) => cost.direct)
      .map((cost) => ({ name: cost.name, n: cost.n, costs: recurringOf([cost]) })),
    total: recurringOf(costs),
  }
}

/** What a plan comes to in a month, whatever its period. */
const monthlyOf = (plan: Fees) => aMonth(plan.periodicFee, cycleOf(plan))

const priceOf = (plan: Fees) => ({
  subscription: plan.subscription,
  name: plan.name,
  currency: plan.currency,
  ...asOnePrice([plan]),
})

/**
 * Hangs a subscription on a customer, from today on by its calendar; the same key twice adds one. The
 * next invoice charges it. Also while service is suspended: it is a fee an administrator has agreed on,
 * and lets the customer use nothing more.
 *
 * @throws not_found `customers.not_found`, `agreement.package_not_found`; conflict
 *   `agreement.wrong_currency`
 */
export async function addPackage(ctx: Ctx, { key, ...input }: AddPackage) {
  demand(ctx.actor, 'agreements:write')
  return once(ctx, key, input, async () => {
    const customer = input.customer as CustomerId
    const { name: onBehalfOf, currency, timeZone } = await customers.inCharge(ctx, customer)
    const found = (await catalog.packages(ctx)).find(
      (one) => one.subscription === input.subscription,
    )
    if (!found) throw packageNotFound()
    if (found.currency !== currency) throw wrongCurrency(found.name, currency)

    const { subscription, name } = found
    const startedOn = dayIn(timeZone, ctx.now)
    const { ids, facts } = await subscribe(ctx, [{ customer, subscription, name, startedOn }])

    await publish(ctx, ...facts)
    await audit.done(ctx, {
      ...actOf('agreement.add_package', customer, onBehalfOf),
      after: { name, monthly: toDecimal(monthlyOf(found)), currency, startedOn },
    })
    return { held: ids[0]! }
  })
}

/**
 * Ends a subscription that a customer holds itself: today is the first day without it. Ending it
 * again changes nothing.
 *
 * @throws not_found `customers.not_found`, `agreement.package_not_found`
 */
export async function endPackage(ctx: Ctx, input: PackageRef): Promise<void> {
  demand(ctx.actor, 'agreements:write')
  const { row, name, customer, onBehalfOf, today } = await locked(ctx, input)
  if (row.endedOn) return

  await repo.setEnd(ctx, customer, row.held, today)

  await publish(ctx, unsubscribed({ id: row.held, account: null, customer, name }))
  await audit.done(ctx, {
    ...actOf('agreement.end_package', customer, onBehalfOf),
    before: { name, startedOn: row.startedOn },
    after: { name, endedOn: today },
  })
}

/**
 * Takes back an end of today, as if it had never been.
 *
 * @throws as `endPackage`; conflict `agreement.package_ended` where it ended on an earlier day
 */
export async function resumePackage(ctx: Ctx, input: PackageRef): Promise<void> {
  demand(ctx.actor, 'agreements:write')
  const { row, name, customer, onBehalfOf, today } = await locked(ctx, input)
  if (!row.endedOn) return
  if (row.endedOn !== today) throw packageEnded(name)

  await repo.setEnd(ctx, customer, row.held, null)

  await publish(ctx, resumed({ id: row.held, account: null, customer, name }))
  await audit.done(ctx, {
    ...actOf('agreement.resume_package', customer, onBehalfOf),
    before: { name, endedOn: row.endedOn },
    after: { name },
  })
}

async function locked(ctx: Ctx, { customer: id, held }: PackageRef) {
  const customer = id as CustomerId
  const { name: onBehalfOf, timeZone } = await customers.inCharge(ctx, customer)
  const [row] = await repo.lock(ctx, customer, held)
  if (!row) throw packageNotFound()
  const [fees] = await catalog.feesOf(ctx, [row.subscription])
  const today: CivilDate = dayIn(timeZone, ctx.now)
  return { row, name: fees!.name, customer, onBehalfOf, today }
}

/** About the customer, not its agreement: what is agreed is how many, this is what is paid. */
const actOf = (action: string, customer: CustomerId, onBehalfOf: string) => ({
  action,
  entity: 'customer',
  entityId: String(customer),
  customer,
  onBehalfOf,
})
