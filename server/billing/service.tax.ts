import { brokenConstraint } from '#db/client.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import * as auth from '#server/auth/service.ts'
import {
  classUnknown,
  endsTooEarly,
  rateEnded,
  rateExists,
  rateNotFound,
} from '#server/billing/errors.tax.ts'
import { taxRateAdded, taxRateEnded } from '#server/billing/events.tax.ts'
import * as repo from '#server/billing/repo.tax.ts'
import type {
  AddTaxRate,
  EndTaxRate,
  TaxDecision,
  TaxesView,
  Taxpayer,
  TaxRate,
} from '#server/billing/schema.tax.ts'
import { decideTax } from '#server/billing/tax.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import { type CivilDate, compareDates, dayIn } from '#server/kernel/civil.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'

/** All that decides about tax but the customer: read once for any number of them, for `decideTax`. */
export type TaxBook = Readonly<{
  issuer: Readonly<{ country: string | null }>
  rates: readonly TaxRate[]
}>

export async function taxBook(ctx: Ctx): Promise<TaxBook> {
  const [row] = await repo.taxBook(ctx)
  return { issuer: { country: row?.country ?? null }, rates: row?.rates ?? [] }
}

/** What a customer, or somebody who would be one, pays on a day. */
export async function taxFor(ctx: Ctx, customer: Taxpayer, day: CivilDate): Promise<TaxDecision> {
  const [book, otherwise] = await together(
    taxBook(ctx),
    customers.classOf(ctx, customer.customerClass),
  )
  return decideTax({ ...book, customer, otherwise, day })
}

/** Every rate there is or was, and what classes say where none holds. */
export async function taxes(ctx: Ctx): Promise<TaxesView> {
  demand(ctx.actor, 'taxes:read')
  const [rates, classes, today] = await together(
    repo.listRates(ctx),
    customers.classes(ctx),
    todayHere(ctx),
  )
  return {
    rates: rates.map((rate) => ({
      ...rate,
      className: classes.find((one) => one.customerClass === rate.customerClass)?.name ?? null,
      state: stateOf(rate, today),
    })),
    classes: classes.map(({ taxRate, taxInclusive, ...one }) => ({
      ...one,
      rate: taxRate,
      inclusive: taxInclusive,
    })),
    today,
  }
}

const todayHere = async (ctx: Ctx) => dayIn((await auth.home(ctx)).timeZone, ctx.now)

const stateOf = ({ validFrom, validUntil }: TaxRate, today: CivilDate) =>
  validUntil !== null && (validUntil <= today || validUntil === validFrom)
    ? 'ended'
    : validFrom > today
      ? 'coming'
      : 'valid'

/** @throws conflict `tax.rate_exists`, not_found `tax.class_unknown` */
export async function addTaxRate(ctx: Ctx, input: AddTaxRate): Promise<{ taxRate: number }> {
  demand(ctx.actor, 'taxes:write')

  const [row] = await repo.insertRate(ctx, input).catch((error: unknown) => {
    const broken = brokenConstraint(error)
    if (broken === 'tax_rates_one') throw rateExists()
    if (broken?.includes('i_customer_class')) throw classUnknown()
    throw error
  })
  const { taxRate } = row!

  await publish(ctx, taxRateAdded(taxRate, input))
  await audit.done(ctx, {
    action: 'tax_rate.add',
    entity: 'tax_rate',
    entityId: String(taxRate),
    after: input,
  })
  return { taxRate }
}

/**
 * Ends a rate on a day to come, or today: what was invoiced keeps its tax.
 *
 * @throws not_found `tax.rate_not_found`, conflict `tax.rate_ended`, invalid `tax.ends_too_early`
 */
export async function endTaxRate(ctx: Ctx, { taxRate, day }: EndTaxRate): Promise<void> {
  demand(ctx.actor, 'taxes:write')

  const [row] = await repo.lockRate(ctx, taxRate)
  if (!row) throw rateNotFound()
  if (row.validUntil !== null) throw rateEnded(row.validUntil)
  const today = await todayHere(ctx)
  const earliest = compareDates(row.validFrom, today) > 0 ? row.validFrom : today
  if (day < earliest) throw endsTooEarly(earliest)

  await repo.endRate(ctx, taxRate, day)

  const { name, rate, country } = row
  await publish(ctx, taxRateEnded(taxRate, { name, rate, country, validUntil: day }))
  await audit.done(ctx, {
    action: 'tax_rate.end',
    entity: 'tax_rate',
    entityId: String(taxRate),
    before: { name, validUntil: null },
    after: { name, validUntil: day },
  })
}
