import type { Fees } from '#server/catalog/schema.ts'
import { addMonths, type CivilDate } from '#server/kernel/civil.ts'
import {
  add,
  fromMinorUnits,
  type Money,
  money,
  negate,
  portion,
  roundToMinor,
  sum,
  taxOf,
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

export type Tax = Readonly<{ taxName: string; taxRate: string; taxInclusive: boolean }>

type Line = Readonly<{
  kind: QuoteLine['kind']
  description: string
  subscription: number
  net: Money
  tax: Money
}>

const discounted = { activation: 'activation', first_period: 'periodic' } as const

/**
 * What signing up costs: today each subscription's activation fee and first period, less the promo
 * code's share; from then on its fee a month. Each line's tax is rounded once, and everything due is
 * the sum of the lines.
 *
 * @param day today, on the customer's calendar
 */
export function quoteOf(given: {
  fees: readonly Fees[]
  promo?: PromoCode
  tax: Tax
  currency: string
  day: CivilDate
}): Quote {
  const { fees, promo, tax, currency, day } = given
  const taxed = (amount: Money) =>
    taxOf(roundToMinor(amount, currency), tax.taxRate, { inclusive: tax.taxInclusive, currency })
  const line = (kind: Line['kind'], fee: Fees, description: string, amount: Money): Line => {
    const { net, tax } = taxed(amount)
    return { kind, description, subscription: fee.subscription, net, tax }
  }

  const lines = fees.flatMap((fee) =>
    (['activation', 'periodic'] as const).flatMap((kind) => {
      const amount = kind === 'activation' ? fee.activationFee : fee.periodicFee
      if (amount === zero) return []
      const full = line(kind, fee, fee.name, amount)
      if (!promo || discounted[promo.appliesTo] !== kind) return [full]
      const off = negate(shareOf(roundToMinor(amount, currency), promo.percent, currency))
      return off === zero ? [full] : [full, line('discount', fee, promo.code, off)]
    }),
  )

  const net = sum(lines.map((line) => line.net))
  const taxes = sum(lines.map((line) => line.tax))
  return {
    currency,
    lines: lines.map(({ net, tax, ...line }) => ({
      ...line,
      amount: toDecimal(net),
      tax: toDecimal(tax),
    })),
    net: toDecimal(net),
    taxName: tax.taxName,
    taxRate: plain(tax.taxRate),
    tax: toDecimal(taxes),
    dueToday: toDecimal(add(net, taxes)),
    monthly: toDecimal(sum(fees.map((fee) => taxed(fee.periodicFee).gross))),
    periodFrom: day,
    nextCharge: addMonths(day, 1),
  }
}

/** '5.0000' is 5. */
const plain = (rate: string): string => (rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate)

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
