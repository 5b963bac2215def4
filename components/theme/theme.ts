/** What a person may choose; `system` follows the device, also when it changes at dusk. */
export const themeChoices = ['system', 'light', 'dark'] as const

export type ThemeChoice = (typeof themeChoices)[number]

export const THEME_COOKIE = 'portico_theme'

/**
 * Runs before the first paint, so that no page flashes white at night. Also notes the time zone,
 * which only the browser knows and the server needs for the next page.
 */
export const beforePaint = `(() => {
  const root = document.documentElement
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const keep = (name, value) => {
    document.cookie = name + '=' + encodeURIComponent(value) + ';path=/;max-age=31536000;samesite=lax'
  }
  const chosen = () => /(?:^|; )${THEME_COOKIE}=(light|dark)/.exec(document.cookie)?.[1]
  const apply = () => { root.dataset.theme = chosen() ?? (dark.matches ? 'dark' : 'light') }
  apply()
  dark.addEventListener('change', apply)
  window.porticoTheme = (choice) => { keep('${THEME_COOKIE}', choice); apply() }
  window.porticoLocale = (locale) => keep('portico_locale', locale)
  keep('portico_tz', Intl.DateTimeFormat().resolvedOptions().timeZone)
})()`

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: augmenting the DOM's own interface
  interface Window {
    /** Set by `beforePaint`: keeps the choice and shows it at once. */
    porticoTheme?: (choice: ThemeChoice) => void
    /** Set by `beforePaint`: keeps the language for the next answer of the server. */
    porticoLocale?: (locale: string) => void
  }
}

/** The choice kept in a `document.cookie` or `Cookie` header. */
export function themeChoiceIn(cookies: string): ThemeChoice {
  const found = new RegExp(`(?:^|; )${THEME_COOKIE}=(\\w+)`).exec(cookies)?.[1]
  return themeChoices.find((choice) => choice === found) ?? 'system'
}
