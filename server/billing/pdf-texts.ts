import en from '#messages/en.json' with { type: 'json' }
import es from '#messages/es.json' with { type: 'json' }
import { addDays, type CivilDate, formatDay, type Period } from '#server/kernel/civil.ts'
import { defaultLocale, isLocale } from '#server/kernel/locale.ts'
import { type DecimalString, formatMoney, moneyFromWire } from '#server/kernel/money.ts'

export type DocumentTexts = (typeof en)['invoice']

/** How a document says things: its texts, days and amounts in its language. */
export type Voice = Readonly<{
  /** BCP 47, of the texts that are said. */
  language: string
  texts: DocumentTexts
  day(day: CivilDate): string
  /** Both ends are covered: 'Nov 1 – 30, 2026'. */
  period(period: Period): string
  amount(amount: DecimalString): string
  percent(rate: string): string
  country(code: string): string
}>

const catalogues = { en: en.invoice, es: es.invoice } as const satisfies Record<
  string,
  DocumentTexts
>

/** @param locale BCP 47; one we have no texts in gets English, with its dates and amounts in English. */
export function voiceOf(locale: string, currency: string): Voice {
  const base = locale.toLowerCase().split('-')[0] ?? ''
  const known = isLocale(base) ? base : defaultLocale
  const language = known === base ? locale : known
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const percents = new Intl.NumberFormat(language, { maximumFractionDigits: 4 })
  const countries = new Intl.DisplayNames(language, { type: 'region' })
  return {
    language,
    texts: catalogues[known],
    day: (day) => formatDay(day, language),
    period: (period) => days.formatRange(noon(period.from), noon(addDays(period.until, -1))),
    // A minus as wide as a digit, where a hyphen would leave a gap.
    amount: (amount) =>
      formatMoney(moneyFromWire(amount), currency, language).replace('-', '\u2212'),
    percent: (rate) => percents.format(Number(rate)),
    country: (code) => countries.of(code) ?? code,
  }
}

const noon = (day: CivilDate): number => Date.parse(`${day}T12:00:00Z`)
