import type { Fact } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'

const fact =
  (type: string) =>
  (customer: CustomerId, number: string, payload: Record<string, unknown> = {}): Fact => ({
    type,
    entity: 'number',
    entityId: number,
    customer,
    payload: { number, ...payload },
  })

export const numberProvided = fact('number.provided')
export const numberAssigned = fact('number.assigned')
export const numberUnassigned = fact('number.unassigned')
