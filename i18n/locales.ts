import { localeCookie } from '#server/kernel/locale.ts'

/** Languages with a catalogue in messages/, most complete first. */
export const locales = ['en', 'es'] as const

export type Locale = (typeof locales)[number]

export const DEFAULT_LOCALE: Locale = 'en'

/** What each language calls itself; a switch that says "Spanish" helps nobody who needs it. */
export const localeNames: Readonly<Record<Locale, string>> = { en: 'English', es: 'Español' }

export const LOCALE_COOKIE = localeCookie
export const TIME_ZONE_COOKIE = 'portico_tz'

const rightToLeft: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur'])

export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  rightToLeft.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr'

export const isLocale = (value: string | undefined): value is Locale =>
  locales.some((locale) => locale === value)

type Wish = Readonly<{
  cookie: string | undefined
  acceptLanguage: string | null
  /** The languages of the site the page belongs to; all of ours when it says nothing. */
  offered?: readonly string[]
}>

/** The visitor's choice, else the browser's best, else the site's first. */
export function chooseLocale({ cookie, acceptLanguage, offered }: Wish): Locale {
  const open = offered?.length ? offered.filter(isLocale) : [...locales]
  const among = open.length ? open : [...locales]
  const isOpen = (value: string | undefined) => among.find((locale) => locale === value)

  return (
    isOpen(cookie) ??
    wanted(acceptLanguage)
      .map((tag) => isOpen(tag.split('-')[0]))
      .find((locale) => locale !== undefined) ??
    among[0] ??
    DEFAULT_LOCALE
  )
}

/** RFC 9110, 12.5.4: tags by falling weight; a weight of 0 means "not this one". */
function wanted(header: string | null): string[] {
  return (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.find((p) => p.trim().startsWith('q='))?.split('=')[1]
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}

/** An IANA zone this machine knows, or undefined: a cookie may hold anything. */
export function knownTimeZone(zone: string | undefined): string | undefined {
  if (!zone) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
