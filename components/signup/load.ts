import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { markAway } from '#components/trpc/away-mark.ts'
import { refusedBy } from '#components/trpc/refusal.ts'
import { api, queryClient, trpc } from '#components/trpc/server.tsx'
import { paths, type SignupStep } from '#server/kernel/routes.ts'
import type { DraftView, SiteView } from '#server/signup/schema.ts'
import { isUnderWay, stepFor } from './steps.ts'

/** The site in the visitor's language. */
export const loadSite = cache(async (slug: string): Promise<SiteView> => {
  try {
    return await api().signup.site.query({ site: slug, locale: await getLocale() })
  } catch (error) {
    const refused = refusedBy(error)
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

/** What the browser's tab and search engines are told of a step. */
export async function stepMetadata(slug: string, step: SignupStep): Promise<Metadata> {
  const site = await loadSite(slug)
  const t = await getTranslations('signup')
  const title = site.open ? t(`titles.${step}`) : t('closed.title')
  return { title: t('titles.page', { step: title, site: site.title }), description: site.tagline }
}

/** Whether there is nothing for this browser to see through: a closed site is only closed, then. */
export async function isShut(slug: string): Promise<boolean> {
  const { open } = await loadSite(slug)
  if (open) return false
  const draft = await loadDraft(slug)
  return !draft || draft === 'lapsed' || !(draft.step === 'done' || isUnderWay(draft.order))
}

/** The draft, where this step has been reached; otherwise leads to the one that has. */
export async function demandStep(slug: string, step: SignupStep): Promise<DraftView> {
  const found = await loadDraft(slug)
  const draft = found === 'lapsed' ? null : found
  const belongs = stepFor(draft, step)
  if (!draft || belongs !== step) redirect(paths.signup(slug, belongs))
  return draft
}
