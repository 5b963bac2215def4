'use client'

import { CalendarOff, LockOpen } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCatalogueCode } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { whyNotBlock } from '#server/accounts/schema.blocks.ts'
import { BlockDialog } from './block-dialog.tsx'
import type { BlockedLine } from './line-blocks.tsx'
import { useBlocks } from './use-blocks.ts'

type Props = Readonly<{
  /** Whose lines they are. */
  customer: number
  lines: readonly BlockedLine[]
  onDone?: () => void
}>

/**
 * Block and Unblock for an administrator or reseller, of one line or of many: those it is possible
 * for. The customer can't touch what was blocked here.
 */
export function AdminBlock({ customer, lines, onDone }: Props) {
  const t = useTranslations('blocks.line')
  const say = useCatalogueCode('refusals')
  const [asked, setAsked] = useState(false)
  const { unblock, unblockNow } = useBlocks({ customer, onDone })

  const able = (move: 'planBlock' | 'unblock') =>
    lines.filter((line) => !whyNotBlock(move, line, 'admin'))
  const whyNone = (move: 'planBlock' | 'unblock') => {
    const [first] = lines
    if (!first || able(move).length > 0) return first ? undefined : t('none')
    const why = whyNotBlock(move, first, 'admin')
    return why && say(`accounts.${why}`, { accountId: first.accountId, others: lines.length - 1 })
  }
  const blockable = able('planBlock')
  const [only] = lines.length === 1 ? lines : []

  return (
    <>
      <ActionButton size="sm" disabledReason={whyNone('planBlock')} onClick={() => setAsked(true)}>
        <CalendarOff aria-hidden />
        {t('block')}
      </ActionButton>
      <ActionButton
        size="sm"
        loading={unblock.isPending}
        disabledReason={whyNone('unblock')}
        onClick={() => unblockNow(able('unblock').map(({ account }) => account))}
      >
        <LockOpen aria-hidden />
        {t('unblock')}
      </ActionButton>
      <BlockDialog
        of={
          asked
            ? {
                accounts: blockable.map(({ account }) => account),
                left: lines.length - blockable.length,
              }
            : undefined
        }
        name={only && (only.name || only.accountId)}
        customer={customer}
        onClose={() => setAsked(false)}
        onDone={onDone}
      />
    </>
  )
}
