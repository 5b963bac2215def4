import { z } from 'zod'
import { type AccountStatus, accountStatuses } from '#server/accounts/schema.ts'
import type { AccountKind } from '#server/catalog/schema.ts'
import { oneLine } from '#server/kernel/text.ts'

const page = z.number().int().min(0).max(10_000).default(0)
const search = z.string().trim().max(100).default('')
const customer = z.number().int().positive()

/** Accounts of one customer, for its administrator; all but those that ended, unless they are asked for. */
export const zCustomerAccounts = z.strictObject({
  customer,
  /** Account id or name. */
  search,
  status: z.enum(['live', ...accountStatuses]).default('live'),
  page,
})
export type CustomerAccounts = z.infer<typeof zCustomerAccounts>

export const zWaitingQuery = z.strictObject({ search, page })
export type WaitingQuery = z.infer<typeof zWaitingQuery>

export const accountsPerPage = 50

export type AccountRow = {
  account: number
  accountId: string
  customer: number
  customerName: string
  kind: AccountKind
  name: string
  product: string
  imsi: string | null
  status: AccountStatus
  blockedBy: 'customer' | 'admin' | null
  rejection: string | null
  since: string
}

export type AccountList = { rows: AccountRow[]; total: number }

const accounts = z.array(z.number().int().positive()).min(1).max(1_000)

export const zActivate = z.strictObject({ accounts })
export type Activate = z.infer<typeof zActivate>

/** The reason is for the customer to read. */
export const zReject = z.strictObject({
  accounts,
  reason: z.string().overwrite(oneLine).min(3).max(300),
})
export type Reject = z.infer<typeof zReject>
