import * as repo from '#server/accounts/repo.directory.ts'
import {
  type AccountList,
  type AccountRow,
  accountsPerPage,
  type CustomerAccounts,
  type WaitingQuery,
} from '#server/accounts/schema.admin.ts'
import { demand } from '#server/auth/rights.ts'
import * as customers from '#server/customers/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Found = Awaited<ReturnType<typeof repo.ofCustomer>>[number]

const rowOf = (row: Found): AccountRow => ({
  account: row.account,
  accountId: row.accountId,
  customer: row.customer,
  customerName: row.customerName,
  kind: row.kind,
  name: row.name,
  product: row.productName,
  imsi: row.imsi,
  status: row.status,
  blockedBy: row.blockedBy,
  rejection: row.rejection,
  since: row.createdAt.toISOString(),
})

/** What was typed, as LIKE takes it: found wherever it stands. */
export const likeOf = (text: string): string =>
  text === '' ? '' : `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Accounts of a customer, for whoever looks after it. @throws not_found `customers.not_found` */
export async function ofCustomer(ctx: Ctx, query: CustomerAccounts): Promise<AccountList> {
  demand(ctx.actor, 'customers:read')
  await customers.inCharge(ctx, query.customer as CustomerId)
  const asked = { ...query, like: likeOf(query.search) }
  const [found] = await repo.countOfCustomer(ctx, asked)
  const rows = await repo.ofCustomer(ctx, asked, accountsPerPage)
  return { rows: rows.map(rowOf), total: found!.n }
}

/** Accounts that wait for an administrator, those who wait longest first. */
export async function waiting(ctx: Ctx, query: WaitingQuery): Promise<AccountList> {
  demand(ctx.actor, 'approvals:read')
  const asked = { ...query, like: likeOf(query.search) }
  const [found] = await repo.countWaiting(ctx, asked)
  const rows = await repo.waiting(ctx, asked, accountsPerPage)
  return { rows: rows.map(rowOf), total: found!.n }
}

/** How many wait: beside the room's name. */
export async function countWaiting(ctx: Ctx): Promise<{ waiting: number }> {
  demand(ctx.actor, 'approvals:read')
  const [found] = await repo.countWaiting(ctx, { like: '' })
  return { waiting: found!.n }
}
