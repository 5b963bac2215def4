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
