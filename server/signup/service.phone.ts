import * as audit from '#server/audit/service.ts'
import * as numbers from '#server/numbers/service.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'
import type { DraftView, FindNumbers, HoldNumber, NumberSearch, SiteRef } from './schema.ts'
import { change } from './service.draft.ts'
import { enterOpen, type Visit } from './service.visit.ts'

/** Free numbers of the site, a page of them, and how many each city has. */
export async function findNumbers(
  visit: Visit,
  { site: slug, ...wanted }: FindNumbers,
): Promise<NumberSearch> {
  const desk = await enterOpen(visit, slug)
  const pool = desk.site.numberPool
  return unitOfWork(desk.edge, async (ctx) => ({
    ...(await numbers.findFree(ctx, { ...wanted, pool })),
    cities: await numbers.cities(ctx, pool),
  }))
}

/**
 * Keeps a number for this draft; the one it kept before is free again.
 *
 * @throws conflict `numbers.taken`, too_many `numbers.too_many_holds`, and all that `change` refuses
 */
export const holdNumber = (visit: Visit, { site, number }: HoldNumber): Promise<DraftView> =>
  change(visit, { site }, async (ctx, draft, desk) => {
    await numbers.hold(ctx, {
      number,
      pool: desk.site.numberPool,
      draft: draft.id,
      ip: ctx.actor.ip,
      maxPerIp: desk.limits.holdsPerIp,
    })
    await audit.done(ctx, {
      action: 'signup.hold_number',
      entity: 'signup_draft',
      entityId: draft.id,
      after: { number },
    })
    return { ...draft.data, number }
  })

/** The payment page is reached: the number is kept once more as long, once. */
export const reachPayment = (visit: Visit, { site }: SiteRef): Promise<DraftView> =>
  change(visit, { site }, async (ctx, draft) => {
    await numbers.extendHold(ctx, draft.id)
    return draft.data
  })
