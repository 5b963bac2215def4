import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { type Catalogue, catalogue } from './catalogue.ts'
import {
  chooseLocale,
  isLocale,
  knownTimeZone,
  LOCALE_COOKIE,
  TIME_ZONE_COOKIE,
} from './locales.ts'

/** Language, time zone and texts of one request. */
export default getRequestConfig(async ({ locale: asked }) => {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const locale = isLocale(asked)
    ? asked
    : chooseLocale({
        cookie: jar.get(LOCALE_COOKIE)?.value,
        acceptLanguage: head.get('accept-language'),
        offered: head.get('x-portico-languages')?.split(','),
      })

  return {
    locale,
    messages: await catalogue(locale),
    timeZone: knownTimeZone(jar.get(TIME_ZONE_COOKIE)?.value) ?? 'UTC',
    now: new Date(),
  }
})

declare module 'next-intl' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: module augmentation needs an interface
  interface AppConfig {
    Locale: 'en' | 'es'
    Messages: Catalogue
  }
}
