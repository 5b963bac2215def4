import type { Fact } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'

export const customerCreated = (
  customer: CustomerId,
  made: { name: string; parent?: CustomerId; currency: string },
): Fact => ({
  type: 'customer.created',
  entity: 'customer',
  entityId: customer,
  customer,
  payload: { name: made.name, parent: made.parent ?? null, currency: made.currency },
})

/** What the customer says of itself has changed: the fields that did. */
export const customerChanged = (
  customer: CustomerId,
  changed: Record<string, string | null>,
): Fact => ({
  type: 'customer.changed',
  entity: 'customer',
  entityId: customer,
  customer,
  payload: changed,
})
