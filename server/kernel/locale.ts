/** Languages every text exists in. */
export const locales = ['en', 'es'] as const

export type Locale = (typeof locales)[number]

/** Holds the language that a visitor has switched to. */
export const localeCookie = 'portico_locale'

export const defaultLocale: Locale = 'en'

export const isLocale = (text: string | null | undefined): text is Locale =>
  locales.some((locale) => locale === text)

/**
 * The language to show: what was chosen here before (the cookie), else what the browser likes best
 * of those allowed, by RFC 9110; 'es-MX' is content with 'es'. Never one that is not allowed.
 */
export function pickLocale(
  acceptLanguage: string | null | undefined,
  cookie: string | null | undefined,
  allowed: readonly Locale[] = locales,
): Locale {
  const offered = (tag: string | null | undefined) => allowed.find((locale) => locale === tag)
  const fallback = offered(defaultLocale) ?? allowed[0] ?? defaultLocale

  const liked = wishes(acceptLanguage ?? '').map((tag) =>
    tag === '*' ? fallback : offered(tag.split('-')[0]),
  )
  return offered(cookie) ?? liked.find((locale) => locale !== undefined) ?? fallback
}

/** Language tags of an Accept-Language header, the most wanted first, the unwanted (q=0) left out. */
const wishes = (header: string): string[] =>
  header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
      const quality = parameters.find((text) => text.startsWith('q='))?.slice(2) ?? '1'
      return { tag, quality: Number(quality) }
    })
    .filter(({ tag, quality }) => tag && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
