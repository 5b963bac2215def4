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
/** Which mails somebody doesn't want. */
export const userMailsSet = (
  customer: CustomerId | null,
  user: number,
  payload: { mailsOff: string[] },
): Fact => ({ type: 'user.mails_set', entity: 'user', entityId: user, customer, payload })

export const userEnded = fact('user.ended')
