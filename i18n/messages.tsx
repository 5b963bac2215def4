import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Catalogue } from './catalogue.ts'

/** What the shared components say; every page carries these. */
const shared = ['common', 'form'] as const satisfies readonly (keyof Catalogue)[]

/** Domains that refuse only whoever has signed in: the signup does without their sentences. */
const ofSignedIn = new Set<string>([
  'accounts',
  'agreement',
  'bulk',
  'catalog',
  'clock',
  'customers',
  'pbx',
  'people',
  'tax',
  'usage',
] satisfies (keyof Catalogue['refusals'])[])

const everybodys = (refusals: Catalogue['refusals']) =>
  Object.fromEntries(Object.entries(refusals).filter(([domain]) => !ofSignedIn.has(domain)))

type Props = Readonly<{
  /** The catalogue's top-level keys that client components below here use. */
  of?: readonly (keyof Catalogue)[]
  /** For pages of nobody who has signed in. */
  anonymous?: boolean
  children: ReactNode
}>

/**
 * Hands client components the texts they need and no more: the whole catalogue would travel with
 * every page. Server components read all of it without this.
 */
export async function Messages({ of = [], anonymous = false, children }: Props) {
  const all = await getMessages()
  const wanted = {
    refusals: anonymous ? everybodys(all.refusals) : all.refusals,
    ...Object.fromEntries([...shared, ...of].map((key) => [key, all[key]])),
  }
  return <NextIntlClientProvider messages={wanted}>{children}</NextIntlClientProvider>
}
