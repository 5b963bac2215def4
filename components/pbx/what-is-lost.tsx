'use client'

import { useLocale, useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { LostLead } from '#server/pbx/schema.menus.ts'

type Props = Readonly<{
  lost: readonly LostLead[]
  onMend: (key: LostLead['key']) => void
}>

/** Keys that lead nowhere, what callers have meanwhile, and the way to mend the first. */
export function WhatIsLost({ lost, onMend }: Props) {
  const t = useTranslations('pbx.menus')
  const locale = useLocale()
  if (lost.length === 0) return null

  const keys = lost.flatMap(({ key }) => (key === 'otherwise' ? [] : [key]))
  const first = keys[0]
  return (
    <Notice
      tone="danger"
      title={t('lostTitle')}
      actions={
        first && (
          <Button size="sm" onClick={() => onMend(first)}>
            {t('mendKey', { key: first })}
          </Button>
        )
      }
    >
      {keys.length > 0 &&
        t('lostKeys', { keys: new Intl.ListFormat(locale).format(keys), count: keys.length })}{' '}
      {lost.some(({ key }) => key === 'otherwise') && t('lostEnd')}
    </Notice>
  )
}
