'use client'

import { useQuery } from '@tanstack/react-query'
import { CalendarOff, ChevronLeft, ChevronRight, LockOpen } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton, IconButton } from '#components/ui/action-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextSkeleton } from '#components/ui/skeleton.tsx'
import type { Placer } from '#server/accounts/schema.blocks.ts'
import type { AccountStatus } from '#server/accounts/schema.ts'
import { addMonths, civilDate } from '#server/kernel/civil.ts'
import { BlockDialog } from './block-dialog.tsx'
import { BlockMenu, BlockSpan, BlockStateChip } from './block-rows.tsx'
import { useDays } from './days.ts'
import { lineMonth } from './line-months.ts'
import { MonthCalendar } from './month-calendar.tsx'
import { UnblockDialog } from './unblock-dialog.tsx'
import { useBlockCalls, useBlocks } from './use-blocks.ts'
import { useWhyNotBlock } from './use-why-not-block.ts'

/** A line as far as its blocks are concerned. */
export type BlockedLine = Readonly<{
  account: number
  accountId: string
  name: string
  status: AccountStatus
  blockedBy: Placer | null
}>

type Props = Readonly<{
  line: BlockedLine
  /** The customer an administrator acts for. */
  customer?: number
}>

/** Blocks of one line: what can be done, its calendar, and its history. For a drawer's tab. */
export function LineBlocks({ line, customer }: Props) {
  const t = useTranslations('blocks')
  const sentence = useRefusal()
  const calls = useBlockCalls(customer)
  const days = useDays()
  const history = useQuery({
    queryKey: ['blocks of', customer, line.account],
    queryFn: () => calls.of(line.account),
  })
  const [shown, setShown] = useState<string>()

  if (history.isError) return <Notice tone="danger">{sentence(history.error)}</Notice>
  if (!history.data) return <TextSkeleton lines={6} />
  const { rows, today } = history.data
  const month = shown ?? today.slice(0, 7)
  const turn = (n: number) => () => setShown(addMonths(civilDate(`${month}-01`), n).slice(0, 7))
  return (
    <div className="grid gap-5">
      <LineActions line={line} customer={customer} reason={reasonOf(rows)} />
      <section aria-label={t('calendar.label')}>
        <div className="mb-2 flex items-center justify-between">
          <IconButton label={t('calendar.previous')} size="sm" onClick={turn(-1)}>
            <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
          </IconButton>
          <p aria-live="polite" className="text-sm font-medium" suppressHydrationWarning>
            {days.month(month)}
          </p>
          <IconButton label={t('calendar.next')} size="sm" onClick={turn(1)}>
            <ChevronRight aria-hidden className="rtl:-scale-x-100" />
          </IconButton>
        </div>
        <MonthCalendar month={month} days={lineMonth(rows, month)} today={today} ofOneLine />
      </section>
      {rows.length === 0 ? (
        <p className="text-sm text-muted">{t('list.never')}</p>
      ) : (
        <ol aria-label={t('list.title')} className="-my-2 divide-y divide-separator text-sm">
          {rows.map((row) => (
            <li key={row.block} className="flex items-start justify-between gap-3 py-2.5">
              <BlockSpan row={row} />
              <div className="flex items-center gap-1">
                <BlockStateChip row={row} />
                <BlockMenu row={row} customer={customer} name={line.name || line.accountId} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

const reasonOf = (rows: readonly { state: string; reason: string }[]) =>
  rows.find(({ state }) => state === 'running')?.reason

type ActionsProps = Readonly<{ line: BlockedLine; customer?: number; reason?: string }>

/** Block, unblock; what the provider has blocked says so, and why nothing can be done. */
function LineActions({ line, customer, reason }: ActionsProps) {
  const t = useTranslations('blocks.line')
  const [asked, setAsked] = useState<'block' | 'unblock'>()
  const { unblock, unblockNow } = useBlocks({ customer })
  const by = customer === undefined ? 'customer' : 'admin'
  const why = useWhyNotBlock(customer)
  const sentence = (move: 'planBlock' | 'unblock') => why(move, line)
  const byProvider = line.blockedBy === 'admin' && by === 'customer'
  const of = { accounts: [line.account], left: 0 }

  return (
    <div className="grid gap-3">
      {byProvider && (
        <Notice tone="danger" title={t('byProvider')}>
          {reason}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <ActionButton
          size="sm"
          disabledReason={sentence('planBlock')}
          onClick={() => setAsked('block')}
        >
          <CalendarOff aria-hidden />
          {line.status === 'blocked' ? t('more') : t('block')}
        </ActionButton>
        <ActionButton
          size="sm"
          loading={unblock.isPending}
          disabledReason={sentence('unblock')}
          onClick={() => unblockNow([line.account])}
        >
          <LockOpen aria-hidden />
          {t('unblock')}
        </ActionButton>
        {line.status === 'blocked' && (
          <ActionButton
            size="sm"
            variant="ghost"
            disabledReason={sentence('unblock')}
            onClick={() => setAsked('unblock')}
          >
            {t('unblockOn')}
          </ActionButton>
        )}
      </div>
      <BlockDialog
        of={asked === 'block' ? of : undefined}
        name={line.name || line.accountId}
        customer={customer}
        onClose={() => setAsked(undefined)}
      />
      <UnblockDialog
        of={asked === 'unblock' ? of : undefined}
        customer={customer}
        onClose={() => setAsked(undefined)}
      />
    </div>
  )
}
