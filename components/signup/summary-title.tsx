'use client'

import { useTranslations } from 'next-intl'
import { useSigningUp } from './use-signing-up.ts'

/** What the page is about: a last look, or the order on its way. */
export function SummaryTitle() {
  const t = useTranslations('signup')
  return useSigningUp() ? t('progress.title') : t('summary.title')
}

export function SummaryDescription() {
  const t = useTranslations('signup')
  return useSigningUp() ? t('progress.goesOn') : t('summary.description')
}
