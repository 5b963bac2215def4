'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionButton } from '#components/ui/action-button.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { LedgerDialog, type LedgerDialogProps, type LedgerWriting } from './ledger-dialog.tsx'

const writings = ['charge', 'credit', 'payment'] as const satisfies readonly LedgerWriting[]

/** What an administrator can write on a customer's ledger. */
export function LedgerActions(props: Omit<LedgerDialogProps, 'writing' | 'onClose'>) {
  const t = useTranslations('admin.money')
  const whyNot = useWhyNotMine()
  const [writing, setWriting] = useState<LedgerWriting>()

  return (
    <div className="flex flex-wrap gap-2">
      {writings.map((each) => (
        <ActionButton
          key={each}
          size="sm"
          disabledReason={whyNot('billing:write_any')}
          onClick={() => setWriting(each)}
        >
          {t(`${each}.button`)}
        </ActionButton>
      ))}
      <LedgerDialog {...props} writing={writing} onClose={() => setWriting(undefined)} />
    </div>
  )
}
