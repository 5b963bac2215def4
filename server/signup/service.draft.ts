import { isDeepStrictEqual } from 'node:util'
import * as devices from '#server/devices/service.ts'
import type { DraftId } from '#server/kernel/ids.ts'
import type { Locale } from '#server/kernel/locale.ts'
import * as numbers from '#server/numbers/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'
import { alreadySignedUp, draftChanged, draftLapsed, noDraft, orderUnderWay } from './errors.ts'
import { isServed } from './order-states.ts'
import * as drafts from './repo.drafts.ts'
import * as orders from './repo.orders.ts'
import * as sites from './repo.sites.ts'
import {
  type DeviceView,
  type DraftData,
  type DraftView,
  draftDays,
  type OrderView,
} from './schema.ts'
import { priceOf } from './service.quote.ts'
import { type Desk, enterOpen, giveCookie, type Visit } from './service.visit.ts'
import { nextStep } from './steps.ts'
import { holdView, orderView, planView } from './views.ts'

export type Draft = Omit<Awaited<ReturnType<typeof drafts.findByToken>>[number], 'id'> & {
  id: DraftId
}

export const expiry = (now: Date) => new Date(now.getTime() + draftDays * 86_400_000)

const isLapsed = (ctx: Ctx, draft: { expiresAt: Date }) => draft.expiresAt <= ctx.wall

/** This browser's draft, if there is one. @throws gone `signup.draft_lapsed` */
export async function findDraft(ctx: Ctx, desk: Desk): Promise<Draft | undefined> {
  const [draft] = await drafts.findByToken(ctx, desk.site.id, desk.tokenHash)
  if (draft && isLapsed(ctx, draft)) throw draftLapsed(draftDays)
  return draft as Draft | undefined
}

/** The same, or undefined where it has lapsed; locked until commit. */
export async function lockFresh(ctx: Ctx, desk: Desk): Promise<Draft | undefined> {
  const [draft] = await drafts.lockByToken(ctx, desk.site.id, desk.tokenHash)
  return draft && !isLapsed(ctx, draft) ? (draft as Draft) : undefined
}

/**
 * Locked, so that two tabs come one after the other.
 *
 * @throws not_found `signup.no_draft`, gone `signup.draft_lapsed`
 */
export async function lockDraft(ctx: Ctx, desk: Desk): Promise<Draft> {
  const [draft] = await drafts.lockByToken(ctx, desk.site.id, desk.tokenHash)
  if (!draft) throw noDraft()
  if (isLapsed(ctx, draft)) throw draftLapsed(draftDays)
  return draft as Draft
}

/** While an order is under way, or done, the draft is what was ordered. */
export async function demandNoOrder(ctx: Ctx, draft: Draft): Promise<void> {
  const [order] = await orders.live(ctx, draft.id)
  if (order) throw isServed(order.state) ? alreadySignedUp() : orderUnderWay()
}

/** What pages and mails are written in: as last switched to, else as the signup was begun. */
export const languageOf = ({ language }: Desk, { data }: Pick<Draft, 'data'>): Locale =>
  language ?? data.locale

type Edit = (ctx: Ctx, draft: Draft, desk: Desk) => Promise<DraftData>

/** As they are stored: JSON knows no `undefined`. */
const isSame = (edited: DraftData, data: DraftData): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(edited)), data)

/**
 * One change of a draft. With a `version`, a tab that is behind is told and nothing is lost; the last
 * change sent again, because its answer was lost, is answered again.
 *
 * @throws not_found `signup.no_draft`, gone `signup.draft_lapsed`, `signup.site_closed`, conflict `signup.draft_changed`,
 *   `signup.order_under_way`, `signup.already_done`
 */
export async function change(
  visit: Visit,
  { site, version }: { site: string; version?: number },
  edit: Edit,
): Promise<DraftView> {
  const desk = await enterOpen(visit, site)
  const { id, view } = await unitOfWork(desk.edge, async (ctx) => {
    const draft = await lockDraft(ctx, desk)
    const behind = version === undefined ? 0 : draft.version - version
    if (behind !== 0 && behind !== 1) throw draftChanged()
    await demandNoOrder(ctx, draft)

    const edited = await edit(ctx, draft, desk)
    if (behind === 1) {
      if (!isSame(edited, draft.data)) throw draftChanged()
      return { id: draft.id, view: await viewOf(ctx, desk, draft) }
    }
    const data = { ...edited, locale: languageOf(desk, draft) }
    const [saved] = await drafts.save(ctx, draft.id, data, expiry(ctx.wall))
    return { id: draft.id, view: await viewOf(ctx, desk, saved as Draft) }
  })
  // It lives as long as the draft it opens.
  giveCookie(desk, id)
  return view
}

/** The draft as its pages show it, with what it costs. */
export async function viewOf(ctx: Ctx, desk: Desk, draft: Draft): Promise<DraftView> {
  const { data } = draft
  const { plan, fees, currency, promo, quote } = await priceOf(ctx, desk.site, data)
  const hold = await numbers.heldBy(ctx, draft.id)
  const order = await latestOrder(ctx, desk, draft)
  const done = order?.state === 'completed'
  return {
    version: draft.version,
    step: nextStep(data, hold !== undefined, done),
    plan: planView(plan, fees, currency, languageOf(desk, draft)),
    address: data.address ?? null,
    hold: hold ? holdView(hold) : null,
    device: data.device ? await deviceOf(ctx, desk, data.device) : null,
    promo: promo?.code ?? null,
    quote,
    order: order ?? null,
    expiresAt: draft.expiresAt.toISOString(),
  }
}

/** How the draft's last order stands. */
export async function latestOrder(
  ctx: Ctx,
  desk: Desk,
  draft: Draft,
): Promise<OrderView | undefined> {
  const [order] = await orders.latest(ctx, draft.id)
  if (!order) return undefined
  const lost = order.failureCode === 'number_taken' ? order.submitted.number : undefined
  const { numberPool: pool } = desk.site
  return orderView(order, lost ? await numbers.nearest(ctx, { number: lost, pool, n: 6 }) : [])
}

/** The phones a site offers. */
export async function devicesOf(ctx: Ctx, site: number) {
  const offered = await sites.deviceIds(ctx, site)
  return devices.models(
    ctx,
    offered.map(({ model }) => model),
  )
}

export async function deviceOf(ctx: Ctx, desk: Desk, code: string): Promise<DeviceView | null> {
  const found = (await devicesOf(ctx, desk.site.id)).find((device) => device.code === code)
  return found ? deviceView(found) : null
}

export const deviceView = ({ code, vendor, model, kind, picture }: DeviceView): DeviceView => ({
  code,
  vendor,
  model,
  kind,
  picture,
})
