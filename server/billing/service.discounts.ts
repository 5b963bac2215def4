import * as agreements from '#server/agreements/service.billing.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { periodsCharged, periodsHad, periodsLeft } from '#server/billing/discounts.ts'
import {
  amountInvalid,
  discountNotFound,
  nothingToDiscount,
  percentInvalid,
  subscriptionNotFound,
} from '#server/billing/errors.ts'
import { discountEnded, discountGiven } from '#server/billing/events.ts'
import { type Held, isOver } from '#server/billing/next-charge.ts'
import * as facts from '#server/billing/repo.facts.ts'
import type { EndDiscount, GiveDiscount } from '#server/billing/schema.discounts.ts'
import type { Fees } from '#server/catalog/schema.ts'
import * as catalog from '#server/catalog/service.ts'
import * as billed from '#server/customers/service.billing.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type Money, money, zero } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'

const all = money('100')

/**
 * Gives a subscription that runs a discount, for a reason: of its activation fee, or of periods from the
 * first that isn't charged yet. What is charged stays as it is. The same key twice gives one.
 *
 * @throws not_found `customers.not_found`, `billing.subscription_not_found`; invalid
 *   `billing.percent_invalid`, `billing.amount_invalid`; conflict `billing.nothing_to_discount`
 */
export async function giveDiscount(
  ctx: Ctx,
  { key, ...input }: GiveDiscount,
): Promise<{ discount: number }> {
  demand(ctx.actor, 'billing:write_any')
  return once(ctx, key, input, async () => {
    const off = money(input.off)
    const { customer, onBehalfOf, held, plan } = await locked(ctx, input)
    demandPossible(off, input.unit)
    await demandToCome(ctx, input.appliesTo, held, plan)

    const { name, appliesTo, reason } = input
    const isPeriodic = appliesTo === 'periodic'
    const made = {
      subscription: held.id,
      customer,
      code: name,
      appliesTo,
      percent: input.unit === 'percent' ? input.off : null,
      amount: input.unit === 'amount' ? input.off : null,
      after: isPeriodic ? periodsCharged({ ...held, terms: plan }) : 0,
      periods: isPeriodic ? input.periods : null,
    }
    const discount = await agreements.discount(ctx, { ...made, reason })

    const { subscription: _, customer: __, code: ___, ...given } = made
    const told = { subscription: plan.name, name, ...given, currency: plan.currency }
    await publish(ctx, discountGiven(customer, held, { discount, ...told }))
    await audit.done(ctx, {
      ...actOf('discount.give', customer, onBehalfOf),
      after: { ...told, reason },
    })
    return { discount }
  })
}

/** More than nothing; of a hundred at most, where it is a part. */
function demandPossible(off: Money, unit: GiveDiscount['unit']): void {
  if (unit === 'percent' && (off <= zero || off > all)) throw percentInvalid()
  if (unit === 'amount' && off <= zero) throw amountInvalid()
}

/** What costs nothing, or is charged to its end already, can't cost less. */
async function demandToCome(
  ctx: Ctx,
  appliesTo: GiveDiscount['appliesTo'],
  held: Omit<Held, 'terms'> & Readonly<{ id: number }>,
  plan: Fees,
): Promise<void> {
  const toCome =
    appliesTo === 'periodic'
      ? plan.periodicFee !== zero && !isOver({ ...held, terms: plan })
      : plan.activationFee !== zero && !(await isActivated(ctx, held.id))
  if (!toCome) throw nothingToDiscount(plan.name)
}

/**
 * Ends a discount: the periods it had stay as they were charged, those that come cost what the plan
 * says. Ending it again changes nothing.
 *
 * @throws not_found `customers.not_found`, `billing.subscription_not_found`, `billing.discount_not_found`
 */
export async function endDiscount(ctx: Ctx, input: EndDiscount): Promise<void> {
  demand(ctx.actor, 'billing:write_any')
  const { customer, onBehalfOf, held, plan } = await locked(ctx, input)
  const found = (await agreements.discountsOf(ctx, [held.id])).find(
    ({ id }) => id === input.discount,
  )
  if (!found) throw discountNotFound()
  if (found.ended) return

  const charged = periodsCharged({ ...held, terms: plan })
  const isPeriodic = found.appliesTo === 'periodic'
  // An activation's is ended as long as it isn't charged; after that there is nothing to end.
  const had = isPeriodic ? periodsHad(found, charged) : (await isActivated(ctx, held.id)) ? null : 0
  if (had === null || (isPeriodic && periodsLeft(found, charged) === 0)) return
  await agreements.endDiscount(ctx, { id: found.id, periods: had })

  const { code: name } = found
  await publish(
    ctx,
    discountEnded(customer, held, { discount: found.id, subscription: plan.name, name }),
  )
  await audit.done(ctx, {
    ...actOf('discount.end', customer, onBehalfOf),
    before: { subscription: plan.name, name, periods: found.periods },
    after: { subscription: plan.name, name, periods: had },
  })
}

const isActivated = async (ctx: Ctx, held: number) =>
  (await facts.activated(ctx, [held])).length > 0

/** No bill is made of it until commit: which periods are charged doesn't change meanwhile. */
async function locked(ctx: Ctx, input: { customer: number; held: number }) {
  const customer = input.customer as CustomerId
  const { name: onBehalfOf } = await customers.inCharge(ctx, customer)
  await billed.lock(ctx, customer)
  const held = await agreements.runningOne(ctx, customer, input.held)
  if (!held) throw subscriptionNotFound()
  const [plan] = await catalog.feesOf(ctx, [held.subscription])
  return { customer, onBehalfOf, held, plan: plan! }
}

const actOf = (action: string, customer: CustomerId, onBehalfOf: string) => ({
  action,
  entity: 'customer',
  entityId: String(customer),
  customer,
  onBehalfOf,
})
