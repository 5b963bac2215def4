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

/** Why a customer's service stands still. */
export type SuspendedFor = 'overdue' | 'credit_limit' | 'admin'

export const customerSuspended = (customer: CustomerId, reason: SuspendedFor): Fact => ({
  type: 'customer.suspended',
  entity: 'customer',
  entityId: customer,
  customer,
  payload: { reason },
})

export const customerRestored = (customer: CustomerId, reason: SuspendedFor): Fact => ({
  type: 'customer.restored',
  entity: 'customer',
  entityId: customer,
  customer,
  payload: { reason },
})

export const creditLimitReached = (
  customer: CustomerId,
  payload: { balance: string; limit: string; currency: string },
): Fact => ({
  type: 'customer.credit_limit_reached',
  entity: 'customer',
  entityId: customer,
  customer,
  payload,
})
