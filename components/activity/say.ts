import { formatDay, formatPhone } from '#components/ui/format.ts'

/** Where and for whom a value is written; `word` is the catalogue's for a state, if it has one. */
export type Reader = Readonly<{
  locale: string
  timeZone: string
  word: (text: string) => string | undefined
}>

/** A value of an audit row, which is written for machines, as a person reads it. */
export function sayValue(text: string, { locale, timeZone, word }: Reader): string {
  if (/^[a-z]+(_[a-z]+)*$/.test(text)) return word(text) ?? text
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDay(locale, text)
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) {
    const style = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const
    return new Intl.DateTimeFormat(locale, style).format(new Date(text))
  }
  // As the ledger keeps amounts; their currency stands beside them.
  if (/^-?\d+\.\d{5}$/.test(text)) {
    const places = { minimumFractionDigits: 2, maximumFractionDigits: 5 }
    return new Intl.NumberFormat(locale, places).format(text as Intl.StringNumericLiteral)
  }
  return /^[1-9]\d{10,14}$/.test(text) ? formatPhone(text) : text
}
