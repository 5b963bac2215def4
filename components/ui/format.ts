/** How amounts, numbers and dates are written. Pure: takes the language, knows no React. */

/** A decimal as JSON carries it; Intl formats such strings exactly, without a float in between. */
const exact = (amount: string): Intl.StringNumericLiteral => amount as Intl.StringNumericLiteral

const DECIMAL = /^-?\d+(\.\d+)?$/

export type MoneyStyle = Readonly<{
  /** All the places an amount has (rates, prorated lines); otherwise the currency's own. */
  allPlaces?: boolean
  /** Plus before what is added, as in a statement. */
  signed?: boolean
}>

const formats = new Map<string, Intl.NumberFormat>()

/** "1234.50000" in USD for en is "$1,234.50". Rounded half away from zero, as invoices are. */
export function formatMoney(
  locale: string,
  amount: string,
  currency: string,
  { allPlaces = false, signed = false }: MoneyStyle = {},
): string {
  if (!DECIMAL.test(amount)) return amount

  const key = `${locale} ${currency} ${allPlaces} ${signed}`
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      roundingMode: 'halfExpand',
      signDisplay: signed ? 'exceptZero' : 'negative',
      ...(allPlaces ? { maximumFractionDigits: 5 } : {}),
    })
  formats.set(key, format)
  return format.format(exact(amount))
}

/** "$1.5M": beside a chart, where the order of things is enough. */
export const formatRoundly = (locale: string, amount: number, currency: string): string =>
  new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(amount)

/** A civil date, "2026-12-01", as the day it is everywhere: never shifted by a time zone. */
export function formatDay(locale: string, day: string, style: 'short' | 'long' = 'short'): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: style === 'short' ? 'medium' : 'full',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))
}

/**
 * Days from one to the last before another, as people say them: "Nov 1 – 30, 2026". A period touches
 * the next one at `until`, which is no day of it.
 */
export const formatDays = (locale: string, from: string, until: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(
    Date.parse(`${from}T00:00:00Z`),
    Date.parse(`${until}T00:00:00Z`) - DAY,
  )

const DAY = 86_400_000

/**
 * A phone number for eyes: North America as (604) 555-0123, others as they are dialled. Numbering
 * plans of the world weigh 80 kB, too much for showing a number.
 */
export function formatPhone(digits: string): string {
  const plain = digits.replace(/^\+/, '')
  const nanp = /^1([2-9]\d{2})(\d{3})(\d{4})$/.exec(plain)
  if (nanp) return `+1 (${nanp[1]}) ${nanp[2]}-${nanp[3]}`
  return /^\d{7,15}$/.test(plain) ? `+${plain}` : digits
}

/** "4:05" or "1:02:09"; never below zero. */
export function formatCountdown(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds))
  const two = (n: number) => String(n).padStart(2, '0')
  const [hours, minutes] = [Math.floor(left / 3_600), Math.floor((left % 3_600) / 60)]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${minutes}:${two(left % 60)}`
}
