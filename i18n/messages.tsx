import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Catalogue } from './catalogue.ts'

/** What the shared components say; every page carries these. */
const shared = ['common', 'form', 'refusals'] as const satisfies readonly (keyof Catalogue)[]

type Props = Readonly<{
  /** The catalogue's top-level keys that client components below here use. */
  of?: readonly (keyof Catalogue)[]
  children: ReactNode
}>

/**
 * Hands client components the texts they need and no more: the whole catalogue would travel with
 * every page. Server components read all of it without this.
 */
export async function Messages({ of = [], children }: Props) {
  const all = await getMessages()
  const wanted = Object.fromEntries([...shared, ...of].map((key) => [key, all[key]]))
  return <NextIntlClientProvider messages={wanted}>{children}</NextIntlClientProvider>
}
