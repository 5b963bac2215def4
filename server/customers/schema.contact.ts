import { z } from 'zod'
import { addressIssues } from '#server/kernel/address.ts'
import { normaliseEmail } from '#server/kernel/email.ts'
import { parsePhone } from '#server/kernel/phone.ts'
import { oneLine } from '#server/kernel/text.ts'

export const zText = (max: number) => z.string().overwrite(oneLine).max(max)
export const zOptional = (max: number) =>
  zText(max)
    .transform((text) => text || undefined)
    .optional()

/** Whom to call and where they live, wherever it is asked for. */
export const contactFields = {
  firstName: zText(60).min(1),
  lastName: zText(60).min(1),
  vatId: zOptional(30),
  email: zText(200).min(1),
  phone: zText(40).min(1),
  country: z.string().regex(/^[A-Z]{2}$/),
  line1: zText(120).min(1),
  line2: zOptional(120),
  city: zText(80).min(1),
  state: zOptional(80),
  postalCode: zOptional(20),
} as const

const zContact = z.strictObject(contactFields)
export type Contact = z.infer<typeof zContact>

/** Rules by country are the kernel's; what is wrong is told at its field. */
export function checkContact(contact: Contact, check: z.RefinementCtx): void {
  for (const { field, code } of addressIssues(contact)) {
    check.addIssue({ code: 'custom', path: [field], params: { code } })
  }
  if (!normaliseEmail(contact.email)) {
    check.addIssue({ code: 'custom', path: ['email'], params: { code: 'email_malformed' } })
  }
  if (!parsePhone(contact.phone, contact.country)) {
    check.addIssue({ code: 'custom', path: ['phone'], params: { code: 'phone_malformed' } })
  }
}

/** What a company says of itself. All else about it is its provider's to change. */
export const zEditCompany = zContact.superRefine(checkContact)
export type EditCompany = z.infer<typeof zEditCompany>

/** What the provider knows of my company. */
export type CompanyView = {
  customer: number
  name: string
  companyName: string | null
  currency: string
  timeZone: string
  locale: string
  contact: { [Field in keyof Contact]: string | null }
}
