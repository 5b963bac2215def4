'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'

/** Fields that don't say they are there by then won't. */
export const patienceMs = 10_000

/** The gateway's fields did not come. */
export function LateNotice({ onRetry }: Readonly<{ onRetry: () => void }>) {
  const t = useTranslations('payment.late')
  return (
    <Notice
      tone="warning"
      announce
      title={t('title')}
      actions={
        <Button size="sm" onClick={onRetry}>
          {t('retry')}
        </Button>
      }
    >
      {t('text')}
    </Notice>
  )
}
