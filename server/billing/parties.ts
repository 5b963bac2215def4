import type { Parties } from '#server/billing/schema.kinds.ts'
import type { Issuer } from '#server/billing/schema.tax.ts'
import type { Recipient } from '#server/billing/schema.ts'

const said = (fields: Readonly<Record<string, string | null | undefined>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, text]) => text)) as Record<string, string>

/** Who asks whom, as an invoice keeps it whatever becomes of them. */
export const partiesOf = (
  issuer: Issuer | undefined,
  { name, companyName, line1, line2, city, region, postalCode, country, vatId, email }: Recipient,
): Parties => ({
  issuer: said(issuer ?? {}),
  recipient: said({
    name: companyName ?? name,
    attention: companyName && companyName !== name ? name : null,
    line1,
    line2,
    city,
    state: region,
    postalCode,
    country,
    vatId,
    email,
  }),
})
