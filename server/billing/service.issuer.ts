import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import * as auth from '#server/auth/service.ts'
import { issuerChanged } from '#server/billing/events.tax.ts'
import * as repo from '#server/billing/repo.tax.ts'
import type { Issuer, IssuerView } from '#server/billing/schema.tax.ts'
import { publish } from '#server/events/service.ts'
import { checkVatId } from '#server/kernel/vat.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Who bills here; undefined until the provider has said it. */
export async function issuerOf(ctx: Ctx): Promise<Issuer | undefined> {
  const [row] = await repo.findIssuer(ctx)
  return row
}

export async function issuer(ctx: Ctx): Promise<IssuerView> {
  demand(ctx.actor, 'taxes:read')
  const { name, supportEmail } = await auth.home(ctx)
  return { issuer: (await issuerOf(ctx)) ?? null, name, supportEmail }
}

/** Says who issues invoices from now on; those that were issued are kept as they were sent. */
export async function setIssuer(ctx: Ctx, input: Issuer): Promise<void> {
  demand(ctx.actor, 'taxes:write')

  const before = await issuerOf(ctx)
  const after = { ...input, vatId: input.vatId && checkVatIdOr(input.country, input.vatId) }
  const keys = (Object.keys(after) as (keyof Issuer)[]).filter(
    (key) => after[key] !== (before?.[key] ?? null),
  )
  if (keys.length === 0) return

  await repo.setIssuer(ctx, after)

  const pick = (side: Issuer | undefined) =>
    Object.fromEntries(keys.map((key) => [key, side?.[key] ?? null]))
  await publish(ctx, issuerChanged(ctx.env, pick(after)))
  await audit.done(ctx, {
    action: 'issuer.set',
    entity: 'issuer',
    entityId: String(ctx.env),
    before: pick(before),
    after: pick(after),
  })
}

/** As the tax office writes it. */
const checkVatIdOr = (country: string, vatId: string) => checkVatId(country, vatId) ?? vatId
