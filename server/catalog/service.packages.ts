import { brokenConstraint } from '#db/client.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { packageNotSold, productNameTaken } from '#server/catalog/errors.ts'
import {
  packageAdded,
  packageArchived,
  packageChanged,
  packageSoldAgain,
} from '#server/catalog/events.ts'
import { isSamePrice, planOf } from '#server/catalog/plan.ts'
import * as repo from '#server/catalog/repo.plans.ts'
import {
  type ArchivePackage,
  type EditPackage,
  type PackageNamed,
  type PackageQuery,
  packagesPerPage,
  type SellPackage,
  type SoldPackage,
  type SoldPackages,
} from '#server/catalog/schema.packages.ts'
import { termsOf } from '#server/catalog/schema.ts'
import { publish } from '#server/events/service.ts'
import type { SubscriptionId } from '#server/kernel/ids.ts'
import { toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'

type Found = Awaited<ReturnType<typeof repo.find>>[number]

const viewOf = (row: Found): SoldPackage => ({
  subscription: row.subscription,
  name: row.name,
  currency: row.currency,
  activation: toDecimal(row.activationFee),
  periodic: toDecimal(row.periodicFee),
  terms: termsOf(row),
  archived: row.archivedAt !== null,
})

/** What customers can hold directly, or could: a page of it, by name. */
export async function packages(ctx: Ctx, query: PackageQuery): Promise<SoldPackages> {
  demand(ctx.actor, 'catalog:read')
  const like = query.search && `%${query.search.replace(/[\\%_]/g, '\\$&')}%`
  const [all] = await repo.total(ctx, query, like)
  const rows = await repo.page(ctx, query, like, packagesPerPage)
  return { rows: rows.map(viewOf), total: all!.n }
}

/** @throws not_found `catalog.package_not_found` */
export async function packageOf(ctx: Ctx, { subscription }: PackageNamed): Promise<SoldPackage> {
  demand(ctx.actor, 'catalog:read')
  return viewOf(await found(ctx, subscription as SubscriptionId))
}

async function found(ctx: Ctx, subscription: SubscriptionId): Promise<Found> {
  const [row] = await repo.find(ctx, subscription)
  if (!row) throw packageNotSold()
  return row
}

/** Puts a package on sale; the same key twice puts one. @throws conflict `catalog.name_taken` */
export async function sellPackage(
  ctx: Ctx,
  { key, ...input }: SellPackage,
): Promise<{ subscription: number }> {
  demand(ctx.actor, 'catalog:write')
  return once(ctx, key, input, () =>
    named(input.name, async () => {
      const [made] = await repo.insertPlan(ctx, planOf(input))
      const subscription = made!.subscription as SubscriptionId

      await publish(ctx, packageAdded(subscription, { name: input.name }))
      await audit.done(ctx, { ...actOf('package.add', subscription), after: input })
      return { subscription }
    }),
  )
}

/**
 * Changes a package. Another price, or other terms, are a subscription of their own: whoever has the old
 * one keeps it, whoever takes it from now on has the new one, whose id is answered.
 *
 * @throws not_found `catalog.package_not_found`, conflict `catalog.name_taken`
 */
export async function editPackage(ctx: Ctx, input: EditPackage): Promise<{ subscription: number }> {
  demand(ctx.actor, 'catalog:write')
  const old = input.subscription as SubscriptionId
  await repo.lock(ctx, old)
  const before = await found(ctx, old)
  const plan = planOf(input)
  const same = isSamePrice(before, plan)
  if (same && before.name === plan.name) return { subscription: old }

  const subscription = await named(input.name, async () => {
    if (same) {
      await repo.update(ctx, old, { name: plan.name })
      return old
    }
    // Its name is free from here on.
    await repo.update(ctx, old, { replacedAt: ctx.now })
    const [made] = await repo.insertPlan(ctx, plan)
    const now = made!.subscription as SubscriptionId
    await repo.update(ctx, old, { replacedBy: now })
    await repo.update(ctx, now, { archivedAt: before.archivedAt })
    return now
  })

  const after = viewOf(await found(ctx, subscription))
  await publish(ctx, packageChanged(subscription, { name: after.name, replaces: old }))
  await audit.done(ctx, { ...actOf('package.edit', subscription), before: viewOf(before), after })
  return { subscription }
}

/** Takes a package off sale, or puts it back; who has it keeps it either way. */
export async function archivePackage(ctx: Ctx, input: ArchivePackage): Promise<void> {
  demand(ctx.actor, 'catalog:write')
  const subscription = input.subscription as SubscriptionId
  await repo.lock(ctx, subscription)
  const { name, archivedAt } = await found(ctx, subscription)
  const archived = archivedAt !== null
  if (archived === input.archived) return

  await repo.update(ctx, subscription, { archivedAt: input.archived ? ctx.now : null })

  await publish(ctx, (input.archived ? packageArchived : packageSoldAgain)(subscription, { name }))
  await audit.done(ctx, {
    ...actOf(input.archived ? 'package.archive' : 'package.sell_again', subscription),
    before: { name, archived },
    after: { name, archived: input.archived },
  })
}

const actOf = (action: string, subscription: SubscriptionId) => ({
  action,
  entity: 'subscription',
  entityId: String(subscription),
})

/** Names are one each, of products and of what they are charged by, whatever their case. */
async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (brokenConstraint(error) === 'subscriptions_name') throw productNameTaken(name)
    throw error
  }
}
