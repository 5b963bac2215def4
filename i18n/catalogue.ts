import type en from '../messages/en.json'
import { DEFAULT_LOCALE, type Locale } from './locales.ts'

export type Catalogue = typeof en

type Texts = { readonly [key: string]: string | Texts }

const load: Record<Locale, () => Promise<{ default: Texts }>> = {
  en: () => import('../messages/en.json'),
  es: () => import('../messages/es.json'),
}

/** All texts of a language; one that is not translated yet is said in English, never as its key. */
export async function catalogue(locale: Locale): Promise<Catalogue> {
  const english = (await load[DEFAULT_LOCALE]()).default
  const own = locale === DEFAULT_LOCALE ? {} : (await load[locale]()).default
  return merge(english, own) as Catalogue
}

export function merge(base: Texts, over: Texts): Texts {
  const merged: Record<string, string | Texts> = { ...base }
  for (const [key, text] of Object.entries(over)) {
    const below = merged[key]
    merged[key] = typeof text === 'object' && typeof below === 'object' ? merge(below, text) : text
  }
  return merged
}
