import type { Fact } from '#server/events/service.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'

export const extensionAdded = (
  customer: CustomerId,
  account: AccountId,
  payload: { extension: string; name: string; id: string },
): Fact => ({ type: 'extension.added', entity: 'account', entityId: account, customer, payload })

export const attendantAdded = (
  customer: CustomerId,
  account: AccountId,
  payload: { n: number; name: string; id: string },
): Fact => ({
  type: 'auto_attendant.added',
  entity: 'account',
  entityId: account,
  customer,
  payload,
})
