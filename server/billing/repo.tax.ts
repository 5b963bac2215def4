import { and, asc, desc, eq } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { issuers, taxRates } from '#db/schema/billing-tax.ts'
import type { Issuer, TaxRate } from '#server/billing/schema.tax.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const book: HotStatement = {
  name: 'tax_book',
  text: `
    select (select country from issuers where i_env = $1) as country,
           (select coalesce(jsonb_agg(jsonb_build_object(
                     'customerClass', i_customer_class, 'country', country, 'region', region,
                     'validFrom', valid_from, 'validUntil', valid_until,
                     'name', name, 'rate', rate::text)), '[]')
              from tax_rates where i_env = $1) as rates`,
}

/** Every rate there is, and where the issuer is: a few dozen rows at most. */
export const taxBook = (ctx: Ctx) =>
  hot<{ country: string | null; rates: TaxRate[] }>(ctx.db, book, [ctx.env])

const columns = {
  taxRate: taxRates.id,
  customerClass: taxRates.customerClass,
  country: taxRates.country,
  region: taxRates.region,
  validFrom: taxRates.validFrom,
  validUntil: taxRates.validUntil,
  name: taxRates.name,
  rate: taxRates.rate,
}

export const listRates = (ctx: Ctx) =>
  ctx.db
    .select(columns)
    .from(taxRates)
    .where(eq(taxRates.env, ctx.env))
    .orderBy(asc(taxRates.country), asc(taxRates.region), desc(taxRates.validFrom), taxRates.id)

const mine = (ctx: Ctx, taxRate: number) => and(eq(taxRates.env, ctx.env), eq(taxRates.id, taxRate))

export const lockRate = (ctx: Ctx, taxRate: number) =>
  ctx.db.select(columns).from(taxRates).where(mine(ctx, taxRate)).for('update')

export const insertRate = (ctx: Ctx, row: Omit<typeof taxRates.$inferInsert, 'env' | 'id'>) =>
  ctx.db
    .insert(taxRates)
    .values({ ...row, env: ctx.env })
    .returning({ taxRate: taxRates.id })

export const endRate = (ctx: Ctx, taxRate: number, validUntil: TaxRate['validFrom']) =>
  ctx.db.update(taxRates).set({ validUntil }).where(mine(ctx, taxRate))

const issuerColumns = {
  legalName: issuers.legalName,
  line1: issuers.line1,
  line2: issuers.line2,
  city: issuers.city,
  state: issuers.state,
  postalCode: issuers.postalCode,
  country: issuers.country,
  vatId: issuers.vatId,
  registration: issuers.registration,
  email: issuers.email,
  bankDetails: issuers.bankDetails,
  paymentTerms: issuers.paymentTerms,
}

export const findIssuer = (ctx: Ctx) =>
  ctx.db.select(issuerColumns).from(issuers).where(eq(issuers.env, ctx.env))

export const setIssuer = (ctx: Ctx, row: Issuer) =>
  ctx.db
    .insert(issuers)
    .values({ ...row, env: ctx.env })
    .onConflictDoUpdate({ target: issuers.env, set: row })
