import { brokenConstraint } from '#db/client.ts'
import { accountNotFound, imsiTaken, simTaken } from '#server/accounts/errors.ts'
import * as directory from '#server/accounts/repo.directory.ts'
import * as repo from '#server/accounts/repo.sims.ts'
import {
  type AddSim,
  type RenameSim,
  type SimList,
  type SimQuery,
  simsPerPage,
} from '#server/accounts/schema.sims.ts'
import type { EndAccounts, EndedAccount, RestoreAccounts } from '#server/accounts/schema.ts'
import { likeOf } from '#server/accounts/service.directory.ts'
import { edit } from '#server/accounts/service.edit.ts'
import { endMany, restore } from '#server/accounts/service.ends.ts'
import { open } from '#server/accounts/service.ts'
import { demand } from '#server/auth/rights.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import { bareDigits } from '#server/kernel/sim.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'

/**
 * Adds a SIM card of mine: an account called by its ICCID. Works at once, or waits for an
 * administrator, as its product says; the same key twice adds one.
 *
 * @throws conflict `accounts.iccid_taken`, `accounts.imsi_taken`, and all that `open` refuses
 */
export async function addSim(ctx: Ctx, input: AddSim) {
  demand(ctx.actor, 'sims:write')
  const { key, iccid, imsi, name, product } = input
  return once(ctx, key, input, async () => {
    const { account, status } = await called(iccid, imsi, async () => {
      const opened = await open(ctx, {
        customer: ctx.actor.customer as CustomerId,
        product: product as ProductId,
        kind: 'sim',
        accountId: iccid,
        name,
        numbers: [],
      })
      await repo.setImsi(ctx, opened.account, imsi)
      return opened
    })
    return { account, iccid, status }
  })
}

/** A card is in one place at a time: whose it is, nobody is told. */
async function called<T>(iccid: string, imsi: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if ((error as { code?: string }).code === 'accounts.id_taken') throw simTaken(iccid)
    if (brokenConstraint(error) === 'accounts_one_imsi') throw imsiTaken(imsi)
    throw error
  }
}

/** My SIM cards, a page of them, with those that were rejected and why. */
export async function sims(ctx: Ctx, query: SimQuery): Promise<SimList> {
  demand(ctx.actor, 'sims:read')
  const customer = ctx.actor.customer as CustomerId
  const digits = bareDigits(query.search)
  const asked = { ...query, like: likeOf(/^\d+$/.test(digits) ? digits : query.search) }
  const [found] = await directory.countSims(ctx, customer, asked)
  const rows = await directory.sims(ctx, customer, asked, simsPerPage)
  const counts = { active: 0, waiting: 0, blocked: 0, rejected: 0 }
  for (const { state, n } of await directory.simsByState(ctx, customer)) counts[state] = n

  return {
    rows: rows.map((row) => ({
      account: row.account,
      iccid: row.accountId,
      imsi: row.imsi,
      name: row.name,
      product: row.productName,
      status: row.status,
      blockedBy: row.blockedBy,
      state: stateOf(row.status),
      rejection: row.rejection,
      added: row.createdAt.toISOString(),
    })),
    total: found!.n,
    counts,
  }
}

const states = {
  active: 'active',
  inactive: 'waiting',
  blocked: 'blocked',
  terminated: 'rejected',
} as const

const stateOf = (status: keyof typeof states) => states[status]

/** @throws not_found `accounts.not_found`, conflict `accounts.blocked_by_admin` */
export async function renameSim(ctx: Ctx, { account, name }: RenameSim): Promise<void> {
  demand(ctx.actor, 'sims:write')
  await onlySims(ctx, [account])
  await edit(ctx, { account, name, of: ctx.actor.customer as CustomerId })
}

/** Ends SIM cards of mine, all or none; says what that freed. @throws what `endMany` refuses */
export async function removeSims(ctx: Ctx, input: EndAccounts): Promise<EndedAccount[]> {
  demand(ctx.actor, 'sims:write')
  return once(ctx, input.key, input, async () => {
    const ids = await onlySims(ctx, input.accounts)
    return endMany(ctx, ids, { of: ctx.actor.customer as CustomerId })
  })
}

/** Undoes `removeSims` for ten minutes. @throws what `restore` refuses */
export async function restoreSims(ctx: Ctx, input: RestoreAccounts): Promise<void> {
  demand(ctx.actor, 'sims:write')
  await once(ctx, input.key, input, async () => {
    const ids = await onlySims(ctx, input.accounts)
    await restore(ctx, ids, { of: ctx.actor.customer as CustomerId })
  })
}

async function onlySims(ctx: Ctx, accounts: readonly number[]): Promise<AccountId[]> {
  const ids = [...new Set(accounts)] as AccountId[]
  if ((await repo.simsAmong(ctx, ids)).length < ids.length) throw accountNotFound()
  return ids
}
