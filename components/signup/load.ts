import { notFound, redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { cache } from 'react'
import { markAway } from '#components/trpc/away-mark.ts'
import { refusedBy } from '#components/trpc/refusal.ts'
import { api, queryClient, trpc } from '#components/trpc/server.tsx'
import { paths, type SignupStep } from '#server/kernel/routes.ts'
import type { DraftView, SiteView } from '#server/signup/schema.ts'
import { stepFor } from './steps.ts'

/** The site in the visitor's language; null while it takes no signups. */
export const loadSite = cache(async (slug: string): Promise<SiteView | null> => {
  try {
    return await api().signup.site.query({ site: slug, locale: await getLocale() })
  } catch (error) {
    const refused = refusedBy(error)
    if (refused?.code === 'signup.site_closed') return null
    // A slug that can't be one is as unknown as one that isn't there.
    if (refused?.kind === 'not_found' || refused?.fields.length) notFound()
    throw markAway(error)
  }
})

/** This browser's signup, also handed to the browser; `lapsed` when it was left alone too long. */
export const loadDraft = cache(async (slug: string): Promise<DraftView | 'lapsed' | null> => {
  try {
    return await queryClient().fetchQuery(trpc().signup.draft.queryOptions({ site: slug }))
  } catch (error) {
    const refused = refusedBy(error)
    if (refused?.code === 'signup.draft_lapsed') return 'lapsed'
    // About the site: said by whoever loads it.
    if (refused?.code.startsWith('signup.site_') || refused?.fields.length) return null
    throw markAway(error)
  }
})

/** The draft, where this step has been reached; otherwise leads to the one that has. */
export async function demandStep(slug: string, step: SignupStep): Promise<DraftView> {
  const found = await loadDraft(slug)
  const draft = found === 'lapsed' ? null : found
  const belongs = stepFor(draft, step)
  if (!draft || belongs !== step) redirect(paths.signup(slug, belongs))
  return draft
}
