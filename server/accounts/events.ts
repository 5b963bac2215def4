import type { AccountStatus, NewAccount } from '#server/accounts/schema.ts'
import type { Fact } from '#server/events/service.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'

const fact =
  (type: string) =>
  (customer: CustomerId, account: AccountId, payload: Record<string, unknown>): Fact => ({
    type,
    entity: 'account',
    entityId: account,
    customer,
    payload,
  })

export const accountCreated = (
  account: AccountId,
  made: NewAccount,
  product: string,
  status: AccountStatus,
) =>
  fact('account.created')(made.customer, account, {
    id: made.accountId,
    kind: made.kind,
    name: made.name,
    product,
    status,
  })

export const aliasAdded = (customer: CustomerId, account: AccountId, id: string, alias: string) =>
  fact('account.alias_added')(customer, account, { id, alias })
