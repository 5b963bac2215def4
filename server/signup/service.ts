import { randomUUID } from 'node:crypto'
import * as audit from '#server/audit/service.ts'
import * as auth from '#server/auth/service.ts'
import * as customers from '#server/customers/service.ts'
import { isZone } from '#server/kernel/civil.ts'
import { normaliseEmail } from '#server/kernel/email.ts'
import type { DraftId } from '#server/kernel/ids.ts'
import type { Locale } from '#server/kernel/locale.ts'
import * as numbers from '#server/numbers/service.ts'
import * as payments from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { hashToken } from '#server/runtime/secrets.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'
import { deviceNotOffered, orderUnderWay, planUnknown, promoUnknown } from './errors.ts'
import { isServed } from './order-states.ts'
import * as drafts from './repo.drafts.ts'
import * as orders from './repo.orders.ts'
import * as sites from './repo.sites.ts'
import type {
  ChooseDevice,
  ChoosePlan,
  DraftView,
  Promo,
  SaveAddress,
  Site as SiteQuery,
  SiteRef,
  SiteView,
  Versioned,
} from './schema.ts'
import { countDraft } from './service.abuse.ts'
import {
  change,
  type Draft,
  deviceOf,
  devicesOf,
  deviceView,
  expiry,
  findDraft,
  lockFresh,
  viewOf,
} from './service.draft.ts'
import { pricesOf } from './service.quote.ts'
import {
  type Desk,
  draftToken,
  enter,
  enterOpen,
  giveCookie,
  takeCookie,
  type Visit,
} from './service.visit.ts'
import { inLocale, planView } from './views.ts'

/** Everything about a site that its pages show. @throws not_found `signup.site_unknown` */
export async function site(visit: Visit, { site: slug, locale }: SiteQuery): Promise<SiteView> {
  const desk = await enter(visit, slug)
  const { site } = desk
  const spoken = site.locales as Locale[]
  const language = spoken.find((known) => known === locale) ?? spoken[0] ?? 'en'

  return unitOfWork(desk.edge, async (ctx) => {
    const offered = await sites.plansOffered(ctx, site.id)
    const prices = await pricesOf(ctx, offered)
    const plans = offered.filter(({ id }) => prices.get(id)!.sold)
    const { currency } = await customers.classOf(ctx, site.customerClass)
    return {
      site: site.slug,
      open: site.open,
      title: site.title,
      tagline: inLocale(site.tagline, language) ?? '',
      accent: site.accent,
      logo: site.logo,
      locales: spoken,
      termsUrl: site.termsUrl,
      privacyUrl: site.privacyUrl,
      supportEmail: site.supportEmail,
      supportPhone: site.supportPhone,
      plans: plans.map((plan) => planView(plan, prices.get(plan.id)!.fees, currency, language)),
      devices: (await devicesOf(ctx, site.id)).map(deviceView),
      cardFields: payments.cardPlace(visit.outside),
    }
  })
}

/** The signup this browser is in the middle of, if it is. @throws gone `signup.draft_lapsed` */
export async function draft(visit: Visit, { site: slug }: SiteRef): Promise<DraftView | null> {
  const desk = await enter(visit, slug)
  if (!desk.tokenHash) return null
  return unitOfWork(desk.edge, async (ctx) => {
    const found = await findDraft(ctx, desk)
    return found ? viewOf(ctx, desk, found) : null
  })
}

/**
 * Chooses a plan, and begins a draft where there is none that could still be changed.
 *
 * @throws not_found `signup.plan_unknown`, conflict `signup.order_under_way`, too_many `signup.too_many`
 */
export async function choosePlan(visit: Visit, input: ChoosePlan): Promise<DraftView> {
  const desk = await enterOpen(visit, input.site)
  const changed = await unitOfWork(desk.edge, (ctx) => rechoose(ctx, desk, input))
  const chosen = changed ?? (await unitOfWork(desk.asSystem, (ctx) => begin(ctx, desk, input)))
  giveCookie(desk, chosen.id)
  return chosen.view
}

type Chosen = { id: DraftId; view: DraftView }

async function rechoose(ctx: Ctx, desk: Desk, input: ChoosePlan): Promise<Chosen | undefined> {
  const draft = await lockFresh(ctx, desk)
  if (!draft) return undefined
  const [order] = await orders.live(ctx, draft.id)
  if (order && isServed(order.state)) return undefined
  if (order) throw orderUnderWay()

  await demandPlan(ctx, desk, input.plan)
  const data = { ...draft.data, plan: input.plan, locale: input.locale }
  const [saved] = await drafts.save(ctx, draft.id, data, expiry(ctx.wall))
  return { id: draft.id, view: await viewOf(ctx, desk, saved as Draft) }
}

async function begin(ctx: Ctx, desk: Desk, { plan, locale }: ChoosePlan): Promise<Chosen> {
  await demandPlan(ctx, desk, plan)
  await countDraft(ctx, desk)

  const id = randomUUID() as DraftId
  const tokenHash = hashToken(draftToken(ctx.secrets, id))
  const draft: Draft = {
    env: ctx.env,
    id,
    site: desk.site.id,
    tokenHash,
    version: 1,
    data: { plan, locale },
    ip: ctx.actor.ip,
    declines: 0,
    createdAt: ctx.wall,
    updatedAt: ctx.wall,
    expiresAt: expiry(ctx.wall),
    resumeMailedAt: null,
  }
  await drafts.insert(ctx, draft)
  await audit.done(ctx, {
    action: 'signup.begin',
    entity: 'signup_draft',
    entityId: id,
    after: { site: desk.site.slug, plan },
  })
  return { id, view: await viewOf(ctx, desk, draft) }
}

async function demandPlan(ctx: Ctx, desk: Desk, code: string): Promise<void> {
  const [plan] = await sites.findPlan(ctx, desk.site.id, code)
  if (!plan?.offered) throw planUnknown()
  if (!(await pricesOf(ctx, [plan])).get(plan.id)!.sold) throw planUnknown()
}

/** Saves who signs up and where; all that `change` refuses. */
export const saveAddress = (visit: Visit, { address, ...ref }: SaveAddress): Promise<DraftView> =>
  change(visit, ref, async (ctx, { data }) => ({
    ...data,
    address: {
      ...address,
      email: normaliseEmail(address.email) ?? address.email,
      // A browser may name a zone we don't know: then bills follow the provider's calendar.
      timeZone: isZone(address.timeZone) ? address.timeZone : (await auth.home(ctx)).timeZone,
    },
  }))

/** @throws invalid `signup.device_not_offered`, and all that `change` refuses */
export const chooseDevice = (visit: Visit, { device, ...ref }: ChooseDevice): Promise<DraftView> =>
  change(visit, ref, async (ctx, { data }, desk) => {
    if (!(await deviceOf(ctx, desk, device))) throw deviceNotOffered()
    return { ...data, device }
  })

/** @throws invalid `signup.promo_unknown`, and all that `change` refuses */
export const applyPromo = (visit: Visit, { code, ...ref }: Promo): Promise<DraftView> =>
  change(visit, ref, async (ctx, { data }, desk) => {
    const [promo] = await sites.findPromo(ctx, desk.site.id, code)
    if (!promo) throw promoUnknown()
    return { ...data, promo: promo.code }
  })

export const removePromo = (visit: Visit, ref: Versioned): Promise<DraftView> =>
  change(visit, ref, async (_, { data }) => ({ ...data, promo: undefined }))

/**
 * Leaves this signup: its number is let go, and the browser begins afresh.
 *
 * @throws conflict `signup.order_under_way`
 */
export async function startOver(visit: Visit, { site: slug }: SiteRef): Promise<{ left: true }> {
  const desk = await enter(visit, slug)
  await unitOfWork(desk.edge, async (ctx) => {
    const draft = await lockFresh(ctx, desk)
    if (!draft) return
    const [order] = await orders.live(ctx, draft.id)
    if (order && !isServed(order.state)) throw orderUnderWay()

    await numbers.release(ctx, draft.id)
    await drafts.lapseNow(ctx, draft.id)
    await audit.done(ctx, {
      action: 'signup.leave',
      entity: 'signup_draft',
      entityId: draft.id,
    })
  })
  takeCookie(desk)
  return { left: true }
}
