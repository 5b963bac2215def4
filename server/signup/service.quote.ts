import * as auth from '#server/auth/service.ts'
import type { Taxpayer } from '#server/billing/schema.tax.ts'
import { taxBook } from '#server/billing/service.tax.ts'
import { decideTax } from '#server/billing/tax.ts'
import type { Fees } from '#server/catalog/schema.ts'
import * as catalog from '#server/catalog/service.ts'
import * as customers from '#server/customers/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'
import { planUnknown } from './errors.ts'
import { type PromoCode, quoteOf } from './quote.ts'
import * as sites from './repo.sites.ts'
import type { Address, DraftData, Quote } from './schema.ts'

export type Plan = Awaited<ReturnType<typeof sites.findPlan>>[number]
type Site = Readonly<{ id: number; customerClass: number }>

/** What a plan charges: the subscriptions of its product, then its own. */
export type PlanPrice = Readonly<{
  fees: readonly Fees[]
  /** Neither its product nor its package is archived. */
  sold: boolean
}>

export async function pricesOf(
  ctx: Ctx,
  plans: readonly Plan[],
): Promise<ReadonlyMap<number, PlanPrice>> {
  const products = [...new Set(plans.map((plan) => plan.product as ProductId))]
  // A package that got another price is sold at that one.
  const current = await catalog.currentOf(
    ctx,
    plans.flatMap(({ subscription }) =>
      subscription === null ? [] : [subscription as SubscriptionId],
    ),
  )
  const [ofProducts, packages, archived] = await together(
    catalog.feesOfProducts(ctx, products),
    catalog.feesOf(
      ctx,
      [...current.values()].map(({ id }) => id),
    ),
    catalog.archivedOf(ctx, products),
  )
  return new Map(
    plans.map((plan) => {
      const product = plan.product as ProductId
      const held = current.get(plan.subscription as SubscriptionId)
      const own = packages.filter((fee) => fee.subscription === held?.id)
      const fees = [...(ofProducts.get(product) ?? []), ...own]
      return [plan.id, { fees, sold: !archived.has(product) && !held?.archived }]
    }),
  )
}

const zoneOfHome = async (ctx: Ctx): Promise<string> => (await auth.home(ctx)).timeZone

/** Where they live and what they are registered as, as far as it is known. */
const taxpayer = (site: Site, address: Address | undefined): Taxpayer => ({
  customerClass: site.customerClass,
  country: address?.country ?? null,
  region: address?.state ?? null,
  vatId: address?.vatId ?? null,
})

export type Priced = Readonly<{
  plan: Plan
  fees: readonly Fees[]
  sold: boolean
  currency: string
  promo?: PromoCode
  quote: Quote
}>

/**
 * What a draft costs, from the catalogue as it is now. Nothing of it comes from the browser.
 *
 * @throws not_found `signup.plan_unknown`
 */
export async function priceOf(ctx: Ctx, site: Site, draft: DraftData): Promise<Priced> {
  const [plan] = await sites.findPlan(ctx, site.id, draft.plan)
  if (!plan) throw planUnknown()

  const { address, promo: code } = draft
  const [prices, own, book, [promo], zone] = await together(
    pricesOf(ctx, [plan]),
    customers.classOf(ctx, site.customerClass),
    taxBook(ctx),
    code ? sites.findPromo(ctx, site.id, code).execute() : [],
    address?.timeZone ?? zoneOfHome(ctx),
  )
  const { fees, sold } = prices.get(plan.id)!
  const { currency } = own
  const day = dayIn(zone, ctx.now)
  const tax = decideTax({ ...book, customer: taxpayer(site, address), otherwise: own, day })
  // The last of them, where the plan has a package: its product's come first.
  const held = plan.subscription === null ? null : (fees.at(-1)?.subscription ?? null)
  const quote = quoteOf({ fees, promo, tax, currency, day, held })
  return { plan, fees, sold, currency, promo, quote }
}
