'use client'

import { useTranslations } from 'next-intl'
import { isUnderWay } from './steps.ts'
import { useDraft } from './use-draft.ts'
import { useSigningUp } from './use-signing-up.ts'

/** What the page is about: a last look, or the order on its way. */
export function SummaryTitle() {
  const t = useTranslations('signup')
  return useSigningUp() ? t('progress.title') : t('summary.title')
}

export function SummaryDescription() {
  const t = useTranslations('signup')
  const draft = useDraft()
  const signingUp = useSigningUp()
  if (!signingUp) return t('summary.description')
  return isUnderWay(draft?.order ?? null) ? t('progress.goesOn') : t('progress.moment')
}
