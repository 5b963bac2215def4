import { refuse } from './errors.ts'
import type { Brand } from './ids.ts'

/** An exact amount in 1/100000 of the currency unit. The currency stands beside it, not in it. */
export type Money = Brand<bigint, 'Money'>

/** Money in JSON and in the database: '9.99000'. A JSON number would be a float at the other end. */
export type DecimalString = Brand<string, 'DecimalString'>

/** How much of a whole: days used of days in the period, percent of a hundred. Whole numbers. */
export type Ratio = Readonly<{ num: number | bigint; den: number | bigint }>

const places = 5
const unit = 10n ** BigInt(places)

// 15 digits before the point are what numeric(20,5) holds.
const decimal = /^(-?)(\d{1,15})(?:\.(\d{1,5}))?$/

const parse = (text: string): bigint | undefined => {
  const [, sign, whole, fraction = ''] = decimal.exec(text) ?? []
  if (whole === undefined) return undefined
  const size = BigInt(whole) * unit + BigInt(fraction.padEnd(places, '0'))
  return sign ? -size : size
}

/** The amount written as '9.99'. Refuses whatever is not exactly that: 1e3, 1,000, $5, ' 5', .5. */
export function money(text: string): Money {
  const amount = parse(text)
  if (amount === undefined) throw amountMalformed()
  return amount as Money
}

// The text is not repeated: what people paste into an amount field may be a card number.
const amountMalformed = () =>
  refuse('invalid', 'money.malformed', 'An amount is written like 9.99, with 5 decimals at most.')

const rateMalformed = () =>
  refuse('invalid', 'money.rate_malformed', 'A tax rate is a percentage like 8.25, not below 0.')

export const zero = 0n as Money

export const add = (a: Money, b: Money): Money => (a + b) as Money
export const subtract = (a: Money, b: Money): Money => (a - b) as Money
export const negate = (m: Money): Money => -m as Money
export const sum = (amounts: Iterable<Money>): Money => {
  let total = zero
  for (const amount of amounts) total = add(total, amount)
  return total
}

/** For `sort` of exact numbers that are no amounts. */
export const order = (a: bigint, b: bigint): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0)

/** For `sort`: below 0 when `a` is the smaller. */
export const compare = (a: Money, b: Money): -1 | 0 | 1 => order(a, b)

/** The rounding rule, the only one: to the nearest whole, a half away from zero. */
function divide(num: bigint, den: bigint): bigint {
  const whole = num / den
  const rest = num % den
  const half = 2n * (rest < 0n ? -rest : rest) >= (den < 0n ? -den : den)
  if (!half) return whole
  return num < 0n === den < 0n ? whole + 1n : whole - 1n
}

const divideTo = (step: bigint, num: bigint, den: bigint): Money =>
  (divide(num, den * step) * step) as Money

/** `num`/`den` of an amount, rounded once. */
export const portion = (m: Money, { num, den }: Ratio): Money =>
  divide(m * BigInt(num), BigInt(den)) as Money

/**
 * The amount dealt out by weight so that the parts sum to it exactly: each gets its share cut off,
 * and what is left goes, one unit each, to those who lost most by the cut (of equals, the earlier).
 */
export function split(m: Money, weights: readonly (number | bigint)[]): Money[] {
  if (m < 0n) return split(negate(m), weights).map(negate)

  const parts = weights.map(BigInt)
  const total = parts.reduce((a, b) => a + b, 0n)
  if (total <= 0n || parts.some((part) => part < 0n))
    throw new RangeError('Weights are not negative, and one at least is above zero.')

  const shares = parts.map((part) => (m * part) / total)
  const left = m - shares.reduce((a, b) => a + b, 0n)
  const losers = parts
    .map((part, index) => ({ index, lost: (m * part) % total }))
    .sort((a, b) => order(b.lost, a.lost))
    .slice(0, Number(left))
  for (const { index } of losers) shares[index]! += 1n
  return shares as Money[]
}

/** Decimals of a currency where they are not 2 (ISO 4217). */
export const oddDecimals: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
])

export const minorDigits = (currency: string): number => oddDecimals.get(currency) ?? 2

const minorStep = (currency: string): bigint => 10n ** BigInt(places - minorDigits(currency))

/** To what can be paid: cents, yen, fils. */
export const roundToMinor = (m: Money, currency: string): Money =>
  divideTo(minorStep(currency), m, 1n)

export type Taxed = Readonly<{ net: Money; tax: Money; gross: Money }>

/**
 * The tax in (inclusive) or on top of (exclusive) an amount; net + tax is gross, always. `rate` is
 * a percentage: '8.25'. Rounded once: to what can be paid in `currency`, else to the 5th decimal.
 */
export function taxOf(
  amount: Money,
  rate: string,
  { inclusive, currency }: Readonly<{ inclusive: boolean; currency?: string }>,
): Taxed {
  const percent = parse(rate)
  if (percent === undefined || percent < 0n) throw rateMalformed()

  const hundred = 100n * unit
  const base = inclusive ? hundred + percent : hundred
  const tax = divideTo(currency ? minorStep(currency) : 1n, amount * percent, base)
  return inclusive
    ? { net: subtract(amount, tax), tax, gross: amount }
    : { net: amount, tax, gross: add(amount, tax) }
}

function write(m: Money, digits: number): string {
  const text = (m < 0n ? -m : m).toString().padStart(places + 1, '0')
  const cut = text.length - places
  const fraction = digits > 0 ? `.${text.slice(cut, cut + digits)}` : ''
  return `${m < 0n ? '-' : ''}${text.slice(0, cut)}${fraction}`
}

/** All 5 decimals: '9.99000'. */
export const toDecimal = (m: Money): DecimalString => write(m, places) as DecimalString

export const moneyFromWire = (text: DecimalString): Money => money(text)

/** Rounded to what can be paid, as people write it: '9.99', in yen '10'. */
export const toMajor = (m: Money, currency: string): `${number}` =>
  write(roundToMinor(m, currency), minorDigits(currency)) as `${number}`

/** Rounded to what can be paid, as gateways count it: 999 cents. */
export function toMinorUnits(m: Money, currency: string): number {
  const units = Number(divide(m, minorStep(currency)))
  if (!Number.isSafeInteger(units)) throw new RangeError('More than a gateway can be asked for.')
  return units
}

/** What a gateway says it took: 999 cents is 9.99. */
export const fromMinorUnits = (units: number, currency: string): Money =>
  (BigInt(units) * minorStep(currency)) as Money

// Making a formatter costs as much as a hundred uses of it, and tables show many amounts.
const formatters = new Map<string, Intl.NumberFormat>()

/** For a person: '$9.99', '9,99 €'. Never passes through a float. */
export function formatMoney(m: Money, currency: string, locale: string): string {
  const key = `${locale} ${currency}`
  const digits = minorDigits(currency)
  const formatter =
    formatters.get(key) ??
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
  formatters.set(key, formatter)
  return formatter.format(toMajor(m, currency))
}
