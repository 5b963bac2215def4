import type { Fact } from '#server/events/service.ts'

const fact =
  (type: string, entity: string) =>
  (entityId: number, payload: Record<string, unknown>): Fact => ({
    type,
    entity,
    entityId,
    customer: null,
    payload,
  })

export const taxRateAdded = fact('tax_rate.added', 'tax_rate')
export const taxRateEnded = fact('tax_rate.ended', 'tax_rate')
/** The entity is the environment. */
export const issuerChanged = fact('issuer.changed', 'issuer')
