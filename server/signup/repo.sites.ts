import { and, asc, eq, getTableColumns, gt, isNull, or } from 'drizzle-orm'
import type { Bound, HotStatement } from '#db/prepared.ts'
import {
  promoCodes,
  signupDrafts,
  signupPlanItems,
  signupPlans,
  signupSiteDevices,
  signupSites,
} from '#db/schema/signup.ts'
import type { DraftId } from '#server/kernel/ids.ts'
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

/** The site a draft belongs to. */
export const siteOf = (ctx: Ctx, draft: DraftId) =>
  ctx.db
    .select(getTableColumns(signupSites))
    .from(signupSites)
    .innerJoin(
      signupDrafts,
      and(eq(signupDrafts.env, signupSites.env), eq(signupDrafts.site, signupSites.id)),
    )
    .where(and(eq(signupSites.env, ctx.env), eq(signupDrafts.id, draft)))

const ofSite = (ctx: Ctx, site: number) =>
  and(eq(signupPlans.env, ctx.env), eq(signupPlans.site, site))

export const plansOffered = (ctx: Ctx, site: number) =>
  ctx.db
    .select()
    .from(signupPlans)
    .where(and(ofSite(ctx, site), eq(signupPlans.offered, true)))
    .orderBy(asc(signupPlans.position), asc(signupPlans.id))

/** Also one that isn't offered any more: who had chosen it may finish. */
export const findPlan = (ctx: Ctx, site: number, code: string) =>
  ctx.db
    .select()
    .from(signupPlans)
    .where(and(ofSite(ctx, site), eq(signupPlans.code, code)))

export const planItems = (ctx: Ctx, plan: number) =>
  ctx.db
    .select({ product: signupPlanItems.product, quantity: signupPlanItems.quantity })
    .from(signupPlanItems)
    .where(and(eq(signupPlanItems.env, ctx.env), eq(signupPlanItems.plan, plan)))
    .orderBy(asc(signupPlanItems.product))

export const deviceIds = (ctx: Ctx, site: number) =>
  ctx.db
    .select({ model: signupSiteDevices.deviceModel })
    .from(signupSiteDevices)
    .where(and(eq(signupSiteDevices.env, ctx.env), eq(signupSiteDevices.site, site)))

export const findPromo = (ctx: Ctx, site: number, code: string) =>
  ctx.db
    .select({
      code: promoCodes.code,
      percent: promoCodes.percent,
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
