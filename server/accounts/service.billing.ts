import * as repo from '#server/accounts/repo.billing.ts'
import type { CivilDate, Period } from '#server/kernel/civil.ts'
import type { AccountId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

// For billing alone: which days were free, and what accounts are called.

export type Label = repo.Label

/** The days of a period on which customers' accounts were blocked from the first moment to the last. */
export async function freeDaysOf(
  ctx: Ctx,
  customers: readonly number[],
  { from, until }: { from: CivilDate; until: CivilDate },
): Promise<Map<AccountId, Period[]>> {
  const free = new Map<AccountId, Period[]>()
  for (const { account, days } of await repo.freeDays(ctx, customers, from, until)) {
    free.set(account, [...(free.get(account) ?? []), days])
  }
  return free
}

/** What customers' accounts are called, those that ended too. */
export const labelsOf = async (
  ctx: Ctx,
  customers: readonly number[],
): Promise<Map<AccountId, Label>> =>
  new Map((await repo.labelsOf(ctx, customers)).map((label) => [label.account, label]))
