import type { Fact } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'

const fact =
  (type: string) =>
  (
    customer: CustomerId,
    invoice: number,
    payload: { number: string; total: string; currency: string },
  ): Fact => ({
    type,
    entity: 'invoice',
    entityId: invoice,
    customer,
    payload,
  })

export const invoiceIssued = fact('invoice.issued')
export const invoicePaid = fact('invoice.paid')

/** More was paid than asked for: it stands on the ledger for whatever comes. */
export const paymentCredited = (
  customer: CustomerId,
  payment: number,
  payload: { amount: string; currency: string; number: string },
): Fact => ({ type: 'payment.credited', entity: 'payment', entityId: payment, customer, payload })

/** Left out of billing runs until somebody has looked. */
export const billingParked = (customer: CustomerId, payload: Record<string, unknown>): Fact => ({
  type: 'customer.billing_parked',
  entity: 'customer',
  entityId: customer,
  customer,
  payload,
})
