import type { Fact } from '#server/events/service.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'

export const deviceGiven = (
  customer: CustomerId,
  account: AccountId,
  payload: { id: string; vendor: string; model: string },
): Fact => ({
  type: 'account.device_given',
  entity: 'account',
  entityId: account,
  customer,
  payload,
})

export const configFetched = (customer: CustomerId, account: AccountId): Fact => ({
  type: 'account.config_fetched',
  entity: 'account',
  entityId: account,
  customer,
  payload: {},
})
