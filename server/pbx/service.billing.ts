import type { AccountId } from '#server/kernel/ids.ts'
import * as repo from '#server/pbx/repo.billing.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** For billing alone: by which short number people know an account. */
export const extensionsOf = async (
  ctx: Ctx,
  customers: readonly number[],
): Promise<Map<AccountId, string>> =>
  new Map((await repo.extensionsOf(ctx, customers)).map((row) => [row.account, row.extension]))
