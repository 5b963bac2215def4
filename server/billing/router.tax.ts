import { zAddTaxRate, zEndTaxRate, zIssuer } from '#server/billing/schema.tax.ts'
import * as issuers from '#server/billing/service.issuer.ts'
import * as tax from '#server/billing/service.tax.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const taxesRouter = router({
  all: procedure('taxes:read').query(work(tax.taxes)),
  add: procedure('taxes:write').input(zAddTaxRate).mutation(work(tax.addTaxRate)),
  end: procedure('taxes:write').input(zEndTaxRate).mutation(work(tax.endTaxRate)),
  issuer: procedure('taxes:read').query(work(issuers.issuer)),
  setIssuer: procedure('taxes:write').input(zIssuer).mutation(work(issuers.setIssuer)),
})
