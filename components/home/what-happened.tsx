import { useLocale, useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import { formatMoney, formatPhone } from '#components/ui/format.ts'
import { RelativeTime } from '#components/ui/time.tsx'
import type { Happening } from '#server/events/schema.ts'
import { worthTelling } from './happenings.ts'

/** The latest changes in sentences, whoever made them. */
export function WhatHappened({ events }: { events: readonly Happening[] }) {
  const t = useTranslations('home.happened')
  const sentence = useSentence()
  const told = worthTelling(events)

  return (
    <Card title={t('title')}>
      {told.length === 0 ? (
        <p className="text-sm text-muted">{t('none')}</p>
      ) : (
        <ol className="-my-2 divide-y divide-separator">
          {told.map((event) => (
            <li
              key={event.id}
              className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 py-2.5 text-sm"
            >
              <span className="min-w-0">{sentence(event)}</span>
              <span className="text-[0.8125rem] text-muted">
                {t('by', { actor: event.actor })} · <RelativeTime at={event.at} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

/** An event as a person says it; one that is too new for the catalogue, by its name. */
function useSentence(): (event: Happening) => string {
  const t = useTranslations('happened')
  const locale = useLocale()

  return ({ type, payload }) => {
    // Types come over the wire: the compiler can't know which of them are in the catalogue.
    const key = type as never
    if (!t.has(key)) return t('other', { type })
    return t(key, wordsOf(payload, locale) as never)
  }
}

const phones = new Set(['alias', 'number'])
const amounts = new Set(['total', 'amount', 'balance', 'limit'])

/** A payload as ICU takes it: phone numbers and amounts written out, lists counted, never undefined. */
function wordsOf(
  payload: Record<string, unknown>,
  locale: string,
): Record<string, string | number> {
  const { currency } = payload
  const words: Record<string, string | number> = {
    // What a sentence may leave out.
    name: 'none',
    product: 'none',
    quantity: 'unlimited',
  }
  for (const [key, value] of Object.entries(payload)) {
    if (Array.isArray(value)) words.count = value.length
    if (typeof value === 'number') words[key] = value
    if (typeof value !== 'string' || value === '') continue
    words[key] = phones.has(key) ? formatPhone(value) : value
    if (amounts.has(key) && typeof currency === 'string') {
      words[key] = formatMoney(locale, value, currency)
    }
  }
  return words
}
