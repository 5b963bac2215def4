'use client'

import { CalendarOff, LockOpen } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionButton } from '#components/ui/action-button.tsx'
import type { MenuAction } from '#components/ui/action-menu.tsx'
import { preloadOverlay } from '#components/ui/dialog.tsx'
import { BlockDialog } from './block-dialog.tsx'
import type { BlockedLine } from './line-blocks.tsx'
import { useBlocks } from './use-blocks.ts'
import { useWhyNotBlock } from './use-why-not-block.ts'

/** Blocks one account, or unblocks it: whichever it is time for. */
export function BlockButton({ line }: { line: BlockedLine }) {
  const t = useTranslations('blocks.line')
  const why = useWhyNotBlock(undefined)
  const [isAsked, setAsked] = useState(false)
  const { unblock, unblockNow } = useBlocks()

  if (line.status === 'blocked') {
    return (
      <ActionButton
        loading={unblock.isPending}
        disabledReason={why('unblock', line)}
        onClick={() => unblockNow([line.account])}
      >
        <LockOpen aria-hidden />
        {t('unblock')}
      </ActionButton>
    )
  }
  return (
    <>
      <ActionButton
        disabledReason={why('planBlock', line)}
        onPointerEnter={preloadOverlay}
        onClick={() => setAsked(true)}
      >
        <CalendarOff aria-hidden />
        {t('block')}
      </ActionButton>
      <BlockDialog
        of={isAsked ? { accounts: [line.account], left: 0 } : undefined}
        name={line.name || line.accountId}
        onClose={() => setAsked(false)}
      />
    </>
  )
}

type RowsProps = Readonly<{
  /** The customer an administrator acts for. */
  customer?: number
}>

/** The same for rows of a list: an entry of each row's menu, and the dialog that one of them opens. */
export function useBlockActions({ customer }: RowsProps) {
  const t = useTranslations('blocks.line')
  const why = useWhyNotBlock(customer)
  const { unblockNow } = useBlocks({ customer })
  const [asked, setAsked] = useState<BlockedLine>()

  return {
    actionOf: (line: BlockedLine): MenuAction =>
      line.status === 'blocked'
        ? {
            id: 'unblock',
            label: t('unblock'),
            icon: <LockOpen aria-hidden />,
            disabledReason: why('unblock', line),
            onAction: () => unblockNow([line.account]),
          }
        : {
            id: 'block',
            label: t('block'),
            icon: <CalendarOff aria-hidden />,
            disabledReason: why('planBlock', line),
            onAction: () => setAsked(line),
          },
    dialog: (
      <BlockDialog
        of={asked && { accounts: [asked.account], left: 0 }}
        name={asked && (asked.name || asked.accountId)}
        customer={customer}
        onClose={() => setAsked(undefined)}
      />
    ),
  }
}
