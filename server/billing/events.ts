import type { Fact } from '#server/events/service.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'

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

const ofPayment =
  (type: string) =>
  (
    customer: CustomerId,
    payment: number,
    payload: { amount: string; currency: string; number: string | null },
  ): Fact => ({ type, entity: 'payment', entityId: payment, customer, payload })

/** A part of what an invoice asks for, or money for whatever is open. */
export const paymentReceived = ofPayment('payment.received')
/** More was paid than asked for: it stands on the ledger for whatever comes. */
export const paymentCredited = ofPayment('payment.credited')
export const paymentRefunded = ofPayment('payment.refunded')

export const invoiceVoided = fact('invoice.voided')
export const invoiceOverdue = fact('invoice.overdue')

/** What was open of it nobody asks for any more; paid or forgiven, it is closed, and `invoice.paid` says so. */
export const invoiceWrittenOff = (
  customer: CustomerId,
  invoice: number,
  payload: { number: string; amount: string; currency: string },
): Fact => ({
  type: 'invoice.written_off',
  entity: 'invoice',
  entityId: invoice,
  customer,
  payload,
})

/** An administrator wrote on the ledger. */
export const ledgerWritten = (
  customer: CustomerId,
  payload: { kind: string; amount: string; currency: string; description: string },
): Fact => ({
  type: 'ledger.written',
  entity: 'customer',
  entityId: customer,
  customer,
  payload,
})

/** Left out of billing runs until somebody has looked. */
export const billingParked = (customer: CustomerId, payload: Record<string, unknown>): Fact => ({
  type: 'customer.billing_parked',
  entity: 'customer',
  entityId: customer,
  customer,
  payload,
})

/** An administrator has looked: billed again from the next run on. */
export const billingReleased = (customer: CustomerId, payload: Record<string, unknown>): Fact => ({
  type: 'customer.billing_released',
  entity: 'customer',
  entityId: customer,
  customer,
  payload,
})

/** Declined, or given up; `code` says why. */
export const paymentFailed = (
  customer: CustomerId,
  payment: number,
  payload: { amount: string; currency: string; code: string },
): Fact => ({ type: 'payment.failed', entity: 'payment', entityId: payment, customer, payload })

export const cardReplaced = (
  customer: CustomerId,
  payload: { brand: string; last4: string },
): Fact => ({ type: 'card.replaced', entity: 'customer', entityId: customer, customer, payload })

type Held = Readonly<{ id: number; account: AccountId | null }>

/** On the account's stream where an account has the subscription, as its start was. */
const ofDiscount =
  (type: string) =>
  (customer: CustomerId, held: Held, payload: Record<string, unknown>): Fact => ({
    type,
    entity: held.account ? 'account' : 'customer',
    entityId: held.account ?? customer,
    customer,
    payload: { ...payload, id: held.id },
  })

export const discountGiven = ofDiscount('subscription.discount_given')
export const discountEnded = ofDiscount('subscription.discount_ended')

/** Billed on another day of the month, before anything was charged. */
export const billingDayChanged = (
  customer: CustomerId,
  payload: { day: number; next: string },
): Fact => ({
  type: 'customer.billing_day_changed',
  entity: 'customer',
  entityId: customer,
  customer,
  payload,
})
