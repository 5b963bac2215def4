import { codedResolver, type Say } from '#components/form/coded-resolver.ts'
import { type EditCompany, zEditCompany } from '#server/customers/schema.contact.ts'
import type { CompanyValues } from './company-form.tsx'

/** The server's own rules, with the world's numbering plans: fetched when the form is first used. */
export const companyResolver = (say: Say) =>
  codedResolver<CompanyValues, EditCompany>(zEditCompany as never, say)
