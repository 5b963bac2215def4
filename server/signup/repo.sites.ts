import { and, asc, eq, gt, isNull, or } from 'drizzle-orm'
import { type Bound, type HotStatement, hot } from '#db/prepared.ts'
import { promoCodes, signupPlans, type signupSites } from '#db/schema/signup.ts'
import type { DraftId, ProductId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

export type SiteRow = typeof signupSites.$inferSelect

const findBySlug: HotStatement = {
  name: 'signup_site',
  text: `
    select i_env as env, id, slug, i_owner as owner, title, tagline, accent, logo, locales,
           terms_url as "termsUrl", privacy_url as "privacyUrl", support_email as "supportEmail",
           support_phone as "supportPhone", i_customer_class as "customerClass",
           number_pool as "numberPool", open
      from signup_sites where slug = $1`,
}

/** From the front desk: which environment a site belongs to isn't known before. */
export const siteBySlug = (slug: string): Bound => ({ ...findBySlug, values: [slug] })

const brand: HotStatement = {
  name: 'signup_brand',
  text: `
    select s.title, s.accent
      from signup_drafts d join signup_sites s on s.i_env = d.i_env and s.id = d.i_site
     where d.i_env = $1 and d.id = $2`,
}

/** How the site of a draft calls itself. */
export const brandOf = (ctx: Ctx, draft: DraftId) =>
  hot<Pick<SiteRow, 'title' | 'accent'>>(ctx.db, brand, [ctx.env, draft])

/** What an order is made into: who sells it, and all that the plan brings. */
export type Deal = Pick<SiteRow, 'owner' | 'customerClass'> &
  Pick<typeof signupPlans.$inferSelect, 'code' | 'product' | 'subscription' | 'firstExtension'> &
  Readonly<{
    items: readonly { product: ProductId; quantity: number | null }[]
    /** Ids of the phones offered. */
    devices: readonly number[]
  }>

const deal: HotStatement = {
  name: 'signup_deal',
  text: `
    select s.i_owner as owner, s.i_customer_class as "customerClass", p.code, p.i_product as product,
           p.i_subscription as subscription, p.first_extension as "firstExtension",
           (select coalesce(jsonb_agg(jsonb_build_object('product', i.i_product, 'quantity', i.quantity)), '[]')
              from signup_plan_items i where i.i_env = p.i_env and i.i_plan = p.id) as items,
           array(select v.i_device_model from signup_site_devices v
                  where v.i_env = s.i_env and v.i_site = s.id) as devices
      from signup_drafts d
      join signup_sites s on s.i_env = d.i_env and s.id = d.i_site
      join signup_plans p on p.i_env = s.i_env and p.i_site = s.id
     where d.i_env = $1 and d.id = $2 and p.code = $3`,
}

export const dealOf = (ctx: Ctx, draft: DraftId, plan: string) =>
  hot<Deal>(ctx.db, deal, [ctx.env, draft, plan])

const ofSite = (ctx: Ctx, site: number) =>
  and(eq(signupPlans.env, ctx.env), eq(signupPlans.site, site))

export const plansOffered = (ctx: Ctx, site: number) =>
  ctx.db
    .select()
    .from(signupPlans)
    .where(and(ofSite(ctx, site), eq(signupPlans.offered, true)))
    .orderBy(asc(signupPlans.position), asc(signupPlans.id))

const planByCode: HotStatement = {
  name: 'signup_plan',
  text: `
    select i_env as env, id, i_site as site, position, code, name, headline, features, kind,
           i_product as product, i_subscription as subscription, first_extension as "firstExtension",
           offered
      from signup_plans where i_env = $1 and i_site = $2 and code = $3`,
}

/** Also one that isn't offered any more: who had chosen it may finish. */
export const findPlan = (ctx: Ctx, site: number, code: string) =>
  hot<typeof signupPlans.$inferSelect>(ctx.db, planByCode, [ctx.env, site, code])

const siteDevices: HotStatement = {
  name: 'signup_site_devices',
  text: 'select i_device_model as model from signup_site_devices where i_env = $1 and i_site = $2',
}

export const deviceIds = (ctx: Ctx, site: number) =>
  hot<{ model: number }>(ctx.db, siteDevices, [ctx.env, site])

export const findPromo = (ctx: Ctx, site: number, code: string) =>
  ctx.db
    .select({
      code: promoCodes.code,
      percent: promoCodes.percent,
      amount: promoCodes.amount,
      periods: promoCodes.periods,
      appliesTo: promoCodes.appliesTo,
    })
    .from(promoCodes)
    .where(
      and(
        eq(promoCodes.env, ctx.env),
        eq(promoCodes.site, site),
        eq(promoCodes.code, code),
        or(isNull(promoCodes.validUntil), gt(promoCodes.validUntil, ctx.now)),
      ),
    )
