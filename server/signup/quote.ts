import type { TaxDecision } from '#server/billing/schema.tax.ts'
import { taxed } from '#server/billing/tax.ts'
import type { Fees } from '#server/catalog/schema.ts'
import { addMonths, type CivilDate } from '#server/kernel/civil.ts'
import {
  fromMinorUnits,
  type Money,
  money,
  negate,
  portion,
  roundToMinor,
  toDecimal,
  toMinorUnits,
  zero,
} from '#server/kernel/money.ts'
import type { Quote, QuoteLine } from './schema.ts'

export type PromoCode = Readonly<{
  code: string
  percent: string
  appliesTo: 'activation' | 'first_period'
}>

type Line = Omit<QuoteLine, 'amount' | 'tax'> & Readonly<{ amount: Money }>

const discounted = { activation: 'activation', first_period: 'periodic' } as const

/**
 * What signing up costs: today each subscription's activation fee and first period, less the promo
 * code's share; from then on its fee a month. It is taxed as the invoice will be: once for all of it.
 *
 * @param day today, on the customer's calendar
 */
export function quoteOf(given: {
  fees: readonly Fees[]
  promo?: PromoCode
  tax: TaxDecision
  currency: string
  day: CivilDate
}): Quote {
  const { fees, promo, tax, currency, day } = given
  const lines = fees.flatMap((fee) => linesOf(fee, promo, currency))
  const today = taxed(lines, tax, currency)
  const months = fees.map((fee) => ({ amount: roundToMinor(fee.periodicFee, currency) }))

  return {
    currency,
    lines: lines.map((line, n) => ({
      ...line,
      amount: toDecimal(today.lines[n]!.net),
      tax: toDecimal(today.lines[n]!.tax),
    })),
    net: toDecimal(today.net),
    taxName: tax.name,
    taxRate: tax.rate,
    taxNote: tax.note,
    taxInclusive: tax.inclusive,
    tax: toDecimal(today.tax),
    dueToday: toDecimal(today.gross),
    monthly: toDecimal(taxed(months, tax, currency).gross),
    periodFrom: day,
    nextCharge: addMonths(day, 1),
  }
}

/** What a subscription costs today, and what the promo code takes off it. */
function linesOf(fee: Fees, promo: PromoCode | undefined, currency: string): Line[] {
  const { subscription, name } = fee
  return (['activation', 'periodic'] as const).flatMap((kind) => {
    const exact = kind === 'activation' ? fee.activationFee : fee.periodicFee
    const amount = roundToMinor(exact, currency)
    if (amount === zero) return []
    const full = { kind, description: name, subscription, amount }
    if (!promo || discounted[promo.appliesTo] !== kind) return [full]
    const off = negate(shareOf(amount, promo.percent, currency))
    const discount = { kind: 'discount' as const, description: promo.code, subscription }
    return off === zero ? [full] : [full, { ...discount, amount: off }]
  })
}

/** A percentage of an amount, in what can be paid; counted in cents, so that it is rounded once. */
const shareOf = (amount: Money, percent: string, currency: string): Money =>
  fromMinorUnits(
    Number(
      portion(BigInt(toMinorUnits(amount, currency)) as Money, {
        num: money(percent),
        den: money('100'),
      }),
    ),
    currency,
  )
