import * as accounts from '#server/accounts/service.billing.ts'
import * as agreements from '#server/agreements/service.billing.ts'
import type { Closing } from '#server/billing/cycle.ts'
import * as repo from '#server/billing/repo.facts.ts'
import type { SubscriptionFacts } from '#server/billing/schema.ts'
import type { Fees } from '#server/catalog/schema.ts'
import * as catalog from '#server/catalog/service.ts'
import { type CivilDate, earlier, later, type Period } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, SubscriptionId } from '#server/kernel/ids.ts'
import { money, zero } from '#server/kernel/money.ts'
import * as pbx from '#server/pbx/service.billing.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'
import { totalsOf, type UsageOf } from '#server/usage/service.ts'

/** Whose bill, of which cycle. */
export type ToBill = Readonly<{ customer: CustomerId; closing: Closing }>

/** What people know an account by. */
export type AccountName = Readonly<{ line: string; name: string }>

export type CustomerFacts = Readonly<{
  subscriptions: readonly (SubscriptionFacts &
    Readonly<{ currency: string; product: number | null }>)[]
  standing: readonly repo.Standing[]
  /** Of the cycle that is billed. */
  usage: readonly UsageOf[]
}>

export type Facts = Readonly<{
  of(customer: CustomerId): CustomerFacts
  nameOf(account: AccountId): AccountName | undefined
}>

const noFacts: Facts = {
  of: () => ({ subscriptions: [], standing: [], usage: [] }),
  nameOf: () => undefined,
}

/**
 * All that is known of customers that their bills are made of: some statements, however many they are.
 *
 * @param freeUntil days blocked up to here; the bill's own day unless said
 */
export async function factsOf(
  ctx: Ctx,
  bills: readonly ToBill[],
  freeUntil?: CivilDate,
): Promise<Facts> {
  if (bills.length === 0) return noFacts
  const ids = bills.map(({ customer }) => customer)
  const rows = await agreements.billable(
    ctx,
    bills.map(({ customer, closing }) => ({ customer, since: closing.since })),
  )
  const firstDay = rows.map((row) => row.chargedUntil)
  const from = [...firstDay, ...bills.map(({ closing }) => closing.since)].reduce(earlier)
  const until = freeUntil ?? bills.map(({ closing }) => closing.day).reduce(later)

  const plans = new Map(
    (await catalog.feesOf(ctx, [...new Set(rows.map((row) => row.subscription))])).map(
      (plan): [SubscriptionId, Fees] => [plan.subscription, plan],
    ),
  )
  const held = rows.map((row) => row.id)
  const activating = rows.filter((row) => plans.get(row.subscription)!.activationFee !== zero)
  const cycles = bills.map(({ customer, closing: { from: first, day } }) => ({
    customer,
    from: first,
    until: day,
  }))
  const [free, exceptions, activated, discounts, standing, labels, extensions, usage] =
    await together(
      accounts.freeDaysOf(ctx, ids, { from, until }),
      repo.exceptions(ctx, ids, from),
      activating.length > 0
        ? repo.activated(
            ctx,
            activating.map((row) => row.id),
          )
        : [],
      agreements.discountsOf(ctx, held),
      repo.standing(ctx, ids, until),
      accounts.labelsOf(ctx, ids),
      pbx.extensionsOf(ctx, ids),
      totalsOf(ctx, cycles),
    )

  const put = Map.groupBy(exceptions, ({ subscription }) => subscription)
  const off = Map.groupBy(discounts, ({ subscription }) => subscription)
  const begun = new Set(activated.map(({ subscription }) => subscription))
  const facts = rows.map((row) => {
    const plan = plans.get(row.subscription)!
    const { name, currency, activationFee, periodicFee, ...terms } = plan
    return {
      ...row,
      name,
      currency,
      activationFee,
      periodicFee,
      terms,
      blocked: blockedOf(free, row.account),
      discounts: (off.get(row.id) ?? []).map(
        ({ amount, code, appliesTo, percent, after, periods, reason }) => ({
          code,
          appliesTo,
          percent,
          after,
          periods,
          amount: amount === null ? null : money(amount),
          given: reason !== null,
        }),
      ),
      exceptions: (put.get(row.id) ?? []).map(({ subscription: _, ...one }) => one),
      activated: begun.has(row.id),
    }
  })
  const byCustomer = Map.groupBy(facts, ({ customer }) => customer)
  const standingBy = Map.groupBy(standing, ({ customer }) => customer)
  const usageBy = Map.groupBy(usage, ({ customer }) => customer)
  return {
    of: (customer) => ({
      subscriptions: byCustomer.get(customer) ?? [],
      standing: standingBy.get(customer) ?? [],
      usage: usageBy.get(customer) ?? [],
    }),
    nameOf: (account) => {
      const label = labels.get(account)
      return label && { line: extensions.get(account) ?? label.accountId, name: label.name }
    },
  }
}

const nothing: readonly Period[] = []

const blockedOf = (
  free: ReadonlyMap<AccountId, readonly Period[]>,
  account: AccountId | null,
): readonly Period[] => (account === null ? nothing : (free.get(account) ?? nothing))
