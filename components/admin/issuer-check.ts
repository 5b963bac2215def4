import { codedResolver, type Say } from '#components/form/coded-resolver.ts'
import { type Issuer, zIssuer } from '#server/billing/schema.tax.ts'
import type { IssuerValues } from './issuer-form.tsx'

/** The server's own rules: fetched when the form is first used. */
export const issuerResolver = (say: Say) =>
  codedResolver<IssuerValues, Issuer>(zIssuer as never, say)
