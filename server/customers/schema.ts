import type { CustomerId } from '#server/kernel/ids.ts'

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
}>

/** Who I am, as the frame around every page needs it. */
export type Me = {
  realm: 'admin' | 'reseller' | 'customer' | 'account'
  login: string
  name: string
  mustChangePassword: boolean
  customer: { id: number; name: string; currency: string; timeZone: string } | null
  brand: { title: string; accent: string; logo: string | null }
  support: { email: string; phone: string }
}
