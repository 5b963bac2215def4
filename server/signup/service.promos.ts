import { brokenConstraint } from '#db/client.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import * as auth from '#server/auth/service.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import { addDays, type CivilDate, dayIn, startOfDay } from '#server/kernel/civil.ts'
import type { DecimalString } from '#server/kernel/money.ts'
import { money, toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'
import { together } from '#server/runtime/together.ts'
import { promoEndsTooEarly, promoNotFound, promoTaken, siteUnknown } from './errors.ts'
import { promoAdded, promoEnded, promoOfferedAgain } from './events.ts'
import * as repo from './repo.promos.ts'
import type { AddPromo, EndPromo, PromosView } from './schema.promos.ts'

const zoneOfHome = async (ctx: Ctx): Promise<string> => (await auth.home(ctx)).timeZone

/** Every code of every site, those that aren't taken any more too. */
export async function promos(ctx: Ctx): Promise<PromosView> {
  demand(ctx.actor, 'promos:read')
  const [rows, sites, zone] = await together(repo.list(ctx), sitesOf(ctx), zoneOfHome(ctx))
  const of = new Map(sites.map((one) => [one.site, one]))
  return {
    rows: rows.map(({ env: _, percent, amount, validUntil, ...row }) => ({
      ...row,
      siteTitle: of.get(row.site)!.title,
      currency: of.get(row.site)!.currency,
      percent: percent as DecimalString | null,
      amount: amount === null ? null : toDecimal(amount),
      validUntil: validUntil?.toISOString() ?? null,
      lastDay: validUntil && lastDayOf(zone, validUntil),
      ended: validUntil !== null && validUntil <= ctx.now,
    })),
    sites,
    today: dayIn(zone, ctx.now),
  }
}

/** Sites, with the currency of what they sell. */
async function sitesOf(ctx: Ctx): Promise<PromosView['sites']> {
  const sites = await repo.sites(ctx)
  const ids = [...new Set(sites.map(({ customerClass }) => customerClass))]
  const classes = await Promise.all(ids.map((id) => customers.classOf(ctx, id)))
  const currencies = new Map(ids.map((id, n) => [id, classes[n]!.currency]))
  return sites.map(({ customerClass, ...one }) => ({
    ...one,
    currency: currencies.get(customerClass)!,
  }))
}

/** The day of the last instant before it. */
const lastDayOf = (zone: string, until: Date): CivilDate =>
  dayIn(zone, new Date(until.getTime() - 1))

/**
 * Offers a code on a site; the same key twice offers one. One that was used once is another's for
 * ever: invoices and customers speak of it.
 *
 * @throws conflict `signup.promo_taken`, not_found `signup.site_unknown`, invalid
 *   `signup.promo_ends_too_early`
 */
export async function addPromo(ctx: Ctx, { key, ...input }: AddPromo): Promise<{ code: string }> {
  demand(ctx.actor, 'promos:write')
  return once(ctx, key, input, async () => {
    const { site, code, unit, off, appliesTo, lastDay } = input
    const zone = await zoneOfHome(ctx)
    const today = dayIn(zone, ctx.now)
    if (lastDay !== null && lastDay < today) throw promoEndsTooEarly(today)

    const promo = {
      site,
      code,
      percent: unit === 'percent' ? off : null,
      amount: unit === 'amount' ? money(off) : null,
      appliesTo,
      periods: appliesTo === 'periodic' ? input.periods : null,
      validUntil: lastDay && startOfDay(zone, addDays(lastDay, 1)),
    }
    await repo.insert(ctx, promo).catch((error: unknown) => {
      const broken = brokenConstraint(error)
      if (broken === 'promo_codes_i_env_i_site_code_pk') throw promoTaken(code)
      if (broken?.includes('i_site')) throw siteUnknown()
      throw error
    })

    const { unit: _, off: __, ...told } = { ...input, periods: promo.periods }
    const after = { ...told, percent: promo.percent, amount: unit === 'amount' ? off : null }
    await publish(ctx, promoAdded(site, after))
    await audit.done(ctx, { ...actOf('promo.add', site), after })
    return { code }
  })
}

/**
 * Sets when a code isn't taken any more: now, at an instant, or never. Who signed up with it keeps
 * what it promised.
 *
 * @throws not_found `signup.promo_not_found`
 */
export async function endPromo(ctx: Ctx, { site, code, until }: EndPromo): Promise<void> {
  demand(ctx.actor, 'promos:write')
  const [promo] = await repo.lock(ctx, site, code)
  if (!promo) throw promoNotFound()
  const before = promo.validUntil
  if (until === 'now' && before !== null && before <= ctx.now) return

  const validUntil = until === 'now' ? ctx.now : until === null ? null : new Date(until)
  await repo.setEnd(ctx, site, code, validUntil)

  const over = validUntil !== null && validUntil <= ctx.now
  const told = { code: promo.code, validUntil: validUntil?.toISOString() ?? null }
  await publish(ctx, (over ? promoEnded : promoOfferedAgain)(site, told))
  await audit.done(ctx, {
    ...actOf(over ? 'promo.end' : 'promo.offer_again', site),
    before: { code: promo.code, validUntil: before?.toISOString() ?? null },
    after: told,
  })
}

const actOf = (action: string, site: number) => ({
  action,
  entity: 'signup_site',
  entityId: String(site),
})
