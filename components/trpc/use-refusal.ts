'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type CivilDate, formatDay } from '#server/kernel/civil.ts'
import type { RefusalDetails } from '#server/kernel/errors.ts'
import { refusedBy } from './refusal.ts'

type Say = (code: string, values: Record<string, string | number>) => string | undefined

/** Looks a code up in one branch of the catalogue; undefined where it isn't there. */
export function useCatalogueCode(branch: 'refusals' | 'form.errors'): Say {
  const t = useTranslations()
  return (code, values) => {
    // Codes come over the wire: the compiler can't know which of them are in the catalogue.
    const key = `${branch}.${code}` as never
    return t.has(key) ? t(key, values as never) : undefined
  }
}

/** The sentence for an error, in the reader's language, else as the server said it. */
export function useRefusal(): (error: unknown) => string | undefined {
  const locale = useLocale()
  const say = useCatalogueCode('refusals')

  return (error) => {
    const refused = refusedBy(error)
    if (!refused) return undefined

    const known = say(refused.code, icuValues(refused.details, locale))
    if (known) return known
    if (refused.kind === 'unexpected') return say('unexpected', {})
    return refused.message || say(refused.kind, {}) || say('unexpected', {})
  }
}

const isDay = (value: unknown): value is CivilDate =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)

/** Details as ICU takes them: lists become "a, b and c", days "Nov 21, 2026". */
export const icuValues = (details: RefusalDetails, locale: string) =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      isDay(value)
        ? formatDay(value, locale)
        : typeof value === 'number' || typeof value === 'string'
          ? value
          : Array.isArray(value)
            ? new Intl.ListFormat(locale).format(value as string[])
            : String(value ?? ''),
    ]),
  )
