'use client'

import { useTranslations } from 'next-intl'
import { money, zero } from '#server/kernel/money.ts'
import type { DraftView } from '#server/signup/schema.ts'
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
  if (!signingUp) return t(isFree(draft) ? 'summary.descriptionFree' : 'summary.description')
  return isUnderWay(draft?.order ?? null) ? t('progress.goesOn') : t('progress.moment')
}

/** How it is paid, and when: what is paid in arrears, or by a code, costs nothing today. */
export function PaymentDescription() {
  const t = useTranslations('signup.payment')
  return t(isFree(useDraft()) ? 'descriptionFree' : 'description')
}

const isFree = (draft: DraftView | null | undefined) =>
  Boolean(draft) && money(draft!.quote.dueToday) === zero
