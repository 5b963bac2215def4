import * as agreements from '#server/agreements/service.billing.ts'
import { demand } from '#server/auth/rights.ts'
import { endOfTerm, nextCharge } from '#server/billing/next-charge.ts'
import type { SubscriptionsView } from '#server/billing/schema.subscriptions.ts'
import { entriesPerPage, type LedgerQuery } from '#server/billing/schema.ts'
import { namesOf } from '#server/billing/service.views.ts'
import * as catalog from '#server/catalog/service.ts'
import * as billed from '#server/customers/service.billing.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { toDecimal, zero } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'

/** What runs for my company and its lines: its packages first, then account by account. */
export async function subscriptions(ctx: Ctx, { page }: LedgerQuery): Promise<SubscriptionsView> {
  demand(ctx.actor, 'billing:read')
  const customer = ctx.actor.customer as CustomerId
  const part = { limit: entriesPerPage, offset: page * entriesPerPage }
  const [one, running, names] = await together(
    billed.billed(ctx, customer),
    agreements.running(ctx, customer, part),
    namesOf(ctx, customer),
  )
  const [plans, discounts] = await together(
    catalog.feesOf(ctx, [...new Set(running.map(({ subscription }) => subscription))]),
    agreements.discountsOf(
      ctx,
      running.map(({ id }) => id),
    ),
  )
  const fees = new Map(plans.map((plan) => [plan.subscription, plan]))
  return {
    currency: one.currency,
    total: running[0]?.total ?? 0,
    rows: running.map(({ id, account, subscription, waits, ...days }) => {
      const { name, periodicFee, currency, ...terms } = fees.get(subscription)!
      const held = { ...days, terms }
      return {
        id,
        description: name,
        ...names(account),
        fee: toDecimal(periodicFee),
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
        discounts: discounts.filter((off) => off.subscription === id).map(({ code }) => code),
        waits,
      }
    }),
  }
}
