import { brokenConstraint } from '#db/client.ts'
import { accountNotFound } from '#server/accounts/errors.ts'
import type { EndAccounts, EndedAccount, RestoreAccounts } from '#server/accounts/schema.ts'
import * as editing from '#server/accounts/service.edit.ts'
import * as ending from '#server/accounts/service.ends.ts'
import { demand } from '#server/auth/rights.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import { extensionTaken } from '#server/pbx/errors.ts'
import { extensionChanged } from '#server/pbx/events.ts'
import * as repo from '#server/pbx/repo.ts'
import type { EditExtension } from '#server/pbx/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'

/**
 * Changes one of my extensions: what isn't said stays. Another number shows everywhere at once; the
 * account id stays what it was made as.
 *
 * @throws conflict `pbx.extension_taken`, and all that `accounts.edit` refuses
 */
export async function editExtension(ctx: Ctx, input: EditExtension): Promise<void> {
  demand(ctx.actor, 'extensions:write')
  const { extension, published, ...patch } = input
  const of = ctx.actor.customer as CustomerId

  await editing.edit(ctx, { ...patch, of }, async ({ account, accountId, customer }) => {
    const [was] = await repo.findExtension(ctx, account)
    if (!was) throw accountNotFound()
    const now = { extension: extension ?? was.extension, published: published ?? was.published }
    const changed = (['extension', 'published'] as const).filter((key) => now[key] !== was[key])
    if (changed.length > 0) await update(ctx, account, now)

    const pick = (from: typeof now) => Object.fromEntries(changed.map((key) => [key, from[key]]))
    return {
      before: pick(was),
      after: pick(now),
      facts:
        changed.length > 0 ? [extensionChanged(customer, account, { id: accountId, ...now })] : [],
    }
  })
}

async function update(
  ctx: Ctx,
  account: AccountId,
  now: { extension: string; published: boolean },
): Promise<void> {
  try {
    await repo.updateExtension(ctx, account, now)
  } catch (error) {
    if (brokenConstraint(error) === 'extensions_number') throw extensionTaken(now.extension)
    throw error
  }
}

/**
 * Ends extensions with their accounts, all or none of them; says what that freed.
 *
 * @throws all that `accounts.endMany` refuses
 */
export async function removeExtensions(ctx: Ctx, input: EndAccounts): Promise<EndedAccount[]> {
  demand(ctx.actor, 'extensions:write')
  return once(ctx, input.key, input, async () => {
    const ids = await onlyExtensions(ctx, input.accounts)
    return ending.endMany(ctx, ids, { of: ctx.actor.customer as CustomerId })
  })
}

/** Undoes `removeExtensions` for ten minutes. @throws all that `accounts.restore` refuses */
export async function restoreExtensions(ctx: Ctx, input: RestoreAccounts): Promise<void> {
  demand(ctx.actor, 'extensions:write')
  await once(ctx, input.key, input, async () => {
    const ids = await onlyExtensions(ctx, input.accounts)
    await ending.restore(ctx, ids, { of: ctx.actor.customer as CustomerId })
  })
}

async function onlyExtensions(ctx: Ctx, accounts: readonly number[]): Promise<AccountId[]> {
  const ids = [...new Set(accounts)] as AccountId[]
  if ((await repo.extensionsAmong(ctx, ids)).length < ids.length) throw accountNotFound()
  return ids
}
