import { demand } from '#server/auth/rights.ts'
import * as auth from '#server/auth/service.ts'
import * as repo from '#server/billing/repo.revenue.ts'
import type { Revenue } from '#server/billing/schema.revenue.ts'
import type { Fees } from '#server/catalog/schema.ts'
import * as catalog from '#server/catalog/service.ts'
import { addMonths, type CivilDate, civilDate, dayIn } from '#server/kernel/civil.ts'
import { compare, type Money, money, portion, sum, toDecimal, zero } from '#server/kernel/money.ts'
import { aMonth } from '#server/kernel/proration.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'

const monthsShown = 12

/** What comes in, currency by currency; the environment's own first, also while there is nothing. */
export async function revenue(ctx: Ctx): Promise<Revenue[]> {
  demand(ctx.actor, 'billing:run')
  const { timeZone, currency: own } = await auth.home(ctx)
  const today = dayIn(timeZone, ctx.now)
  const months = monthsUntil(today)
  const since = civilDate(`${months[0]}-01`)

  const [invoiced, received, open, running, debtors] = await together(
    repo.invoiced(ctx, since),
    repo.received(ctx, since),
    repo.open(ctx, today),
    repo.running(ctx, today),
    repo.debtors(ctx),
  )
  const counts = new Map(running.map(({ plan, n }) => [plan, n]))
  const fees = await catalog.feesOf(ctx, [...counts.keys()])
  const plans = fees.map((plan) => ({ ...monthlyOf(plan, counts), currency: plan.currency }))

  const all = [invoiced, received, open, plans, debtors].flat().map(({ currency }) => currency)
  return [...new Set([own, ...all.toSorted()])].map((currency) => {
    const mine = <T extends { currency: string }>(rows: readonly T[]) =>
      rows.filter((row) => row.currency === currency)
    const [stands] = mine(open)
    const running = byName(mine(plans)).toSorted((a, b) => compare(b.monthly, a.monthly))
    return {
      currency,
      months: months.map((month) => ({
        month,
        invoiced: amountOf(mine(invoiced), month),
        received: amountOf(mine(received), month),
      })),
      open: toDecimal(money(stands?.open ?? '0')),
      openInvoices: stands?.openInvoices ?? 0,
      overdue: toDecimal(money(stands?.overdue ?? '0')),
      overdueInvoices: stands?.overdueInvoices ?? 0,
      monthly: toDecimal(sum(running.map(({ monthly }) => monthly))),
      plans: running.map(({ plan, subscriptions, monthly }) => ({
        plan,
        subscriptions,
        monthly: toDecimal(monthly),
      })),
      debtors: mine(debtors).map(({ customer, name, dueFirst, open: owed }) => ({
        customer,
        name,
        open: owed,
        dueFirst,
        isOverdue: dueFirst < today,
      })),
    }
  })
}

/** The present month and those before it, oldest first. */
function monthsUntil(today: CivilDate): string[] {
  const first = civilDate(`${today.slice(0, 7)}-01`)
  return Array.from({ length: monthsShown }, (_, i) =>
    addMonths(first, i - monthsShown + 1).slice(0, 7),
  )
}

const amountOf = (rows: readonly { month: string; amount: string }[], month: string) =>
  toDecimal(money(rows.find((row) => row.month === month)?.amount ?? '0'))

type Running = { plan: string; subscriptions: number; monthly: Money }

/** A plan that got another price is one plan still, to whoever looks at what it brings. */
function byName(plans: readonly Running[]): Running[] {
  const all = Map.groupBy(plans, ({ plan }) => plan)
  return [...all].map(([plan, prices]) => ({
    plan,
    subscriptions: prices.reduce((n, one) => n + one.subscriptions, 0),
    monthly: sum(prices.map(({ monthly }) => monthly)),
  }))
}

function monthlyOf(
  { subscription, name: plan, periodicFee, period: unit, periodCount: count }: Fees,
  counts: ReadonlyMap<Fees['subscription'], number>,
) {
  const subscriptions = counts.get(subscription) ?? 0
  const each = periodicFee === zero ? zero : aMonth(periodicFee, { unit, count })
  return { plan, subscriptions, monthly: portion(each, { num: subscriptions, den: 1 }) }
}
