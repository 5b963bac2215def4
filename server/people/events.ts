import type { Role } from '#server/auth/schema.people.ts'
import type { Fact } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'

const fact =
  (type: string) =>
  (customer: CustomerId, user: number, payload: { name: string; role: Role }): Fact => ({
    type,
    entity: 'user',
    entityId: user,
    customer,
    payload,
  })

export const userInvited = fact('user.invited')
export const userRoleSet = fact('user.role_set')
export const userEnded = fact('user.ended')
