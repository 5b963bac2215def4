import { useLocale, useTranslations } from 'next-intl'
import { formatMoney, formatPhone } from '#components/ui/format.ts'
import type { ActivityRow } from '#server/activity/schema.ts'

/** What a sentence may leave out. */
const unsaid = { product: 'none', reason: 'none', note: 'none' }

/** An act as a person says it; one that is too new for the catalogue, by its name. */
export function useActSentence(): (row: ActivityRow) => string {
  const t = useTranslations('activity.actions')
  const locale = useLocale()
  const list = new Intl.ListFormat(locale)

  return (row) => {
    const subject = row.subject ?? `${row.entity} ${row.entityId}`
    const words: Record<string, string | number> = {
      ...unsaid,
      ...wordsOf(row.before, list, locale),
      ...wordsOf(row.after, list, locale),
      subject: row.name && row.name !== subject ? `${subject} (${row.name})` : subject,
      outcome: row.outcome,
    }
    // Actions come over the wire: the compiler can't know which of them are in the catalogue.
    const key = row.action as never
    const plain = () => t('other', { subject, action: row.action.replace(/[._]/g, ' ') })
    if (!t.has(key)) return plain()
    // A sentence that wants a word this row doesn't have would come out as its name.
    const raw = String(t.raw(key))
    const wants = [...raw.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name!)
    return wants.every((name) => name in words) ? t(key, words as never) : plain()
  }
}

const wordsOf = (facts: Record<string, unknown> | null, list: Intl.ListFormat, locale: string) =>
  Object.fromEntries(
    Object.entries(facts ?? {}).flatMap(([name, value]): [string, string | number][] => {
      if (typeof value === 'number') return [[name, value]]
      // Which way it went, the sentence says.
      if (typeof value === 'string' && typeof facts?.currency === 'string' && AMOUNT.test(value))
        return [[name, formatMoney(locale, value.replace('-', ''), facts.currency)]]
      if (typeof value === 'string' && value)
        return [[name, phones.has(name) ? formatPhone(value) : value]]
      if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
        return [[name, list.format(value)]]
      }
      return []
    }),
  )

/** As the ledger keeps them. */
const AMOUNT = /^-?\d+\.\d{5}$/

const phones = new Set(['alias'])
