import type { AgreementItem } from '#server/agreements/schema.ts'
import type { Fact } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'

export const agreementChanged = (customer: CustomerId, items: readonly AgreementItem[]): Fact => ({
  type: 'agreement.changed',
  entity: 'customer',
  entityId: customer,
  customer,
  payload: { items },
})

export const subscribed = (
  customer: CustomerId,
  subscription: string,
  account: number | null,
): Fact => ({
  type: 'subscription.started',
  entity: 'customer',
  entityId: customer,
  customer,
  payload: { subscription, account },
})
