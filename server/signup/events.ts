import type { Fact } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'

const fact =
  (type: string) =>
  (order: number, customer: CustomerId | null, payload: Record<string, unknown>): Fact => ({
    type,
    entity: 'signup_order',
    entityId: order,
    customer,
    payload,
  })

export const orderSubmitted = fact('signup.submitted')
/** Nothing is left of it but the order itself. */
export const orderFailed = fact('signup.failed')
export const orderCompleted = fact('signup.completed')
/** There is a customer whose card could not be charged after all: the invoice stays open. */
export const orderUnpaid = fact('signup.unpaid')

const ofSite =
  (type: string) =>
  (site: number, payload: Record<string, unknown>): Fact => ({
    type,
    entity: 'signup_site',
    entityId: site,
    customer: null,
    payload,
  })

export const promoAdded = ofSite('promo.added')
/** It isn't taken any more; who signed up with it keeps what it promised. */
export const promoEnded = ofSite('promo.ended')
export const promoOfferedAgain = ofSite('promo.offered_again')
