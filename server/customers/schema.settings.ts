import { z } from 'zod'
import { zLimit } from '#server/customers/schema.classes.ts'
import type { DecimalString } from '#server/kernel/money.ts'

const customer = z.number().int().positive()

export const zSetBilling = z.strictObject({
  customer,
  customerClass: z.number().int().positive(),
  /** Of its own; null is its class's. */
  creditLimit: zLimit,
  /** Whether what is due is taken from the card on file by itself. */
  autoPay: z.boolean(),
})
export type SetBilling = z.infer<typeof zSetBilling>

export const zSuspension = z.strictObject({
  customer,
  reason: z.string().trim().min(3).max(200),
})
export type Suspension = z.infer<typeof zSuspension>

/** Why a customer's service stands still. */
export type SuspendedFor = 'overdue' | 'credit_limit' | 'admin'

/** Whether service stands still, and why. */
export type ServiceState = Readonly<{
  status: 'active' | 'suspended' | 'closed'
  suspendedFor: SuspendedFor | null
}>

export type BillingSettings = ServiceState & {
  customer: number
  currency: string
  customerClass: number
  creditLimit: DecimalString | null
  autoPay: boolean
  suspendedAt: string | null
  /** What an administrator wrote when suspending it. */
  note: string | null
  /** Those in the customer's currency. */
  classes: {
    customerClass: number
    name: string
    creditLimit: DecimalString | null
    dueDays: number
    suspendDays: number | null
  }[]
}

/** A rule in the way, by the code of its refusal: pages have its sentence. */
export type WhyNotService = Readonly<{
  code:
    | 'customers.suspended_already'
    | 'customers.closed'
    | 'customers.not_suspended'
    | 'customers.restored_by_paying'
  details: Readonly<Record<string, string>>
}>

/**
 * Undefined when service can be suspended by hand: also where money stopped it, so that paying doesn't
 * start it again. Read by the service that refuses and by the button.
 */
export function whyNotSuspend({ status, suspendedFor }: ServiceState): WhyNotService | undefined {
  if (status === 'closed') return { code: 'customers.closed', details: {} }
  if (suspendedFor === 'admin') return { code: 'customers.suspended_already', details: {} }
  return undefined
}

/** What money stopped, money starts again: by hand it would stop anew a moment later. */
export function whyNotRestore({ suspendedFor }: ServiceState): WhyNotService | undefined {
  if (suspendedFor === null) return { code: 'customers.not_suspended', details: {} }
  if (suspendedFor === 'admin') return undefined
  return { code: 'customers.restored_by_paying', details: { reason: suspendedFor } }
}
