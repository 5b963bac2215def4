'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useCatalogueCode } from '#components/trpc/use-refusal.ts'
import { ActionMenu } from '#components/ui/action-menu.tsx'
import { StatusChip, type Tone } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { Moment } from '#components/ui/time.tsx'
import type { BlockRow, BlockState } from '#server/accounts/schema.blocks.ts'
import { useDays } from './days.ts'
import { useBlocks, useWhyNotMineToBlock } from './use-blocks.ts'

const tones = {
  planned: 'accent',
  running: 'danger',
  over: 'neutral',
  cancelled: 'neutral',
} as const satisfies Record<BlockState, Tone>

export function BlockStateChip({ row }: { row: Pick<BlockRow, 'state' | 'placedBy'> }) {
  const t = useTranslations('blocks.states')
  const word = row.state === 'running' && row.placedBy === 'admin' ? 'runningByProvider' : row.state
  return <StatusChip tone={tones[row.state]}>{t(word)}</StatusChip>
}

/** The days it makes free; below them when it began and ended to the minute, and why. */
export function BlockSpan({ row }: { row: BlockRow }) {
  const t = useTranslations('blocks.list')
  const days = useDays()
  const { state, startsAt, endsAt, reason } = row
  const happened = state === 'running' || state === 'over'

  return (
    <span className="grid gap-0.5">
      <span suppressHydrationWarning>{days.range(row.days)}</span>
      <span className="flex flex-wrap gap-x-1.5 text-xs text-muted">
        {happened && (
          <span>
            <Moment at={startsAt} />
            {' – '}
            {endsAt ? <Moment at={endsAt} /> : t('untilUnblocked')}
          </span>
        )}
        {reason && <span>{reason}</span>}
      </span>
    </span>
  )
}

type MenuProps = Readonly<{ row: BlockRow; customer?: number; name: string }>

/** What can be done with a stretch that isn't over: ended, or taken back. */
export function BlockMenu({ row, customer, name }: MenuProps) {
  const t = useTranslations('blocks.list')
  const say = useCatalogueCode('refusals')
  const { cancel, unblockNow } = useBlocks({ customer })
  const notMine = useWhyNotMineToBlock(customer)
  const rule = row.whyNot && say(`accounts.${row.whyNot}`, { accountId: row.accountId, others: 0 })
  const why = notMine ?? rule
  if (row.state === 'over' || row.state === 'cancelled') return null

  return (
    <ActionMenu
      label={t('actionsOf', { name })}
      actions={[
        row.state === 'planned'
          ? {
              id: 'cancel',
              label: t('cancel'),
              disabledReason: why,
              onAction: () => cancel.mutate([row.block]),
            }
          : {
              id: 'unblock',
              label: t('unblock'),
              disabledReason: why,
              onAction: () => unblockNow([row.account]),
            },
      ]}
    />
  )
}

const nameOf = ({ extension, name, accountId }: BlockRow) =>
  [extension ?? accountId, name].filter(Boolean).join(' · ')

/** Stretches of a month, whatever lines they are of. */
export function BlockTable({ rows, empty }: { rows: readonly BlockRow[]; empty: ReactNode }) {
  const t = useTranslations('blocks.list')
  const columns: Column<BlockRow>[] = [
    { id: 'line', header: t('line'), primary: true, cell: nameOf },
    { id: 'free', header: t('free'), cell: (row) => <BlockSpan row={row} /> },
    { id: 'state', header: t('state'), cell: (row) => <BlockStateChip row={row} /> },
    {
      id: 'actions',
      header: t('actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) => <BlockMenu row={row} name={nameOf(row)} />,
    },
  ]
  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.block}
      empty={empty}
    />
  )
}
