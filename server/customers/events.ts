import type { SuspendedFor } from '#server/customers/schema.settings.ts'
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

/** How it is billed has changed: the fields that did, its class by name. */
export const billingChanged = (customer: CustomerId, changed: Record<string, unknown>): Fact => ({
  type: 'customer.billing_changed',
  entity: 'customer',
  entityId: customer,
  customer,
  payload: changed,
})

const ofClass =
  (type: string) =>
  (customerClass: number, payload: Record<string, unknown>): Fact => ({
    type,
    entity: 'customer_class',
    entityId: customerClass,
    customer: null,
    payload,
  })

export const classAdded = ofClass('customer_class.added')
/** Its name, and the fields that changed. */
export const classChanged = ofClass('customer_class.changed')
