import type { Fact } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'

const fact =
  (type: string) =>
  (customer: CustomerId, batch: string, payload: Record<string, unknown>): Fact => ({
    type,
    entity: 'bulk',
    entityId: batch,
    customer,
    payload,
  })

export const bulkApplied = fact('bulk.applied')
export const bulkUndone = fact('bulk.undone')
export const orderPlaced = fact('order.placed')
export const orderApproved = fact('order.approved')
export const orderRejected = fact('order.rejected')
