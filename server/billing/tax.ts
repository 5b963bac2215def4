import type {
  ClassTax,
  TaxableLine,
  TaxDecision,
  TaxedInvoice,
  TaxedLine,
  Taxpayer,
  TaxRate,
} from '#server/billing/schema.tax.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import { inEu } from '#server/kernel/eu.ts'
import {
  add,
  fromMinorUnits,
  type Money,
  money,
  negate,
  order,
  roundToMinor,
  subtract,
  sum,
  taxOf,
} from '#server/kernel/money.ts'
import { checkVatId } from '#server/kernel/vat.ts'

/**
 * Which tax a customer pays on a day: the rate that says most of who it is (its class before its
 * state, its state before its country), the latest of equals, else what its class says.
 */
export function decideTax(given: {
  customer: Taxpayer
  issuer: Readonly<{ country: string | null }>
  rates: readonly TaxRate[]
  otherwise: ClassTax
  day: CivilDate
}): TaxDecision {
  const { customer, issuer, rates, otherwise, day } = given
  const [found] = rates
    .filter((rate) => holdsFor(customer, day, rate))
    .sort((a, b) => closeness(b) - closeness(a) || (a.validFrom < b.validFrom ? 1 : -1))
  const { name, rate } = found ?? { name: otherwise.taxName, rate: otherwise.taxRate }

  const inclusive = otherwise.taxInclusive
  return isReverseCharge(customer, issuer.country)
    ? { name, rate: '0', inclusive, reverseCharge: true, note: 'reverse_charge' }
    : { name, rate: plain(rate), inclusive, reverseCharge: false, note: null }
}

const same = (rate: string | null, customer: string | null): boolean =>
  rate === null || rate.toUpperCase() === customer?.toUpperCase()

const holdsFor = (customer: Taxpayer, day: CivilDate, rate: TaxRate): boolean =>
  rate.validFrom <= day &&
  (rate.validUntil === null || day < rate.validUntil) &&
  (rate.customerClass === null || rate.customerClass === customer.customerClass) &&
  same(rate.country, customer.country) &&
  same(rate.region, customer.region)

const closeness = ({ customerClass, region, country }: TaxRate): number =>
  (customerClass === null ? 0 : 4) + (region === null ? 0 : 2) + (country === null ? 0 : 1)

/** Services between businesses of two member states: the recipient pays the tax (2006/112/EC, Art. 44 and 196). */
const isReverseCharge = ({ country, vatId }: Taxpayer, issuer: string | null): boolean =>
  inEu(issuer) &&
  inEu(country) &&
  issuer !== country &&
  vatId !== null &&
  checkVatId(country ?? '', vatId) !== undefined

/** '5.0000' is 5. */
const plain = (rate: string): string => (rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate)

/**
 * An invoice's tax: of each rate the sum is rounded once, and the tax is that of the rounded sum, so
 * that what is printed can be recomputed (EN 16931, BR-CO-17). The lines get whole minor units by
 * largest remainder, so that they sum to the totals exactly; lines all negated are dealt the same, negated.
 */
export function taxed(
  lines: readonly TaxableLine[],
  decision: Pick<TaxDecision, 'name' | 'rate' | 'inclusive'>,
  currency: string,
): TaxedInvoice {
  const dealt: TaxedLine[] = []
  const rates = [...new Set(lines.map(({ rate }) => plain(rate ?? decision.rate)))]

  const table = rates.map((rate) => {
    const places = lines.flatMap((line, n) =>
      plain(line.rate ?? decision.rate) === rate ? [n] : [],
    )
    const amounts = places.map((n) => lines[n]!.amount)
    const whole = roundToMinor(sum(amounts), currency)
    const { net, tax } = taxOf(whole, rate, { inclusive: decision.inclusive, currency })

    const shares = deal(whole, amounts, 1n, minorUnit(currency))
    const taxes = taxesOf(tax, shares, rate, { inclusive: decision.inclusive, currency })
    for (const [i, n] of places.entries()) {
      const [share, own] = [shares[i]!, taxes[i]!]
      dealt[n] = { net: decision.inclusive ? subtract(share, own) : share, tax: own, rate }
    }
    return { name: decision.name, rate, net, tax }
  })

  const net = sum(table.map((row) => row.net))
  const tax = sum(table.map((row) => row.tax))
  return { lines: dealt, table, net, tax, gross: add(net, tax) }
}

const minorUnit = (currency: string): bigint => fromMinorUnits(1, currency)

/** Each line's part of the tax, by its amount. */
function taxesOf(
  tax: Money,
  shares: readonly Money[],
  rate: string,
  { inclusive, currency }: Readonly<{ inclusive: boolean; currency: string }>,
): Money[] {
  const [percent, hundred] = [money(rate), money('100')]
  const exact = shares.map((share) => share * percent)
  return deal(tax, exact, inclusive ? hundred + percent : hundred, minorUnit(currency))
}

/**
 * `total` in whole units for parts of `part / per` each, whose sum it is but for rounding: each part
 * is cut down, and what is left goes by one unit to those cut most, the first of equals.
 */
function deal(total: Money, parts: readonly bigint[], per: bigint, unit: bigint): Money[] {
  const leading = total || parts.find((part) => part !== 0n) || 0n
  if (leading < 0n) {
    const opposite = parts.map((part) => -part)
    return deal(negate(total), opposite, per, unit).map(negate)
  }

  const whole = per * unit
  const cut = parts.map((part) => ((part % whole) + whole) % whole)
  const units = parts.map((part, i) => (part - cut[i]!) / whole)
  const left = total / unit - units.reduce((a, b) => a + b, 0n)
  const most = cut
    .map((lost, i) => ({ i, lost }))
    .sort((a, b) => order(b.lost, a.lost))
    .slice(0, Number(left))
  for (const { i } of most) units[i]! += 1n
  return units.map((n) => (n * unit) as Money)
}
