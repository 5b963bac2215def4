import { nextCharge } from '#server/billing/next-charge.ts'
import type { TaxDecision } from '#server/billing/schema.tax.ts'
import { taxed } from '#server/billing/tax.ts'
import { byPeriod, recurring } from '#server/catalog/schema.recurring.ts'
import { cycleOf, type Fees } from '#server/catalog/schema.ts'
import { addMonths, type CivilDate, compareDates, periodAt } from '#server/kernel/civil.ts'
import {
  fromMinorUnits,
  type Money,
  money,
  negate,
  portion,
  roundToMinor,
  subtract,
  toDecimal,
  toMinorUnits,
  zero,
} from '#server/kernel/money.ts'
import type { LaterDiscount, Quote, QuoteLine } from './schema.ts'

/** What a code takes off: a part, or an amount once for all that is bought. */
export type PromoCode = Readonly<{
  code: string
  percent: string | null
  amount: Money | null
  appliesTo: 'activation' | 'periodic'
  /** Of so many periods from the first on; null: of all. */
  periods: number | null
}>

type Line = Omit<QuoteLine, 'amount' | 'tax'> & Readonly<{ amount: Money }>

/**
 * What signing up costs: today each subscription's activation fee and, where it is paid in advance, its
 * first period, less the promo code's share; from then on its fee a period. It is taxed as the invoice
 * will be: once for all of it.
 *
 * @param day today, on the customer's calendar: the day its bills and periods are counted from
 * @param held the subscription that the customer will hold directly
 */
export function quoteOf(given: {
  fees: readonly Fees[]
  promo?: PromoCode
  tax: TaxDecision
  currency: string
  day: CivilDate
  held?: number | null
}): Quote {
  const { fees, promo, tax, currency, day, held = null } = given
  const offs = offsOf(fees, promo, currency)
  const lines = fees.flatMap((fee) => linesOf(fee, promo, offs, currency))
  const today = taxed(lines, tax, currency)
  const coming = fees.flatMap((fee) => {
    const on = fee.periodicFee === zero ? null : chargedNext(fee, day)
    return on ? [{ ...fee, on }] : []
  })

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
    recurring: byPeriod(coming).map((group) => {
      const amounts = group.map((fee) => ({ amount: roundToMinor(fee.periodicFee, currency) }))
      return recurring(group[0]!, taxed(amounts, tax, currency).gross)
    }),
    later: laterOf(fees, promo, offs),
    held,
    periodFrom: day,
    nextCharge: coming.map(({ on }) => on).toSorted(compareDates)[0] ?? null,
  }
}

/** The day of the invoice that has the next of it; null where its term is paid today. */
const chargedNext = (terms: Fees, day: CivilDate): CivilDate | null =>
  nextCharge(
    {
      terms,
      anchor: day,
      startedOn: day,
      chargedUntil: terms.inAdvance ? periodAt(day, cycleOf(terms), 0).until : day,
    },
    { anchor: day, day: addMonths(day, 1) },
  )

const feeOf = (fee: Fees, kind: 'activation' | 'periodic') =>
  kind === 'activation' ? fee.activationFee : fee.periodicFee

/** What a code takes off each subscription's fee: an amount off one after the other, until it is spent. */
function offsOf(
  fees: readonly Fees[],
  promo: PromoCode | undefined,
  currency: string,
): ReadonlyMap<number, Money> {
  if (!promo) return new Map()
  let left = roundToMinor(promo.amount ?? zero, currency)
  return new Map(
    fees.map((fee) => {
      const full = roundToMinor(feeOf(fee, promo.appliesTo), currency)
      if (promo.percent !== null) return [fee.subscription, shareOf(full, promo.percent, currency)]
      const rest = left > full ? subtract(left, full) : zero
      const off = subtract(left, rest)
      left = rest
      return [fee.subscription, off]
    }),
  )
}

/** What a subscription costs today, and what the promo code takes off it. */
function linesOf(
  fee: Fees,
  promo: PromoCode | undefined,
  offs: ReadonlyMap<number, Money>,
  currency: string,
): Line[] {
  const { subscription, name, period, periodCount } = fee
  const kinds = fee.inAdvance ? (['activation', 'periodic'] as const) : (['activation'] as const)
  return kinds.flatMap((kind) => {
    const amount = roundToMinor(feeOf(fee, kind), currency)
    if (amount === zero) return []
    const every = kind === 'periodic' ? { period, periodCount } : undefined
    const full = { kind, description: name, subscription, amount, every }
    const off = promo?.appliesTo === kind ? (offs.get(subscription) ?? zero) : zero
    if (!promo || off === zero) return [full]
    const discount = { kind: 'discount' as const, description: promo.code, subscription }
    return [full, { ...discount, amount: negate(off) }]
  })
}

/** What the periods after today's cost less: all of the code's, where nothing is charged today. */
function laterOf(
  fees: readonly Fees[],
  promo: PromoCode | undefined,
  offs: ReadonlyMap<number, Money>,
): LaterDiscount[] {
  if (promo?.appliesTo !== 'periodic') return []
  return fees.flatMap(({ subscription, inAdvance }) => {
    const off = offs.get(subscription) ?? zero
    const after = inAdvance ? 1 : 0
    const periods = promo.periods === null ? null : promo.periods - after
    if (off === zero || periods === 0) return []
    const { code, percent } = promo
    return [
      { subscription, code, percent, amount: percent ? null : toDecimal(off), after, periods },
    ]
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
