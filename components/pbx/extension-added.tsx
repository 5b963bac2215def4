'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button, LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyField } from '#components/ui/copy-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { AccountStatus } from '#server/accounts/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { PhoneSetup } from './phone-setup.tsx'

export type Added = Readonly<{
  account: number
  accountId: string
  extension: string
  status: AccountStatus
}>

type Props = Readonly<{ added: Added; onAnother: () => void }>

/** The extension is there: its account, and its phone while one is at it. */
export function ExtensionAdded({ added, onAnother }: Props) {
  const t = useTranslations('pbx.add')
  const { account, accountId, extension, status } = added
  const works = status === 'active'
  const top = useRef<HTMLDivElement>(null)

  // The form is gone, and with it the place of keyboard, eyes and screen reader.
  useEffect(() => {
    top.current?.focus({ preventScroll: true })
    scrollTo({ top: 0 })
  }, [])

  return (
    <div ref={top} tabIndex={-1} className="grid max-w-3xl gap-6 outline-none">
      <Notice
        tone={works ? 'success' : 'warning'}
        title={t(works ? 'done' : 'doneInactive', { extension })}
        announce
      >
        {t(works ? 'doneText' : 'doneInactiveText', { accountId })}
      </Notice>
      <Card title={t('phone')}>
        <div className="grid gap-6">
          <CopyField label={t('accountId')} value={accountId} />
          <PhoneSetup account={account} device={null} mayChoose />
        </div>
      </Card>
      <div className="flex flex-wrap justify-end gap-2">
        <LinkButton href={paths.extensions()}>{t('toList')}</LinkButton>
        <Button variant="primary" onClick={onAnother}>
          {t('addAnother')}
        </Button>
      </div>
    </div>
  )
}
