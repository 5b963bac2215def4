'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { PhoneNumber } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { EndedAccount } from '#server/accounts/schema.ts'
import { useEnds } from './use-ends.ts'

type Props = Readonly<{ ended: EndedAccount; onRestored: () => void }>

/** In the place of what has just ended: what that freed, and the way back. */
export function EndedNotice({ ended, onRestored }: Props) {
  const t = useTranslations('pbx.ends')
  const common = useTranslations('common')
  const { undo, restore } = useEnds({ onRestored })

  return (
    <Notice
      tone="info"
      announce
      title={t('endedTitle', { name: ended.accountId })}
      actions={
        <Button loading={restore.isPending} onClick={() => undo([ended.account])}>
          {common('undo')}
        </Button>
      }
    >
      <ul className="list-disc ps-5">
        <li>{t('freesPlace', { product: ended.product })}</li>
        {ended.numbers.map((number) => (
          <li key={number}>
            {t.rich('freesNumber', { number: () => <PhoneNumber number={number} /> })}
          </li>
        ))}
      </ul>
      <p className="mt-2">{t('undoable')}</p>
    </Notice>
  )
}
