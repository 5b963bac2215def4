import { z } from 'zod'
import type { Right } from '#server/auth/rights.ts'
import type { Role } from '#server/auth/schema.people.ts'
import type { SuspendedFor } from '#server/customers/schema.settings.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { DecimalString } from '#server/kernel/money.ts'

/** A customer about to be made; the address is checked by whoever asked for it. */
export type NewCustomer = Readonly<{
  parent?: CustomerId
  customerClass: number
  companyName?: string
  firstName: string
  lastName: string
  email: string
  phone: string
  line1: string
  line2?: string
  city: string
  state?: string
  postalCode?: string
  country: string
  vatId?: string
  currency: string
  timeZone: string
  locale: string
  /** The day its billing cycles are counted from, where its class has another one. */
  billingAnchor?: CivilDate
}>

/** Who I am, as the frame around every page needs it. */
export type Me = {
  realm: 'admin' | 'reseller' | 'customer' | 'account'
  /** Of a customer's person. */
  role: Role | null
  /** All that I may do; what is not among them is shown as not possible. */
  rights: Right[]
  login: string
  name: string
  mustChangePassword: boolean
  customer: {
    id: number
    name: string
    currency: string
    timeZone: string
    /** Why service stands still; null while it runs. */
    suspendedFor: SuspendedFor | null
  } | null
  brand: { title: string; accent: string; logo: string | null }
  support: { email: string; phone: string }
  /** How far the clock of a sandbox is ahead, in milliseconds; null where no clock can be moved. */
  sandbox: { ahead: number; timeZone: string } | null
}

export const zCustomerQuery = z.strictObject({
  /** Name, e-mail address, login, phone number, account id, or the customer's own number. */
  search: z.string().trim().max(100).default(''),
  status: z.enum(['all', 'active', 'suspended', 'closed']).default('all'),
  page: z.number().int().min(0).max(10_000).default(0),
})
export type CustomerQuery = z.infer<typeof zCustomerQuery>

export const customersPerPage = 50

export const zCustomerOverview = z.strictObject({ customer: z.number().int().positive() })
export type CustomerOverview = z.infer<typeof zCustomerOverview>

/** A customer in the administrator's list. */
export type CustomerRow = {
  customer: number
  name: string
  email: string | null
  city: string | null
  country: string | null
  parent: { customer: number; name: string } | null
  isReseller: boolean
  status: 'active' | 'suspended' | 'closed'
  currency: string
  /** Positive is owed. */
  balance: DecimalString
  /** Live ones; of those, how many wait and how many are blocked. */
  accounts: number
  waiting: number
  blocked: number
}

export type CustomerList = { rows: CustomerRow[]; total: number }

/** One customer, as its administrator sees it first. */
export type CustomerView = CustomerRow & {
  person: string
  phone: string | null
  address: string[]
  vatId: string | null
  timeZone: string
  locale: string
  customerClass: string
  creditLimit: DecimalString | null
  since: string
}
