import * as agreements from '#server/agreements/service.billing.ts'
import { demand } from '#server/auth/rights.ts'
import { periodsCharged, periodsLeft } from '#server/billing/discounts.ts'
import { endOfTerm, nextCharge } from '#server/billing/next-charge.ts'
import * as repo from '#server/billing/repo.facts.ts'
import type { DiscountView } from '#server/billing/schema.discounts.ts'
import type { SubscriptionsView } from '#server/billing/schema.subscriptions.ts'
import { entriesPerPage, type LedgerQuery, type LedgerQueryFor } from '#server/billing/schema.ts'
import { namesOf } from '#server/billing/service.views.ts'
import { cycleOf } from '#server/catalog/schema.ts'
import * as catalog from '#server/catalog/service.ts'
import * as billed from '#server/customers/service.billing.ts'
import * as customers from '#server/customers/service.ts'
import { periodNumber } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type DecimalString, toDecimal, zero } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'

/** What runs for my company and its lines: its packages first, then account by account. */
export async function subscriptions(ctx: Ctx, { page }: LedgerQuery): Promise<SubscriptionsView> {
  demand(ctx.actor, 'billing:read')
  return viewOf(ctx, ctx.actor.customer as CustomerId, page)
}

/** The same of a customer, for those who look after it. @throws not_found `customers.not_found` */
export async function subscriptionsFor(
  ctx: Ctx,
  { customer, page }: LedgerQueryFor,
): Promise<SubscriptionsView> {
  demand(ctx.actor, 'billing:read_any')
  await customers.inCharge(ctx, customer as CustomerId)
  return viewOf(ctx, customer as CustomerId, page)
}

async function viewOf(ctx: Ctx, customer: CustomerId, page: number): Promise<SubscriptionsView> {
  const part = { limit: entriesPerPage, offset: page * entriesPerPage }
  const [one, running, names] = await together(
    billed.billed(ctx, customer),
    agreements.running(ctx, customer, part),
    namesOf(ctx, customer),
  )
  const [plans, discounts, activated] = await together(
    catalog.feesOf(ctx, [...new Set(running.map(({ subscription }) => subscription))]),
    agreements.discountsOf(
      ctx,
      running.map(({ id }) => id),
    ),
    repo.activated(
      ctx,
      running.map(({ id }) => id),
    ),
  )
  const begun = new Set(activated.map(({ subscription }) => subscription))
  const fees = new Map(plans.map((plan) => [plan.subscription, plan]))
  return {
    currency: one.currency,
    total: running[0]?.total ?? 0,
    rows: running.map(({ id, account, subscription, waits, ...days }) => {
      const { name, periodicFee, activationFee, currency, ...terms } = fees.get(subscription)!
      const held = { ...days, terms }
      const charged = periodsCharged(held)
      return {
        id,
        description: name,
        ...names(account),
        fee: toDecimal(periodicFee),
        activation: toDecimal(activationFee),
        currency,
        period: {
          period: terms.period,
          periodCount: terms.periodCount,
          inAdvance: terms.inAdvance,
        },
        startedOn: days.startedOn,
        chargedUntil: days.chargedUntil > days.startedOn ? days.chargedUntil : null,
        chargedNext: waits || periodicFee === zero ? null : nextCharge(held, one),
        endsOn: endOfTerm(held),
        nextPeriod: {
          anchor: held.anchor,
          number: periodNumber(held.anchor, cycleOf(terms), held.startedOn) + charged,
        },
        discounts: discounts
          .filter((off) => off.subscription === id)
          .flatMap((off) => discountView(off, charged, begun.has(id))),
        waits,
      }
    }),
  }
}

/** Nothing where it is over, or was ended. */
function discountView(
  off: agreements.GivenDiscount,
  charged: number,
  activated: boolean,
): DiscountView[] {
  const isPeriodic = off.appliesTo === 'periodic'
  const left = isPeriodic ? periodsLeft(off, charged) : null
  if (off.ended || left === 0 || (!isPeriodic && activated)) return []
  return [
    {
      discount: off.id,
      name: off.code,
      appliesTo: off.appliesTo,
      percent: off.percent as DecimalString | null,
      amount: off.amount as DecimalString | null,
      left,
      reason: off.reason,
    },
  ]
}
